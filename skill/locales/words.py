"""Lines and counts put into words: the only place where the coach's answers become text."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache, cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from string import Formatter
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from skill.coach.counting.timeline import Cue, Timeline
from skill.coach.messages.reply import Line, Param
from skill.locales.exercises import with_words
from skill.locales.script import Run, Script, SpokenCue
from skill.locales.texts import DEFAULT, UnknownLocale, common_text, differences, text_of

SYLLABLE_MS: Final = 230
PAUSE_MS: Final = 350
_SECTIONS: Final = {"because": "because", "source": "sources"}
_VOWELS: Final = re.compile(r"[aeiouy]+")
_MARKS: Final = re.compile("[\u0300-\u036f]")  # what NFD takes off a letter: the dots of an umlaut, an accent
_TABLES: Final = {
    "band": "bands",
    "bands": "bands",
    "from_band": "bands",
    "to_band": "bands",
    "first_band": "bands",
    "left_band": "bands",
    "right_band": "bands",
    "first": "bands",
    "last": "bands",
    "exercise": "exercises",
    "side": "sides",
    "other_side": "sides",
    "on_side": "on_sides",
    "on_other_side": "on_sides",
    "muscles": "muscles",
    "body_part": "body_parts",
    "meant": "meant",
}
OPEN: Final = frozenset({"lines", "question"})
"""Cues whose words each answer brings itself."""


class Locale(Struct, frozen=True, dict=True):
    """The words of one language; `zone` is the trainee's time zone, for the names of days."""

    name: str
    data: Mapping[str, Any]
    zone: tzinfo = UTC

    def text(self, line: Line, turn: int = 0) -> str:
        """A line in words. Variants rotate by the turn, never at random."""
        key = self._form(line)
        return self._text(key, tuple(line.params.items()), turn % self._variants(key))

    def heard_ms(self, lines: Sequence[Line], turn: int = 0) -> int:
        """How long somebody listens to lines, in ms, at the language's speaking rate: what limits are measured by."""
        return self.listened_ms(self.paragraph(lines, turn))

    def listened_ms(self, text: str) -> int:
        """How long somebody listens to a text, in ms."""
        return math.ceil(len(text) * 1000 / int(self.data["speaking_rate"]))

    @cached_property
    def _text(self) -> Callable[[str, tuple[tuple[str, Param], ...], int], str]:
        """A line in words, kept for the next time that it is said."""
        return lru_cache(maxsize=1024)(self._filled)

    def _filled(self, key: str, params: tuple[tuple[str, Param], ...], variant: int) -> str:
        found = self._entry(key)
        template = found[variant] if isinstance(found, list) else found
        values = dict(params)
        filled = "".join(
            text + (self._fill(name, values[name], form or "") if name else "")
            for text, name, form, _ in Formatter().parse(str(template))
        )
        return filled[:1].upper() + filled[1:]

    def day_of(self, at: int) -> int:
        """The calendar day of an instant (seconds since 1970) in the trainee's zone, as a day's ordinal."""
        return datetime.fromtimestamp(at, self.zone).toordinal()

    def paragraph(self, lines: Sequence[Line], turn: int = 0) -> str:
        """Lines one after the other."""
        return " ".join(self.text(line, turn) for line in lines)

    def speech_ms(self, lines: Sequence[Line]) -> int:
        """A generous estimate of how long lines take to be said, in ms, by their longest variants."""
        return sum(self._line_ms(self._form(line), tuple(line.params.items())) for line in lines)

    @cached_property
    def _line_ms(self) -> Callable[[str, tuple[tuple[str, Param], ...]], int]:
        """How long a line takes, kept for the next time that it is said."""
        return lru_cache(maxsize=1024)(self._longest_ms)

    def _longest_ms(self, key: str, params: tuple[tuple[str, Param], ...]) -> int:
        return max(spoken_ms(self._text(key, params, nth)) for nth in range(self._variants(key)))

    def script(self, plan: Timeline, lines: Sequence[Line], question: Line | None, turn: int = 0) -> Script:
        """A timeline in words: the lines in the rest, each cue, the question at the end."""
        said = {"lines": lines, "question": [question] if question else []}
        runs = []
        for word, run in self._worded(plan):
            if word:
                text = self.paragraph(said[word], turn)
                run = Run(tuple(replace(cue, text=text) for cue in run.cues if text))
            runs.append(run)
        return Script(sum((run.cues for run in runs), ()), plan.length_ms, tuple(runs))

    def number(self, value: int) -> str:
        """A number in words up to ninety-nine; beyond that in digits, which every voice reads."""
        numbers = self.data["words"]["numbers"]
        return str(numbers[value]) if 0 <= value < len(numbers) else str(value)

    @cached_property
    def asks_back(self) -> frozenset[str]:
        """Whatever the coach can ask back by a name: "did you mean ...?"."""
        return frozenset(self.data["words"]["meant"])

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Numbers by their words, up to ninety-nine."""
        return {self.number(each).replace("-", " "): each for each in range(1, 100)}

    @cached_property
    def _worded(self) -> Callable[[Timeline], tuple[tuple[str, Run], ...]]:
        """A timeline's cues in words, kept for the next set that is counted the same way."""
        return lru_cache(maxsize=128)(self._put_into_words)

    def _put_into_words(self, plan: Timeline) -> tuple[tuple[str, Run], ...]:
        """The cues in runs: those whose words stand, and by its name each that an answer fills."""
        said = [(cue, text) for cue in plan.cues if (text := self._cue(cue)) or cue.word in OPEN]
        runs = groupby(said, key=lambda each: each[0].word if each[0].word in OPEN else "")
        return tuple(
            (
                word,
                Run(
                    tuple(SpokenCue(cue.at_ms, text, cue.slot_ms, cue.rep, cue.phase) for cue, text in run),
                    stands=not word,
                ),
            )
            for word, run in runs
        )

    def band(self, rung: str) -> str:
        """A band's name, with the place where it is worn if that makes it a rung of its own (`red@knee`)."""
        return self._named(self.data["words"]["bands"], rung)

    def _cue(self, cue: Cue) -> str:
        if cue.word in OPEN:
            return ""
        if cue.word == "number":
            return self.number(cue.number or 0)
        return str(self.data["words"]["cues"][cue.word]).format(seconds=self.number(cue.number or 0))

    def _form(self, line: Line) -> str:
        """The key of a line, in the form that its first number wants."""
        first = next((value for value in line.params.values() if isinstance(value, int)), None)
        return line.key if first is None else self.form_of(line.key, first, self.data["lines"])

    def form_of(self, key: str, number: int, texts: Mapping[str, Any]) -> str:
        """The key's form for none, or for the number's plural category in this language, where the texts have one.

        Without such a form the key itself serves, as it does for all other numbers.
        """
        if number == 0 and f"{key}.none" in texts:
            return f"{key}.none"
        plurals, hundred = self.data["words"]["plurals"], len(self.data["words"]["plurals"]) // 2
        category = plurals[number if number < 2 * hundred else hundred + number % hundred]
        form = f"{key}.{category}"
        return form if form in texts else key

    def _entry(self, key: str) -> Any:
        section, _, rest = key.partition(".")
        if section not in _SECTIONS:
            return self.data["lines"][key]
        found = self.data[_SECTIONS[section]].get(rest)
        return self.data["lines"][f"{section}_unknown"] if found is None else found

    def has_reason(self, rule: str) -> bool:
        """Whether there are words for why this rule decided as it did."""
        return rule in self.data["because"]

    def _variants(self, key: str) -> int:
        found = self._entry(key)
        return len(found) if isinstance(found, list) else 1

    def _fill(self, name: str, value: Param, form: str) -> str:
        """A value in words, each of its names in the form that the line wants of it ("{side:dative}")."""
        words = self.data["words"]
        if name == "day" and isinstance(value, int):
            return str(words["days"][datetime.fromtimestamp(value, self.zone).weekday()])
        if name == "days" and isinstance(value, tuple):
            value = tuple(self._fill("day", each, form) for each in value)
        if isinstance(value, int):
            return self._in_form(self.number(value), form)
        table = words.get(_TABLES.get(name, ""), {})
        named = [
            self._in_form(self.number(each), form)
            if isinstance(each, int)
            else self._named(table, each, form)
            for each in ([value] if isinstance(value, str) else value)
        ]
        return f"{', '.join(named[:-1])} {words['and']} {named[-1]}" if len(named) > 1 else "".join(named)

    def _in_form(self, said: str, form: str) -> str:
        """A name or number in a form of its language; in its usual one where that serves as well."""
        return str(self.data["forms"][form].get(said, said)) if form else said

    def _named(self, table: Mapping[str, str], name: str, form: str = "") -> str:
        """A name from its table, in a form; where it stands for a place of a band (`red@knee`), with the place."""
        band, _, place = name.partition("@")
        said = self._in_form(str(table.get(band, band.replace("_", " "))), form)
        return str(self.data["words"]["places"][place]).format(band=said) if place else said


def spoken_ms(text: str) -> int:
    """A generous estimate of how long a text takes to be said, in ms."""
    plain = text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", text))
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in plain.lower().split())
    pauses = sum(text.count(mark) for mark in ",.;:?!")
    return math.ceil(syllables * SYLLABLE_MS + pauses * PAUSE_MS)


@cache
def load(name: str = DEFAULT, zone: tzinfo = UTC, exercises: Path | None = None) -> Locale:
    """The words of a locale, with those that a directory of exercises brings along.

    Words for the very locale go before those for the text that it shares.

    Raises UnknownLocale: there are no such words; the message names those that are there. Refused: the directory's
    words are wrong.
    """
    if exercises is None:
        return Locale(name, text_of(name), zone)
    differs = differences(name)
    data = differs.applied(with_words(common_text(name), exercises, differs.common))
    return Locale(name, with_words(data, exercises, name), zone)


__all__ = ["DEFAULT", "Locale", "UnknownLocale", "load", "spoken_ms"]
