"""Certificates that nobody issues: whatever a byte is changed to, the verifier refuses and does not fall over."""

import base64
import random
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates

from skill.alexa.verify import Code, Refused
from skill.alexa.verify.chain import verify_chain
from tests.alexa.verify.table import Table

ALTERNATIVE_NAME, KEY_USAGE, KEY_IDENTIFIER = b"\x55\x1d\x11", b"\x55\x1d\x0f", b"\x55\x1d\x0e"
VERSION_3 = b"\xa0\x03\x02\x01\x02"


def _pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"


def _verdict(table: Table, change: Callable[[bytes], bytes]) -> str:
    """What becomes of the good chain when its leaf is changed so."""
    leaf, *between = load_pem_x509_certificates(table.pki.chain)
    chain = _pem(change(leaf.public_bytes(Encoding.DER)))
    chain += b"".join(each.public_bytes(Encoding.PEM) for each in between)
    try:
        verify_chain(chain, [table.pki.root.certificate], table.now)
    except Refused as refused:
        return refused.code
    return "let in"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (KEY_USAGE, ALTERNATIVE_NAME),
        (KEY_IDENTIFIER, ALTERNATIVE_NAME),
        (KEY_IDENTIFIER, KEY_USAGE),
        (VERSION_3, VERSION_3[:-1] + b"\x09"),
        (VERSION_3, VERSION_3[:-1] + b"\xff"),
    ],
)
def test_a_leaf_with_an_extension_twice_or_of_no_version_is_refused(
    table: Table, before: bytes, after: bytes
) -> None:
    assert _verdict(table, lambda der: der) == "let in"
    assert _verdict(table, lambda der: der.replace(before, after, 1)) in (
        Code.CHAIN_FORM,
        Code.CHAIN_UNTRUSTED,
    )


def test_a_leaf_of_which_any_byte_was_changed_is_refused_by_one_of_three_codes(table: Table) -> None:
    drawn = random.Random(7)

    def change(der: bytes) -> bytes:
        at = drawn.randrange(len(der))
        return der[:at] + bytes([der[at] ^ drawn.randrange(1, 256)]) + der[at + 1 :]

    verdicts = {_verdict(table, change) for _ in range(4000)}
    assert verdicts == {Code.CHAIN_FORM, Code.CHAIN_UNTRUSTED, Code.CHAIN_NAME}
