"""How long the trainee waits in the room: from the last sound of a question to the first sound of its answer.

python -m bench.hearing.answering_aloud [--questions N] [--workouts N] lets a voice ask the page in Chromium through
sound cards of PulseAudio, records both sides and prints a table; docs/benchmarks.md has one run of it. What
The other bench leaves this out: the microphone's pieces in real time, the pause that ends an utterance, the
browser's own playing. Answers that carry a count have a row of their own. The cache of words is empty at first.
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.hearing.answering import SAID
from tests.browser.chromium import seen
from tests.browser.heard import RATE, Clock
from tests.browser.stage import coach, say_into, sound_cards

COUNTS = {"ready": ("piper", "Alexa, I'm ready."), "done": ("piper", "Alexa, I'm done.")}
Wait = tuple[float, float]
"""Seconds from the last sound of a question to the first of its answer, and to when the page had the answer."""
LOUD = 300
LONGEST_S = 8


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--questions", type=int, default=10, help="how many questions are asked (default: %(default)s)"
    )
    parser.add_argument(
        "--workouts", type=int, default=2, help="how many workouts are counted (default: %(default)s)"
    )
    chosen = parser.parse_args(arguments)
    lines = {f"question-{nth}": ("piper", text) for nth, text in enumerate(SAID)}
    print(f"{datetime.now(UTC):%Y-%m-%d}, load {os.getloadavg()[0]:.1f} before on {os.cpu_count()} cores\n")
    print(
        "| answers | asked for | answered at once | middle, s | 95th percentile, s | of it to the answer, s |"
    )
    print("|---|---|---|---|---|---|")
    if chosen.questions:
        asked, waits = waits_s(
            "questions", lines, [f"question-{n % len(SAID)}" for n in range(chosen.questions)]
        )
        print(_row("a question's", asked, waits), flush=True)
    counts = [waits_s("counts", COUNTS) for _ in range(chosen.workouts)]
    if counts:
        waits = [wait for _, of_workout in counts for wait in of_workout]
        print(_row("with a count", sum(asked for asked, _ in counts), waits))
    print(f"\nload {os.getloadavg()[0]:.1f} after")


def waits_s(
    what: str, lines: Mapping[str, tuple[str, str]], names: Sequence[str] = ()
) -> tuple[int, list[Wait]]:
    """How often the coach was asked on a new stage, and the waits of the answers that came at once."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        say_into(folder, lines)
        with sound_cards(folder) as cards, coach(folder, {"XDG_CACHE_HOME": name}) as address:
            log = seen("workout.mjs", address, name, what, *names, environment=dict(cards), is_measured=True)
        asked = [each for each in log["questions"] if what == "questions" or not _is_last(each)]
        return len(asked), answered_after_s(log | {"questions": asked}, folder)


def _is_last(question: dict[str, Any]) -> bool:
    """Whether it ended the last set: its answer carries no count."""
    return question["answer"] is not None and question["answer"]["count"] is None


def _row(name: str, asked: int, waits: Sequence[Wait]) -> str:
    if not waits:
        raise SystemExit("nothing was answered; is the voice installed, and hearing?")
    heard, came = zip(*waits, strict=True)
    late = float(np.percentile(heard, 95))
    return f"| {name} | {asked} | {len(waits)} | {median(heard):.2f} | {late:.2f} | {median(came):.2f} |"


def answered_after_s(log: dict[str, Any], folder: Path) -> list[Wait]:
    """For each question that was answered without being said again: how long that took.

    What sounds before the answer came is the count into which the trainee spoke.
    """
    said, heard = _loud(log["said"], folder / "said.pcm"), _loud(log["heard"], folder / "heard.pcm")
    waits = []
    for question in log["questions"]:
        spoken = said[(said > question["asked"]) & (said < question["spoken"] + 1000)]
        if question["answer"] is None or not len(spoken):
            continue
        after = heard[heard > max(spoken[-1], question["came"])]
        if len(after) and after[0] - spoken[-1] < LONGEST_S * 1000:
            waits.append((float(after[0] - spoken[-1]) / 1000, float(question["came"] - spoken[-1]) / 1000))
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
