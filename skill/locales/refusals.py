"""What a person asked for and cannot have: told in their language, by the lines under `refused` of the page."""

from collections.abc import Mapping
from functools import cache

from skill.locales.texts import DEFAULT, text_of


class NotDone(Exception):
    """Something that is not done. `why` is the line that says so; as a string it is told in English, for a terminal."""

    def __init__(self, why: str, **filled: str | int) -> None:
        super().__init__(why)
        self.why, self.filled = why, filled

    def __str__(self) -> str:
        """The reason in English."""
        return self.told(DEFAULT)

    def told(self, locale: str) -> str:
        """The reason in a locale's words."""
        return refusals(locale)[self.why].format(**self.filled)


@cache
def refusals(locale: str) -> Mapping[str, str]:
    """The reasons in a locale's words."""
    reasons: Mapping[str, str] = text_of(locale, "page")["refused"]
    return reasons
