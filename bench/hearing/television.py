"""A television that talks without a pause: what is heard over it, what of it is acted on, and what it costs.

python -m bench.hearing.television [--most N] [--minutes N] prints two Markdown tables. The television stands 1.5 m from
the microphone, the trainee lies on the floor of the same room 3 m away. It talks for 12 s before and 4 s after each
sentence.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np

from bench.hearing.clips import Clip, spoken
from bench.hearing.conditions import television
from bench.hearing.rooms import FAR, from_the_floor, from_the_loudspeaker, loudness
from skill.speaker.conversation.ears import SAMPLE_RATE, OpenEars, Room, Sound
from skill.speaker.hearing import ears
from skill.speaker.understanding.understand import understand

INTO_A_COUNT = (
    "stop",
    "pause",
    "i'm done",
    "that hurts",
    "my knee hurts",
    "stop the workout",
    "i can't do any more",
)
ANSWERS = (
    "ready",
    "i'm ready",
    "what band should i use",
    "that hurts",
    "skip the rest",
    "i did eleven",
    "how many sets",
)
VOICES = ("piper", "flite:slt", "flite:rms", "espeak:en-us")
BEFORE_S, AFTER_S, SET_AWAY_M = 12, 4, 1.5
PIECE_BYTES = 2048


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=28, help="sentences a row (default: %(default)s)")
    parser.add_argument(
        "--minutes", type=int, default=30, help="of television alone in each state (default: %(default)s)"
    )
    chosen = parser.parse_args(arguments)
    open_ears = ears()
    print("| the coach | television | n | right | wrong | nothing |\n|---|---|---|---|---|---|")
    rooms: tuple[tuple[str, Room, Sequence[str]], ...] = (
        ("counts", "coach_speaks", INTO_A_COUNT),
        ("waits", "awake", ANSWERS),
    )
    for name, room, sentences in rooms:
        for below_db in (20, 10, 5):
            said = [(text, voice) for voice in VOICES for text in sentences][: chosen.most]
            found = [
                _judged(text, over_television(text, voice, below_db), room, open_ears) for text, voice in said
            ]
            right, wrong = found.count("right"), found.count("wrong")
            print(
                f"| {name} | {below_db} dB softer | {len(said)} | {right} | {wrong} | {found.count('nothing')} |",
                flush=True,
            )
    print(
        "\n| the coach | minutes of television | acted on | asked about | processor, of one core |"
        "\n|---|---|---|---|---|"
    )
    for name, room, _ in rooms:
        began = time.process_time()
        heard = hear(alone(chosen.minutes * 60), room, open_ears)
        worked = (time.process_time() - began) / (chosen.minutes * 60)
        acted = [each.text for each in heard if each.kind == "understood"]
        unsure = sum(each.kind == "unsure" for each in heard)
        print(
            f"| {name} | {chosen.minutes} | {len(acted)} {acted or ''} | {unsure} | {100 * worked:.0f} % |",
            flush=True,
        )


def over_television(text: str, voice: str, below_db: int) -> bytes:
    """The sentence from the floor, while a television talks that is so much softer at the microphone."""
    clip = from_the_floor(spoken(text, voice), FAR)
    whole = np.concatenate([_quiet(BEFORE_S), clip, _quiet(AFTER_S)])
    other = _set(len(whole), f"{text} {voice}")
    return _pcm(whole + other * loudness(clip) / loudness(other) * 10 ** (-below_db / 20))


def alone(seconds: int) -> bytes:
    """A television that talks on."""
    other = _set(seconds * SAMPLE_RATE, "alone")
    return _pcm(other * 0.1 / loudness(other))


def hear(pcm: bytes, room: Room, open_ears: OpenEars) -> list[Sound]:
    """What new ears make of it, piece by piece."""
    listening = open_ears()
    pieces = (pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES))
    return [sound for piece in pieces for sound in listening.hear(piece, room)]


def _judged(text: str, pcm: bytes, room: Room, open_ears: OpenEars) -> str:
    found = [sound.understood for sound in hear(pcm, room, open_ears) if sound.understood]
    meant = understand(text)
    if not found:
        return "nothing"
    return "right" if all(each.intent == meant.intent for each in found) else "wrong"


def _set(length: int, seed: str) -> Clip:
    return from_the_loudspeaker(television(length, seed), FAR, SET_AWAY_M)[:length]


def _quiet(seconds: float) -> Clip:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def _pcm(sound: Clip) -> bytes:
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


if __name__ == "__main__":
    main()
