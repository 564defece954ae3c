"""What the certificate host may answer: text that is no chain, too much, too slowly, from elsewhere, or not at all."""

from collections.abc import Callable

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.alexa.verify.pki import ALEXA, key, name_of
from tests.alexa.verify.table import Served, Table


def add_deliveries(table: Table) -> None:
    _texts(table)
    _deliveries(table)


def _texts(table: Table) -> None:
    pki = table.pki
    pem = pki.chain
    middle = len(pki.leaf.pem) // 2
    public = pki.leaf.certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    builder = x509.CertificateSigningRequestBuilder().subject_name(name_of(ALEXA))
    request = builder.sign(key("rsa-leaf"), hashes.SHA256())
    rubbish = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    change: dict[str, Callable[[], bytes]] = {
        "empty": lambda: b"",
        "HTML": lambda: b"<!doctype html><title>Not found</title>",
        "JSON": lambda: b'{"error": "none"}',
        "zeros": lambda: bytes(4096),
        "text outside ASCII": lambda: "Zertifikat für Älexa".encode(),
        "cut in the middle": lambda: pem[:middle],
        "a frame of nothing": lambda: b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "a frame of rubbish": lambda: rubbish,
        "a frame of no base64": lambda: b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
        "no end": lambda: pki.leaf.pem.replace(b"-----END CERTIFICATE-----", b""),
        "a key": lambda: pki.stranger.key_pem,
        "a public key": lambda: public,
        "a signing request": lambda: request.public_bytes(Encoding.PEM),
        "raw DER": lambda: pki.leaf.certificate.public_bytes(Encoding.DER),
        "a letter missing": lambda: pem[:200] + pem[201:],
        "rubbish after a good leaf": lambda: pki.leaf.pem + rubbish,
    }
    for name, text in change.items():
        table.add(f"text: {name}", "chain-form", served=text())


def _deliveries(table: Table) -> None:
    pem = table.pki.chain
    away = "https://s3.amazonaws.com/echo.api/elsewhere.pem"
    for status in (301, 302, 303, 307, 308):
        table.add(f"delivery: redirect {status}", "fetch-status", served=Served(pem, status, location=away))
    abroad = Served(b"", 302, location="https://evil.example/")
    table.add("delivery: redirect to another host", "fetch-status", served=abroad)
    for status in (204, 206, 403, 404, 500, 503):
        table.add(
            f"delivery: status {status}", "fetch-status", served=Served(b"" if status == 204 else pem, status)
        )
    table.add("delivery: 10 MB after the chain", "fetch-size", served=pem + b"\n" + b"x" * 10_000_000)
    table.add("delivery: 10 MB of certificates", "fetch-size", served=pem * (10_000_000 // len(pem)))
    table.add("delivery: a byte more than is read", "fetch-size", served=pem + b"\n" * (65_537 - len(pem)))
    table.add("delivery: as much as is read", served=pem + b"\n" * (65_536 - len(pem)))
    table.add("delivery: dripping", "fetch-slow", served=Served(pem, drip_s=0.5))
    table.add("delivery: cut short", "fetch-failed", served=Served(pem, cut_short=True))
