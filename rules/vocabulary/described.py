"""Records whose class says of each field what it means: there stands a description where others have a default."""

from typing import Any

from msgspec import Struct, StructMeta


class Description(Struct, frozen=True):
    """What a field means. Where it is `optional` it may be left out, and is "" then."""

    means: str
    optional: bool = False


class Described(StructMeta):
    """Makes a struct of such a class, and keeps the descriptions of its fields by name, in order."""

    descriptions: dict[str, Any]

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], **options: Any) -> "Described":
        """The struct: each described field is needed, but for the optional ones."""
        described = {field: each for field, each in body.items() if isinstance(each, Description)}
        for field, each in described.items():
            del body[field]
            if each.optional:
                body[field] = ""
        made = super().__new__(mcs, name, bases, body, **options)
        made.descriptions = described
        return made
