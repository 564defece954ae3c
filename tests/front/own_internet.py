"""An internet of one's own: run in a network and a mount namespace, it holds the certificate host, the skill and Alexa.

There the name of Amazon's certificate host leads to loopback, as /etc/hosts says, and the one root that
anything trusts is the test's, which lies over certifi's. The skill is started by its own command, with
nothing in it patched or replaced. Prints what was heard, as JSON.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import certifi
from cryptography import x509

from tests.alexa.verify.host import CertificateHost
from tests.alexa.verify.pki import ALEXA, issue
from tests.alexa.verify.table import SKILL, Served, Table
from tests.front.serving import TREE, free_port, wait_until_it_answers
from tests.front.signing_proxy import signing_proxy

URL = "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"
STRANGERS = "https://s3.amazonaws.com/echo.api/stranger.pem"
WORKOUT = ("start", "yellow red and green", "ready", "i can't do any more", "i did 12", "that hurts", "stop")


def prepare(folder: Path, table: Table) -> None:
    """The namespace's loopback, names and roots; none of it is seen outside."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for text, place in (
        (b"127.0.0.1 localhost s3.amazonaws.com\n", "/etc/hosts"),
        (table.pki.root.pem, certifi.where()),
    ):
        file = folder / Path(place).name
        file.write_bytes(text)
        subprocess.run(["mount", "--bind", file, place], check=True)


def say(url: str, *words: str) -> Any:
    """What virtual-alexa hears."""
    model = TREE / "interaction_models" / "en-US.json"
    command = [
        "node",
        TREE / "tests/front/virtual_alexa.mjs",
        url,
        model,
        SKILL,
        TREE / "tests/clients",
        *words,
    ]
    return json.loads(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)


def scenes(port: int, table: Table, stranger: Any) -> dict[str, Any]:
    """A whole workout signed well, and what becomes of the same launch signed or passed on badly."""
    key = table.pki.leaf.key

    def launch(with_key: Any, url: str, spoil: Callable[[bytes], bytes] = bytes) -> Any:
        with signing_proxy(port, with_key, url, spoil) as proxy:
            return say(f"http://127.0.0.1:{proxy}/", "start")[0]

    with signing_proxy(port, key, URL) as proxy:
        workout = say(f"http://127.0.0.1:{proxy}/", *WORKOUT)
    return {
        "workout": workout,
        "unsigned": say(f"http://127.0.0.1:{port}/alexa", "start")[0],
        "tampered": launch(key, URL, lambda body: body.replace(b"LaunchRequest", b"LaunchReQuest")),
        "stranger": launch(stranger.key, STRANGERS),
        "another host": launch(key, URL.replace("s3.amazonaws.com", "localhost")),
    }


def main() -> None:
    table = Table(datetime.now(UTC).replace(microsecond=0))
    stranger = issue("leaf-strange", table.pki.stranger, table.now, sans=(x509.DNSName(ALEXA),))
    strange = Served(stranger.pem + table.pki.stranger.pem)
    files = {"echo-api-cert.pem": Served(table.pki.chain), "stranger.pem": strange}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, table)
        port = free_port()
        command = [
            Path(sys.executable).parent / "glute-coach",
            "serve",
            "--port",
            str(port),
            "--skill-id",
            SKILL,
        ]
        skill = subprocess.Popen(
            [*command, "--db", str(folder / "coach.db")], cwd=TREE, stdout=subprocess.DEVNULL
        )
        try:
            wait_until_it_answers(port, skill)
            with CertificateHost(files, folder, table.now, root=table.pki.root, port=443) as host:
                heard = scenes(port, table, stranger) | {"asked": host.asked}
        finally:
            skill.terminate()
            skill.wait(20)
        print(json.dumps(heard | {"ended": skill.returncode}))


if __name__ == "__main__":
    main()
