"""The options of whoever talks by voice: what is chosen here holds for this conversation, before the person's own."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from skill.people.person import SPEEDS, WAKE_WORDS, Person

_NAMES: Final = ("wake_word", "voice_volume", "voice_speed")


def add_voice(parser: Any) -> None:
    """Declare `--wake-word`, `--voice-volume` and `--voice-speed`."""
    parser.add_argument(
        "--wake-word",
        choices=WAKE_WORDS,
        help="what calls the coach at any time (default: the person's own, alexa at first)",
    )
    parser.add_argument(
        "--voice-volume",
        type=_percent(0, 100),
        metavar="PERCENT",
        help="how loud the coach speaks (default: the person's own)",
    )
    parser.add_argument(
        "--voice-speed",
        type=_percent(*SPEEDS),
        metavar="PERCENT",
        help="how fast the coach speaks; the beats of a count stay (default: the person's own)",
    )


def as_chosen(chosen: argparse.Namespace, person: Person) -> Person:
    """The person with what the options choose."""
    given = {name: getattr(chosen, name) for name in _NAMES if getattr(chosen, name) is not None}
    return replace(person, settings=replace(person.settings, **given))


def _percent(least: int, most: int) -> Callable[[str], int]:
    def percent(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} does not do: take a number from {least} to {most}")
        return int(text)

    return percent
