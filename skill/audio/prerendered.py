"""Counts rendered beforehand: files of sets, named after their content, and a manifest that says which is which.

A set's file holds its lead-in and its repetitions. What differs from one answer to the next (the words before it,
the rest, the question) is spoken around it by Alexa (skill/alexa/apla.py). Whoever answers needs the manifest only:
no voice, no sound library, and not the files themselves.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from skill.audio.address import AddressRefused, https_base
from skill.locales.script import Script

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
_NAME: Final = re.compile(r"[0-9a-f]{32}\.mp3")


class NotOnShelf(AddressRefused):
    """No such set was rendered; it goes by another route."""


class Shelf:
    """The sets that lie ready below one https address."""

    def __init__(self, base_url: str, files: Mapping[str, str]) -> None:
        """Take the files by the keys of their scripts. Raises AddressRefused: the base is no https address."""
        self._base = https_base(base_url)
        self._files = files

    @classmethod
    def read(cls, manifest: Path, base_url: str) -> "Shelf":
        """The shelf that a manifest describes.

        Raises AddressRefused: the manifest is missing or is none, or the base is no https address.
        """
        try:
            known = json.loads(manifest.read_text("utf-8"))
            files = {str(key): str(each["file"]) for key, each in known["sets"].items()}
        except (OSError, ValueError, TypeError, LookupError, AttributeError) as fault:
            raise AddressRefused(f"{manifest} is no manifest of counts ({type(fault).__name__})") from None
        if known.get("format") != FORMAT or not all(_NAME.fullmatch(each) for each in files.values()):
            raise AddressRefused(f"{manifest} is no manifest of format {FORMAT}: render the counts anew")
        return cls(base_url, files)

    def of(self, script: Script) -> str:
        """The address of a set's file. Raises NotOnShelf: it was not rendered."""
        name = self._files.get(script.key)
        if name is None:
            raise NotOnShelf(f"no set of {script.length_ms / 1000:g} s like this one was rendered")
        return f"{self._base}/{name}"


def stock(
    folder: Path,
    scripts: Iterable[Script],
    make: Callable[[Script], bytes],
    voice: str,
    tell: Callable[[int], None] = lambda _: None,
) -> dict[str, Any]:
    """Render sets into a folder with their manifest, which is written last; `tell` gets the number done.

    Files of sets that are not asked for any more are taken away, so that the folder can be copied as it is.

    Raises OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sets: dict[str, Any] = {}
    for done, script in enumerate(scripts, start=1):
        sound = make(script)
        name = f"{hashlib.sha256(sound).hexdigest()[:32]}.mp3"
        (folder / name).write_bytes(sound)
        reps = max((cue.rep for cue in script.cues), default=0)
        sets[script.key] = {"file": name, "reps": reps, "length_ms": script.length_ms, "bytes": len(sound)}
        tell(done)
    manifest = {"format": FORMAT, "voice": voice, "sets": sets}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", "utf-8")
    kept = {each["file"] for each in sets.values()}
    for file in folder.glob("*.mp3"):
        if _NAME.fullmatch(file.name) and file.name not in kept:
            file.unlink()
    return manifest
