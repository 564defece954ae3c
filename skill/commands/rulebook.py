"""`glute-coach rules`: print the rulebook, check one that somebody wrote, draft its cases, show it as a page."""

import argparse
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rules.cases.cases import CaseFile
from rules.cases.check import check
from rules.cases.draft import drafted, written
from rules.files.exercise import Exercise, load_exercises
from rules.files.fault import Fault, Refused
from rules.files.reading import PACKAGE, read_file
from rules.files.rule import Book, Rule
from rules.rulebook import load_rulebook, load_topic
from rules.views.glossary import conditions, facts_of
from rules.views.page import page
from rules.vocabulary.facts import TOPICS
from skill.locales.exercises import require_words
from skill.locales.words import DEFAULT
from skill.locales.words import load as load_words
from skill.store.whole_files import write_whole

NEVER_ASKED: Final = "tempo"
"""Nobody asks why a word of the count was said."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser("rules", help="print, check, draft or show the rulebook")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the rulebook as one page")
    parser.set_defaults(run=run)
    which = parser.add_subparsers(title="what to do instead of printing", metavar="COMMAND")
    checks = which.add_parser("check", help="say what is wrong with rulebooks or exercises, one line a fault")
    checks.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="a file, or a directory (default: the coach's own rules)",
    )
    checks.add_argument("--cases", type=Path, metavar="DIR", help="where the worked cases are")
    checks.add_argument(
        "--exercises", type=Path, metavar="DIR", help="exercises that the rules must hold for"
    )
    checks.set_defaults(run=run_check)
    drafts = which.add_parser(
        "draft", help="print a first draft of a topic's worked cases, to be read and corrected"
    )
    drafts.add_argument("rules", type=Path, metavar="FILE", help="the topic's rules")
    drafts.add_argument(
        "cases", type=Path, metavar="CASES", help="a case file with at least topic and normal"
    )
    drafts.set_defaults(run=run_draft)


def run(chosen: argparse.Namespace) -> int:
    """Print every topic's rules in order of priority, then what they rest on; or write the page."""
    exercises = load_exercises()
    book = load_rulebook(exercises=exercises)
    if chosen.html:
        write_whole(chosen.html, page(book, exercises["glute_raise"]))
        print(f"{chosen.html}: open it in a browser")
        return 0
    for each in book.safety_first():
        print(f"\n{each.topic}: {TOPICS[each.topic].question}")
        for rule in each.rules:
            print(_rule(rule))
        print("  What these facts mean:")
        for name, means, values in facts_of(each.topic):
            print(f"    {name}: {means} ({values})")
    print("\nSources")
    for source in book.sources.values():
        print(textwrap.indent(textwrap.fill(f"{source.id}  {source.title}: {source.says}", 100), "  "))
    return 0


def run_check(chosen: argparse.Namespace) -> int:
    """Check files; 1 where there is a fault."""
    paths = chosen.paths or [PACKAGE / "book"]
    verdict = check(paths, chosen.cases, _exercises(chosen.exercises), _tell)
    faults = [*verdict.faults, *_words_missing(verdict.exercises), *_reasons_missing(verdict.books)]
    for fault in faults:
        print(fault, file=sys.stderr)
    for line in verdict.proved:
        print(line)
    return 1 if faults else 0


def _tell(doing: str) -> None:
    if sys.stderr.isatty():
        print(doing, file=sys.stderr)


def _reasons_missing(books: list[Book]) -> list[Fault]:
    """The rules for which "why" has no words of their own."""
    known = load_words(DEFAULT).data["because"]
    what = f'has no words for "why"; add them to because: in skill/locales/{DEFAULT}.yaml'
    return [
        Fault(book.file, rule.line, rule.id, what)
        for book in books
        if book.topic != NEVER_ASKED
        for rule in book.rules
        if rule.id not in known
    ]


def _words_missing(exercises: Mapping[Path, Exercise]) -> list[Fault]:
    """What cannot be said of exercises that hold otherwise; their words stand beside their files or in the package."""
    faults: list[Fault] = []
    for path, exercise in exercises.items():
        try:
            require_words([exercise], load_words(DEFAULT, exercises=path.parent).data, DEFAULT)
        except Refused as refused:
            faults += refused.faults
    return list(dict.fromkeys(faults))


def run_draft(chosen: argparse.Namespace) -> int:
    """Print drafted cases for a topic's rules."""
    exercises = load_exercises()
    rulebook = load_topic(chosen.rules, load_rulebook(exercises=exercises), exercises)
    cases = CaseFile(chosen.cases.name, read_file(chosen.cases), tuple(exercises))
    if cases.normal is None or cases.exercise not in exercises:
        print(*cases.faults, sep="\n", file=sys.stderr)
        return 1
    book, exercise = rulebook.books[cases.topic], exercises[cases.exercise]
    print(written(book, drafted(book, cases.normal, exercise), cases.normal, exercise), end="")
    return 0


def _exercises(directory: Path | None) -> dict[str, Exercise]:
    return load_exercises() | (load_exercises(directory) if directory else {})


def _rule(rule: Rule) -> str:
    return (
        f"  {rule.id:<10} {rule.title}\n             when {conditions(rule)}\n"
        f"             then {rule.advice}  [{', '.join(rule.source)}]"
    )
