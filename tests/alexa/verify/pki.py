"""A certificate authority for the tests: real keys, real chains, every fault that a case asks for."""

from collections.abc import Callable
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
    ca: bool = False,
    sans: tuple[x509.GeneralName, ...] | None = None,
    days: tuple[float, float] = (-30, 300),
    digest: hashes.HashAlgorithm | None = None,
    usages: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.SERVER_AUTH,),
    path_length: int | None = None,
    key_cert_sign: bool | None = None,
    constraints: x509.NameConstraints | None = None,
    extra: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> Made:
    """A certificate, signed by another or by itself; every argument is a fault that a case may want."""
    own = key(with_key or f"rsa-{common}")
    signer = by.key if by else own
    issuer = by.certificate.subject if by else name_of(common)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name_of(common))
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca, path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(_usage(ca if key_cert_sign is None else key_cert_sign), critical=True)
    )
    if sans is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName(list(sans)), critical=False)
    if usages and not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(usages)), critical=False)
    if constraints:
        builder = builder.add_extension(constraints, critical=True)
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    if isinstance(signer, ed25519.Ed25519PrivateKey):
        return Made(builder.sign(signer, None), own)
    return Made(builder.sign(signer, digest or hashes.SHA256()), own)


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
