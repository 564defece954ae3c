"""What would change a leg's band: the rules themselves are asked what they would say of sets that are not done yet.

It looks for the fewest reps past the window with which one workout, or two in a row, would bring a tougher band. So
whatever is foretold is what the rules will then do.
"""

from typing import Final

from skill.coach.bands import fresh_set, rungs
from skill.coach.bands.fresh_set import Asked
from skill.coach.messages.reply import Line
from skill.coach.state import Leg
from skill.coach.turn import Turn
from skill.coach.value import Value

ONCE_MORE: Final = ("outlook_once_more", "outlook_outlast_once_more")


class Rise(Value, frozen=True):
    """The fewest reps that bring a tougher rung, which one; `is_least` where more reps bring a tougher one still."""

    reps: int
    to: str
    is_least: bool


def lines(turn: Turn, leg: Leg) -> list[Line]:
    """What would change this leg's band, in one breath."""
    one, two = _rise(turn, leg, 1), _rise(turn, leg, 2)
    if leg.is_calibrating and one is not None:
        return [_search(turn, leg, one)]
    if one is not None and (two is None or one.reps <= two.reps):
        return [_line(turn, leg, one, "outlook_once")]
    if two is not None:
        fewer = _fewest_kept(turn, leg) if leg.is_calibrating else 0
        down = [Line("outlook_search_down", {"fewer": fewer})] if fewer else []
        return [_line(turn, leg, two, "outlook_twice"), *down]
    return [_none(turn, leg)]


def once_more(turn: Turn, leg: Leg) -> list[Line]:
    """What would change the band where one of two workouts is done and the next like it does; else nothing."""
    if not leg.sets_here or fresh_set.off_window(leg.sets_here[-1], turn.exercise) <= 0:
        return []
    told = lines(turn, leg)
    return told if told[0].key.startswith(ONCE_MORE) else []


def _line(turn: Turn, leg: Leg, rise: Rise, key: str) -> Line:
    last = fresh_set.off_window(leg.sets_here[-1], turn.exercise) if leg.sets_here else 0
    if rise.reps >= turn.exercise.cap:
        key = "outlook_outlast" if key == "outlook_twice" else "outlook_outlast_once"
        again = leg.ran_out_streak > 0
    else:
        again = last > 0
    if key in ("outlook_once", "outlook_outlast_once") and again:
        key += "_more"
    if rise.is_least:
        key += "_at_least"
    return Line(key, {"reps": rise.reps - 1, "to_band": rungs.told_to_wearer_of(rise.to, leg.rung)})


def _rise(turn: Turn, leg: Leg, workouts: int) -> Rise | None:
    """The fewest reps, done in so many workouts running, that bring a tougher rung; None where none does."""
    ladder = turn.state.ladder
    first: tuple[int, str] | None = None
    for reps in range(turn.exercise.window.high + 1, turn.exercise.cap + 1):
        to = _rung_after(turn, leg, reps, workouts)
        if rungs.order(ladder, to) <= rungs.order(ladder, leg.rung):
            continue
        if first is None:
            first = (reps, to)
        elif to != first[1]:
            return Rise(*first, is_least=True)
    return Rise(*first, is_least=_is_measured_meanwhile(turn, leg, first[1])) if first else None


def _is_measured_meanwhile(turn: Turn, leg: Leg, to: str) -> bool:
    """Whether the other leg has just made this step, whole: it may show that half of it is not needed."""
    others = (each for each in turn.record.legs.values() if each.previous_rung == leg.rung)
    return bool(rungs.place_of(to)) and any(each.rung == rungs.band_of(to) for each in others)


def _search(turn: Turn, leg: Leg, rise: Rise) -> Line:
    """While the band is searched for, one set moves it, either way."""
    fewer = _fewest_kept(turn, leg)
    if not fewer:
        return _line(turn, leg, rise, "outlook_search")
    both = _line(turn, leg, rise, "outlook_search_both")
    return Line(both.key, {**both.params, "fewer": fewer})


def _fewest_kept(turn: Turn, leg: Leg) -> int:
    """The reps below which one workout brings a lighter rung; 0 where none does."""
    ladder = turn.state.ladder
    for reps in range(turn.exercise.window.low - 1, 0, -1):
        to = _rung_after(turn, leg, reps, 1)
        if rungs.order(ladder, to) < rungs.order(ladder, leg.rung):
            return reps + 1
    return 0


def _rung_after(turn: Turn, leg: Leg, reps: int, workouts: int) -> str:
    """The rung after workouts like that: each judged by the rules, on the record as it would be kept."""
    ladder, known, now = turn.state.ladder, turn.record.steps, leg
    outcome = "could_do_more" if reps >= turn.exercise.cap else "failed"
    asked = Asked("workout_ends")
    for _ in range(workouts):
        now, known = fresh_set.with_fresh_set(now, ladder, known, reps, outcome)
        facts = fresh_set.facts(now, ladder, known, turn.exercise, asked)
        advice = turn.brain.decide(facts, turn.exercise.id).advice
        now = fresh_set.follow(now, ladder, advice, asked)
        if now.rung != leg.rung:
            break
    return now.rung


def _none(turn: Turn, leg: Leg) -> Line:
    """Nothing that two workouts could show brings a tougher rung: why not."""
    ladder = turn.state.ladder
    if not ladder:
        return Line("outlook_no_bands")
    tougher = rungs.tougher(ladder, leg.rung)
    if tougher == leg.rung:
        return Line("outlook_toughest")
    return Line("outlook_out_of_reach", {"to_band": tougher})
