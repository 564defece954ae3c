"""How it went: the last workout, or what is asked of all workouts so far (how many, since when, the best, the gain).

Of all of them only the store knows; `Turn.past` holds them where this is asked, and nowhere else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from skill.coach.bands.rungs import order
from skill.coach.intents import questions
from skill.coach.messages.reply import Param
from skill.coach.state import FinishedWorkout, SetDone
from skill.coach.turn import Turn
from skill.coach.workout import calendar, recall

Workouts = Sequence[FinishedWorkout]
"""Finished workouts, the oldest first."""


def progress(turn: Turn) -> None:
    """What was asked of the workouts so far; of none in particular, the last one against the one before."""
    asked = ASKED.get(turn.heard.past)
    if asked is None:
        questions.progress(turn)
    elif not turn.past:
        turn.say("no_workout_yet")
    else:
        asked(turn, sorted(turn.past, key=lambda each: each.ended_at))


def _how_many(turn: Turn, workouts: Workouts) -> None:
    turn.say("workouts_so_far", count=len(workouts))
    lately = len(calendar.in_the_last_week(turn))
    if 0 < lately < len(workouts):
        turn.say("of_this_week", count=lately)


def _since_when(turn: Turn, workouts: Workouts) -> None:
    turn.lines.append(recall.when(turn, workouts[0].ended_at))
    turn.say("that_was_the_first")
    turn.say("workouts_so_far", count=len(workouts))


def _best(turn: Turn, workouts: Workouts) -> None:
    """Each leg's most reps on the toughest band that it was done with."""
    ladder = turn.state.ladder
    for side, sets in _by_leg(turn, workouts):
        best = max(sets, key=lambda each: (order(ladder, each.band), each.reps))
        turn.say("best_set", side=side, reps=best.reps, band=best.band)


def _stronger(turn: Turn, workouts: Workouts) -> None:
    """Each leg's first set of the last workout against that of the first one."""
    firsts = [
        (side, [each for each in sets if each.round == 1 and not each.tried_again])
        for side, sets in _by_leg(turn, workouts)
    ]
    compared = [(side, sets[0], sets[-1]) for side, sets in firsts if len(sets) > 1]
    if not compared:
        turn.say("one_is_no_comparison")
        return
    turn.say("against_the_first")
    for side, then, now in compared:
        told: dict[str, Param] = {"side": side, "reps": now.reps, "band": now.band, "first_reps": then.reps}
        if (then.band, then.reps) == (now.band, now.reps):
            turn.say("now_as_then", side=side, reps=now.reps, band=now.band)
        elif then.band == now.band:
            turn.say("then_and_now", **told)
        else:
            turn.say("then_and_now_on_other", **told, first_band=then.band)


def _last_week(turn: Turn, workouts: Workouts) -> None:
    """The days of the last week's workouts, and how the last of them went."""
    days = calendar.in_the_last_week(turn)[::-1]
    if not days:
        turn.say("nothing_this_week")
        return
    turn.say("trained_on", days=days)
    questions.say_last_sets(turn)


def _by_leg(turn: Turn, workouts: Workouts) -> Iterator[tuple[str, list[SetDone]]]:
    """Each leg's sets of the exercise at hand, the oldest first."""
    sets = [each for one in workouts if one.exercise == turn.exercise.id for each in one.sets if each.reps]
    for side in turn.exercise.sides:
        if of_leg := [each for each in sets if each.side == side]:
            yield side, of_leg


ASKED: Final[Mapping[str, Callable[[Turn, Workouts], None]]] = {
    "how_many": _how_many,
    "since_when": _since_when,
    "best": _best,
    "stronger": _stronger,
    "last_week": _last_week,
}
"""What may be asked of all workouts; the interaction model has a value for each."""
