"""What can be answered now, as buttons: one table (answers.yaml), its words in the locale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from skill.locales.colours import colour_of
from skill.locales.texts import text_of
from skill.locales.words import Locale
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import understand

OTHER: Final = "other"
"""The row of a question that the table does not name."""


@dataclass(frozen=True)
class Choice:
    """A button: what stands on it, what is sent as if typed, and how it looks."""

    id: str
    label: str
    says: str
    look: str


@dataclass(frozen=True)
class Offer:
    """Everything that can be tapped while a question is open.

    `picks`: beside the choices, bands can be chosen in order ("bands"), or a number ("number" opens on demand,
    "numbers" at once). `placeholder` is an example of what may be typed.
    """

    question: str
    choices: tuple[Choice, ...]
    picks: str
    placeholder: str


class Answers:
    """The table in the words of one language."""

    def __init__(self, locale: Locale) -> None:
        self._table = table()
        self._words = text_of(locale.name, "page")
        self._locale = locale
        self._known = dict(self._understood())

    def to(self, question: str) -> Offer:
        """What can be answered to an open question ("" where none is)."""
        row = self._table["questions"].get(question) or self._table["questions"][OTHER]
        said = self._words["placeholders"]
        return Offer(
            question,
            self._choices(row["choices"]),
            row.get("picks", ""),
            said.get(question) or said[OTHER],
        )

    def during(self, stage: str) -> Offer:
        """What can be said into a count: `resting` before the set, `counting` in it."""
        choices = self._choices(self._table[f"while_{stage}"])
        return Offer(stage, choices, "", self._words["placeholders"]["counting"])

    def bands(self) -> list[dict[str, str]]:
        """The bands to choose from, lightest first as they are usually sold."""
        return [
            {"id": each, "name": self._locale.band(each), "colour": colour_of(each)}
            for each in self._table["bands"]
        ]

    def _choices(self, names: Sequence[str]) -> tuple[Choice, ...]:
        return tuple(self._known[name] for name in names if name in self._known)

    def _understood(self) -> Iterator[tuple[str, Choice]]:
        """The choices whose words the coach understands: a button that leads nowhere is none."""
        for name, row in self._table["choices"].items():
            says = self._words["says"][name]
            if understand(says, self._locale.name).intent != FALLBACK:
                yield name, Choice(name, self._words["choices"][name], says, row["look"])


@cache
def table() -> dict[str, Any]:
    """The table as it is written."""
    text = (resources.files(__package__) / "answers.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
