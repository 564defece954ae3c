"""A certificate authority for the tests: real keys, real chains, every fault that a case asks for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ALEXA = "echo-api.amazon.com"


@cache
def key(name: str) -> Any:
    """A key a name; the name's start tells its kind. Made once a run, as an RSA key takes a tenth of a
    second."""
    kinds: dict[str, Callable[[], Any]] = {
        "rsa1024": lambda: rsa.generate_private_key(65537, 1024),
        "rsa3072": lambda: rsa.generate_private_key(65537, 3072),
        "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
        "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
        "k1": lambda: ec.generate_private_key(ec.SECP256K1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate,
        "dsa": lambda: dsa.generate_private_key(2048),
    }
    return kinds.get(name.split("-")[0], lambda: rsa.generate_private_key(65537, 2048))()


def name_of(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class Made:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: Any

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def issue(
    common: str,
    by: Made | None,
    now: datetime,
    *,
    with_key: str = "",
    days: tuple[float, float] = (-30, 300),
    **faults: Any,
) -> Made:
    """A certificate, signed by another or by itself; `faults` are those of `_extensions`, as a case wants them."""
    own = key(with_key or f"rsa-{common}")
    signer = by.key if by else own
    builder = (
        x509.CertificateBuilder()
        .subject_name(name_of(common))
        .issuer_name(by.certificate.subject if by else name_of(common))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )
    for extension, critical in _extensions(own.public_key(), signer.public_key(), **faults):
        builder = builder.add_extension(extension, critical=critical)
    digest = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return Made(builder.sign(signer, digest), own)


def _extensions(
    own: Any,
    signer: Any,
    *,
    ca: bool = False,
    sans: tuple[x509.GeneralName, ...] | None = None,
    usages: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.SERVER_AUTH,),
    path_length: int | None = None,
    key_cert_sign: bool | None = None,
    constraints: x509.NameConstraints | None = None,
    extra: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> Iterator[tuple[x509.ExtensionType, bool]]:
    """Each extension, and whether it is critical."""
    yield x509.BasicConstraints(ca, path_length), True
    yield x509.SubjectKeyIdentifier.from_public_key(own), False
    yield x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), False
    yield _usage(ca if key_cert_sign is None else key_cert_sign), True
    if sans is not None:
        yield x509.SubjectAlternativeName(list(sans)), False
    if usages and not ca:
        yield x509.ExtendedKeyUsage(list(usages)), False
    if constraints:
        yield constraints, True
    yield from extra


def _usage(key_cert_sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=key_cert_sign,
        encipher_only=False,
        decipher_only=False,
    )


@dataclass(frozen=True)
class Authority:
    """What the good cases use: a trusted root, an authority below it, and Alexa's leaf."""

    root: Made
    between: Made
    leaf: Made
    stranger: Made

    @property
    def chain(self) -> bytes:
        return self.leaf.pem + self.between.pem


def authority(now: datetime) -> Authority:
    root = issue("root", None, now, ca=True)
    between = issue("between", root, now, ca=True, path_length=0)
    leaf = issue("leaf", between, now, sans=(x509.DNSName(ALEXA),))
    return Authority(root, between, leaf, stranger=issue("stranger", None, now, ca=True))


def sign(signer: Any, body: bytes, digest: hashes.HashAlgorithm | None = None) -> bytes:
    """An RSA signature as Amazon makes it, over the body's bytes."""
    signature: bytes = signer.sign(body, PKCS1v15(), digest or hashes.SHA256())
    return signature
