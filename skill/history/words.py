"""The words of the progress page and the report, with days and bands filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from skill.coach.state import FreshResult, SetDone
from skill.history.record import Change, Past
from skill.locales.texts import text_of
from skill.locales.words import Locale


@dataclass(frozen=True)
class Words:
    """The words of one locale."""

    locale: Locale
    own: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The words under this key, filled in, in the form that its first number wants."""
        first = next((each for each in values.values() if type(each) is int), None)
        form = key if first is None else self.locale.form_of(key, first, self.own)
        return str(self.own[form]).format_map(values)

    def day(self, day: date, has_year: bool = True) -> str:
        """A day as people of the language write it: 23 Nov 2026."""
        month = self.own["months"][day.month - 1]
        return self("date" if has_year else "date_in_year", day=day.day, month=month, year=day.year)

    def side(self, side: str) -> str:
        """The leg's name."""
        return str(self.locale.data["words"]["sides"][side])

    def band(self, band: str) -> str:
        """The band's name."""
        return self.locale.band(band)

    def band_on_chart(self, rung: str) -> str:
        """The band's name where there is room for two words (`red@knee`)."""
        band, _, place = rung.partition("@")
        return str(self.own["on_chart"][place]).format(band=self.band(band)) if place else self.band(band)

    def ended(self, ended: str) -> str:
        """How a set ended."""
        return str(self.own["ended"].get(ended, ended.replace("_", " ")))

    def one_set(self, done: SetDone) -> str:
        """A set in one line."""
        return self(
            "set",
            reps=done.reps,
            round=done.round,
            side=self.side(done.side),
            band=self.band(done.band),
            ended=self.ended(done.ended),
        )

    def change(self, past: Past, change: Change) -> str:
        """A change of band with its reason."""
        return self(
            "changed" if change.from_band else "began_with",
            day=self.day(past.day),
            side=self.side(change.side),
            from_band=self.band(change.from_band),
            to_band=self.band(change.to_band),
            band=self.band(change.to_band),
            reason=change.reason or self._without_reason(change),
        )

    def _without_reason(self, change: Change) -> str:
        if change.rule:
            return self("by_rule", rule=change.rule)
        return self("after_pain" if change.after_pain else "by_hand" if change.by_hand else "bands_owned")

    def fresh(self, past: Past, fresh: FreshResult) -> str:
        """A fresh set in one sentence."""
        said = self(
            "workout",
            reps=fresh.reps,
            day=self.day(past.day),
            band=self.band(fresh.band),
            ended=self.ended(fresh.ended),
        )
        return f"{said}; {self.own['pain_said']}" if past.had_pain else said


def load_words(locale: Locale) -> Words:
    """The page's words in the locale's language."""
    return Words(locale, text_of(locale.name, "history"))
