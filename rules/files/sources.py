"""Where the rules come from: the author's facts (SRC) and our own judgements (OWN), each with its ground."""

import re
from pathlib import Path
from typing import Final

from msgspec import Struct

from rules.files.fault import Fault, Refused, nearest
from rules.files.plain import Map
from rules.files.reading import read_file

SOURCE_ID: Final = re.compile("(SRC|OWN)-[0-9]{2,3}")
FILE: Final = "sources.yaml"


class Source(Struct, frozen=True):
    """What a rule rests on.

    Attributes:
        id: `SRC-nn` for a published fact, `OWN-nn` for a judgement of this project.
        title: a few words.
        says: the fact or judgement in our own words.
        ground: for a fact where it is from; for a judgement its reason.
    """

    id: str
    title: str
    says: str
    ground: str
    line: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it is this project's judgement, and nobody's finding."""
        return self.id.startswith("OWN-")


def load_sources(directory: Path) -> dict[str, Source]:
    """The sources of a directory by id; none where it has no sources.yaml. Raises Refused: the file is wrong."""
    path = directory / FILE
    if not path.exists():
        return {}
    data = read_file(path, within=directory)
    faults: list[Fault] = []
    found = {}
    for each in data:
        entry, line = data[each], data.line_of(each)
        what = _misfit(each, entry)
        if what:
            faults.append(Fault(FILE, line, each, what))
        else:
            found[each] = Source(each, entry["title"], entry["says"], entry[_ground(each)], line)
    if faults:
        raise Refused(faults)
    return found


def _ground(source: str) -> str:
    return "because" if source.startswith("OWN-") else "from"


def _misfit(source: str, entry: object) -> str:
    if not SOURCE_ID.fullmatch(source):
        return "a source is called SRC-nn (a published fact) or OWN-nn (our own judgement)"
    wanted = ("title", "says", _ground(source))
    if not isinstance(entry, Map):
        return f"must have {', '.join(wanted)}"
    for key in entry:
        if key not in wanted:
            return f"has no use for {key!r}; {nearest(key, wanted)}"
    for key in wanted:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            return f"{key!r} is missing; it must be text in quotes"
    return ""
