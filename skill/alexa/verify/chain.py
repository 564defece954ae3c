"""Whether a certificate chain is Alexa's: to a root that is trusted here, at this time, for Alexa's name."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import certifi
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    DNSName,
    ExtensionNotFound,
    SubjectAlternativeName,
    load_pem_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from skill.alexa.verify.refused import Code, Refused

ALEXA = "echo-api.amazon.com"

# Amazon sends four; a longer list only buys an attacker work on our side.
LONGEST_CHAIN = 8

# The library asks this of the authorities' keys, and nothing of the leaf's.
SMALLEST_KEY = 2048

_END = b"-----END CERTIFICATE-----"


@dataclass(frozen=True)
class Chain:
    """A verified chain: the key that signs, and the time in which every certificate of the path is valid."""

    key: RSAPublicKey
    not_before: datetime
    not_after: datetime


def trusted_roots(file: str | None = None) -> list[Certificate]:
    """The roots this machine trusts: those of certifi, or of a PEM file.

    A root that the library reads only under protest (certifi carries one whose serial number is not
    positive) is left out: a later version will refuse it, and no certificate of Alexa's hangs from it.
    """
    roots = []
    for block in Path(file or certifi.where()).read_bytes().split(_END)[:-1]:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                roots.append(load_pem_x509_certificate(block + _END))
            except (ValueError, Warning):
                continue
    return roots


def verify_chain(pem: bytes, roots: Sequence[Certificate], now: datetime) -> Chain:
    """The verified chain of a PEM text, its leaf first; all of the path has to be valid `now`.

    Raises Refused: it is no PEM, leads to none of the `roots` now, is not Alexa's by name, or signs with another sort
    of key.
    """
    try:
        return _verified(pem, roots, now)
    except Refused:
        raise
    except Exception as error:
        # The library has a kind of its own for each oddity of a certificate (a version that is none, an extension
        # that stands twice, a key of an unknown sort), and most of them are no ValueError.
        raise Refused(Code.CHAIN_FORM, repr(error)) from None


def _verified(pem: bytes, roots: Sequence[Certificate], now: datetime) -> Chain:
    leaf, *between = _certificates(pem)
    _check_name(leaf)
    builder = PolicyBuilder().store(Store(list(roots))).time(now)
    try:
        path = builder.build_server_verifier(DNSName(ALEXA)).verify(leaf, between)
    except (VerificationError, ValueError) as error:
        raise Refused(Code.CHAIN_UNTRUSTED, str(error)) from None
    key = leaf.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_KEY:
        raise Refused(Code.CHAIN_KEY, str(getattr(key, "key_size", key)))
    return Chain(
        key=key,
        not_before=max(one.not_valid_before_utc for one in path),
        not_after=min(one.not_valid_after_utc for one in path),
    )


def _certificates(pem: bytes) -> list[Certificate]:
    if pem.count(_END) > LONGEST_CHAIN:
        raise Refused(Code.CHAIN_FORM, "more certificates than a chain has")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return load_pem_x509_certificates(pem)
    except (ValueError, Warning) as error:
        raise Refused(Code.CHAIN_FORM, str(error)) from None


def _check_name(leaf: Certificate) -> None:
    """Alexa's very name has to stand there, a wildcard does not count; and the leaf may be no authority."""
    try:
        names = leaf.extensions.get_extension_for_class(SubjectAlternativeName).value.get_values_for_type(
            DNSName
        )
    except (ExtensionNotFound, ValueError) as error:
        raise Refused(Code.CHAIN_NAME, str(error)) from None
    if ALEXA not in names:
        raise Refused(Code.CHAIN_NAME, ", ".join(names))
    try:
        is_ca = leaf.extensions.get_extension_for_class(BasicConstraints).value.ca
    except ExtensionNotFound:
        is_ca = False
    if is_ca:
        raise Refused(Code.CHAIN_UNTRUSTED, "the leaf is an authority")
