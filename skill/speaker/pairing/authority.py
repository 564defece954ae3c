"""The coach's own authority, made once, and the certificate that it signs for this machine.

The authority can sign for a home and for nothing else: its certificate says so (name constraints), and a phone that
trusts it refuses what it would sign for a bank. So a stolen key opens no more than the coach.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from skill.speaker.pairing.folder import read_secret
from skill.store.whole_files import OWNER_ONLY, write_whole

AUTHORITY_DAYS: Final = 3650
CERTIFICATE_DAYS: Final = 90
"""Phones take no longer ones than 825 days from an authority of one's own; a shorter one is renewed sooner."""
RENEW_DAYS: Final = 30
NETWORKS: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
ZONES: Final = ("local", "localhost", "home.arpa")

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Signed:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        """The certificate, to be shown to anybody."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def whole_pem(self) -> bytes:
        """Key and certificate, for the owner alone."""
        form = serialization.PrivateFormat.PKCS8
        secret = self.key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        return secret + self.pem

    @property
    def fingerprint(self) -> str:
        """What a person can compare on two screens: SHA-256 in pairs of hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    def covers(self, names: Sequence[str], until: datetime) -> bool:
        """Whether it holds until then, for all of these names and addresses."""
        held = self.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        have = {str(each.value) for each in held}
        return until < self.certificate.not_valid_after_utc and set(names) <= have


def authority_in(folder: Path, names: Sequence[str], now: datetime) -> Signed:
    """The authority that lies in a folder; made where there is none, or where it has expired.

    `names` are what it will sign for first; a network that is no usual home's is let in by them.

    Raises Exposed: its key could have been read by others.
    """
    kept = _kept(folder / "authority.pem")
    if kept is not None and now < kept.certificate.not_valid_after_utc:
        return kept
    made = _make_authority(names, now)
    write_whole(folder / "authority.pem", made.whole_pem, OWNER_ONLY)
    return made


def certificate_in(folder: Path, authority: Signed, names: Sequence[str], now: datetime) -> Signed:
    """This machine's certificate; signed anew where it soon expires or names or addresses have changed.

    Raises Exposed: its key could have been read by others.
    """
    kept = _kept(folder / "server.pem")
    if kept is not None and kept.covers(names, now + timedelta(days=RENEW_DAYS)) and _is_by(kept, authority):
        return kept
    made = sign(authority, names, now)
    write_whole(folder / "server.pem", made.whole_pem, OWNER_ONLY)
    return made


def sign(authority: Signed, names: Sequence[str], now: datetime) -> Signed:
    """A new certificate for these names and addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder("Glute coach", key, now, CERTIFICATE_DAYS, authority.certificate.subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(
        x509.SubjectAlternativeName([_name(each) for each in names]), critical=False
    )
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = builder.add_extension(known, critical=False)
    return Signed(builder.sign(authority.key, hashes.SHA256()), key)


def _make_authority(names: Sequence[str], now: datetime) -> Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    title = f"Glute coach at home, {now:%Y-%m-%d}"
    builder = _builder(title, key, now, AUTHORITY_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs=True), critical=True)
    bounds = x509.NameConstraints(permitted_subtrees=_bounds(names), excluded_subtrees=None)
    builder = builder.add_extension(bounds, critical=True)
    return Signed(builder.sign(key, hashes.SHA256()), key)


def _bounds(names: Sequence[str]) -> list[x509.GeneralName]:
    networks = [ipaddress.IPv4Network(each) for each in NETWORKS]
    for name in map(_name, names):
        address = name.value if isinstance(name, x509.IPAddress) else None
        if isinstance(address, ipaddress.IPv4Address) and not any(address in each for each in networks):
            networks.append(ipaddress.IPv4Network(f"{address}/24", strict=False))
    return [*map(x509.DNSName, ZONES), *map(x509.IPAddress, networks)]


def _builder(
    title: str, key: Key, now: datetime, days: int, issuer: x509.Name | None = None
) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer or subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1))  # a phone's clock may be a little slow
    builder = builder.not_valid_after(now + timedelta(days=days))
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.IPAddress | x509.DNSName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _is_by(kept: Signed, authority: Signed) -> bool:
    try:
        kept.certificate.verify_directly_issued_by(authority.certificate)
    except Exception:  # a wrong name, key or signature: each only says that it is another's
        return False
    return True


def _kept(file: Path) -> Signed | None:
    content = read_secret(file)
    if content is None:
        return None
    key = serialization.load_pem_private_key(content, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{file} holds a key of another kind; take it away, and it is made anew")
    return Signed(x509.load_pem_x509_certificate(content), key)
