"""What the coach keeps and answers is made of values: frozen, equal by content, read and written by msgspec.

To a type checker each is a frozen dataclass. Making, comparing and copying one is several times as fast. Reading
checks the type of each field; writing leaves out the fields that have their default. A copy with other fields is made
by `msgspec.structs.replace`.
"""

from typing import Annotated, Final

import msgspec

LATEST: Final = 32_503_680_000
"""The year 3000 (s since 1970): every calendar can name each moment before it."""
MOST_BANDS: Final = 12

Instant = Annotated[int, msgspec.Meta(ge=0, le=LATEST)]
"""Seconds since 1970. A clock that was never set says the first of them."""
Reps = Annotated[int, msgspec.Meta(ge=0, le=999)]
"""Repetitions, as many as a trainee may claim."""
Round = Annotated[int, msgspec.Meta(ge=1, le=10)]
"""Which set of a side it is, from 1."""
Name = Annotated[str, msgspec.Meta(max_length=60)]
"""The name of a band, with the place where it is worn, or any other name that somebody may choose."""
Side = Annotated[str, msgspec.Meta(pattern="^(left|right|both)$")]
"""Which leg, or both at once."""


class Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One frozen value. An unknown field, or one of the wrong type, is refused when it is read."""
