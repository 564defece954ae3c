"""What makes sense for any exercise is done with every one: the coach's own three, and one that somebody brought."""

from itertools import pairwise

import pytest

from skill.app import Settings, build
from skill.speaker.conversation.envelope import utterance
from skill.speaker.understanding.understand import understand
from tests.locales.test_reasons import WORDS, a_bridge
from tests.trainee import Trainee

SPOKEN = {
    "glute_raise": "glute raises",
    "clamshell": "clamshells",
    "standing_hip_abduction": "hip abductions",
}


@pytest.fixture(scope="module")
def with_a_bridge(tmp_path_factory):
    """A coach who knows an exercise that somebody brought."""
    folder = tmp_path_factory.mktemp("bridge")
    place = a_bridge(folder / "mine")
    (place / "words").mkdir()
    (place / "words" / "en-US.yaml").write_text(WORDS, "utf-8")
    app = build(Settings(store=str(folder / "coach.db"), exercises=place))
    yield app
    app.store.close()


@pytest.fixture(params=[*SPOKEN, "bridge"])
def trainee(request, with_a_bridge):
    """Somebody who has just asked for this exercise by its name; of each test somebody else."""
    who = Trainee(with_a_bridge, account=request.node.name)
    who.exercise = with_a_bridge.exercises[request.param]
    _ask_for(who)
    return who


def _ask_for(who):
    """Ask for the exercise; an Echo hands over a name that no model knows as it was said."""
    name = SPOKEN.get(who.exercise.id)
    if name:
        who.say(f"start {name}")
    else:
        say_unknown_name(who, who.exercise.id)


def say_unknown_name(who, name):
    envelope = utterance(who.talk, understand("start clamshells"), who.now)
    slot = envelope["request"]["intent"]["slots"]["exercise"]
    slot["value"] = name
    slot.pop("resolutions", None)
    who._send(envelope)


def begun(who):
    """The bands are named; the first count runs."""
    who.say("yellow red and green")
    who.say("ready")
    assert who.count is not None


def train(who, reps):
    """Every set of the workout, said as a number while it is still being counted."""
    for _ in range(who.exercise.sets * len(who.exercise.sides)):
        first = next(cue.at_ms for cue in who.count.cues if cue.text.lower() == first_word(who))
        who.now = who.count_at
        who.say(f"i did {reps}", after=first / 1000 + reps * who.exercise.rep_s + 2)


def first_word(who):
    return who.app.locale.data["words"]["cues"][who.exercise.tempo[0].word]


def test_a_whole_workout_goes_by_itself_and_is_kept_under_its_own_name(trainee):
    begun(trainee)
    train(trainee, trainee.exercise.window.low)
    assert "done" in trainee.heard.lower()
    (workout,) = trainee.workouts
    assert workout["exercise"] == trainee.exercise.id
    assert [each["ended"] for each in workout["sets"]] == ["failed_in_window"] * len(workout["sets"])
    assert set(trainee.state["records"]) == {trainee.exercise.id}


def test_the_count_has_the_exercises_own_tempo(trainee):
    begun(trainee)
    starts = [cue.at_ms for cue in trainee.count.cues if cue.text.lower() == first_word(trainee)]
    steps = {later - sooner for sooner, later in pairwise(starts)}
    assert steps == {trainee.exercise.rep_s * 1000}
    assert len(starts) == trainee.exercise.cap


def test_pain_has_its_cue_once_and_then_every_exercise_is_on_hold(trainee):
    begun(trainee)
    cue = trainee.app.locale.data["lines"][f"cue.{trainee.exercise.id}.pelvic_tilt"]
    assert cue.split(".")[0].lower() in trainee.say("my back hurts", after=40).lower()
    assert trainee.count is None
    trainee.say("my back still hurts", after=20)
    assert not trainee.is_listening
    for name in SPOKEN.values():
        assert "on hold" in trainee.say(f"start {name}").lower()
        assert trainee.count is None


def test_dose_and_tempo_are_told_from_the_file(trainee):
    begun(trainee)
    number = trainee.app.locale.number
    heard = trainee.say("how many reps").lower()
    assert f"{number(trainee.exercise.window.low)} to {number(trainee.exercise.window.high)}" in heard
    assert f"{number(trainee.exercise.rep_s)} seconds a rep" in trainee.say("how slow").lower()
