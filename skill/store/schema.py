"""The JSON Schema of an export, made from the dataclasses that the coach's state consists of."""

import inspect
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from skill.coach.state import State, Workout
from skill.store.migrations import STATE, WORKOUT
from skill.store.transfer import FORMAT

Schema = dict[str, Any]
_PLAIN: Final = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def export_schema() -> Schema:
    """What a record of one user looks like, down to the last field."""
    known: dict[str, Schema] = {}
    state, workout = _of(State, known), _of(Workout, known)
    known["State"] = _with(known["State"], {"schema_version": {"const": STATE.version}})
    finished: dict[str, Schema] = {
        "schema_version": {"const": WORKOUT.version},
        "ended_at": {"type": "integer"},
    }
    known["FinishedWorkout"] = _with(known["Workout"], finished)
    parts: dict[str, Schema] = {
        "format": {"const": FORMAT},
        "user": {"type": "string", "minLength": 1},
        "document": {"anyOf": [state, {"type": "null"}]},
        "workouts": {"type": "array", "items": {"$ref": "#/$defs/FinishedWorkout"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Everything that is stored of one user",
        "description": "Workouts stand oldest first. Instants are whole seconds since 1970. What has its usual"
        " value is left out.",
        **_object(parts, list(parts)),
        "$defs": {"Workout": known.pop(workout["$ref"].rpartition("/")[2]), **known},
    }


def _object(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": False,
    }


def _with(known: Schema, more: Mapping[str, Schema]) -> Schema:
    properties = {**more, **known["properties"]}
    return {**known, "properties": properties, "required": [*more, *known["required"]]}


def _of(hint: Any, known: dict[str, Schema]) -> Schema:
    """The schema of a type; a dataclass is described once, in `known`, and referred to."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _reference(hint, known)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0], known)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(inner[1], known)}
    return {"anyOf": [_of(each, known) for each in inner]}


def _reference(kind: Any, known: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in known:
        known[name] = {}
        hints = get_type_hints(kind)
        required = [
            each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING
        ]
        parts = {each.name: _of(hints[each.name], known) for each in fields(kind)}
        meaning = " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())
        known[name] = {"description": meaning, **_object(parts, required)}
    return {"$ref": f"#/$defs/{name}"}
