"""Two phones in a home, in a real browser, over the coach's own HTTPS: from the code to the first counted rep."""

import base64
import contextlib
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.parts import CLIENTS, need, need_clients

COACH = str(Path(sys.executable).with_name("glute-coach"))
ALLOWED_S = 60


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """What `serve --home` says in its terminal, once it serves."""
    command = [COACH, "serve", "--home", "--port", "0", "--home-port", "0", "--db", str(folder / "coach.db")]
    log = folder / "coach.log"
    with open(log, "wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + 60
        while b"The code holds" not in log.read_bytes():
            is_well = server.poll() is None and time.monotonic() < deadline
            assert is_well, log.read_text("utf-8")[-800:]
            time.sleep(0.2)
        yield log.read_text("utf-8")
    finally:
        server.terminate()
        server.wait(60)


def devices(folder: Path, *what: str) -> str:
    """What `glute-coach devices` says."""
    command = [COACH, "devices", *what, "--db", str(folder / "coach.db")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def code_in(said: str) -> str:
    found = re.search(r"and type  (\d{4}) (\d{4})", said)
    assert found is not None
    return found[1] + found[2]


def key_hash(folder: Path) -> str:
    """The hash of the certificate's key, as Chromium names the one key that it is to take without its authority.

    That the authority itself is trusted rightly, OpenSSL and Python's ssl show in tests/speaker/home.
    """
    shown = x509.load_pem_x509_certificate((folder / "coach.db.home" / "server.pem").read_bytes())
    key = shown.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


@pytest.mark.long
def test_two_phones_pair_by_their_codes_and_one_is_withdrawn_in_mid_set(tmp_path: Path) -> None:
    need("chromium")
    need_clients()
    with serving(tmp_path) as said:
        port = re.search(r"https://[\d.]+:(\d+)", said)
        assert port is not None
        first = code_in(said)
        pictures = [folder] if (folder := os.environ.get("PICTURES")) else []
        arguments = [f"https://127.0.0.1:{port[1]}", key_hash(tmp_path), first, *pictures]
        with subprocess.Popen(
            ["node", "home.mjs", *arguments],
            cwd=CLIENTS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as script:
            assert script.stdin is not None
            assert script.stdout is not None
            did = {}
            for line in script.stdout:
                did = json.loads(line)
                if did == "code":
                    script.stdin.write(code_in(devices(tmp_path, "pair", "--home-port", port[1])) + "\n")
                elif did == "withdraw":
                    listed = devices(tmp_path, "list").splitlines()
                    phone = next(each.split()[0] for each in reversed(listed))
                    script.stdin.write(devices(tmp_path, "withdraw", phone).splitlines()[0] + "\n")
                script.stdin.flush()
    assert "ERR_CERT_AUTHORITY_INVALID" in did["untrusted"]
    assert did["trust"] == {"grave": [], "isWide": False}
    assert did["pictures"] == 3
    assert did["unpaired"] == {"path": "/pair", "grave": [], "isWide": False}
    assert did["microphone"]
    kept = {"name": "__Host-glute-coach", "secure": True, "httpOnly": True, "sameSite": "Strict"}
    assert did["cookies"] == [kept]
    assert did["usedTwice"] == "/pair"
    assert did["secondHeard"]
    assert "not paired" in did["withdrawn"]
    assert did["toFirstRepS"] < ALLOWED_S
    print(f"from the code to the first counted rep: {did['toFirstRepS']:.0f} s")
