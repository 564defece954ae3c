"""Checking rulebooks and exercises that somebody wrote: every fault on one line, or what was proved."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rules.cases.cases import CaseFile, judged
from rules.cases.draft import telling
from rules.cases.mutants import survey
from rules.files.exercise import Exercise, load_exercise, load_exercises
from rules.files.fault import Fault, Refused
from rules.files.reading import LARGEST_FILE, read_file
from rules.files.rule import Book
from rules.files.sources import FILE as SOURCES_FILE
from rules.files.sources import load_sources
from rules.rulebook import Rulebook, load_rulebook, load_topic

MIRROR: Final = ("tests", "rules")  # in a checkout the cases of rules/book stand here


@dataclass
class Verdict:
    """What a check found.

    Attributes:
        faults: everything that is wrong; none means that all may be used.
        proved: a line for every topic or exercise that holds.
        exercises: the exercises that hold, by the file that each stands in.
        books: the topics that were checked. Whether there are words for either is not known here.
    """

    tell: Callable[[str], None] = lambda doing: None
    faults: list[Fault] = field(default_factory=list)
    proved: list[str] = field(default_factory=list)
    exercises: dict[Path, Exercise] = field(default_factory=dict)
    books: list[Book] = field(default_factory=list)


def check(
    paths: Iterable[Path],
    cases: Path | None = None,
    exercises: Mapping[str, Exercise] | None = None,
    tell: Callable[[str], None] = lambda doing: None,
) -> Verdict:
    """Check rulebook files, directories of them, and exercise files; `tell` hears what is done, before each topic.

    Topics that are not among `paths`, and `exercises` where none are named, are the package's own. The worked `cases`
    are by default those in `cases/` beside a file, or in tests/rules of a checkout.
    """
    verdict = Verdict(tell=tell)
    known = load_exercises() if exercises is None else exercises
    base = load_rulebook(exercises=known)
    for path in paths:
        try:
            _check_one(path, base, known, cases, verdict)
        except Refused as refused:
            verdict.faults += refused.faults
    return verdict


def _check_one(
    path: Path, base: Rulebook, exercises: Mapping[str, Exercise], cases: Path | None, verdict: Verdict
) -> None:
    if path.is_dir():
        if written_exercises := _exercises_in(path):
            for each in written_exercises:
                _check_one(each, base, exercises, cases, verdict)
            return
        rulebook = load_rulebook(path, exercises, None if (path / SOURCES_FILE).exists() else base)
        written = [book for book in rulebook.books.values() if (path / book.file).exists()]
        for book in written:
            _judge(book, _case_file(path / book.file, book.topic, cases), exercises, verdict)
        return
    data = read_file(path)
    if "tempo" in data:
        own = load_sources(path.parent)
        exercise = load_exercise(path.name, data, frozenset({**base.sources, **own}))
        load_rulebook(exercises={exercise.id: exercise})
        verdict.exercises[path] = exercise
        verdict.proved.append(f"{path.name}: an exercise; all rules hold for it")
        return
    book = load_topic(path, base, exercises).books[str(data.get("topic"))]
    _judge(book, _case_file(path, book.topic, cases), exercises, verdict)


def _exercises_in(folder: Path) -> list[Path]:
    """The exercises of a directory as `--exercises` takes it; none where it is a rulebook."""
    found = [path for path in sorted(folder.glob("*.yaml")) if path.name != SOURCES_FILE]
    return found if any("\ntempo:" in _beginning(path) for path in found) else []


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE).decode("utf-8", "replace")


def _case_file(path: Path, topic: str, cases: Path | None) -> Path:
    name = f"{topic}.yaml"
    places = [cases] if cases else [path.parent / "cases", path.resolve().parents[2].joinpath(*MIRROR)]
    return next((place / name for place in places if (place / name).exists()), places[0] / name)


def _named(path: Path) -> str:
    """A file as whoever runs the check would open it."""
    whole = path.resolve()
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(path)


def _judge(book: Book, path: Path, exercises: Mapping[str, Exercise], verdict: Verdict) -> None:
    verdict.books.append(book)
    verdict.tell(f"{book.file}: changing each of {len(book.rules)} rules on purpose")
    if not path.exists():
        what = f"has no worked cases; write them in {_named(path)} (a draft: glute-coach rules draft)"
        verdict.faults += [Fault(book.file, rule.line, rule.id, what) for rule in book.rules]
        return
    cases = CaseFile(_named(path), read_file(path), tuple(exercises))
    if cases.exercise not in exercises:
        verdict.faults += cases.faults
        return
    exercise = exercises[cases.exercise]
    faults = judged(book, cases, exercise)
    if faults:
        verdict.faults += faults
        return
    assert cases.normal is not None
    result = survey(book, cases.cases, exercise)
    for each in result.survived:
        case = telling(book, each, cases.normal, exercise)
        what = f"no case notices this change: {each.change}; one that would: {case}"
        verdict.faults.append(Fault(cases.file, 0, "", what))
    verdict.proved.append(
        f"{book.file}: {len(book.rules)} rules, {len(cases.cases)} cases, "
        f"{result.killed} of {result.made} changes noticed"
    )
