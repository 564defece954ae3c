"""The rulebook: read from a directory of YAML files, one a topic, and proved before it may be used."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from rules.files.exercise import Exercise, load_exercises
from rules.files.fault import Fault, Refused
from rules.files.parse import Parser
from rules.files.reading import PACKAGE, read_directory, read_file
from rules.files.rule import Book, Rule
from rules.files.sources import FILE as SOURCES_FILE
from rules.files.sources import Source, load_sources
from rules.proof.grid import proved
from rules.proof.promises import Promise, broken, load_promises
from rules.vocabulary.facts import TOPICS


class Rulebook(Struct, frozen=True):
    """Every topic's rules and what they rest on."""

    books: Mapping[str, Book]
    sources: Mapping[str, Source]

    def safety_first(self) -> list[Book]:
        """The topics in the order in which a reader meets them: those that keep the trainee safe stand first."""
        return sorted(self.books.values(), key=lambda book: -sum(rule.safety for rule in book.rules))

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id, whatever its topic. Raises KeyError: there is none."""
        for book in self.books.values():
            for rule in book.rules:
                if rule.id == rule_id:
                    return rule
        raise KeyError(rule_id)


def load_rulebook(
    directory: Path | None = None,
    exercises: Mapping[str, Exercise] | None = None,
    base: Rulebook | None = None,
    promises: tuple[Promise, ...] | None = None,
) -> Rulebook:
    """The rulebook of a directory, proved for the exercises; whatever is not named is the package's own.

    The directory holds `<topic>.yaml` and `sources.yaml`; what it does not have comes from `base`.

    Raises Refused: with every fault found.
    """
    place = directory or PACKAGE / "book"
    proved_for = load_exercises() if exercises is None else exercises
    sources = {**(base.sources if base else {}), **load_sources(place)}
    faults: list[Fault] = []
    books: dict[str, Book] = {}
    for file, data in read_directory(place):
        if file != SOURCES_FILE:
            parser = Parser(file, frozenset(sources))
            book = parser.book(data)
            if book is not None:
                books[book.topic] = book
            faults += parser.faults
    faults += _twice(books.values())
    if not faults:
        binding = load_promises() if promises is None else promises
        faults = [fault for book in books.values() for fault in _proved(book, proved_for, binding)]
        faults += (
            _missing(books, base) if base else [*_missing(books, None), *_unused(books, sources, proved_for)]
        )
    if faults:
        raise Refused(faults)
    return Rulebook({**(base.books if base else {}), **books}, sources)


def load_topic(
    path: Path,
    base: Rulebook,
    exercises: Mapping[str, Exercise] | None = None,
    promises: tuple[Promise, ...] | None = None,
) -> Rulebook:
    """A rulebook with a file's topic put in place of the base's: how a change is tried before it is made.

    Raises Refused: with every fault found.
    """
    proved_for = load_exercises() if exercises is None else exercises
    data = read_file(path)
    topic = data.get("topic")
    parser = Parser(path.name, frozenset(base.sources))
    parser.any_name = True
    book = parser.book(data)
    binding = load_promises() if promises is None else promises
    faults = parser.faults or (_proved(book, proved_for, binding) if book else [])
    if faults or book is None:
        raise Refused(faults)
    others = {each: rules for each, rules in base.books.items() if each != topic}
    twice = _twice([*others.values(), book])
    if twice:
        raise Refused(twice)
    return replace(base, books={**others, book.topic: book})


def _proved(book: Book, exercises: Mapping[str, Exercise], promises: tuple[Promise, ...]) -> list[Fault]:
    return [*proved(book, exercises.values()), *broken(book, exercises.values(), promises)]


def _twice(books: Iterable[Book]) -> list[Fault]:
    seen: dict[str, tuple[str, int]] = {}
    faults = []
    for book in books:
        for rule in book.rules:
            if rule.id in seen:
                file, line = seen[rule.id]
                what = f"this id is taken (first in {file}, line {line}); ids are permanent, choose a new one"
                faults.append(Fault(book.file, rule.line, rule.id, what))
            seen.setdefault(rule.id, (book.file, rule.line))
    return faults


def _missing(books: Mapping[str, Book], base: Rulebook | None) -> list[Fault]:
    have = {*books, *(base.books if base else ())}
    return [
        Fault(f"{topic}.yaml", 0, "", f"is missing; without it nothing answers: {facts.question}")
        for topic, facts in TOPICS.items()
        if topic not in have
    ]


def _unused(
    books: Mapping[str, Book], sources: Mapping[str, Source], exercises: Mapping[str, Exercise]
) -> list[Fault]:
    used = {each for book in books.values() for rule in book.rules for each in rule.source}
    used |= {each for promise in load_promises() for each in promise.source}
    for exercise in (*load_exercises().values(), *exercises.values()):
        used |= {
            *exercise.source,
            *(
                each
                for cue in (*exercise.cues, *exercise.safety_cues, *exercise.form_cues, *exercise.warm_up)
                for each in cue.source
            ),
        }
    return [
        Fault(
            SOURCES_FILE, source.line, source.id, "no rule and no exercise rests on it; use it or remove it"
        )
        for source in sources.values()
        if source.id not in used
    ]
