"""All the locales of one coach, each loaded when the first request names it."""

import logging
import pickle
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Final

from rules.files.exercise import Exercise
from rules.files.fault import Refused
from skill.locales.exercises import require_words
from skill.locales.texts import is_name, known, nearest, of_language
from skill.locales.words import Locale, load

LOG: Final = logging.getLogger(__name__)
MOST_TOLD: Final = 50
"""So many unknown locales are told of in the log; whoever makes up more fills neither it nor the memory."""


class Locales:
    """The words by the locale that a request names; `default` is that of requests that name none.

    Every locale must have the words for the exercises; one's own have theirs beside them in `directory`. `came` are
    the pickled words that came with a package as they were built, by locale.

    Raises UnknownLocale: there are no words for the default. Refused: the default has no words for an exercise.
    """

    def __init__(
        self,
        default: str,
        zone: tzinfo,
        exercises: Iterable[Exercise],
        directory: Path | None = None,
        came: Mapping[str, bytes] | None = None,
    ) -> None:
        self._zone, self._exercises, self._directory, self._came = zone, [*exercises], directory, came or {}
        self._told: set[str] = set()
        self._found = cache(self._of)
        self.default = self._read(default)

    def of(self, name: object) -> Locale:
        """The words for a locale; for one that nobody knows the nearest, said once in the log."""
        if not name or not isinstance(name, str):
            return self.default
        if name in self._came or name in known():
            return self._found(name)
        answered = self._found(nearest(name))
        self._tell(
            name if is_name(name) else "that has no locale's form", f"it is answered in {answered.name}"
        )
        return answered

    def for_languages(self, wanted: Iterable[str]) -> Locale:
        """The words for the first of a browser's languages that is spoken here; the default ones for none of them."""
        names = (of_language(each) for each in wanted)
        return self._found(next(filter(None, names), self.default.name))

    def _of(self, name: str) -> Locale:
        if name == self.default.name:
            return self.default
        try:
            return self._read(name)
        except Refused as fault:
            self._tell(name, f"it is answered in {self.default.name}: {fault}")
            return self.default

    def _read(self, name: str) -> Locale:
        if name in self._came:
            locale = Locale(name, pickle.loads(self._came[name]), self._zone)
        else:
            locale = load(name, self._zone, self._directory)
        require_words(self._exercises, locale.data, name)
        return locale

    def _tell(self, name: str, what: str) -> None:
        if name not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(name)
            LOG.warning("A request in a locale %s: %s", name, what)
