"""Questions that may be asked at any time: the band, why, how, how much, how it went, when next."""

from typing import Final

from rules.exercise import Exercise
from rules.facts import TOPICS
from skill.coach import bands, rungs, steps, week
from skill.coach.reply import Line, Param
from skill.coach.state import FreshResult, Logged, Summary
from skill.coach.turn import Turn, facts_of

HELPED: Final = {
    "bands": ("help_new", "which_bands_do_you_have"),
    "ready": ("help", "say_ready_again"),
}
"""Where help is the question itself: the words that it names are the answer."""


def which_band(turn: Turn) -> None:
    """The band of each leg, the reason, and what would change it."""
    legs = {side: turn.leg(side) for side in turn.exercise.sides if turn.leg(side).band}
    if not legs:
        turn.say("no_band_yet")
        return
    colours = {leg.band for leg in legs.values()}
    if len(colours) == 1:
        turn.say("use_band", band=colours.pop())
    else:
        turn.say("use_bands", **{f"{side}_band": leg.band for side, leg in legs.items()})
    bands.say_later(turn)
    first = next(iter(legs.values()))
    if first.decided is not None:
        turn.lines.append(because(turn, first.decided))
        turn.know(why=first.decided, why_exercise=turn.exercise.id)
    tougher = rungs.tougher(turn.state.ladder, first.band)
    if not turn.record.summaries:
        return
    if tougher == first.band:
        turn.say("no_tougher_band")
    elif not turn.record.steps.get(steps.key(first.band, tougher)):
        turn.say("what_would_change_it", to_band=tougher, reps=turn.exercise.window.high)
    else:
        turn.say("what_would_bring_it_back", to_band=tougher)


def why(turn: Turn) -> None:
    """The reason for the last decision and the rule behind it."""
    if turn.state.why is None:
        turn.say("nothing_decided_yet")
        return
    turn.lines.append(because(turn, turn.state.why))


def says_who(turn: Turn) -> None:
    """On whose word the last decision rests: the author's, or our own judgement with its reason."""
    if turn.state.why is None:
        turn.say("nothing_decided_yet")
        return
    for source in turn.brain.sources_of(turn.state.why.rule)[:2]:
        turn.say(f"source.{source}")


def because(turn: Turn, logged: Logged) -> Line:
    """The reason of a kept decision of the exercise at hand."""
    return reason(logged, turn.exercise)


def reason(logged: Logged, exercise: Exercise) -> Line:
    """The reason of a kept decision, with the facts that counted filled in."""
    facts = facts_of(logged, tuple(TOPICS[logged.topic].domains()))
    numbers: dict[str, Param] = {
        name: value for name, value in facts.items() if isinstance(value, int) and not isinstance(value, bool)
    }
    window = {"window_low": exercise.window.low, "window_high": exercise.window.high}
    return Line(f"because.{logged.rule}", {**numbers, **window})


def muscles(turn: Turn) -> None:
    """What the exercise works."""
    turn.say("muscles", muscles=turn.exercise.muscles)


def purpose(turn: Turn) -> None:
    """What each muscle does for a runner."""
    for muscle in turn.exercise.muscles:
        turn.say(f"purpose.{muscle}")


def dose(turn: Turn) -> None:
    """How many sets and reps, and why to fail."""
    window = turn.exercise.window
    turn.say("dose", sets=turn.exercise.sets, low=window.low, high=window.high)


def tempo(turn: Turn) -> None:
    """The seconds of each phase, and why they matter."""
    for phase in turn.exercise.tempo:
        turn.say(f"tempo.{phase.word}", seconds=phase.seconds)
    turn.say("tempo.whole", seconds=turn.exercise.rep_s)


def progress(turn: Turn) -> None:
    """The last workout, each leg, against the one before."""
    summaries = turn.record.summaries
    if not summaries:
        turn.say("no_workout_yet")
        return
    last = summaries[0]
    turn.say("last_workout" if last.sets != 1 else "last_workout_one", day=last.ended_at, sets=last.sets)
    for side, result in last.fresh.items():
        before = _before(summaries, side)
        if before is None or before.band != result.band:
            turn.say("fresh_set", side=side, reps=result.reps, band=result.band)
        else:
            change = "more" if result.reps > before.reps else "fewer" if result.reps < before.reps else "same"
            turn.say(
                f"fresh_set_{change}",
                side=side,
                reps=result.reps,
                band=result.band,
                difference=abs(result.reps - before.reps),
            )


def next_workout(turn: Turn) -> None:
    """The first day on which the muscles are ready again and the week has room."""
    ready_at = week.ready_at(turn)
    if ready_at <= turn.now:
        turn.say("next_is_now")
    else:
        turn.say("next_workout", day=ready_at)


def help_(turn: Turn) -> None:
    """Three things to say, those that fit the moment."""
    at_hand, asked = turn.workout, turn.state.asked
    if at_hand is not None and at_hand.counting is not None:
        turn.say("help_in_set")
    elif asked in HELPED:
        turn.ask(asked, *HELPED[asked])
    else:
        turn.say("help" if turn.state.knows_ladder else "help_new")


def _before(summaries: tuple[Summary, ...], side: str) -> FreshResult | None:
    return summaries[1].fresh.get(side) if len(summaries) > 1 else None
