"""What a decision costs: durable_rules beside plain Python on the same questions, memory, threads and start.

python -m bench.turns.rules [--decisions N] prints a Markdown table; docs/benchmarks.md has one run of it.
"""

import argparse
import random
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

from rules.cases.cases import decider
from rules.engine import Engine
from rules.files.exercise import Exercise, load_exercises
from rules.files.rule import FOR_UNKNOWN, Test
from rules.rulebook import Rulebook, load_rulebook
from rules.vocabulary.domain import UNKNOWN, Facts, Value
from rules.vocabulary.facts import TOPICS

EXERCISE = "glute_raise"
TURN = ("pain", "report", "failure", "sets")
"""What the answer to "twelve" asks: may we go on, is it believed, ..."""
START = """
import time
begun = time.process_time()
from rules.rulebook import load_rulebook
from rules.engine import Engine
from rules.files.exercise import load_exercises
imported = time.process_time()
exercises = load_exercises()
rulebook = load_rulebook(exercises=exercises)
proved = time.process_time()
Engine(rulebook, exercises)
print(imported - begun, proved - imported, time.process_time() - proved)
"""


def questions(topics: tuple[str, ...], count: int, seed: int) -> list[list[Facts]]:
    """Turns of random facts, one question a topic, thresholds met often because numbers stay small."""
    chance = random.Random(seed)
    return [[_facts(topic, chance) for topic in topics] for _ in range(count)]


def _facts(topic: str, chance: random.Random) -> Facts:
    kind = TOPICS[topic]
    values: dict[str, Value] = {}
    for fact, domain in kind.domains().items():
        if domain.may_be_unknown and chance.random() < 0.5:
            values[fact] = UNKNOWN
        elif domain.kind == "number":
            values[fact] = chance.randint(domain.low, min(domain.high, domain.low + 25))
        else:
            values[fact] = chance.choice(tuple(domain.values()))
    return kind(**values)


SIGNS: Final = {
    "is": "==",
    "is_not": "!=",
    "at_least": ">=",
    "at_most": "<=",
    "more_than": ">",
    "less_than": "<",
}


def _condition(test: Test, exercise: Exercise) -> str:
    """A test as Python; what is unknown fits no comparison but those that say so."""
    fact, bound = f"f.{test.fact}", repr(test.value(exercise))
    if test.operator in FOR_UNKNOWN:
        return f"({fact} == {UNKNOWN!r} or {fact} {SIGNS[test.operator.removeprefix('unknown_or_')]} {bound})"
    if test.operator in ("at_least", "at_most", "more_than", "less_than"):
        return f"({fact} != {UNKNOWN!r} and {fact} {SIGNS[test.operator]} {bound})"
    return f"{fact} {SIGNS.get(test.operator, 'in')} {bound}"


def compiled(rulebook: Rulebook, exercise: Exercise) -> dict[str, Callable[[Facts], str]]:
    """Each topic as the function of plain conditions that a programmer would have written."""
    found = {}
    for book in rulebook.books.values():
        lines = ["def decide(f):"]
        for rule in book.rules:
            tests = [_condition(test, exercise) for test in rule.when]
            lines.append(f"    if {' and '.join(tests) or 'True'}: return {rule.id!r}")
        space: dict[str, Callable[[Facts], str]] = {}
        exec("\n".join(lines), space)  # the text is made of our own rules, two lines above
        found[book.topic] = space["decide"]
    return found


def timed(turns: list[list[Facts]], ask: Callable[[Facts], object]) -> list[float]:
    """Median and 99th percentile of a turn's questions together, on the clock and on the CPU, in ms."""
    walls, works = [], []
    for turn in turns:
        wall, work = time.perf_counter_ns(), time.thread_time_ns()
        for facts in turn:
            ask(facts)
        works.append((time.thread_time_ns() - work) / 1e6)
        walls.append((time.perf_counter_ns() - wall) / 1e6)
    return [figure for took in (walls, works) for figure in (statistics.median(took), _hundredth(took))]


def _hundredth(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def resident_kb() -> int:
    """Memory that this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() // 1024


def growth_kb(engine: Engine, decisions: int) -> int:
    """How much memory grows while so many decisions are made, after a first thousand."""
    turns = [facts for turn in questions(tuple(TOPICS), 200, seed=3) for facts in turn]
    for index in range(1000):
        engine.decide(turns[index % len(turns)], EXERCISE)
    before = resident_kb()
    for index in range(decisions):
        engine.decide(turns[index % len(turns)], EXERCISE)
    return resident_kb() - before


def wrong_of_threads(
    engine: Engine, rulebook: Rulebook, exercise: Exercise, decisions: int, threads: int
) -> int:
    """How many of so many decisions on so many threads differ from the plain answer."""
    asked = [facts for turn in questions(tuple(TOPICS), 400, seed=4) for facts in turn]
    right = [decider(rulebook.books[facts.topic], facts, exercise).id for facts in asked]
    wrong: list[int] = []

    def run(first: int) -> None:
        for index in range(first, decisions, threads):
            at = index % len(asked)
            if engine.decide(asked[at], EXERCISE).rule != right[at]:
                wrong.append(at)

    crew = [threading.Thread(target=run, args=(first,)) for first in range(threads)]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    return len(wrong)


def start_ms() -> list[float]:
    """Import, loading with proof, and building of the engine in a new process: medians of five, in ms of CPU."""
    runs = [
        [float(each) * 1000 for each in subprocess.check_output([sys.executable, "-c", START]).split()]
        for _ in range(5)
    ]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=1_000_000, help="decisions of the memory run")
    decisions = parser.parse_args().decisions
    exercises = load_exercises()
    exercise = exercises[EXERCISE]
    rulebook = load_rulebook(exercises=exercises)
    engine = Engine(rulebook, exercises, memo=0)
    remembering = Engine(rulebook, exercises)
    plain = compiled(rulebook, exercise)
    turns = questions(TURN, 5000, seed=1)
    every = questions(tuple(TOPICS), 5000, seed=2)
    print(
        f"| {sum(len(book.rules) for book in rulebook.books.values())} rules, {len(rulebook.books)} topics |"
    )
    print("| questions of one turn, ms | median | 99 % | median, CPU | 99 %, CPU |\n|---|---|---|---|---|")
    rows: list[tuple[str, list[list[Facts]], Callable[[Facts], object]]] = [
        ("durable_rules, the four of a settled set", turns, lambda facts: engine.decide(facts, EXERCISE)),
        ("durable_rules, all topics", every, lambda facts: engine.decide(facts, EXERCISE)),
        ("the product (answers remembered), all topics", every, lambda f: remembering.decide(f, EXERCISE)),
        (
            "a table read by Python, all topics",
            every,
            lambda f: decider(rulebook.books[f.topic], f, exercise),
        ),
        ("plain Python conditions, all topics", every, lambda facts: plain[facts.topic](facts)),
    ]
    for name, asked, ask in rows:
        timed(asked[:100], ask)
        print("| {} | {:.4f} | {:.4f} | {:.4f} | {:.4f} |".format(name, *timed(asked, ask)))
    imported, proved, built = start_ms()
    print(
        f"\nstart, CPU: imports {imported:.0f} ms, loading and proving {proved:.0f} ms, engine {built:.0f} ms"
    )
    wrong = wrong_of_threads(engine, rulebook, exercise, 50_000, 8)
    print(f"wrong answers of 50,000 on 8 threads: {wrong}")
    print(f"resident growth over {decisions:,} decisions: {growth_kb(engine, decisions)} kB")


if __name__ == "__main__":
    main()
