"""The ring on an Echo Show stands where the count is, drawn by Amazon's own renderer."""

import random
from bisect import bisect_right

import pytest

from skill.alexa.apl.screen import screen_of
from skill.coach.messages.reply import Reply
from tests.alexa.draw_screens import COUNT, VIEWPORTS, rendered
from tests.parts import need, need_clients

pytestmark = pytest.mark.long
FRAME_MS = 17


@pytest.fixture
def in_set(app):
    """The cues of the count's repetitions, as they are spoken."""
    return [cue for cue in app.plan(COUNT).cues if cue.rep]


def drawn(app, instants, viewport="hub_round", **more):
    """What the renderer shows at each instant (ms)."""
    need("chromium")
    need_clients()
    document, data = screen_of(Reply((), count=COUNT), app.exercises, app.locale, "1.4")
    job = {"document": document, "data": data, "viewport": VIEWPORTS[viewport], "at": [0, *instants], **more}
    (one,) = rendered([job])
    return one["shown"][1:]


def test_the_ring_is_at_the_phase_second_and_rep_of_the_count(app, in_set):
    """At 20 instants: ten anywhere in the set, ten a frame before or after something is said."""
    chance, exercise = random.Random(1), app.exercises["glute_raise"]
    begins, over = in_set[0].at_ms, in_set[0].at_ms + COUNT.count_to * exercise.rep_s * 1000
    near = [
        cue.at_ms + step * FRAME_MS
        for cue, step in zip(chance.sample(in_set[1:], 10), (-1, 1) * 5, strict=True)
    ]
    instants = sorted({*near, *chance.sample(range(begins, over), 10)})
    assert len(instants) == 20
    starts, names = [cue.at_ms for cue in in_set], app.locale.data["words"]["cues"]
    words = {each.phase: names[each.word] for each in exercise.tempo}
    begin_of = {each.phase: start for each, start in zip(exercise.tempo, (0, 1000, 3000), strict=True)}
    for shown in drawn(app, instants):
        cue = in_set[bisect_right(starts, shown["at"]) - 1]
        into = (shown["at"] - begins) % (exercise.rep_s * 1000)
        second = (into - begin_of[cue.phase]) // 1000 + 1
        assert shown["texts"] == [words[cue.phase], str(second), f"rep {cue.rep}"], shown["at"]
        turn = 360 * into / (exercise.rep_s * 1000)
        frame = 360 * FRAME_MS / (exercise.rep_s * 1000)
        assert abs((shown["hand"] - turn + 180) % 360 - 180) <= frame, shown["at"]


def test_the_skill_is_told_once_that_the_last_repetition_was_shown(app, in_set):
    over = in_set[0].at_ms + COUNT.count_to * app.exercises["glute_raise"].rep_s * 1000
    before, after, later = drawn(app, [over - FRAME_MS, over + FRAME_MS, over + 5000])
    assert before["sent"] == []
    assert after["sent"] == later["sent"]
    assert [each["arguments"] for each in later["sent"]] == [["count_over", "", COUNT.token]]


@pytest.mark.parametrize(("button", "intent"), [("I'm done", "FailIntent"), ("That hurts", "PainIntent")])
def test_a_touch_tells_how_far_the_ring_had_come(app, button, intent):
    at = 28_500
    *_, shown = drawn(app, [at], "medium", touch=button)
    assert shown["sent"][0]["arguments"] == ["touched", intent, COUNT.token, at]
