"""The exercise format, published: a JSON Schema and a table for readers, both made from its classes."""

from typing import Any, Final

from rules.files.exercise import Exercise
from rules.files.shape import Record, Shape

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The JSON Schema of an exercise file; what fields must be to each other only the loader knows."""
    return {"$schema": DIALECT, "title": "An exercise of the band coach", **_record(Exercise)}


def _record(kind: type[Record]) -> dict[str, Any]:
    fields = kind.descriptions
    return {
        "type": "object",
        "properties": {name: _field(shape) for name, shape in fields.items()},
        "required": [name for name, shape in fields.items() if not shape.optional],
        "additionalProperties": False,
    }


def _field(shape: Shape) -> dict[str, Any]:
    means = f"{shape.means} ({shape.unit})" if shape.unit else shape.means
    if shape.many is None:
        return {"description": means, **_one(shape)}
    fewest, most = shape.many
    return {
        "description": means,
        "type": "array",
        "minItems": fewest,
        "maxItems": most,
        "items": _one(shape),
    }


def _one(shape: Shape) -> dict[str, Any]:
    if shape.part is not None:
        return _record(shape.part)
    if shape.kind == "whole":
        return {"type": "integer", "minimum": shape.low, "maximum": shape.high}
    if shape.choices:
        return {"type": "string", "enum": list(shape.choices)}
    return {"type": "string", "pattern": f"^(?:{shape.pattern})$"}


def table() -> str:
    """Every field of an exercise file as a Markdown table: meaning, unit, what may stand there."""
    lines = ["| field | means | may be |", "|---|---|---|", *_rows(Exercise, "")]
    return "\n".join(lines) + "\n"


def _rows(kind: type[Record], prefix: str) -> list[str]:
    rows = []
    for name, shape in kind.descriptions.items():
        rows.append(f"| `{prefix}{name}` | {shape.means} | {_range(shape)} |")
        if shape.part is not None:
            rows += _rows(shape.part, f"{prefix}{name}{'[]' if shape.many else ''}.")
    return rows


def _range(shape: Shape) -> str:
    if shape.part is not None:
        one = "a record"
    elif shape.kind == "whole":
        one = f"{shape.low} to {shape.high} {shape.unit}".rstrip()
    elif shape.choices:
        one = ", ".join(f'`"{each}"`' for each in shape.choices)
    else:
        one = "text like `" + shape.pattern.replace("|", "\\|") + "`"
    if shape.optional:
        return f"{one}, or left out"
    if shape.many is None:
        return one
    return f"a list of {shape.many[0]} to {shape.many[1]}: {one}"
