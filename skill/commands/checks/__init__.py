"""What `glute-coach doctor` looks at, one file a subject."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "missing", "fault"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    `missing` is a part that the coach does without; `fault` stops it. `cure` says what to do, "" where nothing is.
    """

    state: State
    about: str
    said: str
    cure: str = ""
