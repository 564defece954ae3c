"""The page shows every rule, threshold and source, and needs nothing but a browser."""

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from rules.views.page import page
from rules.views.policy_map import policy_map
from tests.shipped import EXERCISES, RULEBOOK

VOID = {"meta"}


class Balanced(HTMLParser):
    """Follows the nesting of elements and gathers ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.links += [known["href"] or ""] if "href" in known else []
        assert "src" not in known
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def html() -> str:
    return page(RULEBOOK, EXERCISES["glute_raise"])


def test_the_page_is_well_formed_and_every_link_leads_somewhere(html: str) -> None:
    read = Balanced()
    read.feed(html)
    read.close()
    assert read.open == []
    assert len(set(read.ids)) == len(read.ids)
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


def test_every_rule_topic_and_source_has_its_place(html: str) -> None:
    rules = [rule.id for book in RULEBOOK.books.values() for rule in book.rules]
    for name in (*rules, *RULEBOOK.books, *RULEBOOK.sources):
        assert f'id="{name}"' in html, name


def test_the_page_asks_for_nothing_from_outside(html: str) -> None:
    assert not re.search(r"https?:|url\(|@import|<script|<link", html)


def test_thresholds_of_the_exercise_are_marked_with_their_name(html: str) -> None:
    assert "<mark>15</mark> (window.high)" in html


def test_what_a_rule_says_cannot_become_part_of_the_page() -> None:
    book = RULEBOOK.books["pain"]
    rules = (replace(book.rules[0], title="<script>alert(1)</script>"), *book.rules[1:])
    spoiled = replace(RULEBOOK, books={**RULEBOOK.books, "pain": replace(book, rules=rules)})
    assert "<script" not in page(spoiled, EXERCISES["glute_raise"])


def test_the_map_of_the_bands_policy_changes_along_the_repetitions() -> None:
    """A map whose rows are of one colour each would say nothing about the repetitions."""
    rows = {row.rule.id: row for row in policy_map(RULEBOOK.books["bands"], EXERCISES["glute_raise"])}
    untried = [each.advice for each in rows["BAND-21"].along]
    assert rows["BAND-08"].along[5].advice == "lighter_band"
    assert untried[13] == "same_band"
    assert untried[16] == "tougher_band"
    assert {each.advice for each in rows["BAND-02"].along} == {"same_band"}


def test_each_row_of_the_map_has_a_square_for_each_number_of_reps(html: str) -> None:
    rows = policy_map(RULEBOOK.books["bands"], EXERCISES["glute_raise"])
    assert html.count("30 reps: ") == len(rows)
    assert all(row.rule in row.along for row in rows if row.rule.id in ("BAND-15", "BAND-20", "BAND-08"))


def test_a_condition_is_told_in_the_words_of_what_it_means(html: str) -> None:
    assert "what the trainee has just said of their body" in html
    assert "If report " not in html
