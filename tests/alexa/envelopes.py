"""Envelopes for the tests, drawn at random: what Alexa sends, what she might, and what she never would."""

from importlib import import_module
from typing import Any

from ask_sdk_model.context import Context
from ask_sdk_model.request import Request
from ask_sdk_model.session import Session
from hypothesis import strategies as st

DEEPEST = 5
STAMPS = st.sampled_from(
    ["2026-11-23T07:00:00Z", "2026-11-23T07:00:00.250Z", "2026-11-23T08:00:00+01:00", "2026-11-23T07:00:00"]
)
TEXTS = st.text(max_size=8)
NUMBERS = st.integers(-5, 5_000_000) | st.sampled_from([0.5, 1e16])
ODD = st.sampled_from(
    [
        None,
        "",
        "x",
        7,
        -1.5,
        True,
        [],
        {},
        [None],
        {"type": "x"},
        "Mon, 23 Nov 2026 07:00:00 GMT",
        "20261123T070000Z",
    ]
)
UNKNOWN = st.dictionaries(st.sampled_from(["certification", "x"]), TEXTS, max_size=1)


def envelopes(*, odd: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Envelopes of every request type the SDK knows; with `odd`, any part may be of the wrong kind."""
    request = {"request": _one_of_class(Request, odd, 0)}
    others = {"context": _of_class(Context, odd, 0), "session": _of_class(Session, odd, 0)}
    return st.fixed_dictionaries(request, optional=others | {"version": st.just("1.0")})


def _of(kind: str, odd: bool, depth: int) -> st.SearchStrategy[Any]:
    drawn = _of_kind(kind, odd, depth) | st.none()
    return drawn | ODD if odd else drawn


def _of_kind(kind: str, odd: bool, depth: int) -> st.SearchStrategy[Any]:
    if kind.startswith("list["):
        return st.lists(_of(kind[5:-1], odd, depth), max_size=2)
    if kind.startswith("dict("):
        return st.dictionaries(TEXTS, _of(kind.partition(", ")[2][:-1], odd, depth), max_size=2)
    plain = {"str": TEXTS, "float": NUMBERS, "int": st.integers(0, 99), "bool": st.booleans()}
    plain |= {"datetime": STAMPS, "object": st.sampled_from([{"a": [1]}, "x", 3])}
    if kind in plain:
        return plain[kind]
    module, _, name = kind.rpartition(".")
    found = getattr(import_module(module), name)
    if hasattr(found, "get_real_child_model"):
        return _one_of_class(found, odd, depth)
    if hasattr(found, "deserialized_types"):
        return _of_class(found, odd, depth)
    return st.sampled_from([each.value for each in found])


def _one_of_class(kind: Any, odd: bool, depth: int) -> st.SearchStrategy[Any]:
    names = sorted(kind.discriminator_value_class_map.items())

    def of(chosen: tuple[str, str]) -> st.SearchStrategy[Any]:
        module, _, name = chosen[1].rpartition(".")
        inside = _of_class(getattr(import_module(module), name), odd, depth)
        return inside.map(lambda drawn: drawn | {kind.json_discriminator_key: chosen[0]})

    return st.sampled_from(names).flatmap(of)


def _of_class(kind: Any, odd: bool, depth: int) -> st.SearchStrategy[Any]:
    if depth > DEEPEST:
        return st.just({})
    keys = {name: name for name in kind.deserialized_types} | getattr(kind, "attribute_map", {})
    fields = {
        keys[name]: st.deferred(lambda each=each: _of(each, odd, depth + 1))
        for name, each in kind.deserialized_types.items()
    }
    known = st.fixed_dictionaries({}, optional=fields)
    return st.builds(lambda one, other: other | one, known, UNKNOWN)
