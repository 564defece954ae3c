"""The count as the trainee hears it: every second at its place, at any tempo."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from rules.files.exercise import Exercise, Phase
from skill.alexa.lengths import estimated_ms
from skill.coach.counting.form_cues import groups, in_rest, of_set
from skill.coach.counting.stop_estimate import rep_ends_ms
from skill.coach.counting.timeline import LONGEST_MS, reps_that_fit, timeline
from skill.coach.messages.reply import Count
from skill.locales.texts import known
from skill.locales.words import load
from tests.shipped import ENGINE, EXERCISES, RAISE

WORDS = {"concentric": "lift", "isometric_hold": "hold", "eccentric": "lower"}


def counted(exercise: Exercise = RAISE, count_to: int = 15, **other) -> Count:
    count = Count(exercise.id, "left", False, 0, 0, 0, 1, count_to, "token")
    return structs.replace(count, **other)


def at_tempo(*phases: tuple[str, int]) -> Exercise:
    return replace(RAISE, tempo=tuple(Phase(phase, seconds, WORDS[phase]) for phase, seconds in phases))


def heard(rep: int, exercise: Exercise = RAISE, **other) -> str:
    plan = timeline(exercise, counted(exercise, **other), ENGINE.decide)
    script = load().script(plan, [], None)
    return ", ".join(cue.text for cue in script.cues if cue.rep == rep)


def test_a_repetition_is_lift_hold_two_lower_two_and_its_number():
    assert heard(2) == "lift, hold, two, lower, two, two"
    assert heard(11) == "lift, hold, two, lower, two, eleven"


def test_the_first_repetition_does_not_end_like_a_countdown():
    assert heard(1) == "lift, hold, two, lower, two, that's one"


FORM = ("hips_stacked", "toes_forward", "slow_down")


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_a_cue_about_the_form_moves_no_other_word_of_the_count(exercise):
    for form in groups(exercise):
        bare = timeline(exercise, counted(exercise, 25, is_fresh=True), ENGINE.decide)
        with_form = timeline(exercise, counted(exercise, 25, is_fresh=True, form=form), ENGINE.decide)
        said = [cue for cue in with_form.cues if cue.word in form]
        assert [cue.at_ms for cue in with_form.cues if cue.word == "number" and cue.phase == "eccentric"] == [
            cue.at_ms for cue in bare.cues if cue.word == "number" and cue.phase == "eccentric"
        ]
        assert {cue.rep for cue in said} <= set(exercise.form_at)
        assert len({cue.rep for cue in said}) == len(said)
        assert with_form.length_ms == bare.length_ms


def test_form_cues_are_said_in_the_holds_of_three_six_and_nine_of_a_first_set_only():
    assert heard(3, count_to=25, is_fresh=True, form=FORM) == "lift, hips stacked, lower, two, three"
    assert heard(9, count_to=25, is_fresh=True, form=FORM) == "lift, slow on the way down, lower, two, nine"
    assert heard(3, form=FORM) == heard(3)
    assert heard(12, count_to=25, is_fresh=True, form=FORM) == heard(12, count_to=25, is_fresh=True)


@pytest.mark.parametrize("name", sorted(known()))
def test_every_form_cue_fits_its_two_seconds(name):
    locale = load(name)
    for exercise in EXERCISES.values():
        for cue in exercise.form_cues:
            assert estimated_ms(locale.data["words"]["cues"][cue.key]) <= 1600, cue.key


def test_all_form_cues_of_an_exercise_take_their_turn():
    for exercise in EXERCISES.values():
        every = {cue.key for cue in exercise.form_cues}
        assert {in_rest(exercise, turn) for turn in range(20)} == every
        if exercise.form_at:
            assert {key for turn in range(20) for key in of_set(exercise, turn)} == every


def test_the_window_opens_in_the_hold_of_the_twelfth():
    assert heard(12) == "lift, as many as you can, lower, two, twelve"


def test_a_fresh_set_is_told_to_go_on_at_the_top_of_the_window_and_hears_no_half():
    assert "on, if you can" in heard(15, is_fresh=True, count_to=25)
    assert "halfway" not in heard(13, is_fresh=True, count_to=25)


def test_a_later_set_hears_its_half_its_last_three_and_its_last():
    assert heard(8) == "lift, halfway, lower, two, eight"
    assert heard(13) == "lift, last three, lower, two, thirteen"
    assert heard(15) == "lift, last one, lower, two, fifteen"


def test_a_long_hold_keeps_its_name_and_is_announced_in_after_it():
    slow = at_tempo(("concentric", 2), ("isometric_hold", 4), ("eccentric", 2))
    assert heard(12, slow) == "lift, two, hold, as many as you can, four, lower, twelve"


def test_two_one_two_reads_well_and_has_no_room_for_announcements():
    quick = at_tempo(("concentric", 2), ("isometric_hold", 1), ("eccentric", 2))
    assert heard(3, quick) == "lift, two, hold, lower, three"
    assert heard(12, quick) == "lift, two, hold, lower, twelve"


def test_four_nothing_one_nothing_reads_well_either_way_round():
    up = at_tempo(("concentric", 4), ("eccentric", 1))
    assert heard(3, up) == "lift, two, three, four, three"
    assert heard(12, up) == "lift, as many as you can, four, twelve"
    down_first = at_tempo(("eccentric", 4), ("concentric", 1))
    assert heard(12, down_first) == "lower, as many as you can, four, twelve"


def test_an_announcement_never_takes_the_second_of_the_number():
    hold_last = at_tempo(("concentric", 1), ("eccentric", 1), ("isometric_hold", 2))
    assert heard(12, hold_last) == "lift, lower, hold, twelve"
    longer = at_tempo(("concentric", 1), ("eccentric", 1), ("isometric_hold", 3))
    assert heard(12, longer) == "lift, lower, as many as you can, twelve"


def test_everything_of_one_answer_stands_on_one_timeline():
    plan = timeline(
        RAISE, counted(rest_ms=40_000, spoken_ms=6000, question_ms=4000, count_to=2), ENGINE.decide
    )
    outside = [(cue.at_ms, cue.word, cue.number) for cue in plan.cues if cue.rep == 0]
    assert outside == [
        (0, "lines", None),
        (10_000, "seconds_left", 30),
        (30_000, "seconds_left", 10),
        (40_000, "number", 3),
        (41_000, "number", 2),
        (42_000, "number", 1),
        (55_000, "question", None),
    ]
    assert rep_ends_ms(plan) == (49_000, 55_000)
    assert plan.length_ms == 59_000


def test_a_rest_that_is_too_short_to_warn_of_is_not_warned_of():
    plan = timeline(RAISE, counted(rest_ms=10_000, spoken_ms=4000, count_to=1), ENGINE.decide)
    assert [cue.word for cue in plan.cues if cue.phase == "rest"] == ["lines"]


def test_a_count_ends_at_the_last_rep_that_alexa_has_time_for():
    count = counted(count_to=500, rest_ms=60_000, question_ms=4000)
    fits = reps_that_fit(RAISE, count)
    assert fits == (240 - 60 - 3 - 4) // 6
    assert timeline(RAISE, structs.replace(count, count_to=fits), ENGINE.decide).length_ms <= LONGEST_MS


def test_a_count_that_goes_on_from_a_rep_keeps_its_numbers():
    plan = timeline(RAISE, counted(from_rep=9, count_to=10), ENGINE.decide)
    assert [cue.number for cue in plan.cues if cue.rep][-1] == 10
    assert {cue.rep for cue in plan.cues} == {0, 9, 10}


def test_a_count_of_nothing_is_silence():
    plan = timeline(replace(RAISE, lead_in_s=0), counted(count_to=0), ENGINE.decide)
    assert plan.cues == ()


SECONDS = st.integers(1, 5)


@settings(max_examples=60, deadline=None)
@given(SECONDS, st.none() | SECONDS, SECONDS, st.integers(1, 25), st.booleans())
def test_at_any_tempo_every_second_is_on_the_grid_and_every_number_ends_its_rep(
    lift, hold, lower, reps, is_fresh
):
    phases = [("concentric", lift), ("isometric_hold", hold), ("eccentric", lower)]
    exercise = at_tempo(*((phase, seconds) for phase, seconds in phases if seconds is not None))
    plan = timeline(exercise, counted(exercise, reps, is_fresh=is_fresh), ENGINE.decide)
    assert all(cue.at_ms % 1000 == 0 and cue.slot_ms >= 1000 for cue in plan.cues)
    assert all(
        cue.slot_ms >= 2000 for cue in plan.cues if cue.word in ("window_opens", "keep_going", "halfway")
    )
    assert sum(cue.slot_ms for cue in plan.cues) == plan.length_ms
    for rep, end_ms in enumerate(rep_ends_ms(plan), start=1):
        assert end_ms == 3000 + rep * exercise.rep_s * 1000
        last = [cue for cue in plan.cues if cue.rep == rep][-1]
        assert (last.at_ms, last.number) == (end_ms - 1000, rep)


@pytest.mark.parametrize("advice", ["halfway", "window_opens", "keep_going", "last_ones", "last_one"])
def test_every_announcement_has_words_that_two_seconds_hold(advice):
    assert 2 <= len(load().data["words"]["cues"][advice]) <= 20
