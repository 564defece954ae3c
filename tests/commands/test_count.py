"""`glute-coach count` writes, plays and prints a set, and what it cannot do it says and does the next best."""

import io
import json
import wave

import pytest
import soundfile

from skill.audio import play as playing
from skill.cli import main
from skill.commands import count as command


def written(tmp_path, suffix, *more):
    path = tmp_path / f"set{suffix}"
    assert main(["count", "--reps", "2", "--voice", "espeak", "--out", str(path), *more]) == 0
    return path.read_bytes()


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def hurried(monkeypatch):
    """Time passes as soon as somebody waits for it."""
    now = [0.0]
    monkeypatch.setattr(command.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(command.time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def test_the_two_sounds_are_as_long_as_the_set(tmp_path):
    with wave.open(io.BytesIO(written(tmp_path, ".wav"))) as file:
        assert file.getnframes() / file.getframerate() == 16
    assert soundfile.info(io.BytesIO(written(tmp_path, ".mp3", "--click"))).duration == pytest.approx(
        16, abs=0.2
    )


def test_the_three_texts_hold_the_same_words(tmp_path):
    script = json.loads(written(tmp_path, ".json"))
    assert [cue["text"] for cue in script["cues"]][:5] == ["three", "two", "one", "lift", "hold"]
    slots = json.loads(written(tmp_path, ".apla"))["mainTemplate"]["item"]["items"]
    assert len(slots) == len(script["cues"])
    by_phase = json.loads(written(tmp_path, ".apla", "--grid", "phase"))["mainTemplate"]["item"]["items"]
    assert len(by_phase) < len(slots)
    assert written(tmp_path, ".ssml").startswith(b"<speak>three")


def test_without_a_file_each_word_is_printed_at_its_instant(capsys, hurried):
    assert main(["count", "--reps", "1", "--lead-in", "0", "--tempo", "2-1-2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["0.0", "lift"],
        ["1.0", "two"],
        ["2.0", "hold"],
        ["3.0", "lower"],
        ["4.0", "that's", "one"],
    ]
    assert hurried[0] == 4


def test_a_tempo_of_four_figures_is_read_as_trainers_write_it(capsys, hurried):
    assert main(["count", "--reps", "1", "--lead-in", "0", "--tempo", "3-0-1-1"]) == 0
    words = [line.split(maxsplit=1)[1] for line in capsys.readouterr().out.splitlines()]
    assert words == ["lift", "hold", "lower", "two", "that's one"]


def test_no_loudspeaker_is_told_and_the_count_comes_as_text(capsys, hurried, monkeypatch):
    def silent(_):
        raise playing.NoSoundDevice("no loudspeaker here")

    monkeypatch.setattr(playing, "play", silent)
    assert main(["count", "--reps", "1", "--voice", "espeak", "--play"]) == 0
    told = capsys.readouterr()
    assert "no loudspeaker here. Here is the count as text." in told.err
    assert "lower" in told.out


def test_with_a_loudspeaker_the_whole_set_is_played(monkeypatch):
    played = []
    monkeypatch.setattr(playing, "play", played.append)
    assert main(["count", "--reps", "1", "--voice", "espeak", "--play"]) == 0
    assert len(played[0]) == 10 * 24_000


def test_an_unknown_voice_is_told_and_the_count_comes_as_text(capsys, hurried):
    assert main(["count", "--reps", "1", "--voice", "samantha", "--play"]) == 0
    assert "choose one of piper, hibari, espeak" in capsys.readouterr().err


def test_more_repetitions_than_fit_are_counted_as_far_as_they_fit(tmp_path, capsys):
    path = tmp_path / "many.json"
    assert main(["count", "--reps", "500", "--out", str(path)]) == 0
    assert "counting 39" in capsys.readouterr().err
    assert json.loads(path.read_text())["length_ms"] <= 240_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tempo", "0-0-0"], "lift and lower take 1 to 60 s"),
        (["--tempo", "1-2-61"], "lift and lower take 1 to 60 s"),
        (["--tempo", "fast"], "is no tempo"),
        (["--tempo", "60-60-60-60"], "more than the"),
        (["--reps", "0"], "are no count"),
        (["--lead-in", "99"], "choose 0 to 10"),
        (["--exercise", "glute_rase"], "did you mean 'glute_raise'"),
        (["--out", "set.ogg"], "ends in none of"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_could(capsys, arguments, message):
    assert main(["count", *arguments]) == 1
    assert message in capsys.readouterr().err


def test_a_program_of_the_system_plays_where_no_driver_is(monkeypatch, tmp_path):
    told = tmp_path / "told"
    player = tmp_path / "paplay"
    player.write_text(f'#!/bin/sh\nhead -c 4 "$1" > {told}\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(playing, "_by_sounddevice", lambda _: (_ for _ in ()).throw(ImportError("no driver")))
    import numpy as np

    playing.play(np.zeros(2400, np.float32))
    assert told.read_text() == "RIFF"


def test_no_way_to_play_names_what_would(monkeypatch):
    monkeypatch.setattr(playing, "_by_sounddevice", lambda _: (_ for _ in ()).throw(ImportError("no driver")))
    monkeypatch.setenv("PATH", "")
    import numpy as np

    with pytest.raises(playing.NoSoundDevice, match="none of paplay"):
        playing.play(np.zeros(2400, np.float32))
