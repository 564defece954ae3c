"""The music bed: ducked, looped, bounded, and never the reason for a missing count."""

import wave

import numpy as np
import pytest

from skill.audio.bed import DUCKED, LEVEL, BedRefused, bed
from skill.audio.sound import RATE
from skill.audio.track import Extras, track
from skill.audio.words import Words
from skill.locales.script import Script, SpokenCue
from tests.audio.beeps import Beeps

SET = Script((SpokenCue(5000, "lift", 1000, 1, "concentric"),), 10_000)


def hum(path, seconds=3.0, rate=22_050, channels=2):
    time = np.arange(round(seconds * rate)) / rate
    tone = (np.sin(2 * np.pi * 220 * time) * 20_000).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.repeat(tone, channels).tobytes())
    return path


def spoken():
    sound = np.zeros(10 * RATE, np.float32)
    sound[5 * RATE : 6 * RATE] = 0.5
    return sound


def test_the_bed_is_as_long_as_the_count_and_quieter_under_the_words(tmp_path):
    music = bed(hum(tmp_path / "hum.wav"), spoken())
    assert len(music) == 10 * RATE
    assert np.abs(music[RATE : 4 * RATE]).max() == pytest.approx(LEVEL, rel=0.1)
    assert np.abs(music[5 * RATE : 6 * RATE]).max() == pytest.approx(DUCKED, rel=0.1)
    assert np.abs(music[8 * RATE :]).max() == pytest.approx(LEVEL, rel=0.1)


def test_a_loop_has_no_hole_at_its_seam(tmp_path):
    music = bed(hum(tmp_path / "hum.wav"), np.zeros(10 * RATE, np.float32))
    windows = np.abs(music[: 10 * RATE]).reshape(-1, RATE // 10).max(axis=1)
    assert windows.min() > 0.3 * LEVEL


def test_ten_hours_of_music_are_not_read(tmp_path):
    path = tmp_path / "ten_hours.wav"
    hum(path, 5, rate=8000, channels=1)
    frames = 10 * 3600 * 8000
    with path.open("r+b") as file:
        for at, value in ((4, frames * 2 + 36), (40, frames * 2)):
            file.seek(at)
            file.write(value.to_bytes(4, "little"))
        file.truncate(frames * 2 + 44)
    assert len(bed(path, spoken())) == 10 * RATE


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"not audio at all", "cannot be read"), (b"", "cannot be read"), (None, "cannot be read")],
)
def test_what_is_no_audio_is_refused_with_the_reason(tmp_path, content, reason):
    path = tmp_path / "bed.mp3"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BedRefused, match=reason):
        bed(path, spoken())


def test_a_snippet_and_silence_are_refused(tmp_path):
    with pytest.raises(BedRefused, match="shorter than 2 s"):
        bed(hum(tmp_path / "short.wav", 0.5), spoken())
    quiet = hum(tmp_path / "quiet.wav")
    quiet.write_bytes(quiet.read_bytes()[:44] + b"\0" * (quiet.stat().st_size - 44))
    with pytest.raises(BedRefused, match="no sound"):
        bed(quiet, spoken())


def test_a_bed_that_cannot_be_used_leaves_the_count_and_says_so(tmp_path):
    told: list[str] = []
    words = Words(Beeps(), None)
    with_fault = track(SET, words, Extras(bed_file=tmp_path / "nothing.mp3"), told.append)
    assert np.array_equal(with_fault, track(SET, words))
    assert "goes on without a bed" in told[0]


def test_clicks_and_bed_are_added_to_the_words(tmp_path):
    words = Words(Beeps(), None)
    plain = track(SET, words)
    full = track(SET, words, Extras(has_clicks=True, bed_file=hum(tmp_path / "hum.wav")))
    assert np.abs(full[:RATE]).max() > 0
    assert not np.abs(plain[:RATE]).any()
    assert np.abs(full).max() <= 1
