"""What it costs to know that a request is Alexa's: ours, the SDK's verifier (patched to run), RSA alone.

Run from the tree: `python -m bench.turns.verify`. The SDK's verifier and what it needs are installed into a
folder that is thrown away afterwards; there, oscrypto's search for OpenSSL's version is widened to two
digits (wbond/oscrypto#78), without which it does not import, and it is told to trust the tests' root.
Nothing else of it is changed.
"""

import argparse
import base64
import gc
import hashlib
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from skill.alexa.verify import Verifier, signature
from tests.alexa.verify.table import SKILL, Table

SDK = ["ask-sdk-webservice-support==1.3.3", "certvalidator==0.11.1", "oscrypto==1.3.0", "asn1crypto==1.5.1"]


def sdk_verifier(folder: Path, table: Table) -> Any:
    """The SDK's RequestVerifier, installed, patched and given the chain, as if it had fetched it before."""
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--target", str(folder), *SDK], check=True, capture_output=True)
    for name in ("_libcrypto_cffi.py", "_libcrypto_ctypes.py"):
        file = folder / "oscrypto" / "_openssl" / name
        file.write_text(
            file.read_text().replace(r"\\b(\\d\\.\\d\\.\\d[a-z]*)\\b", r"\\b(\\d\\.\\d\\.\\d+[a-z]*)\\b")
        )
    sys.path.insert(0, str(folder))
    warnings.simplefilter("ignore")
    from ask_sdk_webservice_support import verifier
    from certvalidator import CertificateValidator, ValidationContext

    root = table.pki.root.pem
    verifier.CertificateValidator = lambda leaf, between: CertificateValidator(
        leaf, between, validation_context=ValidationContext(trust_roots=[root])
    )
    made = verifier.RequestVerifier()
    made._cert_cache["https://s3.amazonaws.com/echo.api/a.pem"] = table.pki.chain
    return made


def microseconds(work: Callable[[], object], times: int, rounds: int = 15) -> float:
    """The least of some rounds' CPU time for a call, in microseconds: other work here only adds to it."""
    took = []
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        for _ in range(times):
            work()
        took.append((time.process_time() - began) / times * 1e6)
    return min(took)


def envelope(table: Table, size: int) -> bytes:
    """A signed body of a size, shaped as devices send them: many small objects rather than one long text."""
    parts: list[dict[str, Any]] = []
    while len(body := table.body(session={"application": {"applicationId": SKILL}}, viewports=parts)) < size:
        parts.append(
            {"id": len(parts), "shape": "RECTANGLE", "size": {"type": "DISCRETE", "pixelHeight": 800}}
        )
    return body


def measure(table: Table, sdk: Any, size: int, times: int) -> dict[str, float]:
    """CPU microseconds of each way to verify one request whose chain was fetched before."""
    body = envelope(table, size)
    made = base64.b64encode(table.pki.leaf.key.sign(body, *_scheme())).decode()
    headers = {"SignatureCertChainUrl": "https://s3.amazonaws.com/echo.api/a.pem", "Signature-256": made}
    ours = Verifier([SKILL], fetch=lambda _: table.pki.chain, roots=[table.pki.root.certificate])
    key, raw = table.pki.leaf.key.public_key(), base64.b64decode(made)

    def once() -> None:
        ours.verify(headers, body, table.now)
        ours.not_served(body)  # or the second time were a replay

    old = dict(headers) | {"Signature": headers["Signature-256"]}
    text = body.decode()
    found = {
        "ours": microseconds(once, times),
        "RSA alone": microseconds(lambda: signature.check(key, raw, body), times),
        "SHA-256 of the body": microseconds(lambda: hashlib.sha256(body).digest(), times),
        "json.loads of the body": microseconds(lambda: json.loads(body), times),
    }
    if sdk is not None:
        found["the SDK's"] = microseconds(lambda: sdk.verify(old, text, None), max(1, times // 20))
    return found


def _scheme() -> tuple[Any, Any]:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    return PKCS1v15(), SHA256()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=500)
    options.add_argument("--no-sdk", action="store_true", help="where no package can be installed")
    chosen = options.parse_args()
    table = Table(datetime.now(UTC).replace(microsecond=0))
    with tempfile.TemporaryDirectory() as folder:
        sdk = None if chosen.no_sdk else sdk_verifier(Path(folder), table)
        for size in (1000, 4000):
            for name, took in measure(table, sdk, size, chosen.times).items():
                print(f"{size:>5} bytes  {name:<24}{took:9.1f} us of CPU")


if __name__ == "__main__":
    main()
