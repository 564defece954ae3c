"""A third opinion on the chains, since alexa-verifier looks at the leaf alone: openssl builds its own
paths."""

import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates

from tests.alexa.verify.differences import stale, unexplained
from tests.alexa.verify.pki import ALEXA
from tests.alexa.verify.table import LET_IN, Case, Table
from tests.parts import need

ABOUT_CHAINS = ("chain:", "leaf:", "authority:", "weak:")


def openssl_says(case: Case, table: Table, folder: Path) -> str:
    """Whether openssl finds a path from the case's leaf to our root, for a server of Alexa's name."""
    root, leaf, rest = folder / "root.pem", folder / "leaf.pem", folder / "rest.pem"
    certificates = [one.public_bytes(Encoding.PEM) for one in load_pem_x509_certificates(case.served.text)]
    root.write_bytes(table.pki.root.pem)
    leaf.write_bytes(certificates[0])
    rest.write_bytes(b"".join(certificates))
    command = ["openssl", "verify", "-CAfile", root, "-untrusted", rest, "-no-CApath", "-no-CAstore"]
    command += ["-purpose", "sslserver", "-verify_hostname", ALEXA, "-auth_level", "2", "-x509_strict"]
    command += ["-attime", str(int(table.now.timestamp())), leaf]
    trusts = subprocess.run(command, capture_output=True, timeout=20).returncode == 0
    return LET_IN if trusts else "refused"


def test_openssl_agrees_on_every_chain_or_data_says_why_not(table: Table, tmp_path: Path) -> None:
    need("openssl")
    judged = [
        case
        for case in table.cases
        if case.name.startswith(ABOUT_CHAINS) and case.expected in (LET_IN, "chain-untrusted")
    ]
    assert len(judged) >= 40
    ours = {case.name: case.expected for case in judged}
    theirs = {case.name: openssl_says(case, table, tmp_path) for case in judged}
    assert unexplained("openssl", ours, theirs) == {}
    assert stale("openssl", ours, theirs) == []
