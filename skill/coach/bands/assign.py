"""Each leg's band in a workout: what the rulebook is asked, what its advice does, and what is said of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import Facts
from skill.coach.bands import announce, both_legs, fresh_set, reasons, rungs, step_sizes
from skill.coach.bands.both_legs import Decided, FirstSets, Known
from skill.coach.bands.fresh_set import Asked
from skill.coach.messages.reply import Line
from skill.coach.state import FreshResult, Leg, SetDone
from skill.coach.turn import Turn, logged_of

STAYS: Final = frozenset({"same_band", "test_again"})
"""Advice that leaves a leg on its rung."""


def bands_for_today(turn: Turn) -> dict[str, str]:
    """The band of each leg for the workout that is offered, decided afresh at its start."""
    legs = {side: turn.leg(side) for side in turn.exercise.sides}
    is_first = not any(leg.rung for leg in legs.values())
    weeks = min((_weeks_away(turn, leg) for leg in legs.values() if leg.rung), default=0)
    _decide(turn, legs, Asked("first_workout" if is_first else "workout_starts", weeks_away=weeks))
    return {side: turn.leg(side).rung for side in turn.exercise.sides}


def lighter_after_pain(turn: Turn) -> None:
    """The exercise opens again: each leg one band lighter, as the rules say."""
    legs = reasons.with_bands(turn)
    if legs:
        _decide(turn, legs, Asked("lock_opens"))
        turn.know_of_exercise(at_most={side: turn.leg(side).rung for side in legs})


def is_too_tough(turn: Turn, side: str, rung: str) -> bool:
    """Whether a rung is tougher than the one on which training opened again after a hold, in that workout."""
    ladder, at_most = turn.state.ladder, turn.record.at_most
    return side in at_most and rungs.order(ladder, rung) > rungs.order(ladder, at_most[side])


def after_first_round(turn: Turn) -> dict[str, str]:
    """The bands of the rounds to come, by side, where a search moves them at once; else nothing.

    Nothing is kept of it but these bands: the workout's end judges the same sets and comes to the same bands, unless it
    has hurt since. In the workout with which training opens again after a hold, nothing moves to a tougher one.
    """
    workout = turn.workout
    bands = workout.bands if workout is not None else {}
    moved = {
        side: each
        for side, each in first_round(turn).items()
        if each.leg.rung != bands.get(side) and not is_too_tough(turn, side, each.leg.rung)
    }
    for each in moved.values():
        turn.decide(each.decision.facts)
    return {side: each.leg.rung for side, each in moved.items()}


def first_round(turn: Turn) -> dict[str, Decided]:
    """What the first sets of the workout at hand say of its bands so far, by side; nothing is kept of it."""
    workout = turn.workout
    if workout is None or not workout.bands:
        return {}
    first = {side: done for side in workout.bands if (done := workout.first_set(side)) is not None}
    ahead = Turn(turn.state, turn.heard, turn.now, turn.brain)
    legs = _with_left_out(ahead, _with_first_sets(ahead, first))
    asked = Asked("first_round_ends", had_pain=workout.pain_reports > 0)

    def ask(facts: Facts) -> Decision:
        return turn.brain.decide(facts, turn.exercise.id)

    return both_legs.decide(legs, _known(ahead), asked, ask)


def after_workout(turn: Turn, fresh: Mapping[str, FreshResult], had_pain: bool) -> list[Line]:
    """Judge each leg by its first set; return what is to be said of the bands."""
    if not had_pain:
        _back_where_nothing_was_done(turn, fresh)
    before = {side: turn.leg(side).rung for side in turn.exercise.sides}
    last = (fresh, *(each.fresh for each in turn.record.summaries))
    legs = _with_left_out(turn, _with_first_sets(turn, fresh))
    _decide(turn, legs, Asked("workout_ends", had_pain), last)
    _know_why(turn)
    return announce.changes(turn, before, {side: turn.leg(side).rung for side in fresh})


def _back_where_nothing_was_done(turn: Turn, fresh: Mapping[str, FreshResult]) -> None:
    """Another band was chosen for a leg, and its first set never came: the choice was for this workout alone."""
    workout, owned = turn.workout, rungs.whole(turn.state.ladder)
    for side, rung in workout.as_offered.items() if workout is not None else ():
        leg = turn.leg(side)
        if side not in fresh and leg.rung != rung and rungs.band_of(rung) in owned:
            turn.know_of_leg(side, replace(leg, rung=rung))


def follow_ladder(turn: Turn, old: tuple[str, ...]) -> None:
    """After the ladder changed: each leg follows the rules; steps that no longer stand are forgotten."""
    ladder = turn.state.ladder
    if ladder == old:
        return
    for exercise, record in turn.state.records.items():
        with turn.on_exercise(exercise):
            if turn.exercise.id == exercise:
                _follow(turn, old)
            turn.know_of_exercise(steps=step_sizes.still_true(record.steps, ladder))


def _follow(turn: Turn, old: tuple[str, ...]) -> None:
    owned = rungs.whole(turn.state.ladder)
    lost: dict[bool, dict[str, Leg]] = {}
    for side, leg in turn.record.legs.items():
        if leg.rung:
            lost.setdefault(rungs.band_of(leg.rung) not in owned, {})[side] = leg
    for is_lost, legs in lost.items():
        _decide(turn, legs, Asked("ladder_changes", band_lost=is_lost, ladder_before=old))
    for side, leg in turn.record.legs.items():
        if is_too_tough(turn, side, leg.rung):
            turn.know_of_leg(side, Leg(rung=rungs.NO_BAND))


def _decide(turn: Turn, legs: Mapping[str, Leg], asked: Asked, last: Sequence[FirstSets] = ()) -> None:
    """Ask, follow, and keep the reason; "the band of last time stands" leaves the reason of last time standing."""
    for side, each in both_legs.decide(legs, _known(turn), asked, turn.decide, last).items():
        had_reason = legs[side].decided is not None
        stands = asked.moment == "workout_starts" and each.decision.advice == "same_band" and had_reason
        turn.know_of_leg(side, each.leg if stands else replace(each.leg, decided=logged_of(each.decision)))


def _known(turn: Turn) -> Known:
    return Known(turn.state.ladder, turn.record.steps, turn.exercise)


def _with_first_sets(turn: Turn, first: Mapping[str, FreshResult | SetDone]) -> dict[str, Leg]:
    """The legs' records with the first sets of this workout; what these say of the steps is known from then on."""
    legs = {}
    for side, done in first.items():
        outcome = fresh_set.JUDGED.get(done.ended, "not_judged")
        legs[side], steps = fresh_set.with_fresh_set(
            turn.leg(side), turn.state.ladder, turn.record.steps, done.reps, outcome, _later_sets(turn, side)
        )
        turn.know_of_exercise(steps=steps)
    return legs


def _with_left_out(turn: Turn, legs: dict[str, Leg]) -> dict[str, Leg]:
    """A leg that was left out goes along with the other one, where they share a band; it has shown nothing."""
    if not legs or not both_legs.share(tuple(reasons.with_bands(turn).values())):
        return legs
    sides = turn.exercise.sides
    return {side: legs.get(side) or replace(turn.leg(side), outcome="not_judged") for side in sides}


def _know_why(turn: Turn) -> None:
    """What "why" tells after a workout: of the leg whose band moved, else of the first, and not of the last asked."""
    legs = reasons.with_bands(turn)
    told = reasons.sides_told(legs)
    if told and legs[told[0]].decided is not None:
        turn.know(why=legs[told[0]].decided, why_exercise=turn.exercise.id)


def _later_sets(turn: Turn, side: str) -> list[int]:
    sets = turn.workout.sets if turn.workout else ()
    return [
        each.reps for each in sets if each.side == side and each.round > 1 and each.ended in fresh_set.JUDGED
    ]


def _weeks_away(turn: Turn, leg: Leg) -> int:
    """Whole weeks, by the calendar, since the last workout; none where a start since has moved the band for them."""
    asked = fresh_set.facts_by_name(leg)
    if leg.decided and asked.get("moment") == "workout_starts" and leg.decided.advice not in STAYS:
        return 0
    last = turn.record.summaries[0].ended_at if turn.record.summaries else turn.now
    return turn.weeks_since(last)
