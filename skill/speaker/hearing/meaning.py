"""What was understood, freed of how it was worded: what two sentences have in common if they mean the same."""

from collections.abc import Mapping
from typing import Any

from skill.speaker.understanding.understand import Understood


def same(one: Understood, other: Understood) -> bool:
    """Whether both mean the same, however they were worded."""
    return meaning(one) == meaning(other)


def meaning(understood: Understood) -> tuple[str, Mapping[str, str]]:
    """The intent and what each slot means, however it was worded."""
    return understood.intent, values(understood)


def values(understood: Understood) -> Mapping[str, str]:
    """What each slot means: the entry's id, or the number."""
    return {name: _meaning(slot) for name, slot in understood.slots.items() if "value" in slot}


def _meaning(slot: Mapping[str, Any]) -> str:
    for authority in slot.get("resolutions", {}).get("resolutionsPerAuthority", ()):
        if "values" in authority:
            return str(authority["values"][0]["value"]["id"])
    return str(slot["value"])
