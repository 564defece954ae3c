"""What no rulebook may advise is proved of every rulebook, the package's and anybody's, before it is used."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from rules.files.fault import Refused
from rules.files.rule import Book
from rules.proof.promises import broken, load_promises
from rules.rulebook import load_rulebook
from rules.vocabulary.advice import ADVICE
from tests.shipped import EXERCISES, RULEBOOK

PROMISES = {promise.id: promise for promise in load_promises()}


def spoiled(book: Book, never: tuple[str, ...]) -> list[Book]:
    """The topic's rules, each time with one of them giving advice that was promised never to be given."""
    found = []
    for index, rule in enumerate(book.rules):
        if rule.advice not in never:
            changed = replace(rule, advice=never[0], numbers=())
            found.append(replace(book, rules=(*book.rules[:index], changed, *book.rules[index + 1 :])))
    return found


@pytest.mark.parametrize("name", PROMISES)
def test_the_promise_is_kept_by_the_package(name: str) -> None:
    promise = PROMISES[name]
    assert list(broken(RULEBOOK.books[promise.topic], EXERCISES.values(), [promise])) == []


@pytest.mark.parametrize("name", PROMISES)
def test_the_promise_bites(name: str) -> None:
    promise = PROMISES[name]
    faults = [
        fault
        for book in spoiled(RULEBOOK.books[promise.topic], promise.never)
        for fault in broken(book, EXERCISES.values(), [promise])
    ]
    assert faults, "no spoiled rulebook breaks it: it promises nothing"
    assert f"breaks {name}" in faults[0].what
    assert " when " in faults[0].what, "a witness is shown"


def test_no_advice_that_makes_a_band_tougher_is_left_out_of_the_promises_about_bands() -> None:
    harder = {advice for advice in ADVICE["bands"] if "tougher" in advice} - {"buy_tougher"}
    for name in ("NEVER-01", "NEVER-02", "NEVER-03"):
        assert harder <= set(PROMISES[name].never), name


def test_a_rulebook_from_outside_that_breaks_a_promise_is_refused(tmp_path: Path) -> None:
    book = Path(__file__).parents[2] / "rules" / "book" / "pain.yaml"
    text = book.read_text("utf-8")
    old = 'then: {advise: "ask_if_gone"}'
    assert old in text
    (tmp_path / "pain.yaml").write_text(text.replace(old, 'then: {advise: "carry_on"}'), "utf-8")
    with pytest.raises(Refused, match=r"breaks NEVER-07 \(No count while a pain is open"):
        load_rulebook(tmp_path, base=RULEBOOK)


BAD: dict[str, tuple[Callable[[str], str], str]] = {
    "an unknown advice": (
        lambda text: text.replace('"tougher_band"', '"tuffer_band"', 1),
        "did you mean 'tougher_band'?",
    ),
    "an unknown topic": (
        lambda text: text.replace('topic: "bands"', 'topic: "bends"', 1),
        "a topic that there is",
    ),
    "an unknown fact": (lambda text: text.replace("had_pain", "had_pains", 1), "did you mean 'had_pain'?"),
    "no advice at all": (
        lambda text: re.sub(r"never: \[.*\]", "never: []", text, count=1),
        "never (or only) is missing",
    ),
    "an unknown key": (lambda text: text.replace("never: [", "nevver: [", 1), "did you mean 'never'?"),
    "no list": (lambda text: 'promises: "none"\n', "must have a list of promises"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_promise_that_says_nothing_is_refused(what: str, tmp_path: Path) -> None:
    change, says = BAD[what]
    text = (Path(__file__).parents[2] / "rules" / "promises.yaml").read_text("utf-8")
    (tmp_path / "promises.yaml").write_text(change(text), "utf-8")
    with pytest.raises(Refused) as raised:
        load_promises(tmp_path / "promises.yaml")
    assert says in str(raised.value)


def test_every_promise_rests_on_a_source() -> None:
    assert all(set(promise.source) <= set(RULEBOOK.sources) for promise in PROMISES.values())
