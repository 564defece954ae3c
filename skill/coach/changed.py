"""A frozen value with some fields changed, many times a turn: `dataclasses.replace` without its cost."""

from typing import Any, TypeVar

T = TypeVar("T")


def changed(value: T, **changes: Any) -> T:
    """A copy of a plain frozen dataclass (no slots, nothing done after its making) with these fields changed."""
    assert changes.keys() <= value.__dict__.keys(), f"{type(value).__name__} has no {sorted(changes)}"
    copy = object.__new__(type(value))
    copy.__dict__.update(value.__dict__, **changes)
    return copy
