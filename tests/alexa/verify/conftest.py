"""The table of cases, its certificate host, and what each verifier says: made once a module."""

import base64
import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from skill.alexa.verify import Refused, Verifier
from skill.alexa.verify.fetch import fetch_chain
from tests.alexa.verify.host import CertificateHost
from tests.alexa.verify.table import LET_IN, SKILL, Case, Table
from tests.alexa.verify.whole import whole_table
from tests.parts import CLIENTS, need_clients

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def table() -> Table:
    return whole_table(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture(scope="session")
def host(table: Table, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CertificateHost]:
    files = {case.file: case.served for case in table.cases}
    with CertificateHost(files, tmp_path_factory.mktemp("host"), table.now) as host:
        yield host


@pytest.fixture(scope="session")
def ours(table: Table, host: CertificateHost) -> dict[str, str]:
    """Our verdict on each case, fetching for real, all from one verifier."""
    fetch = partial(fetch_chain, host="localhost", port=host.port, roots=str(host.roots))
    verifier = Verifier([SKILL], fetch=fetch, roots=[table.pki.root.certificate])
    return {case.name: _verdict(verifier, case, table.now) for case in table.cases}


def _verdict(verifier: Verifier, case: Case, now: datetime) -> str:
    try:
        verifier.verify(case.headers, case.body, now)
    except Refused as refused:
        return str(refused.code)
    return LET_IN


@pytest.fixture(scope="session")
def theirs(table: Table, host: CertificateHost, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The verdict of npm's alexa-verifier on each case: let-in, refused, or crashed."""
    need_clients()
    cases = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    cases.write_text("".join(json.dumps(_as_node_sees(case)) + "\n" for case in table.cases))
    command = [
        "node",
        str(HERE / "second_opinion.mjs"),
        str(cases),
        str(host.port),
        str(host.roots),
        str(CLIENTS),
        str(int(table.now.timestamp() * 1000)),
    ]
    out = subprocess.run(command, capture_output=True, text=True, timeout=280, check=True).stdout
    return {said["name"]: said["verdict"] for said in map(json.loads, out.splitlines())}


def _as_node_sees(case: Case) -> dict[str, str]:
    """Node's server joins two headers of one name with a comma and a blank, and makes all names small."""
    joined: dict[str, str] = {}
    for name, value in case.headers:
        small = name.lower()
        joined[small] = f"{joined[small]}, {value}" if small in joined else value
    return {
        "name": case.name,
        "url": joined.get("signaturecertchainurl", ""),
        "signature": joined.get("signature-256", ""),
        "body": base64.b64encode(case.body).decode(),
    }
