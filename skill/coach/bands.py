"""Each leg's band: what the rulebook is asked, and what its advice does to a leg's record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from rules.facts import MOST_REPS, BandFacts
from skill.coach.ladder import lower_middle, nearest, step
from skill.coach.reply import Line
from skill.coach.state import FreshResult, Leg
from skill.coach.turn import Turn, logged_of

JUDGED: Final = {
    "failed_short": "failed",
    "failed_in_window": "failed",
    "failed_past_window": "failed",
    "could_do_more": "could_do_more",
}
STEPS: Final = {"tougher_band": 1, "lighter_band": -1}
WEEK_S: Final = 7 * 24 * 3600


def bands_for_today(turn: Turn) -> dict[str, str]:
    """The band of each leg for the workout that is offered, decided afresh at its start."""
    for side in turn.exercise.sides:
        leg = turn.leg(side)
        _decide(turn, side, leg, "workout_starts" if leg.band else "first_workout")
    return {side: turn.leg(side).band for side in turn.exercise.sides}


def lighter_after_pain(turn: Turn) -> None:
    """The exercise opens again: each leg one band lighter, as the rules say."""
    for side in turn.exercise.sides:
        if turn.leg(side).band:
            _decide(turn, side, turn.leg(side), "lock_opens")


def after_workout(turn: Turn, fresh: Mapping[str, FreshResult], had_pain: bool) -> list[Line]:
    """Judge each leg by its fresh set; return what is to be said of the bands."""
    before = {side: turn.leg(side).band for side in turn.exercise.sides}
    for side, result in fresh.items():
        leg = _with_result(turn, turn.leg(side), result)
        _decide(turn, side, leg, "workout_ends", had_pain)
    after = {side: turn.leg(side).band for side in fresh}
    return _changes(turn, before, after)


def follow_ladder(turn: Turn, old: tuple[str, ...]) -> None:
    """After the ladder changed: legs whose band is gone move to the nearest lighter rung that is owned."""
    for record_id, record in turn.state.records.items():
        legs = {
            side: replace(leg, band=nearest(turn.state.ladder, leg.band, old)) if leg.band else leg
            for side, leg in record.legs.items()
        }
        turn.know(records={**turn.state.records, record_id: replace(record, legs=legs)})


def _with_result(turn: Turn, leg: Leg, result: FreshResult) -> Leg:
    outcome = JUDGED.get(result.ended, "not_judged")
    if outcome == "not_judged":
        return replace(leg, outcome=outcome, fresh_reps=result.reps)
    window = turn.exercise.window
    is_past = result.reps > window.high or (outcome == "could_do_more" and result.reps >= window.high)
    is_short = outcome == "failed" and result.reps < window.low
    return replace(
        leg,
        outcome=outcome,
        fresh_reps=result.reps,
        past_window_streak=leg.past_window_streak + 1 if is_past else 0,
        short_of_window_streak=leg.short_of_window_streak + 1 if is_short else 0,
    )


def _decide(turn: Turn, side: str, leg: Leg, moment: str, had_pain: bool = False) -> None:
    ladder = turn.state.ladder
    decision = turn.decide(
        BandFacts(
            moment=moment,
            had_pain=had_pain,
            is_calibrating=leg.is_calibrating,
            tougher_owned=step(ladder, leg.band, 1) != leg.band,
            lighter_owned=step(ladder, leg.band, -1) != leg.band,
            outcome=leg.outcome,
            fresh_reps=min(MOST_REPS, leg.fresh_reps),
            past_window_streak=min(99, leg.past_window_streak),
            short_of_window_streak=min(99, leg.short_of_window_streak),
            weeks_away=min(104, _weeks_away(turn)),
        )
    )
    if decision.advice == "start_middle":
        leg = replace(leg, band=lower_middle(ladder))
    elif decision.advice in STEPS:
        leg = replace(
            leg,
            band=step(ladder, leg.band, STEPS[decision.advice]),
            past_window_streak=0,
            short_of_window_streak=0,
        )
    elif moment == "workout_ends" and leg.outcome != "not_judged":
        leg = replace(leg, is_calibrating=False)
    turn.know_of_leg(side, replace(leg, decided=logged_of(decision)))


def _weeks_away(turn: Turn) -> int:
    last = turn.record.summaries[0].ended_at if turn.record.summaries else turn.now
    return max(0, turn.now - last) // WEEK_S


def _changes(turn: Turn, before: Mapping[str, str], after: Mapping[str, str]) -> list[Line]:
    changed = {side: band for side, band in after.items() if band != before[side]}
    if not changed:
        bands = set(after.values())
        return [Line("band_stays", {"band": bands.pop()})] if len(bands) == 1 else [Line("bands_stay", {})]
    if len(changed) == len(after) and len(set(changed.values())) == 1:
        side, band = next(iter(changed.items()))
        return [_change_line("band_changes", turn, before[side], band, {})]
    return [
        _change_line("band_changes_for", turn, before[side], band, {"side": side})
        for side, band in changed.items()
    ]


def _change_line(key: str, turn: Turn, old: str, new: str, params: dict[str, str]) -> Line:
    order = ("none", *turn.state.ladder)
    tougher = new in order and old in order and order.index(new) > order.index(old)
    return Line(f"{key}_{'up' if tougher else 'down'}", {"band": new, "from_band": old, **params})


def say_outlook(turn: Turn) -> None:
    """What would change the band, in few words, where there is something to say."""
    for side in turn.exercise.sides:
        leg = turn.leg(side)
        tougher = step(turn.state.ladder, leg.band, 1)
        if leg.past_window_streak and tougher != leg.band:
            turn.say("outlook_up", reps=leg.fresh_reps, band=leg.band, to_band=tougher)
            return
