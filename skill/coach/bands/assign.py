"""Each leg's band in a workout: what the rulebook is asked, what its advice does, and what is said of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from skill.coach.bands import announce, fresh_set, later_rounds, reasons, rungs, step_sizes
from skill.coach.bands.fresh_set import Asked
from skill.coach.bands.later_rounds import Judged
from skill.coach.reply import Line
from skill.coach.state import FreshResult, Leg
from skill.coach.turn import Turn, logged_of
from skill.coach.value import changed

WEEK_S: Final = 7 * 24 * 3600
STAYS: Final = frozenset({"same_band", "test_again"})
"""Advice that leaves a leg on its rung."""


def bands_for_today(turn: Turn) -> dict[str, str]:
    """The band of each leg for the workout that is offered, decided afresh at its start."""
    for side in turn.exercise.sides:
        leg = turn.leg(side)
        _decide(
            turn,
            side,
            leg,
            Asked("workout_starts" if leg.band else "first_workout", weeks_away=_weeks_away(turn, leg)),
        )
    return {side: turn.leg(side).band for side in turn.exercise.sides}


def lighter_after_pain(turn: Turn) -> None:
    """The exercise opens again: each leg one band lighter, as the rules say."""
    for side in turn.exercise.sides:
        if turn.leg(side).band:
            _decide(turn, side, turn.leg(side), Asked("lock_opens"))


def after_workout(turn: Turn, fresh: Mapping[str, FreshResult], had_pain: bool) -> list[Line]:
    """Judge each leg by its fresh set; return what is to be said of the bands."""
    before = {side: turn.leg(side).band for side in turn.exercise.sides}
    judged = []
    for side, result in fresh.items():
        outcome = fresh_set.JUDGED.get(result.ended, "not_judged")
        leg, known = fresh_set.with_fresh_set(
            turn.leg(side),
            turn.state.ladder,
            turn.record.steps,
            result.reps,
            outcome,
            _later_sets(turn, side),
        )
        turn.know_of_exercise(steps=known)
        _decide(turn, side, leg, Asked("workout_ends", had_pain))
        judged.append(later_rounds.Judged(side, leg, turn.leg(side)))
    skipped = ((side, turn.leg(side)) for side in turn.exercise.sides if side not in fresh)
    judged += [later_rounds.Judged(side, leg, leg) for side, leg in skipped if leg.band]
    after = {side: turn.leg(side).band for side in fresh}
    said = _later(turn, judged, had_pain)
    if after != {side: before[side] for side in fresh} or not said:
        _know_why(turn)
    return [*announce.changes(turn, before, after), *said]


def later_bands(turn: Turn) -> dict[str, str]:
    """The bands of the rounds after the first, by side, where they are others than the fresh sets'."""
    return {side: turn.leg(side).later for side in turn.exercise.sides if turn.leg(side).later}


def later_lines(turn: Turn) -> list[Line]:
    """The band of the later rounds, where it is another: said beforehand."""
    bands = later_bands(turn)
    if len(bands) == len(turn.exercise.sides) and len(set(bands.values())) > 1:
        return [Line("later_rounds_of_two", {f"{side}_band": band for side, band in bands.items()})]
    return _by_leg(turn, "later_rounds", bands)


def follow_ladder(turn: Turn, old: tuple[str, ...]) -> None:
    """After the ladder changed: each leg follows the rules; steps that no longer stand are forgotten."""
    ladder, at_hand = turn.state.ladder, turn.state.exercise
    if ladder == old:
        return
    for exercise, record in turn.state.records.items():
        turn.know(exercise=exercise)
        for side, leg in record.legs.items():
            if leg.band:
                lost = rungs.band_of(leg.band) not in rungs.whole(ladder)
                _decide(turn, side, leg, Asked("ladder_changes", band_lost=lost, ladder_before=old))
        turn.know_of_exercise(steps=step_sizes.still_true(record.steps, ladder))
    turn.know(exercise=at_hand)


def _decide(turn: Turn, side: str, leg: Leg, asked: Asked) -> None:
    """Ask, follow, and keep the reason; "the band of last time stands" leaves the reason of last time standing."""
    ladder = turn.state.ladder
    asked = changed(asked, other_band=_other_band(turn, side))
    decision = turn.decide(fresh_set.facts(leg, ladder, turn.record.steps, turn.exercise, asked))
    after = fresh_set.follow(leg, ladder, decision.advice, asked)
    stands = asked.moment == "workout_starts" and decision.advice == "same_band" and leg.decided is not None
    turn.know_of_leg(side, after if stands else changed(after, decided=logged_of(decision)))


def _know_why(turn: Turn) -> None:
    """What "why" tells after a workout: of the leg whose band moved, else of the first, and not of the last asked."""
    legs = reasons.with_bands(turn)
    told = reasons.told_of(legs)
    if told and legs[told[0]].decided is not None:
        turn.know(why=legs[told[0]].decided, why_exercise=turn.exercise.id)


def _other_band(turn: Turn, side: str) -> str:
    """Where another leg is that has shown something, for a leg that has not."""
    others = (turn.leg(each) for each in turn.exercise.sides if each != side)
    return next((each.band for each in others if each.outcome != "not_judged"), "")


def _later_sets(turn: Turn, side: str) -> list[int]:
    sets = turn.workout.sets if turn.workout else ()
    return [
        each.reps for each in sets if each.side == side and each.round > 1 and each.ended in fresh_set.JUDGED
    ]


def _weeks_away(turn: Turn, leg: Leg) -> int:
    """Whole weeks since the last workout; none where a start since then has moved the band for them already."""
    asked = fresh_set.facts_by_name(leg)
    if leg.decided and asked["moment"] == "workout_starts" and leg.decided.advice not in STAYS:
        return 0
    last = turn.record.summaries[0].ended_at if turn.record.summaries else turn.now
    return max(0, turn.now - last) // WEEK_S


def _later(turn: Turn, judged: Sequence[Judged], had_pain: bool) -> list[Line]:
    """Decide the band of the rounds after the first, once for the legs that share one; return what is to be said."""
    said: dict[str, dict[str, str]] = {later_rounds.LIGHTER: {}, later_rounds.FRESH: {}}
    for legs in later_rounds.together(judged):
        asked = later_rounds.facts(legs, turn.state.ladder, turn.record.steps, turn.exercise, had_pain)
        advice = turn.decide(asked).advice
        for side, leg in later_rounds.follow(legs, turn.state.ladder, advice).items():
            turn.know_of_leg(side, leg)
        if advice in said:
            said[advice] |= later_rounds.turned(legs, turn.state.ladder, advice)
    return [line for advice, bands in said.items() for line in _by_leg(turn, advice, bands)]


def _by_leg(turn: Turn, key: str, bands: Mapping[str, str]) -> list[Line]:
    """One line where all legs have one band, else one for each leg that has any."""
    if bands.keys() == set(turn.exercise.sides) and len(set(bands.values())) == 1:
        return [Line(key, {"band": next(iter(bands.values()))})]
    return [Line(f"{key}_for", {"band": band, "side": side}) for side, band in bands.items()]
