"""What every store keeps of a document: text, packed where it is long, and back again unchanged."""

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.store.base import MAX_BYTES, TooLarge
from skill.store.encoding import PLAIN_BYTES, NotADocument, from_body, to_body

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=30,
)


@given(st.dictionaries(st.text(), VALUES, max_size=8), st.sampled_from([0, 100, PLAIN_BYTES]))
def test_a_document_comes_back_as_it_was_packed_or_not(document, plain_bytes):
    assert from_body(to_body(document, plain_bytes)) == document


def test_a_short_document_stays_readable_and_a_long_one_is_packed_below_four_kilobytes():
    short = {"sets": ["x" * (PLAIN_BYTES - 13)]}
    assert len(to_body(short)) == PLAIN_BYTES
    assert json.loads(to_body(short)) == short
    long = {"decisions": [["sets", "SETS-02", "begin", n, True] for n in range(400)]}
    assert isinstance(to_body(long), bytes)
    assert len(to_body(long)) < 4000 < len(json.dumps(long))


def test_what_no_store_could_take_is_refused():
    with pytest.raises(TooLarge):
        to_body({"note": "x" * MAX_BYTES})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        "",
        b"{",
        "[1]",
        b"7",
        b'{"a"\xff',
        b"x\x9c",
        zlib.compress(b'{"a":1}')[:-3],
        zlib.compress(b"[1]"),
        b"\x80",
    ],
)
def test_what_is_no_document_is_said_to_be_none(body):
    with pytest.raises(NotADocument):
        from_body(body)


def test_a_packed_body_that_unpacks_to_a_flood_is_no_document():
    with pytest.raises(NotADocument):
        from_body(zlib.compress(b'{"a":"' + b"x" * (2 * MAX_BYTES) + b'"}'))
