"""JSON to the SDK's own types, fast.

Three quarters of what a bare ask-sdk skill spends on a request go into reading it: the SDK looks up every
class by name, field by field, for each request, and builds a whole Echo Show's description of itself that no
coach asks for. Here a reader is made once for each class from the class's own `deserialized_types` and
`attribute_map`, and what a device says of itself (`context`, but for `System` and `AudioPlayer`) is built when
it is asked for. What comes out is the SDK's, field for field.

Anything odd is handed to the SDK's own reader, so its answer stands, or its complaint. Two differences are
meant. Fields the SDK does not know are left out, where it would let them overwrite its own (`user_id` beside
`userId`). And Alexa's lists of values are open: a value or a kind that the SDK has never heard of is passed over,
so that the turn is answered, where the SDK would refuse the whole request.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, Final

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.context import Context

from skill.alexa.request_time import from_number

Read = Callable[[Any], Any]

SDK: Final = DefaultSerializer()
EAGER: Final = frozenset({"system", "audio_player"})
"""What of the context every turn looks at; the rest waits until it is asked for."""
NOTHING_TO_ANSWER: Final = "System.ExceptionEncountered"
"""The request that stands for one of a type that nobody knows: it is taken, and nothing is said to it."""
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?(Z|[+-]\d\d:\d\d)")
_PRIMITIVES: Final[Mapping[str, type]] = {
    "str": str, "int": int, "long": int, "float": float, "bool": bool,
}  # fmt: skip


class _Odd(Exception):
    """Something that the SDK's own reader shall judge."""


def read_envelope(payload: Mapping[str, Any]) -> Any:
    """The request envelope as ask-sdk's handlers know it.

    Raises:
        SerializationException: as the SDK raises it; the payload is no Alexa request.
    """
    try:
        envelope = _reader("ask_sdk_model.request_envelope.RequestEnvelope")(payload)
        if envelope.request is None:
            envelope.request = _request_of_no_known_type(payload["request"])
        return envelope
    except Exception:
        return SDK.deserialize(json.dumps(payload), RequestEnvelope)


def _request_of_no_known_type(payload: Any) -> Any:
    """A request whose type is a name that nobody knows; anything else than a name is the SDK's to judge."""
    kind = payload["type"]
    if type(kind) is not str or not kind:
        raise _Odd
    return _reader("ask_sdk_model.request.Request")({**payload, "type": NOTHING_TO_ANSWER})


class LazyContext(Context):  # type: ignore[misc]
    """The SDK's context, whose parts are read when they are asked for."""

    def __getattr__(self, name: str) -> Any:
        waiting = self.__dict__.get("_waiting", {})
        if name not in waiting:
            raise AttributeError(name)
        kind, payload = waiting[name]
        self.__dict__[name] = read = _part(kind, payload)
        return read

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Context) and bool(self.to_dict() == other.to_dict())

    __hash__ = None  # type: ignore[assignment]


def _part(kind: str, payload: Any) -> Any:
    try:
        return _reader(kind)(payload)
    except Exception:
        try:
            return SDK.deserialize(json.dumps(payload), kind)
        except Exception as odd:
            raise SerializationException(str(odd)) from odd


@cache
def _reader(kind: str) -> Read:
    """The reader of a type as the SDK names it: `str`, `list[a.b.C]`, `dict(str, a.b.C)`, `a.b.C`."""
    if kind.startswith("list["):
        return _list_reader(kind[len("list[") : -1])
    if kind.startswith("dict("):
        return _dict_reader(kind.partition(", ")[2][:-1])
    if kind in _PRIMITIVES:
        return _primitive_reader(_PRIMITIVES[kind])
    if kind == "datetime":
        return _read_datetime
    if kind == "object":
        return lambda value: value
    return _class_reader(_class_of(kind))


@cache
def _class_of(name: str) -> Any:
    module, _, short = name.rpartition(".")
    return getattr(import_module(module), short)


def _primitive_reader(kind: type) -> Read:
    def read(value: Any) -> Any:
        return value if type(value) is kind or value is None else kind(value)

    return read


def _read_datetime(value: Any) -> Any:
    if value is None:
        return None
    if type(value) is int:
        return from_number(value)
    if not _STAMP.fullmatch(value):
        raise _Odd
    return datetime.fromisoformat(value)


def _list_reader(inner: str) -> Read:
    if "," in inner:
        return _refuse
    read_one = _reader(inner)

    def read(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is not list:
            raise _Odd
        return [read_one(each) for each in value]

    return read


def _dict_reader(inner: str) -> Read:
    read_one = _reader(inner)

    def read(value: Any) -> Any:
        return None if value is None else {key: read_one(each) for key, each in value.items()}

    return read


def _refuse(value: Any) -> Any:
    raise _Odd


def _class_reader(kind: Any) -> Read:
    if issubclass(kind, Enum):
        members = {each.value: each for each in kind}
        return lambda value: members.get(value)
    if hasattr(kind, "get_real_child_model"):
        return _kind_reader(kind)
    return _model_reader(kind)


def _kind_reader(kind: Any) -> Read:
    """The reader of a class that stands for several, told apart by a field of the payload."""
    names, key = kind.discriminator_value_class_map, kind.json_discriminator_key

    def read(value: Any) -> Any:
        if value is None:
            return None
        name = names.get(value[key])
        if name is None:
            return None
        real = _class_of(name)
        return (_model_reader(real) if real is kind else _real_reader(name))(value)

    return read


@cache
def _real_reader(name: str) -> Read:
    return _model_reader(_class_of(name))


@cache
def _model_reader(kind: Any) -> Read:
    """The reader of one class: an object as its constructor leaves it, then the fields that the payload has."""
    made = LazyContext if kind is Context else kind
    new, empty = made.__new__, vars(kind())
    names = {name: name for name in kind.deserialized_types} | getattr(kind, "attribute_map", {})
    fields: dict[str, tuple[str, str, Read | None]] = {}
    for attribute, key in names.items():
        fields[key] = (attribute, kind.deserialized_types[attribute], None)

    def read(value: Any) -> Any:
        if value is None:
            return None
        model = new(made)
        own = model.__dict__
        own.update(empty)
        for key, part in value.items():
            field = fields.get(key)
            if field is None:
                continue
            attribute, type_name, read_part = field
            if made is LazyContext and attribute not in EAGER:
                own.setdefault("_waiting", {})[attribute] = (type_name, part)
                del own[attribute]
                continue
            if read_part is None:
                read_part = _reader(type_name)
                fields[key] = (attribute, type_name, read_part)
            own[attribute] = read_part(part)
        return model

    return read
