"""What 10,000 refused requests, each with a certificate address of its own, leave in a real server's memory.

Run: `python -m bench.turns.refusals`. gunicorn with the skill's settings; the certificate host is the bench's
and has no chain at any of these addresses. The worker's resident memory is read before, after, and after as many more.
"""

import argparse
import http.client
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.turns.slow_clients import turns
from tests.alexa.verify.table import Table
from tests.front.serving import gunicorn


def resident_kb(pid: int) -> int:
    """The resident memory of a process's only child, gunicorn's worker, in kB."""
    child = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
    lines = Path(f"/proc/{child}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


def knock(port: int, first: int, count: int) -> None:
    """Ask with a well-formed signature of nobody's, and an address that was never named before."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for n in range(first, first + count):
        url = f"https://s3.amazonaws.com/echo.api/{n}.pem"
        headers = {
            "SignatureCertChainUrl": url,
            "Signature-256": "A" * 342 + "==",
            "Content-Type": "application/json",
        }
        connection.request("POST", "/alexa", b"{}", headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 400, answer.status
    connection.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=10_000)
    count = options.parse_args().requests
    table = Table(datetime.now(UTC).replace(microsecond=0))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "root.pem").write_bytes(table.pki.root.pem)
        Path(folder, "chain.pem").write_bytes(table.pki.chain)
        os.environ["BENCH_FOLDER"] = folder
        with gunicorn(app="bench.turns.slow_clients:served()") as (port, process):
            turns(port, table, 0, 50)
            knock(port, 0, 500)
            seen = [resident_kb(process.pid)]
            began = time.monotonic()
            for part in range(2):
                knock(port, 500 + part * count, count)
                seen.append(resident_kb(process.pid))
            took = (time.monotonic() - began) / (2 * count) * 1e6
    more = [kb - seen[0] for kb in seen]
    print(f"resident: {seen[0]} kB at first; {more[1]:+} kB after {count}; {more[2]:+} kB after {2 * count}")
    print(f"{took:.0f} us a refusal, there and back")


if __name__ == "__main__":
    main()
