"""`glute-coach counts`: every set that workouts ask for, rendered beforehand, for a place that serves files."""

import argparse
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from rules.engine import Engine
from rules.files.exercise import load_exercises
from rules.rulebook import load_rulebook
from skill.audio.prerendered import MANIFEST, stock
from skill.audio.served_files import Maker, speaking
from skill.audio.voice import VoiceMissing
from skill.audio.voices import HOW_TO_INSTALL, voice
from skill.coach.counting.catalogue import foreseen
from skill.coach.counting.timeline import timeline
from skill.coach.messages.reply import Line
from skill.commands.progress import show, tell
from skill.locales.script import Script
from skill.locales.words import DEFAULT, load

LONGEST_QUESTION: Final = Line("could_you_do_another", {"count_to": 0})


def add_to(commands: Any) -> None:
    parser = commands.add_parser("counts", help="render the sets of every workout to files, beforehand")
    parser.add_argument("--out", type=Path, default=Path("build/counts"), metavar="DIR")
    parser.add_argument("--voice", help="piper, espeak, or an espeak-ng voice such as espeak:en-us+f3")
    parser.add_argument("--locale", default=DEFAULT)
    parser.add_argument("--exercises", type=Path, metavar="DIR", help="exercises beside the coach's own")
    parser.add_argument(
        "--resumed", action="store_true", help="also each set from every rep, as after a pause"
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Render them all, showing how far it is."""
    began = time.monotonic()
    make, identity = _speaker(chosen.voice)
    scripts = list(sets(chosen.locale, chosen.exercises, chosen.resumed))
    made = stock(
        chosen.out, scripts, make, identity, lambda done: show(done, len(scripts), "rendering counts")
    )
    size = sum(each["bytes"] for each in made["sets"].values()) / 1e6
    spent = time.monotonic() - began
    print(f"{chosen.out / MANIFEST}: {len(made['sets'])} sets, {size:.1f} MB, in {spent:.0f} s ({identity})")
    return 0


def sets(locale_name: str, more: Path | None = None, resumed: bool = False) -> Iterator[Script]:
    """Each different set in words, once."""
    exercises = load_exercises() | (load_exercises(more) if more else {})
    locale = load(locale_name, exercises=more) if more else load(locale_name)
    engine = Engine(load_rulebook(exercises=exercises), exercises)
    question_ms = locale.speech_ms([LONGEST_QUESTION])
    seen = set()
    for exercise in exercises.values():
        for count in foreseen(exercise, engine.decide, question_ms, resumed):
            script = locale.script(timeline(exercise, count, engine.decide), [], None).parts()[1]
            if script.key not in seen:
                seen.add(script.key)
                yield script


def _speaker(name: str | None) -> tuple[Maker, str]:
    """What makes a file of a script, and who speaks in it."""
    if find_spec("lameenc") is None or find_spec("numpy") is None:
        raise VoiceMissing(f"there is nothing here that makes MP3 files: {HOW_TO_INSTALL}")
    return speaking(name, tell), voice(name).identity
