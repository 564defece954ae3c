"""What a deployment chooses: one set of settings for the environment and the command line.

What cannot be used is refused when the coach starts, with the name of the setting and the cure.
"""

import os
from collections.abc import Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, field

from skill.alexa.count_delivery import CountSettings

PREFIX: Final = "GLUTE_COACH_"
NAMES: Final = frozenset(
    PREFIX + name
    for name in (
        *("STORE", "LOCALE", "ZONE", "EXERCISES", "RULES", "LOG_SECRET", "SKILL_IDS", "PROXIES"),
        *("COUNT_ROUTE", "APLA_GRID", "AUDIO_URL", "AUDIO_SECRET", "AUDIO_MANIFEST", "VOICE"),
        *("CALENDAR_SECRET", "CARD_PICTURE", "RETENTION_DAYS", "TRACE"),
    )
)
SKILL_ID: Final = "amzn1.ask.skill."
LONGEST_ADDRESS: Final = 2000
"""Characters that Alexa takes of a picture's address."""


class WrongSetting(ValueError):
    """A setting that cannot be used; the message names it and says what to write instead."""


class Settings(Struct, frozen=True):
    """What a deployment chooses. `store` is a file's path, or an address such as `dynamodb:TABLE`.

    `locale` is whose words are said where a request names none; "" is the browser's on the page, else en-US.
    `exercises` and `rules` are folders of one's own beside, or in place of, the coach's. `skill_ids` are the skills
    whose requests are let in over the network. `log_secret` is the key of the hashes that stand for users in the log;
    without one it is made anew at each start. `count` is how counts are sent. `proxies` are the addresses of those
    that may say who asked (X-Forwarded-For). `card_picture` is the https address of a picture for the Alexa app's card.
    """

    store: str = "glute-coach.db"
    locale: str = ""
    zone: tzinfo = UTC
    exercises: Path | None = None
    rules: Path | None = None
    skill_ids: tuple[str, ...] = ()
    count: CountSettings = CountSettings()
    log_secret: str = field(default_factory=lambda: os.urandom(16).hex())
    proxies: tuple[str, ...] = ()
    card_picture: str = ""

    __repr__ = object.__repr__  # a log must not show the secrets

    def __post_init__(self) -> None:
        """Refuse what cannot be used. Raises WrongSetting: with the setting's name and the cure."""
        for name, folder in (("exercises", self.exercises), ("rules", self.rules)):
            if folder is not None and not folder.is_dir():
                raise WrongSetting(
                    f"--{name} ({PREFIX}{name.upper()}): there is no folder {folder}; make it, or leave the option out"
                )
        if self.card_picture and not _is_https(self.card_picture):
            raise WrongSetting(
                f"{PREFIX}CARD_PICTURE: {self.card_picture!r} is no https address"
                " of a picture, and Alexa's app fetches no other"
            )
        for each in self.skill_ids:
            if not each.startswith(SKILL_ID):
                raise WrongSetting(
                    f"--skill-id ({PREFIX}SKILL_IDS): {each!r} is no skill's id; it begins with {SKILL_ID}, and the"
                    " Alexa developer console shows it under Endpoint"
                )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """What the environment says: GLUTE_COACH_ and a name of `NAMES`; several ids or proxies by commas.

        Raises WrongSetting: a name that is none, a zone that is none, or a value that cannot be used.
        """
        for name in sorted(environment):
            if name.startswith(PREFIX) and name not in NAMES:
                raise WrongSetting(f"{name} is no setting{_meant(name)}")
        usual = cls()
        return cls(
            store=environment.get("GLUTE_COACH_STORE") or usual.store,
            locale=environment.get("GLUTE_COACH_LOCALE") or usual.locale,
            zone=zone_of(environment.get("GLUTE_COACH_ZONE", "")),
            exercises=_folder(environment.get("GLUTE_COACH_EXERCISES")),
            rules=_folder(environment.get("GLUTE_COACH_RULES")),
            log_secret=environment.get("GLUTE_COACH_LOG_SECRET") or usual.log_secret,
            skill_ids=_several(environment.get("GLUTE_COACH_SKILL_IDS", "")),
            count=CountSettings.from_environment(environment),
            proxies=_several(environment.get("GLUTE_COACH_PROXIES", "")),
            card_picture=environment.get("GLUTE_COACH_CARD_PICTURE", ""),
        )


def zone_of(name: str) -> tzinfo:
    """The time zone of this name, such as Europe/Berlin; UTC where none is named.

    Raises WrongSetting: there is no such zone.
    """
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongSetting(
            f"GLUTE_COACH_ZONE: there is no time zone {name!r}; write one like Europe/London or America/New_York"
        ) from None


def _meant(name: str) -> str:
    from difflib import get_close_matches  # who makes no mistake need not wait for it

    close = get_close_matches(name, NAMES, 1)
    return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(sorted(NAMES))}"


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and len(address) <= LONGEST_ADDRESS


def _folder(text: str | None) -> Path | None:
    return Path(text) if text else None


def _several(by_commas: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in by_commas.split(",") if each.strip())
