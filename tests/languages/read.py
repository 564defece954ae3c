"""What the tests say to a coach in a language, and look for in its answers: one file for each."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from skill.locales.texts import known

FOLDER = Path(__file__).parent


@cache
def of(locale: str) -> dict[str, Any]:
    """The file of a locale's language."""
    text = (FOLDER / f"{known()[locale]}.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return read
