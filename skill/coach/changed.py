"""A frozen value with some fields changed, many times a turn: `dataclasses.replace` without its cost."""

from typing import Any, TypeVar

T = TypeVar("T")


def changed(value: T, **changes: Any) -> T:
    """A copy of a plain frozen dataclass (no slots, nothing done after its making) with these fields changed."""
    copy = object.__new__(type(value))
    own = copy.__dict__
    own.update(value.__dict__)
    own.update(changes)
    assert len(own) == len(value.__dict__), f"{type(value).__name__} lacks one of {sorted(changes)}"
    return copy
