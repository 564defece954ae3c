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
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.parts import CLIENTS, need, need_clients

COACH = str(Path(sys.executable).with_name("glute-coach"))


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

    That the authority itself is trusted rightly, OpenSSL and Python's ssl show in tests/speaker/pairing.
    """
    shown = x509.load_pem_x509_certificate((folder / "coach.db.home" / "server.pem").read_bytes())
    key = shown.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


def phones(script: str, folder: Path, said: str, *rest: str) -> Any:
    """What two phones saw, by a script that asks for a person's help at the coach's computer; what it printed last."""
    need("chromium")
    need_clients()
    port = re.search(r"https://[\d.]+:(\d+)", said)
    assert port is not None
    arguments = [f"https://127.0.0.1:{port[1]}", key_hash(folder), code_in(said), *rest]
    command = ["node", script, *arguments]
    did: Any = None
    with subprocess.Popen(
        command, cwd=CLIENTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for line in running.stdout:
            did = json.loads(line)
            if did == "code":
                running.stdin.write(code_in(devices(folder, "pair", "--home-port", port[1])) + "\n")
            elif did == "withdraw":
                phone = next(each.split()[0] for each in reversed(devices(folder, "list").splitlines()))
                running.stdin.write(devices(folder, "withdraw", phone).splitlines()[0] + "\n")
            running.stdin.flush()
    return did


def pictures() -> list[str]:
    """The folder for pictures to look at, where one is wanted."""
    return [folder] if (folder := os.environ.get("PICTURES")) else []


@pytest.mark.long
def test_two_people_train_from_a_code_to_a_summary_and_a_cut_network_loses_no_set(tmp_path: Path) -> None:
    with serving(tmp_path) as said:
        did = phones("home_workouts.mjs", tmp_path, said, "17", "1", *pictures())
    assert "red" in did["firstBand"]
    assert [len(sets) for sets in did["done"]] == [6, 6]
    assert did["done"][0] != did["done"][1]
    assert did["stored"] == did["done"]
    assert did["wrong"] == [[], []]


@pytest.mark.long
def test_two_phones_pair_by_their_codes_and_one_is_withdrawn_in_mid_set(tmp_path: Path) -> None:
    with serving(tmp_path) as said:
        did = phones("home.mjs", tmp_path, said, *pictures())
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
