"""Amazon's signature: RSA, PKCS#1 v1.5, SHA-256, over the bytes as they came."""

import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from skill.alexa.verify.refused import Code, Refused

_SHORTEST, _LONGEST = 256, 512  # bytes: keys of 2048 to 4096 bits


def decode(header: str) -> bytes:
    """The signature's bytes; refused before anything is fetched if no key of a permitted length makes such.

    Raises Refused: it is not strict base64, or not as long as a signature.
    """
    try:
        signature = binascii.a2b_base64(header.encode("ascii"), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Refused(Code.SIGNATURE_FORM, str(error)) from None
    if not _SHORTEST <= len(signature) <= _LONGEST:
        raise Refused(Code.SIGNATURE_FORM, f"{len(signature)} bytes")
    return signature


def check(key: RSAPublicKey, signature: bytes, body: bytes) -> None:
    """Nothing, if the signature is the key owner's over exactly this body. Raises Refused: it is not."""
    try:
        key.verify(signature, body, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise Refused(Code.SIGNATURE_WRONG) from None
