"""State to plain dict and back: the one place. Fields at their default are left out, so a document stays small.

A codec is built once for each dataclass from its type hints; reading checks every type, so a damaged document is found
here and not in the middle of a workout.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from skill.coach.state import SCHEMA_VERSION, State

Kept = TypeVar("Kept")
Encode = Callable[[Any, Any, Any], Any]
"""Writes a value, given the value before it and what that was written as: equal parts are not written twice."""
Decode = Callable[[Any], Any]


PLAIN: Final = frozenset({bool, int, str})


class Unreadable(ValueError):
    """A document that is not what this version writes: it is kept, and nothing is made of it."""


def to_document(
    state: State, before: State | None = None, written: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The state as plain JSON values, with its schema version.

    Args:
        state: what to write.
        before: a state of before, whose very parts this one may still hold.
        written: the document of `before`; it lends its parts, so neither document may be written into.
    """
    return {"schema_version": SCHEMA_VERSION, **_codec(State)[0](state, before, written)}


def from_document(document: Mapping[str, Any]) -> State:
    """The state of a document of this schema version.

    Raises:
        Unreadable: a field is unknown or of the wrong type; the message names it.
    """
    body = {key: value for key, value in document.items() if key != "schema_version"}
    return cast(State, _codec(State)[1](body))


def encode(value: object) -> Any:
    """Any of the state's dataclasses as plain JSON values."""
    return _codec(cast(Any, type(value)))[0](value, None, None)


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
    return _as_it_is, _one_of(inner) if origin is Literal else _exactly(hint)


def _as_it_is(value: Any, before: Any, written: Any) -> Any:
    return value


def _as_json_has_it(value: Any, before: Any, written: Any) -> Any:
    return list(value) if type(value) is tuple else value


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

    def write(value: Any, before: Any, written: Any) -> Any:
        return None if value is None or single is None else single[0](value, before, written)

    def read(value: Any) -> Any:
        if value is None and NoneType in members:
            return None
        if single is not None:
            return single[1](value)
        if type(value) not in codecs:
            raise Unreadable(f"{value!r} is of no kind that is kept here")
        return codecs[type(value)][1](value)

    return write if single else _as_json_has_it, read


def _sequence_codec(inner: tuple[Any, ...]) -> tuple[Encode, Decode]:
    write_one, read_one = _codec(inner[0])
    plain = _plain_kinds(inner[0])

    def read(value: Any) -> Any:
        if type(value) is not list:
            raise Unreadable(f"{value!r} should be a list")
        if plain.issuperset(map(type, value)):
            return tuple(value)
        return tuple([read_one(each) for each in value])

    def write(value: Any, before: Any, written: Any) -> list[Any]:
        if plain:
            return list(value)
        known = dict(zip(map(id, before), written, strict=True)) if before and written else {}
        return [known.get(id(each)) or write_one(each, None, None) for each in value]

    return write, read


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

    def write(value: Any, before: Any, written: Any) -> dict[str, Any]:
        if write_one is _as_json_has_it:
            return {key: list(each) if type(each) is tuple else each for key, each in value.items()}
        old, known = before or {}, written or {}
        return {
            key: known[key]
            if key in known and each is old[key]
            else write_one(each, old.get(key), known.get(key))
            for key, each in value.items()
        }

    return write, read


def _dataclass_codec(kind: type) -> tuple[Encode, Decode]:
    hints = get_type_hints(kind)
    defaults = {}
    for each in fields(kind):
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if default is not MISSING:
            defaults[each.name] = default
    return _dataclass_writer(hints, defaults), _dataclass_reader(kind, hints, defaults)


def _dataclass_writer(hints: Mapping[str, Any], defaults: Mapping[str, Any]) -> Encode:
    """Fields that are not at their default; plain values as they are, and the parts of before as they were written."""
    plain = {name for name, hint in hints.items() if _plain_kinds(hint)}
    always = [name for name in hints if name in plain and name not in defaults]
    parts = [
        (name, defaults.get(name, MISSING), None if name in plain else _codec(hint)[0])
        for name, hint in hints.items()
        if name not in always
    ]
    # one call for all of them; asked for a single name it would not answer with a tuple
    of_always = itemgetter(*always) if len(always) > 1 else lambda own: [own[name] for name in always]

    def write(value: Any, before: Any, written: Any) -> dict[str, Any]:
        own = value.__dict__
        new = dict(zip(always, of_always(own), strict=True))
        old, known = (before.__dict__, written) if before is not None and written else (own, {})
        for name, default, write_one in parts:
            part = own[name]
            if part is default:
                continue
            if write_one is None:
                if part != default:
                    new[name] = part
            elif name in known and part is old[name]:
                new[name] = known[name]
            elif part != default:
                new[name] = write_one(part, old[name], known.get(name))
        return new

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
