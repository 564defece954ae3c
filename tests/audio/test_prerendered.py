"""Sets rendered beforehand: which there are, that their files are what their names say, and how a count uses them."""

import hashlib
import io
import json
import re
import sys

import pytest
import soundfile
from msgspec.structs import replace

from bench.counting import apla_time
from rules.files.exercise import load_exercises
from skill.alexa import apla
from skill.alexa.count_delivery import CountSettings, Routes, routes_of
from skill.alexa.ssml import TooLong
from skill.app import Settings, build
from skill.audio.address import AddressRefused
from skill.audio.prerendered import NotOnShelf, Shelf, stock
from skill.cli import main
from skill.coach.counting.catalogue import foreseen
from skill.commands import counts as command
from skill.commands.progress import show
from skill.locales.script import Script, SpokenCue
from tests.on_lambda.packaged import packaged
from tests.trainee import Trainee

pytestmark = pytest.mark.long  # a shelf of counts is rendered first

BASE = "https://counts.example/counts"
SPOKEN_MS = 700


@pytest.fixture(scope="module")
def shelf_folder(tmp_path_factory):
    """What `glute-coach counts` renders."""
    return packaged(tmp_path_factory) / "counts"


@pytest.fixture
def trainee(shelf_folder, tmp_path):
    """Somebody at the first "ready" of a deployment whose counts lie ready."""
    settings = CountSettings("mp3", audio_url=BASE, manifest=str(shelf_folder / "manifest.json"))
    app = build(Settings(store=str(tmp_path / "coach.db"), count=settings))
    one = Trainee(app)
    for words in ("start glute workout", "yellow, red and green"):
        one.say(words)
    yield one
    app.store.close()


def item(one: Trainee) -> dict:
    (directive,) = one.answer["response"]["directives"]
    return directive["document"]["mainTemplate"]["item"]


def audio_of(one: Trainee) -> str | None:
    return next((each["source"] for each in item(one)["items"] if each["type"] == "Audio"), None)


def placed(one: Trainee, set_ms: int) -> list[apla_time.Placed]:
    return list(
        apla_time.placed(item(one), lambda content: set_ms if content.startswith("https") else SPOKEN_MS)
    )


def test_every_file_is_an_mp3_as_long_as_its_set_and_named_after_its_content(shelf_folder):
    sets = json.loads((shelf_folder / "manifest.json").read_text("utf-8"))["sets"]
    assert {each["file"] for each in sets.values()} == {file.name for file in shelf_folder.glob("*.mp3")}
    for each in sets.values():
        sound = (shelf_folder / each["file"]).read_bytes()
        assert each["file"] == hashlib.sha256(sound).hexdigest()[:32] + ".mp3"
        assert len(sound) == each["bytes"]
        info = soundfile.info(io.BytesIO(sound))
        assert info.samplerate == 24_000
        assert 0 <= info.duration - each["length_ms"] / 1000 <= 0.15


def test_all_of_it_is_a_few_megabytes(shelf_folder):
    assert sum(file.stat().st_size for file in shelf_folder.iterdir()) < 16e6


def test_a_whole_workout_never_meets_a_set_that_was_not_rendered(trainee):
    heard = []
    trainee.say("ready")
    for _ in range(6):
        assert audio_of(trainee) is not None, f"after {heard}"
        heard.append(audio_of(trainee))
        trainee.say("I did thirteen", after=100)
        if "How many did you do?" in trainee.heard:  # doubted once, and then believed
            trainee.say("I did thirteen")
    assert trainee.workouts
    assert len(set(heard)) == 3, "a first set of each leg with its own cues about the form, and a later one"
    assert heard[2] == heard[5], "both legs hear the same file"


def test_the_set_after_a_pain_that_the_tilt_helped_was_rendered_too(trainee):
    trainee.say("ready")
    trainee.say("that hurts", after=40)
    trainee.say("my lower back")
    trainee.say("it's gone")
    assert audio_of(trainee) is not None


def test_the_words_and_the_rest_before_a_set_are_alexas_and_as_long_as_the_rest(trainee):
    trainee.say("ready")
    trainee.say("I did thirteen", after=90)
    count = trainee.state["workout"]["counting"]["count"]
    (before, _, *after) = placed(trainee, 153_000)
    assert (before.at_ms, before.content[:8]) == (0, "Thirteen")
    source = next(each for each in placed(trainee, 153_000) if each.content == audio_of(trainee))
    assert source.at_ms == count["rest_ms"] == 10_000
    assert [each.at_ms for each in after if "?" in each.content] == [10_000 + 153_000]


def test_a_set_gone_on_with_after_a_pause_is_counted_by_alexa_herself(trainee):
    trainee.say("ready")
    trainee.say("pause", after=40)
    trainee.say("resume")
    assert audio_of(trainee) is None
    assert "lift" in trainee.heard


def test_sets_gone_on_with_are_rendered_where_they_are_wanted():
    once, resumed = list(command.sets("en-US")), list(command.sets("en-US", resumed=True))
    assert {each.key for each in once} < {each.key for each in resumed}
    firsts = {min(cue.rep for cue in each.cues if cue.rep) for each in resumed}
    assert firsts == set(range(1, 26))


def test_whatever_the_rules_ask_for_is_foreseen(app):
    exercise = load_exercises()["glute_raise"]
    found = {(count.is_fresh, count.count_to) for count in foreseen(exercise, app.engine.decide, 4000)}
    assert found == {(True, 25), (False, 15), (True, 12), (False, 12)}


def test_a_set_too_long_for_one_answer_with_its_rest_is_refused():
    silence = Script((), 60_000)
    with pytest.raises(TooLong, match="240 s"):
        apla.around(silence, f"{BASE}/x.mp3", 178_000, Script((), 2000))
    assert apla.around(silence, f"{BASE}/x.mp3", 178_000, Script((), 1000))


def test_the_parts_of_a_script_are_the_script():
    cues = (
        SpokenCue(0, "Here we go", 10_000, 0, "rest"),
        SpokenCue(10_000, "one", 1000, 0, "lead_in"),
        SpokenCue(11_000, "lift", 1000, 1, "concentric"),
        SpokenCue(12_000, "one", 2000, 1, "eccentric"),
        SpokenCue(14_000, "More?", 3000, 0, "after"),
    )
    before, set_, after = Script(cues, 17_000).parts()
    assert [part.length_ms for part in (before, set_, after)] == [10_000, 4000, 3000]
    assert [cue.at_ms for cue in set_.cues] == [0, 1000, 2000]
    assert [cue.at_ms for cue in after.cues] == [0]
    assert [part.length_ms for part in Script((), 5000).parts()] == [5000, 0, 0]


def test_a_word_or_an_instant_that_differs_is_another_set():
    cue = SpokenCue(0, "lift", 1000, 1, "concentric")
    keys = {Script((one,), 2000).key for one in (cue, replace(cue, text="open"), replace(cue, at_ms=1))}
    assert len({*keys, Script((cue,), 3000).key}) == 4
    assert Script((replace(cue, rep=2),), 2000).key == Script((cue,), 2000).key, "heard the same"


def test_files_of_sets_that_nobody_asks_for_any_more_are_taken_away(tmp_path):
    one, other = (Script((SpokenCue(0, text, 1000, 1, "concentric"),), 1000) for text in ("lift", "open"))
    stock(tmp_path, [one, other], lambda script: script.cues[0].text.encode(), "x")
    (tmp_path / "mine.mp3").write_bytes(b"not ours")
    stock(tmp_path, [other], lambda script: script.cues[0].text.encode(), "x")
    assert {file.read_bytes() for file in tmp_path.glob("*.mp3")} == {b"open", b"not ours"}
    shelf = Shelf.read(tmp_path / "manifest.json", BASE + "/")
    assert re.fullmatch(re.escape(BASE) + r"/[0-9a-f]{32}\.mp3", shelf.of(other))
    with pytest.raises(NotOnShelf, match="1 s"):
        shelf.of(one)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        "{}",
        '{"sets": 5}',
        '{"format": 2, "sets": {}}',
        '{"format": 1, "sets": {"a": {"file": "../x.mp3"}}}',
    ],
)
def test_what_is_no_manifest_is_told_and_the_count_goes_by_alexas_own_voice(written, tmp_path):
    (tmp_path / "manifest.json").write_text(written, "utf-8")
    told: list[str] = []
    settings = CountSettings("mp3", audio_url=BASE, manifest=str(tmp_path / "manifest.json"))
    assert routes_of(settings, None, told.append) == Routes("apla")
    assert "manifest" in told[0]


def test_a_manifest_needs_an_https_address_and_is_not_read_for_another_route(shelf_folder, tmp_path):
    manifest = str(shelf_folder / "manifest.json")
    told: list[str] = []
    assert (
        routes_of(CountSettings("mp3", audio_url="http://x", manifest=manifest), None, told.append).route
        == "apla"
    )
    assert "https" in told[0]
    assert (
        routes_of(CountSettings("apla", manifest=str(tmp_path / "none")), None, told.append).route == "apla"
    )
    assert len(told) == 2
    with pytest.raises(AddressRefused):
        Shelf("ftp://x", {})


def test_without_a_voice_it_is_said_how_to_get_one(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    assert main(["counts", "--out", str(tmp_path)]) == 1
    assert "voice" in capsys.readouterr().err
    assert main(["counts", "--out", str(tmp_path), "--voice", "samantha"]) == 1


def test_how_far_it_is_is_shown_where_somebody_watches(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    show(3, 12, "sets")
    assert "3/12 sets" in capsys.readouterr().err
