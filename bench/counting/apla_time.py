"""When each word of an APLA document begins, by the documented duration rules: a stand-in for Alexa's mixer.

Rules: a `Sequencer` plays its items one after another and lasts as long as they do together; a `Mixer` plays
its items at once and lasts as long as its longest item that is not trimmed; an item with `duration:
trimToParent` is cut at its parent's end; a `Silence` lasts its `duration` in milliseconds, an `Audio` as long as
its file. No public sample shows these rules on a count, so whoever deploys listens once in the authoring tool
(docs/deploy.md).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Component = dict[str, Any]
Lengths = Callable[[str], int]
"""How long a speech content is thought to take, or a file by its address, ms."""


@dataclass(frozen=True)
class Placed:
    """One speech or file as it would be heard: where it begins, where it would end by itself, and where it is cut."""

    at_ms: int
    ends_ms: int
    cut_ms: int
    content: str

    @property
    def is_cut(self) -> bool:
        """Whether the trainee would miss its end."""
        return self.ends_ms > self.cut_ms


def length_ms(component: Component, lengths: Lengths) -> int:
    """How long a component lasts by itself."""
    kind, items = component["type"], component.get("items", [])
    if kind == "Silence":
        return int(component["duration"])
    if kind == "Speech":
        return lengths(component["content"])
    if kind == "Audio":
        return lengths(component["source"])
    if kind == "Sequencer":
        return sum(length_ms(item, lengths) for item in items)
    if kind == "Mixer":
        untrimmed = [item for item in items if item.get("duration") != "trimToParent"]
        return max(length_ms(item, lengths) for item in untrimmed or items)
    raise ValueError(f"no duration rule is known for a component of type {kind}")


def placed(
    component: Component, lengths: Lengths, at_ms: int = 0, cut_ms: int | None = None
) -> Iterator[Placed]:
    """Every speech and file below a component, in the order of the document."""
    end_ms = at_ms + length_ms(component, lengths)
    cut_ms = end_ms if cut_ms is None else cut_ms
    if component["type"] in ("Speech", "Audio"):
        yield Placed(at_ms, end_ms, cut_ms, component.get("content") or component["source"])
    for item in component.get("items", []):
        is_trimmed = item.get("duration") == "trimToParent"
        yield from placed(item, lengths, at_ms, min(cut_ms, end_ms) if is_trimmed else cut_ms)
        if component["type"] == "Sequencer":
            at_ms += length_ms(item, lengths)
