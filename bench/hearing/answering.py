"""How long the trainee waits: from the end of speech to the first sound of the answer, each part of the way.

python -m bench.hearing.answering [--clips N] prints a Markdown table. Clips are fed at once
rather than in real time, so what is measured is the work; the pause that ends an utterance is added as it is set.
"""

import argparse
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench.hearing.__main__ import PIECE_BYTES
from bench.hearing.clips import in_noise, spoken
from skill.app import Settings, build
from skill.speaker.conversation.ears import OpenEars
from skill.speaker.conversation.endpoint import endpoint_of
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.talks import Talk
from skill.speaker.hearing import ears
from skill.speaker.hearing.recognise import thresholds
from skill.speaker.page.attach import open_sounds
from skill.web import create_app

SAID = ("what band should i use", "how many reps", "how fast", "which muscles does it work", "how do i do it")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--clips", type=int, default=20, help="how many questions are asked (default: %(default)s)"
    )
    chosen = parser.parse_args(arguments)
    open_ears, sounds = ears(), open_sounds()
    with TemporaryDirectory() as folder:
        coach = build(Settings(store=f"{folder}/bench.db"))
        talk = Talk(endpoint_of(create_app(verify=False, coach=coach), coach), "bench")
        talk.say("start glute workout", None)
        talk.say("yellow red and green", None)
        waits = [_wait(talk, SAID[n % len(SAID)], n, open_ears, sounds) for n in range(chosen.clips)]
        coach.store.close()
    pause_s = thresholds()["pauses"]["pauses_after_ms"] / 1000
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"{chosen.clips} questions, {datetime.now(UTC):%Y-%m-%d}, {load}\n")
    print("| part | middle, s | 95th percentile, s | processor time in the middle, s |\n|---|---|---|---|")
    for part, times in zip(
        ("hearing and turn", "first sentence spoken"), zip(*waits, strict=True), strict=True
    ):
        walls, works = zip(*times, strict=True)
        print(f"| {part} | {median(walls):.2f} | {_late(walls):.2f} | {median(works):.2f} |")
    whole = [pause_s + sum(wall for wall, _ in wait) for wait in waits]
    work = [pause_s + sum(cpu for _, cpu in wait) for wait in waits]
    print(
        f"| with the pause of {pause_s} s | {median(whole):.2f} | {_late(whole):.2f} | {median(work):.2f} |"
    )


def _wait(talk: Talk, text: str, nth: int, open_ears: OpenEars, sounds: Sounds) -> list[tuple[float, float]]:
    """Seconds (by the clock, of the processor) of hearing with the turn, and of the voice, for one question."""
    pcm = in_noise(spoken(text, "piper"), None, f"{text} {nth}")
    talk.deafen()
    for at in range(0, len(pcm), PIECE_BYTES):
        began, worked = time.perf_counter(), time.process_time()
        hearing = talk.hear(pcm[at : at + PIECE_BYTES], "awake", None, open_ears)
        if hearing.answer:
            heard = (time.perf_counter() - began, time.process_time() - worked)
            began, worked = time.perf_counter(), time.process_time()
            sounds.wav(sounds.sentences(hearing.answer.spoken.text)[0])
            return [heard, (time.perf_counter() - began, time.process_time() - worked)]
    raise AssertionError(f"{text!r} was not heard")


def _late(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
