"""How well the coach is interrupted: phrases mixed into its own count, without echo cancellation and without a pause.

python -m bench.hearing.barge_in [--voice flite:slt] prints a table: what was heard of each phrase where the coach's
voice is so many dB below the trainee's.
"""

import argparse
from collections.abc import Sequence

import numpy as np

from bench.hearing.__main__ import PIECE_BYTES, set_as_heard
from bench.hearing.clips import spoken
from skill.speaker.conversation.ears import SAMPLE_RATE, OpenEars, Sound
from skill.speaker.conversation.spoken import Heard
from skill.speaker.hearing import ears
from skill.speaker.understanding.understand import understand

PHRASES = ("stop", "alexa stop", "that hurts", "i can't do any more", "i'm done", "pause the set")
BELOW_DB = (0, 10, 20)
SAID_AT_S = 40.0
BEFORE_S, AFTER_S = 8.0, 5.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--voice", default="flite:slt", help="who interrupts (default: %(default)s)")
    who = parser.parse_args(arguments).voice
    open_ears = ears()
    count, cues = set_as_heard()
    print("| phrase | " + " | ".join(f"coach {below} dB softer" for below in BELOW_DB) + " |")
    print("|---" * (len(BELOW_DB) + 1) + "|")
    for phrase in PHRASES:
        heard = [_heard(open_ears, count, cues, spoken(phrase, who), below) for below in BELOW_DB]
        print(f"| {phrase} | " + " | ".join(_verdict(phrase, sounds) for sounds in heard) + " |", flush=True)


def _heard(
    open_ears: OpenEars, count: bytes, cues: Sequence[Heard], phrase: np.ndarray, below_db: int
) -> list[Sound]:
    """What is acted on in the part of the set into which the phrase is said."""
    since, until = int((SAID_AT_S - BEFORE_S) * SAMPLE_RATE), int((SAID_AT_S + AFTER_S) * SAMPLE_RATE)
    coach = np.frombuffer(count, "<i2")[since:until].astype(np.float32) / 32768
    room = coach * 10 ** (-below_db / 20)
    at = int(BEFORE_S * SAMPLE_RATE)
    room[at : at + len(phrase)] += phrase
    pcm = (np.clip(room, -1, 1) * 32767).astype("<i2").tobytes()
    listening = open_ears()
    sounds: list[Sound] = []
    for begin in range(0, len(pcm), PIECE_BYTES):
        now_ms = (since + begin // 2) * 1000 // SAMPLE_RATE
        saying = " ".join(cue.text for cue in cues if -1500 < cue.at_ms - now_ms <= 100)
        sounds += listening.hear(pcm[begin : begin + PIECE_BYTES], "coach_speaks", saying)
    return sounds


def _verdict(phrase: str, sounds: Sequence[Sound]) -> str:
    acted = [sound for sound in sounds if sound.understood is not None]
    if not acted:
        return "woken" if any(sound.kind == "woken" for sound in sounds) else "not heard"
    meant = understand(phrase).intent
    got = acted[0].understood
    assert got is not None
    return "heard" if got.intent == meant else f"taken for {acted[0].text!r}"


if __name__ == "__main__":
    main()
