"""How well each wake word calls the coach: python -m bench.hearing.wake_words [--voices ...] prints a table.

Each word is said by every voice, clean, in noise and in rooms. False wakes are counted over speech that is for nobody:
every unrelated sentence of `bench.hearing` by the same voices, and the coach's own set.
"""

import argparse
from collections.abc import Iterator, Sequence

import yaml

from bench.hearing.__main__ import PHRASES, PIECE_BYTES, set_as_heard
from bench.hearing.clips import in_noise, spoken
from bench.hearing.conditions import in_condition
from skill.people.person import WAKE_WORDS
from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.wake import WakeWord

VOICES = (
    "piper",
    "piper:lively",
    "piper:brisk",
    "espeak:en-us",
    "espeak:en-us+f3",
    "flite:slt",
    "flite:rms",
    "flite:awb",
)
CONDITIONS = ("clean", "20 dB", "10 dB", "room, 3 m", "room, 3 m, music at 10 dB")
SAID = ("{}", "{}, stop", "{}, i'm done")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--voices", nargs="+", default=VOICES, help="who calls (default: all)")
    chosen = parser.parse_args(arguments)
    print(f"| called | {' | '.join(CONDITIONS)} | n each | false wakes an hour |")
    print("|---" * (len(CONDITIONS) + 3) + "|")
    talk = [*_talk(chosen.voices), set_as_heard()[0]]
    hours = sum(len(each) for each in talk) / 2 / SAMPLE_RATE / 3600
    for name in WAKE_WORDS:
        calls = [(said.format(name.replace("_", " ")), who) for said in SAID for who in chosen.voices]
        heard = [
            sum(wakes(name, in_condition(spoken(*call), condition, " ".join(call))) > 0 for call in calls)
            for condition in CONDITIONS
        ]
        false = sum(wakes(name, each) for each in talk)
        print(
            f"| {name} | {' | '.join(map(str, heard))} | {len(calls)} | {false / hours:.1f} of {hours:.2f} h |",
            flush=True,
        )


def wakes(name: str, pcm: bytes) -> int:
    """How often a word is heard in a clip."""
    word = WakeWord(name)
    return sum(word.feed(pcm[at : at + PIECE_BYTES]) for at in range(0, len(pcm), PIECE_BYTES))


def _talk(voices: Sequence[str]) -> Iterator[bytes]:
    sentences = yaml.safe_load(PHRASES.read_text("utf-8"))["reported_on"]["unrelated"]
    for place, text in enumerate(sentences):
        yield in_noise(spoken(str(text), voices[place % len(voices)]), None, str(text))


if __name__ == "__main__":
    main()
