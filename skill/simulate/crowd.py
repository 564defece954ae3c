"""A crowd of trainees under a policy, spread over processes: the same result whatever their number."""

import multiprocessing
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from msgspec import structs

from rules.engine import Engine
from rules.files.exercise import Exercise, load_exercises
from rules.files.rule import Book
from rules.proof.grid import Grid
from rules.vocabulary.decision import Decide, Decision
from rules.vocabulary.domain import UNKNOWN, Facts
from skill.simulate.figures import LegFigures, band_changes, judged
from skill.simulate.parameters import Parameters
from skill.simulate.plan import Path, Plan
from skill.simulate.policies import Policy, rulebook_of
from skill.simulate.trainee import Trainee, draw

Key = Callable[[Facts], Hashable]


class Remembering:
    """Decides as `decide` does; facts that lie between the same thresholds of all rules are one question.

    The advice, its numbers and the rule are those of the facts asked; the facts in the decision are the first that lay
    there, so this is for who looks at the advice alone.
    """

    def __init__(self, decide: Decide, books: dict[str, Book], exercise: Exercise) -> None:
        self._decide = decide
        self._keys: Final[dict[str, Key]] = {topic: _key(book, exercise) for topic, book in books.items()}
        self._known: dict[Hashable, Decision] = {}

    def __call__(self, facts: Facts, exercise_id: str) -> Decision:
        """The decision of the engine for these facts."""
        key = (facts.topic, self._keys[facts.topic](facts))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._decide(facts, exercise_id)
        return known


def _key(book: Book, exercise: Exercise) -> Key:
    """Where facts lie among the cells that the rules of a topic can tell apart."""
    tested = {test.fact for rule in book.rules for test in rule.when}
    cells = Grid(book, exercise).cells
    numbers: list[tuple[str, list[Any]]] = []
    others: list[str] = []
    for fact, starts in cells.items():
        known = [each for each in starts if type(each) is int]
        if fact in tested and known:
            numbers.append((fact, known))
        elif fact in tested:
            others.append(fact)

    def key(facts: Facts) -> Hashable:
        values = facts.as_dict()
        places = [
            -1 if values[fact] == UNKNOWN else bisect_right(starts, values[fact]) for fact, starts in numbers
        ]
        return (*places, *[values[fact] for fact in others])

    return key


EXERCISE: Final = "glute_raise"
CHUNK: Final = 10

Pair = tuple[LegFigures, LegFigures]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Task:
    """A few trainees of one crowd under one policy."""

    policy: Policy
    parameters: Parameters
    seed: int
    numbers: range


def crowd(
    policy: Policy,
    parameters: Parameters,
    seed: int,
    trainees: int,
    pool: ProcessPoolExecutor | None = None,
    progress: Progress = lambda done: None,
) -> list[Pair]:
    """Both legs' figures of each trainee, in the order of their numbers.

    The seed is, with a trainee's number, the source of all its luck. `progress` is told how many trainees are done.
    """
    tasks = [
        Task(policy, parameters, seed, range(first, min(first + CHUNK, trainees)))
        for first in range(0, trainees, CHUNK)
    ]
    found: list[Pair] = []
    done: Iterator[list[Pair]] = pool.map(_work, tasks) if pool else map(_work, tasks)
    for pairs in done:
        found += pairs
        progress(len(found))
    return found


def pool_of(processes: int) -> ProcessPoolExecutor | None:
    """Processes to spread the work over; none for one."""
    if processes < 2:
        return None
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))


def lived(
    policy: Policy, parameters: Parameters, seed: int, number: int
) -> tuple[Trainee, tuple[Path, Path]]:
    """One trainee's whole history under a policy."""
    who = draw(parameters, seed, number)
    plan = Plan(who, policy, parameters, _decide(policy), exercise_of(parameters))
    return who, plan.run()


@lru_cache(maxsize=2)
def exercise_of(parameters: Parameters) -> Exercise:
    """The exercise that the crowd does, with half-steps or without."""
    exercise = load_exercises()[EXERCISE]
    return exercise if parameters.half_steps else structs.replace(exercise, half_steps=())


def _work(task: Task) -> list[Pair]:
    exercise = exercise_of(task.parameters)
    found = []
    for number in task.numbers:
        who, paths = lived(task.policy, task.parameters, task.seed, number)
        first, second = (judged(who, side, paths[side], task.parameters, exercise) for side in (0, 1))
        between = band_changes(paths, exercise.sets)
        found.append((replace(first, between=between), second))
    return found


@lru_cache(maxsize=2)
def _decide(policy: Policy) -> Decide:
    rulebook, exercises = rulebook_of(policy), load_exercises()
    return Remembering(Engine(rulebook, exercises, memo=0).decide, dict(rulebook.books), exercises[EXERCISE])
