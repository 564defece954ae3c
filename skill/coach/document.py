"""State to plain dict and back: the one place. Fields at their default are left out, so a document stays small.

A codec is built once for each dataclass from its type hints; reading checks every type, so a damaged document is found
here and not in the middle of a workout.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from skill.coach.state import SCHEMA_VERSION, State

Kept = TypeVar("Kept")
Encode = Callable[[Any], Any]
Decode = Callable[[Any], Any]


PLAIN: Final = frozenset({bool, int, str})


class Unreadable(ValueError):
    """A document that is not what this version writes: it is kept, and nothing is made of it."""


def to_document(state: State) -> dict[str, Any]:
    """The state as plain JSON values, with its schema version."""
    return {"schema_version": SCHEMA_VERSION, **_codec(State)[0](state)}


def from_document(document: Mapping[str, Any]) -> State:
    """The state of a document of this schema version.

    Raises:
        Unreadable: a field is unknown or of the wrong type; the message names it.
    """
    body = {key: value for key, value in document.items() if key != "schema_version"}
    return cast(State, _codec(State)[1](body))


def encode(value: object) -> Any:
    """Any of the state's dataclasses as plain JSON values."""
    return _codec(cast(Any, type(value)))[0](value)


def decode(kind: type[Kept], value: Any) -> Kept:
    """One of the state's dataclasses from the plain values that `encode` made.

    Raises:
        Unreadable: a field is unknown or of the wrong type; the message names it.
    """
    return cast(Kept, _codec(cast(Any, kind))[1](value))


@cache
def _codec(hint: Any) -> tuple[Encode, Decode]:
    if is_dataclass(hint):
        return _dataclass_codec(cast(type, hint))
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _union_codec(inner)
    if origin is tuple:
        return _sequence_codec(inner)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_codec(inner[1])
    if origin is Literal:
        return (lambda value: value), _one_of(inner)
    return (lambda value: value), _exactly(hint)


def _exactly(kind: type) -> Decode:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise Unreadable(f"{value!r} should be {kind.__name__}")
        return value

    return decode


def _one_of(allowed: tuple[Any, ...]) -> Decode:
    def decode(value: Any) -> Any:
        if value not in allowed:
            raise Unreadable(f"{value!r} is none of {', '.join(map(repr, allowed))}")
        return value

    return decode


def _union_codec(members: tuple[Any, ...]) -> tuple[Encode, Decode]:
    """Unions of the state: something or None, or plain values; told apart by type (a list is a tuple)."""
    codecs = {
        (list if get_origin(each) is tuple else each): _codec(each)
        for each in members
        if each is not NoneType
    }
    single = next(iter(codecs.values())) if len(codecs) == 1 else None

    def write(value: Any) -> Any:
        if value is None or single is None:
            return list(value) if isinstance(value, tuple) else value
        return single[0](value)

    def read(value: Any) -> Any:
        if value is None and NoneType in members:
            return None
        if single is not None:
            return single[1](value)
        if type(value) not in codecs:
            raise Unreadable(f"{value!r} is of no kind that is kept here")
        return codecs[type(value)][1](value)

    return write, read


def _sequence_codec(inner: tuple[Any, ...]) -> tuple[Encode, Decode]:
    write_one, read_one = _codec(inner[0])
    plain = _plain_kinds(inner[0])

    def read(value: Any) -> Any:
        if type(value) is not list:
            raise Unreadable(f"{value!r} should be a list")
        if plain.issuperset(map(type, value)):
            return tuple(value)
        return tuple([read_one(each) for each in value])

    return list if plain else (lambda value: [write_one(each) for each in value]), read


def _plain_kinds(hint: Any) -> frozenset[type]:
    """The types of a hint whose values stand in a document as they are; none where any of them does not."""
    members = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return frozenset(members) if PLAIN.issuperset(members) else frozenset()


def _mapping_codec(inner: Any) -> tuple[Encode, Decode]:
    write_one, read_one = _codec(inner)

    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise Unreadable(f"{value!r} should be a mapping")
        return {key: read_one(each) for key, each in value.items()}

    return (lambda value: {key: write_one(each) for key, each in value.items()}), read


def _dataclass_codec(kind: type) -> tuple[Encode, Decode]:
    hints = get_type_hints(kind)
    defaults = {}
    for each in fields(kind):
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if default is not MISSING:
            defaults[each.name] = default
    return _dataclass_writer(hints, defaults), _dataclass_reader(kind, hints, defaults)


def _dataclass_writer(hints: Mapping[str, Any], defaults: Mapping[str, Any]) -> Encode:
    """Fields that are not at their default; plain values as they are."""
    parts = [(name, defaults.get(name, MISSING), _codec(hint)[0]) for name, hint in hints.items()]
    plain = {name for name, hint in hints.items() if _plain_kinds(hint)}

    def write(value: Any) -> dict[str, Any]:
        own, written = value.__dict__, {}
        for name, default, write_one in parts:
            part = own[name]
            if part is not default and part != default:
                written[name] = part if name in plain else write_one(part)
        return written

    return write


def _dataclass_reader(kind: type, hints: Mapping[str, Any], defaults: Mapping[str, Any]) -> Decode:
    """An object of its defaults and of what is written, each value checked."""
    readers = {name: (hint, _codec(hint)[1]) for name, hint in hints.items()}
    required = readers.keys() - defaults.keys()

    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise Unreadable(f"{kind.__name__}: {value!r} should be a mapping")
        made: Any = object.__new__(kind)
        own = made.__dict__
        own.update(defaults)
        try:
            for name, part in value.items():
                hint, read_one = readers[name]
                own[name] = part if type(part) is hint else read_one(part)
        except Unreadable as error:
            raise Unreadable(f"{kind.__name__}: {error}") from None
        except KeyError:
            raise Unreadable(
                f"{kind.__name__}: unknown {', '.join(sorted(value.keys() - hints.keys()))}"
            ) from None
        if required and not required <= value.keys():
            raise Unreadable(f"{kind.__name__}: missing {', '.join(sorted(required - value.keys()))}")
        return made

    return read
