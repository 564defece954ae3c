"""The tables' sentences spoken by two voices into the local ears: python -m bench.said.spoken [every Nth sentence].

Pain counts as heard where it stops the count or ends it; into a rest also where the ears ask what was said, for then no
set begins. A harmless sentence, and any other, must not become pain.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from bench.hearing.clips import in_noise, spoken
from bench.hearing.people import PIECE_BYTES
from skill.speaker import hearing
from skill.speaker.conversation.ears import OpenEars, Room
from tests.said.table import BODY, OPENS, Sentence, heard, of_kinds, of_pain, read

T = TypeVar("T")

VOICES = ("piper", "espeak:en-us")
STOPS = (
    *BODY,
    "AMAZON.StopIntent",
    "AMAZON.PauseIntent",
    "FailIntent",
    "EndWorkoutIntent",
    "AMAZON.CancelIntent",
)


def heard_as(sentence: str, voice: str, room: Room, open_ears: OpenEars) -> list[tuple[str, dict[str, str]]]:
    """Each intent that the ears take from it, with its slots; "unsure" where they would ask."""
    ears, pcm = open_ears(), in_noise(spoken(sentence, voice), None, sentence)
    sounds = [
        sound
        for at in range(0, len(pcm), PIECE_BYTES)
        for sound in ears.hear(pcm[at : at + PIECE_BYTES], room)
    ]
    return [
        (sound.understood.intent, heard(sound.understood)) if sound.understood else ("unsure", {})
        for sound in sounds
        if sound.kind in ("understood", "unsure")
    ]


def figures(every: int, open_ears: OpenEars, in_turn: bool = False) -> Iterator[tuple[str, str]]:
    """Each figure and its value, one in `every` of the tables' sentences.

    Pain is spoken by each voice; so is all else, unless the voices take its sentences in turn.
    """
    pain = [each.say for each in of_pain("pain")][::every]
    for room, told, also in (("coach_speaks", "in the count", ()), ("awake", "in the rest", ("unsure",))):
        found = [
            {intent for intent, _ in heard_as(say, voice, room, open_ears)}  # type: ignore[arg-type]
            for say in pain
            for voice in VOICES
        ]
        yield (
            f"pain spoken {told}: stopped or asked about",
            _share([bool(each & {*STOPS, *also}) for each in found]),
        )
        yield (
            f"pain spoken {told}: taken for what opens a hold",
            str(sum(bool(each & {*OPENS}) for each in found)),
        )
    harmless = [*_by_voices(read("harmless"), every, in_turn)]
    taken = Counter(
        intent
        for say, voice in harmless
        for intent, _ in heard_as(say, voice, "coach_speaks", open_ears)
        if intent in BODY
    )
    yield ("harmless sentences spoken in the count: taken for pain", f"{taken.total()} of {len(harmless)}")
    said = _by_voices(of_kinds("said"), every, in_turn)
    results = [_result(each, heard_as(each.say, voice, "awake", open_ears)) for each, voice in said]
    for result in ("right", "asked again or unheard", "wrong"):
        yield (
            f"sentences spoken while the coach waits: {result}",
            _share([each == result for each in results]),
        )


def _by_voices(sentences: Iterable[T], every: int, in_turn: bool) -> Iterator[tuple[T, str]]:
    """One in `every` sentence with each voice that speaks it."""
    for nth, sentence in enumerate([*sentences][::every]):
        for voice in (VOICES[nth % len(VOICES)],) if in_turn else VOICES:
            yield sentence, voice


def _result(sentence: Sentence, found: Sequence[tuple[str, dict[str, str]]]) -> str:
    intents = [each for each in found if each[0] != "unsure"]
    if not intents:
        return "asked again or unheard"
    intent, slots = intents[-1]
    return "right" if intent in sentence.intents and sentence.slots.items() <= slots.items() else "wrong"


def _share(are: Sequence[bool]) -> str:
    return f"{sum(are)} of {len(are)} ({sum(are) / len(are):.1%})"


if __name__ == "__main__":
    open_ears = hearing.ears()
    for name, value in figures(int(sys.argv[1]) if len(sys.argv) > 1 else 1, open_ears):
        print(f"| {name} | {value} |", flush=True)
