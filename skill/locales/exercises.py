"""The words of an exercise: which it needs, and those that come with an exercise from outside the package."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from rules.files.exercise import Exercise
from rules.files.fault import Fault, Refused
from rules.files.plain import Map
from rules.files.reading import read_file

FOLDER: Final = "words"
_PLACEHOLDER: Final = re.compile(r"\{([^{}:]*)[^{}]*\}")
_ALLOWED: Final = frozenset({"side", "seconds"})
_KEYS: Final = re.compile(r"(cue\.[a-z0-9_]+|tempo|form)\.[a-z0-9_]+")


def lines_of(exercise: Exercise) -> set[str]:
    """The keys of all lines that are told of an exercise."""
    told = {
        "welcome",
        "begin",
        *(cue.key for cue in (*exercise.cues, *exercise.warm_up, *exercise.safety_cues)),
    }
    told |= {f"{key}_no_band" for key in ("begin", exercise.cues[0].key)}
    form = {f"form.{cue.key}" for cue in exercise.form_cues}
    return (
        form
        | {f"cue.{exercise.id}.{key}" for key in told}
        | {f"tempo.{each.word}" for each in exercise.tempo}
    )


def count_words_of(exercise: Exercise) -> set[str]:
    """The words that a count of an exercise says: its phases, and its cues about the form."""
    return {each.word for each in exercise.tempo} | {each.key for each in exercise.form_cues}


def require_words(exercises: Iterable[Exercise], data: Mapping[str, Any], locale: str) -> None:
    """See that an exercise can be coached in a language.

    Raises Refused: words are missing; each fault names the key and the file that it belongs in.
    """
    faults = []
    for exercise in exercises:
        missing = sorted(lines_of(exercise) - set(data["lines"]))
        missing += sorted(count_words_of(exercise) - set(data["words"]["cues"]))
        faults += [
            Fault(
                f"{exercise.id}.yaml", 0, "", f"has no words for {key!r}; add them to {FOLDER}/{locale}.yaml"
            )
            for key in missing
        ]
    if faults:
        raise Refused(faults)


def with_words(data: Mapping[str, Any], directory: Path, locale: str) -> Mapping[str, Any]:
    """A locale's data with the words that stand beside a directory's exercises, if there are any.

    Raises Refused: the file is wrong.
    """
    path = directory / FOLDER / f"{locale}.yaml"
    if not path.exists():
        return data
    added = read_file(path, within=directory)
    faults = [Fault(f"{FOLDER}/{path.name}", line, "", what) for line, what in _misfits(added)]
    if faults:
        raise Refused(faults)
    cues = {**data["words"]["cues"], **added.get("cues", {})}
    lines = {**data["lines"], **added.get("lines", {})}
    return {**data, "words": {**data["words"], "cues": cues}, "lines": lines}


def _misfits(added: Map) -> list[tuple[int, str]]:
    found = []
    for section, entries in added.items():
        if section not in ("cues", "lines") or not isinstance(entries, Map):
            found.append(
                (added.line_of(section), "holds `cues` (the words of a count) and `lines`, nothing else")
            )
            continue
        for key, text in entries.items():
            what = _misfit(section, key, text)
            if what:
                found.append((entries.line_of(key), what))
    return found


def _misfit(section: str, key: str, text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        return f"{key!r} must be words in quotes"
    if section == "lines" and not _KEYS.fullmatch(key):
        return (
            f"{key!r} is no line of an exercise; those are cue.<exercise>.<cue>, tempo.<word> and form.<cue>"
        )
    odd = [each for each in _PLACEHOLDER.findall(text) if each not in _ALLOWED]
    if odd or text.count("{") != text.count("}"):
        return f"{key!r} may be filled with {' and '.join(f'{{{each}}}' for each in sorted(_ALLOWED))} only"
    return ""
