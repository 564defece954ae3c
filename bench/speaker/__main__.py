"""The speaker's figures: from `glute-coach serve` to the first spoken word, the page's first picture, its weight.

Run: `python -m bench.speaker`. `bench.hearing.answering_aloud` measures how quickly an answer follows speech, and
`pytest -m long -rP tests/browser/test_spoken_workout.py` how exact beats and ring are.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.browser.chromium import seen

TREE = Path(__file__).parents[2]


def main() -> None:
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        started(Path(folder))


def started(folder: Path) -> None:
    """From the start of the server, with an empty cache of words, to the first bytes of the first sentence."""
    begin = time.monotonic()
    command = [
        str(Path(sys.executable).with_name("glute-coach")),
        "serve",
        "--port",
        "0",
        "--db",
        str(folder / "coach.db"),
    ]
    environment = os.environ | {"XDG_CACHE_HOME": str(folder)}
    server = subprocess.Popen(command, cwd=TREE, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = re.search(r"http://[\d.:]+", server.stdout.readline())
        assert address is not None
        print(f"address printed after {time.monotonic() - begin:.1f} s")
        _first_word(address[0])
        print(f"first spoken word after {time.monotonic() - begin:.1f} s")
        _first_word(address[0])
        paints = seen("page.mjs", "paint", address[0])
        print(
            f"first paint {statistics.median(each['paint_ms'] for each in paints):.0f} ms (median of {len(paints)})"
        )
        print(f"weight {max(each['bytes'] for each in paints) / 1000:.1f} kB")
    finally:
        server.terminate()
        server.wait(10)


def _first_word(address: str) -> None:
    """Typed "start glute workout", until the first sentence is there to be played."""
    page = urllib.request.urlopen(address).read().decode()
    token = re.search(r'coach-token" content="([^"]+)"', page)
    assert token is not None
    begin = time.monotonic()
    body = json.dumps({"page": "bench-of-the-page", "text": "start glute workout"}).encode()
    headers = {"X-Coach-Token": token[1], "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/speaker/say", body, headers)) as answer:
        sound = json.load(answer)["sounds"][0]
    urllib.request.urlopen(address + sound).read()
    print(f"typed to first sound {time.monotonic() - begin:.2f} s")


if __name__ == "__main__":
    main()
