"""What the coach keeps and answers is made of values: frozen, equal by content, read and written by msgspec.

To a type checker each is a frozen dataclass; made, compared and copied they are several times as fast.

A value that is read has each field's type checked; one that is written leaves out what is as it usually is.
"""

from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

V = TypeVar("V", bound="Value")


class Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One frozen value. An unknown field, or one of the wrong type, is refused when it is read."""


def changed(value: V, **changes: Any) -> V:
    """A copy of a value with these fields changed.

    Raises:
        TypeError: it has no such field.
    """
    return replace(value, **changes)
