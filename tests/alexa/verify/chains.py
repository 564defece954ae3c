"""Certificate chains: the good ones in their variety, and every way in which one is not Alexa's."""

import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.alexa.verify.pki import ALEXA, Made, issue, name_of
from tests.alexa.verify.table import LET_IN, Table

NAME = (x509.DNSName(ALEXA),)


def add_chains(table: Table) -> None:
    _good(table)
    _good_leaves(table)
    _names(table)
    _times(table)
    _strange_paths(table)
    _paths_past_limits(table)
    _forged_paths(table)
    _orders(table)
    _leaves(table)
    _weak(table)


def _good(table: Table) -> None:
    pki, now = table.pki, table.now
    other = issue("between2", pki.root, now, ca=True)
    long = issue("leaf-long", other, now, sans=NAME, with_key="rsa3072")
    cross = issue("between", pki.stranger, now, ca=True)
    pem = pki.chain
    good: dict[str, tuple[bytes, Made]] = {
        "with its root": (pem + pki.root.pem, pki.leaf),
        "with a stranger in it": (pem + pki.stranger.pem, pki.leaf),
        "authorities in any order": (long.pem + pki.root.pem + pki.between.pem + other.pem, long),
        "cross-signed, the stranger's copy first": (pki.leaf.pem + cross.pem + pki.between.pem, pki.leaf),
        "cross-signed, the stranger's copy last": (pem + cross.pem + pki.stranger.pem, pki.leaf),
        "twice the same authority": (pem + pki.between.pem, pki.leaf),
        "key of 3072 bits": (long.pem + other.pem, long),
        "words before it": (b"subject=/CN=echo-api\nissuer=/CN=x\n" + pem, pki.leaf),
        "line ends of Windows": (pem.replace(b"\n", b"\r\n"), pki.leaf),
        "no line end": (pem.rstrip(), pki.leaf),
    }
    for name, (text, signer) in good.items():
        table.add(f"chain: {name}", served=text, signer=signer)


def _good_leaves(table: Table) -> None:
    pki = table.pki
    curve = issue("between-p256", pki.root, table.now, ca=True, with_key="p256")
    for name, by, options in (
        ("straight from the root", pki.root, {}),
        ("from an authority with a P-256 key", curve, {}),
        ("more names than one", pki.between, {"sans": (x509.DNSName("a.example"), *NAME)}),
        ("ends in an hour", pki.between, {"days": (-1, 1 / 24)}),
        ("began a minute ago", pki.between, {"days": (-1 / 1440, 30)}),
        ("for servers and clients", pki.between, {"usages": _usages("SERVER_AUTH", "CLIENT_AUTH")}),
    ):
        leaf = issue("leaf-good", by, table.now, **({"sans": NAME} | options))  # type: ignore[arg-type]
        table.add(f"chain: {name}", served=leaf.pem + by.pem, signer=leaf)


def _usages(*names: str) -> tuple[x509.ObjectIdentifier, ...]:
    return tuple(getattr(ExtendedKeyUsageOID, name) for name in names)


def _leaf(table: Table, name: str, expected: str, **options: object) -> None:
    by = table.pki.between
    leaf = issue("leaf-case", by, table.now, **({"sans": NAME} | options))  # type: ignore[arg-type]
    table.add(f"leaf: {name}", expected, served=leaf.pem + by.pem, signer=leaf)


def _names(table: Table) -> None:
    for name, sans in {
        "no names": None,
        "another name": (x509.DNSName("echo-api.example.com"),),
        "a wildcard": (x509.DNSName("*.amazon.com"),),
        "a wildcard of the top": (x509.DNSName("*.com"),),
        "a wildcard in the label": (x509.DNSName("echo-*.amazon.com"),),
        "a name that begins like it": (x509.DNSName(ALEXA + ".evil.example"),),
        "a name that ends like it": (x509.DNSName("x" + ALEXA),),
        "the parent": (x509.DNSName("amazon.com"),),
        "a name below it": (x509.DNSName("a." + ALEXA),),
        "a dot at the end": (x509.DNSName(ALEXA + "."),),
        "a NUL in the name": (x509.DNSName(ALEXA + "\0.evil.example"),),
        "as a mail address": (x509.RFC822Name("x@" + ALEXA),),
        "as an address": (x509.UniformResourceIdentifier("https://" + ALEXA),),
        "an IP address": (x509.IPAddress(ipaddress.ip_address("127.0.0.1")),),
        "as a directory name": (x509.DirectoryName(name_of(ALEXA)),),
    }.items():
        _leaf(table, name, "chain-name", sans=sans)
    subject = issue(ALEXA, table.pki.between, table.now, sans=None)
    text = subject.pem + table.pki.between.pem
    table.add("leaf: in the subject only", "chain-name", served=text, signer=subject)


def _times(table: Table) -> None:
    pki, now = table.pki, table.now
    untrusted = "chain-untrusted"
    for name, days in {
        "expired a year ago": (-700, -365),
        "expired a minute ago": (-30, -1 / 1440),
        "not yet valid": (1, 30),
        "valid in a minute or two": (2 / 1440, 30),
        "ended before it began": (30, 31),
    }.items():
        _leaf(table, name, untrusted, days=days)
    for name, days in {"expired": (-30, -1), "not yet valid": (1, 30)}.items():
        between = issue("between-case", pki.root, now, ca=True, days=days)
        leaf = issue("leaf-case", between, now, sans=NAME)
        table.add(f"authority: {name}", untrusted, served=leaf.pem + between.pem, signer=leaf)


def _untrusted(table: Table, cases: dict[str, tuple[bytes, Made]]) -> None:
    for name, (text, signer) in cases.items():
        table.add(f"chain: {name}", "chain-untrusted", served=text, signer=signer)


def _strange_paths(table: Table) -> None:
    pki, now = table.pki, table.now
    alone = issue("leaf-alone", None, now, sans=NAME)
    strange = issue("leaf-strange", pki.stranger, now, sans=NAME)
    plain = issue("between-plain", pki.root, now, ca=False)
    cases = {
        "self-signed": (alone.pem, alone),
        "self-signed, a good chain after it": (alone.pem + pki.chain, alone),
        "from an untrusted root": (strange.pem, strange),
        "from an untrusted root, root and all": (strange.pem + pki.stranger.pem, strange),
        "missing authority": (pki.leaf.pem, pki.leaf),
        "another authority instead": (pki.leaf.pem + plain.pem, pki.leaf),
    }
    _untrusted(table, cases)


def _paths_past_limits(table: Table) -> None:
    pki, now = table.pki, table.now
    fenced_off = x509.NameConstraints(None, [x509.DNSName("amazon.com")])
    above = {
        "signed by another leaf": (pki.leaf, pki.between.pem),
        "below what is no authority": (issue("between-plain", pki.root, now, ca=False), b""),
        "below an authority that may not sign": (
            issue("between-unable", pki.root, now, ca=True, key_cert_sign=False),
            b"",
        ),
        "longer than the authority permits": (
            issue("between-deep", pki.between, now, ca=True),
            pki.between.pem,
        ),
        "outside the authority's fence": (
            issue("between-fence", pki.root, now, ca=True, constraints=fenced_off),
            b"",
        ),
    }
    for name, (by, rest) in above.items():
        leaf = issue("leaf-case", by, now, sans=NAME)
        _untrusted(table, {name: (leaf.pem + by.pem + rest, leaf)})


def _forged_paths(table: Table) -> None:
    pki, now = table.pki, table.now
    impostor = issue("between", None, now, ca=True, with_key="rsa-impostor")
    forged = issue("leaf-case", impostor, now, sans=NAME)
    bad_root = issue("root", None, now, ca=True, with_key="rsa-impostor")
    under_bad_root = issue("leaf-case", bad_root, now, sans=NAME)
    cases = {
        "an authority of the same name": (forged.pem + pki.between.pem, forged),
        "a forged authority of the same name": (forged.pem + impostor.pem + pki.between.pem, forged),
        "a forged root of the same name": (under_bad_root.pem + bad_root.pem, under_bad_root),
    }
    _untrusted(table, cases)


def _orders(table: Table) -> None:
    pki = table.pki
    table.add("chain: authority first", "chain-name", served=pki.between.pem + pki.leaf.pem)
    table.add("chain: authority alone", "chain-name", served=pki.between.pem, signer=pki.between)
    table.add("chain: nine certificates", "chain-form", served=pki.leaf.pem + pki.between.pem * 8)


def _leaves(table: Table) -> None:
    untrusted = "chain-untrusted"
    _leaf(table, "an authority itself", untrusted, ca=True)
    _leaf(table, "for clients only", untrusted, usages=_usages("CLIENT_AUTH"))
    _leaf(table, "for mail only", untrusted, usages=_usages("EMAIL_PROTECTION"))
    _leaf(table, "for code only", untrusted, usages=_usages("CODE_SIGNING"))
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
    _leaf(table, "an unknown critical extension", untrusted, extra=((unknown, True),))
    _leaf(table, "an unknown extension", LET_IN, extra=((unknown, False),))
    der = bytearray(table.pki.leaf.certificate.public_bytes(Encoding.DER))
    der[-10] ^= 1
    changed = x509.load_der_x509_certificate(bytes(der)).public_bytes(Encoding.PEM)
    table.add("leaf: a bit of its signature turned", untrusted, served=changed + table.pki.between.pem)


def _weak(table: Table) -> None:
    untrusted = "chain-untrusted"
    pki, now = table.pki, table.now
    small = issue("between-small", pki.root, now, ca=True, with_key="rsa1024")
    under = issue("leaf-case", small, now, sans=NAME)
    table.add("weak: an authority's key of 1024 bits", untrusted, served=under.pem + small.pem, signer=under)
    weak = issue("leaf-weak", pki.between, now, sans=NAME, with_key="rsa1024")
    # The signature is as short as the key, which shows before anything is fetched.
    table.add("weak: a key of 1024 bits", "signature-form", served=weak.pem + pki.between.pem, signer=weak)
    text, long = weak.pem + pki.between.pem, "A" * 342 + "=="
    table.add("weak: a key of 1024 bits, long signature", "chain-key", served=text, signature=long)
    for digest, oid in ((hashes.SHA1(), b"\x05"), (hashes.MD5(), b"\x04")):
        old = _signed_with(pki.leaf.certificate, pki.between, digest, oid)
        table.add(f"weak: {digest.name} certificate", untrusted, served=old + pki.between.pem)
    for curve in ("p256", "p384", "k1", "ed25519", "dsa"):
        leaf = issue("leaf-curve", pki.between, now, sans=NAME, with_key=curve)
        table.add(f"key: {curve}", "chain-key", served=leaf.pem + pki.between.pem, signature=long)


def _signed_with(certificate: x509.Certificate, by: Made, digest: hashes.HashAlgorithm, oid: bytes) -> bytes:
    """A certificate signed with a hash that the library no longer signs with, made from one with SHA-256."""
    prefix = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01"
    named = certificate.tbs_certificate_bytes.replace(prefix + b"\x0b", prefix + oid)
    der = certificate.public_bytes(Encoding.DER).replace(prefix + b"\x0b", prefix + oid)
    der = der.replace(certificate.signature, by.key.sign(named, PKCS1v15(), digest))
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
