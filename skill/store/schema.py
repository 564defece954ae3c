"""The JSON Schema of an export, made from the values that the coach's state consists of."""

from typing import Any, Final

import msgspec
from msgspec.json import schema_components

from skill.coach.state import FinishedWorkout, State
from skill.store.transfer import FORMAT, LONGEST_USER

Schema = dict[str, Any]
_PARTS: Final = "#/$defs/{name}"


def export_schema() -> Schema:
    """What a record of one user looks like, down to the last field."""
    (state, workout), described = schema_components((State, FinishedWorkout), ref_template=_PARTS)
    # Its defaults are tuples where JSON has lists.
    known = msgspec.json.decode(msgspec.json.encode(described))
    for each in known.values():
        each["description"] = " ".join(each["description"].split("\n\n")[0].split())
    parts: dict[str, Schema] = {
        "format": {"const": FORMAT},
        "user": {"type": "string", "minLength": 1, "maxLength": LONGEST_USER},
        "document": {"anyOf": [state, {"type": "null"}]},
        "workouts": {"type": "array", "items": workout},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Everything that is stored of one user",
        "description": "Workouts stand oldest first. Instants are whole seconds since 1970. What has its usual"
        " value is left out.",
        "type": "object",
        "properties": parts,
        "required": list(parts),
        "additionalProperties": False,
        "$defs": known,
    }
