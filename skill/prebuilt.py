"""What the package's own YAML comes to, kept in a package that was built, so that a cold start need not prove it again.

A tree of sources has no such file, and then all is read and proved at each start. `lambda/package.py` writes it
from the very YAML that it packs, after the proof and with a comparison; edit the tree and build anew, not the zip.
"""

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from rules.files.exercise import Exercise, load_exercises
from rules.rulebook import Rulebook, load_rulebook
from skill.locales.texts import known, text_of

FILE: Final = Path(__file__).with_name("built.pickle")


class Built(Struct, frozen=True):
    """The exercises by id, the rulebook proved for them, and each locale's words, pickled: a start needs one's."""

    exercises: Mapping[str, Exercise]
    rulebook: Rulebook
    words: Mapping[str, bytes]


def work_out() -> Built:
    """All of it, read and proved. Raises Refused: a rule or an exercise is wrong."""
    exercises = load_exercises()
    return Built(exercises, load_rulebook(None, exercises), {name: kept(text_of(name)) for name in known()})


def write(target: Path) -> None:
    """Keep what was worked out, in the same bytes each time."""
    target.write_bytes(kept(work_out()))


def kept(built: Any) -> bytes:
    """What was worked out as bytes, which come back as the same. Raises ValueError: they do not."""
    pickled = pickle.dumps(built, protocol=5)
    if pickle.loads(pickled) != built:
        raise ValueError("what was built does not come back as it was")
    return pickled


def read() -> Built | None:
    """What came with the package; None in a tree of sources."""
    if not FILE.exists():
        return None
    found: Built = pickle.loads(FILE.read_bytes())
    return found
