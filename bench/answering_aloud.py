"""How long the trainee waits in the room: from the last sound of a question to the first sound of its answer.

python -m bench.answering_aloud [--questions N] lets a voice ask the page in Debian's Chromium through sound cards of
PulseAudio, records both sides and prints a table; docs/speaker.md has one run of it. What `bench.answering` leaves out
is in it: the microphone's pieces in real time, the pause that ends an utterance, the browser's own playing.
"""

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.answering import SAID
from tests.browser.chromium import seen
from tests.browser.heard import RATE, Clock
from tests.browser.stage import coach, say_into, sound_cards

LOUD = 300
LONGEST_S = 8


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--questions", type=int, default=10, help="how many questions are asked (default: %(default)s)"
    )
    chosen = parser.parse_args(arguments)
    names = [f"question-{nth % len(SAID)}" for nth in range(chosen.questions)]
    load = os.getloadavg()[0]
    with TemporaryDirectory() as name:
        folder = Path(name)
        say_into(folder, {f"question-{nth}": ("piper", text) for nth, text in enumerate(SAID)})
        with sound_cards(folder) as cards, coach(folder) as address:
            log = seen(
                "workout.mjs",
                address,
                str(folder),
                "questions",
                *names,
                environment=dict(cards),
                is_measured=True,
            )
        waits = answered_after_s(log, folder)
    if not waits:
        raise SystemExit("no question was answered; is the voice installed, and hearing?")
    print(f"{datetime.now(UTC):%Y-%m-%d}, load {load:.1f} before on {os.cpu_count()} cores\n")
    print("| questions | answered at once | middle, s | 95th percentile, s |\n|---|---|---|---|")
    late = float(np.percentile(waits, 95))
    print(f"| {len(names)} | {len(waits)} | {median(waits):.2f} | {late:.2f} |")


def answered_after_s(log: dict[str, Any], folder: Path) -> list[float]:
    """For each question that was answered without being said again: the seconds between the two voices."""
    said, heard = _loud(log["said"], folder / "said.pcm"), _loud(log["heard"], folder / "heard.pcm")
    waits = []
    for question in log["questions"]:
        spoken = said[(said > question["asked"]) & (said < question["spoken"] + 1000)]
        if question["answer"] is None or not len(spoken):
            continue
        after = heard[heard > spoken[-1]]
        if len(after) and after[0] - spoken[-1] < LONGEST_S * 1000:
            waits.append(float(after[0] - spoken[-1]) / 1000)
    return waits


def _loud(pieces: Sequence[tuple[float, int]], file: Path) -> Any:
    """The instants (ms) at which something is heard, to 10 ms."""
    pcm = np.abs(np.fromfile(file, "<i2").astype(np.int32))
    step = RATE // 100
    clock = Clock(pieces)
    loudest = pcm[: len(pcm) // step * step].reshape(-1, step).max(axis=1)
    return np.array([clock.at(int(nth) * step) for nth in np.flatnonzero(loudest > LOUD)])


if __name__ == "__main__":
    main()
