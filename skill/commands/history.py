"""`glute-coach explain` and `replay`: why a user's decisions fell, and which would fall otherwise now."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rules.files.exercise import Exercise
from rules.files.rule import resolved
from rules.views.explain import OtherVocabulary, counted, explain, facts_again
from skill.app import App
from skill.commands.coach_options import add_coach, add_user, opened_coach


@dataclass(frozen=True)
class Kept:
    """One decision as it was kept: in which workout (from 1, the oldest first), of which exercise, at what."""

    workout: int
    exercise: str
    ended_at: int
    topic: str
    rule: str
    advice: str
    values: tuple[bool | int | str, ...]


def add_to(commands: Any) -> None:
    explaining = commands.add_parser(
        "explain", help="print a user's decisions: facts, rules, what they lacked"
    )
    add_user(explaining)
    explaining.add_argument("--workout", type=int, metavar="N", help="only this workout, 1 being the oldest")
    add_coach(explaining)
    explaining.set_defaults(run=run_explain)
    replaying = commands.add_parser("replay", help="decide a user's past again and say what would differ")
    add_user(replaying)
    add_coach(replaying)
    replaying.set_defaults(run=run_replay)


def run_explain(chosen: argparse.Namespace) -> int:
    """Print each decision with what counted, what it outranked and what nearly fired."""
    with opened_coach(chosen, must_exist=True) as coach:
        last = 0
        for kept in decisions(coach, chosen.user):
            if chosen.workout in (None, kept.workout):
                if kept.workout != last:
                    print(f"\n{_heading(kept)}")
                    last = kept.workout
                print("\n".join(_explained(kept, coach)))
    if not last:
        raise LookupError(f"no such workout; user {chosen.user} has no more in {chosen.db}")
    return 0


def run_replay(chosen: argparse.Namespace) -> int:
    """Decide everything again by the rulebook at hand; 1 where a decision would differ."""
    with opened_coach(chosen, must_exist=True) as coach:
        total, changed, unknown = _replayed(coach, chosen.user)
    print(f"{total} decisions, {changed} differ" + (f", {unknown} of another version" if unknown else ""))
    return 1 if changed or unknown else 0


def _replayed(coach: App, user: str) -> tuple[int, int, int]:
    total, changed, unknown = 0, 0, 0
    for kept in decisions(coach, user):
        total += 1
        try:
            what = _difference(kept, coach)
        except OtherVocabulary as why:
            unknown += 1
            print(f"workout {kept.workout}: {kept.rule} cannot be decided again: {why}", file=sys.stderr)
            continue
        if what:
            changed += 1
            print(f"workout {kept.workout}: {what}")
    return total, changed, unknown


def decisions(coach: App, user: str) -> Iterator[Kept]:
    """All decisions that are kept of a user: of each finished workout, then of the one at hand.

    Raises LookupError: nothing is stored of this user.
    """
    document = coach.store.load(user).document
    workouts = coach.store.workouts(user)[::-1]
    if document is None and not workouts:
        raise LookupError(f"nothing is stored of user {user}")
    at_hand = (document or {}).get("workout")
    for nth, workout in enumerate([*workouts, *([at_hand] if at_hand else [])], start=1):
        for each in workout.get("decisions", ()):
            yield Kept(
                nth,
                workout["exercise"],
                int(workout.get("ended_at", workout.get("touched_at", 0))),
                each["topic"],
                each["rule"],
                each["advice"],
                tuple(each["values"]),
            )


def _heading(kept: Kept) -> str:
    day = datetime.fromtimestamp(kept.ended_at, UTC).strftime("%Y-%m-%d %H:%M")
    return f"Workout {kept.workout}, {kept.exercise.replace('_', ' ')}, {day} UTC"


def _explained(kept: Kept, coach: App) -> Iterator[str]:
    try:
        facts = facts_again(kept.topic, kept.values)
    except OtherVocabulary as why:
        yield f"  {kept.rule}: {kept.advice} ({why})"
        return
    exercise = _exercise(kept, coach)
    explanation = explain(facts, coach.rulebook, exercise)
    known = facts.as_dict()
    yield f"  {kept.topic}: {kept.advice}, by {kept.rule} ({_title(kept.rule, coach)})"
    if explanation.fired.id != kept.rule:
        yield f"    today {explanation.fired.id} would decide: {explanation.fired.advice}"
    yield f"    because {_told(counted(explanation))}"
    for rule in explanation.outranked[:-1]:
        yield f"    outranked {rule.id}: {rule.advice} ({rule.title})"
    for rule, test in explanation.nearly:
        needed = resolved(test.comparand, exercise) if isinstance(test.comparand, str) else test.comparand
        words = f"{test.fact} {test.operator} {_plain(needed)}".replace("_", " ")
        yield f"    nearly {rule.id}: {rule.advice}; it needs {words}, and it was {_plain(known[test.fact])}"


def _title(rule_id: str, coach: App) -> str:
    try:
        return coach.rulebook.rule(rule_id).title
    except KeyError:
        return "a rule that is no more"


def _difference(kept: Kept, coach: App) -> str:
    facts = facts_again(kept.topic, kept.values)
    exercise = _exercise(kept, coach)
    decision = coach.engine.decide(facts, exercise.id)
    if (decision.rule, decision.advice) == (kept.rule, kept.advice):
        return ""
    then = f"{kept.advice} by {kept.rule}"
    now = f"{decision.advice} by {decision.rule}"
    return f"{kept.topic}: was {then}, would be {now} ({_told(counted(explain(facts, coach.rulebook, exercise)))})"


def _exercise(kept: Kept, coach: App) -> Exercise:
    exercise = coach.exercises.get(kept.exercise)
    if exercise is None:
        raise OtherVocabulary(
            f"the exercise {kept.exercise!r} is not loaded; name its directory with --exercises"
        )
    return exercise


def _told(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{fact.replace('_', ' ')} {_plain(value)}" for fact, value in facts.items()) or "always"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value).replace("_", " ")
