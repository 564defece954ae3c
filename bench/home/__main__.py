"""The home's figures: from the code to the first counted rep, sets lost to a cut network, first paint over HTTPS.

Run: `python -m bench.home`, or `python -m bench.home --picture FILE` for the README's picture. Two phones of Chromium
do what two people do. `pytest tests/speaker/pairing/test_door.py` tries 10,000 requests of strangers; `bench.speaker`
names
what measures beats and ring.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path
from typing import Final

from tests.browser.test_home import phones, serving

WORKOUTS: Final = 5
SEED: Final = 17


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--picture", type=Path, metavar="FILE", help="only draw two phones in a set")
    if (picture := parser.parse_args().picture) is not None:
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as said:
            phones("home_picture.mjs", Path(folder), said, str(picture.resolve()))
        return
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as said:
        did = phones("home.mjs", Path(folder), said)
    print(f"from the code to the first counted rep: {did['toFirstRepS']:.0f} s")
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as said:
        did = phones("home_workouts.mjs", Path(folder), said, str(SEED), str(WORKOUTS))
    print(f"the same on a second device, of a second person: {did['secondToFirstRepS']:.0f} s")
    done, kept = ([reps for sets in did[what] for reps in sets] for what in ("done", "stored"))
    lost = sum(one != other for one, other in zip(done, kept, strict=True))
    print(f"sets lost or wrong after {len(done)} cuts of the network, seed {SEED}: {lost}")
    paints = [each["paint_ms"] for each in did["paints"]]
    print(f"first paint over home HTTPS {statistics.median(paints):.0f} ms (median of {len(paints)})")
    print(f"weight {max(each['bytes'] for each in did['paints']) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
