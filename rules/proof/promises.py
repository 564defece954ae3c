"""What no rulebook may ever advise: read from promises.yaml and proved over all facts, with a witness if it fails."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from rules.files.exercise import Exercise
from rules.files.fault import Fault, Refused, nearest
from rules.files.parse import Parser
from rules.files.plain import List, Map
from rules.files.reading import PACKAGE, read_file
from rules.files.rule import Book, Rule, Test
from rules.proof.boxes import common, is_empty
from rules.proof.grid import Grid, shown
from rules.vocabulary.advice import ADVICE
from rules.vocabulary.facts import TOPICS

FILE: Final = "promises.yaml"
KEYS: Final = ("id", "title", "source", "topic", "when", "never", "only")


class Promise(Struct, frozen=True):
    """Facts on which some advice is never given.

    Attributes:
        id: permanent, as a rule's.
        title: the promise in a sentence.
        source: the ids of what it rests on.
        topic: whose rules it binds.
        when: the facts; all must hold.
        never: the advice that is not given on them; in the file perhaps told as `only`, the advice that is.
        line: where it stands in its file.
    """

    id: str
    title: str
    source: tuple[str, ...]
    topic: str
    when: tuple[Test, ...]
    never: tuple[str, ...]
    line: int


@cache
def load_promises(path: Path | None = None) -> tuple[Promise, ...]:
    """The promises of a file; the package's own, if none is named. Raises Refused: the file is wrong."""
    data = read_file(path or PACKAGE / FILE)
    entries = data.get("promises")
    if not isinstance(entries, List):
        raise Refused([Fault(FILE, data.line, "", "must have a list of promises")])
    parser = _Parser(FILE, None)
    promises = [parser.promise(entry, line) for entry, line in zip(entries, entries.lines, strict=True)]
    if parser.faults:
        raise Refused(parser.faults)
    return tuple(each for each in promises if each is not None)


def broken(book: Book, exercises: Iterable[Exercise], promises: Iterable[Promise]) -> Iterator[Fault]:
    """A fault for each promise that a topic's rules break, at the rule that breaks it."""
    for promise in promises:
        if promise.topic == book.topic:
            yield from _breaks(book, promise, exercises)


def _breaks(book: Book, promise: Promise, exercises: Iterable[Exercise]) -> Iterator[Fault]:
    facts = Rule(promise.id, promise.title, (), False, 0, promise.when, "", ())
    for exercise in exercises:
        grid = Grid(book, exercise, (facts,))
        bound = grid.box(facts)
        for index, rule in enumerate(book.rules):
            if rule.advice not in promise.never:
                continue
            both = (common(piece, bound) for piece in grid.decided(index))
            piece = next((box for box in both if not is_empty(box)), None)
            if piece is not None:
                witness = shown(grid.witness(piece))
                what = f"breaks {promise.id} ({promise.title}): it advises {rule.advice} when {witness}"
                yield Fault(book.file, rule.line, rule.id, what)


class _Parser(Parser):
    """Reads promises with the words of rules."""

    def promise(self, entry: Any, line: int) -> Promise | None:
        before = len(self.faults)
        self.rule_id = str(entry.get("id", "")) if isinstance(entry, Map) else ""
        if not isinstance(entry, Map) or entry.get("topic") not in TOPICS:
            self._refuse(line, f"a promise has {', '.join(KEYS)}, and a topic that there is")
            return None
        for key in entry:
            if key not in KEYS:
                self._refuse(entry.line_of(key), f"has no use for {key!r}; {nearest(key, KEYS)}")
        self.topic = entry["topic"]
        promise = Promise(
            self._text(entry, "id"),
            self._text(entry, "title"),
            self._sources(entry),
            self.topic,
            self._tests(entry),
            self._never(entry),
            line,
        )
        return promise if len(self.faults) == before else None

    def _never(self, entry: Map) -> tuple[str, ...]:
        key = "only" if "only" in entry else "never"
        listed, known = entry.get(key), ADVICE[self.topic]
        if not isinstance(listed, List) or not listed or {"only", "never"} <= set(entry):
            self._refuse(
                entry.line_of(key), "never (or only) is missing: the advice that is not (or is) given"
            )
            return ()
        for each in listed:
            if each not in known:
                what = f"no advice of {self.topic!r} is called {each!r}; {nearest(str(each), known)}"
                self._refuse(entry.line_of(key), what)
        return tuple(listed) if key == "never" else tuple(each for each in known if each not in listed)
