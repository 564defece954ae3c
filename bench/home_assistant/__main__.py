"""A real Home Assistant: microphone, waiting, rooms, and the rep at which a satellite was stopped.

Satellites that are none speak with Piper's voice at the pace of speech, and fetch what they are to play. All of it is
done with the integration, and then with the rival: `glute-coach wyoming` in the same pipeline without it.
"""

import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.home_assistant.reference import truth
from tests.home_assistant.house import House, comes_true, is_count, is_rest

SETS = 6
REP_2_S = 22
LAUNCH = ("start glute workout", "yellow red and green", "ready")
BANDS = {"kitchen": ("red and green", "red"), "cellar": ("blue and black", "blue")}
QUESTIONS = ("what band should I use", "where am I", "what band should I use", "help", "repeat")
BUFFER_S = (0.2, 0.6)
"""Between the order to play and the first sound: what a satellite fetches and buffers, each time otherwise."""
STOPS_A_ROUND = ("kitchen", "cellar", "attic", "garage", "hall")


PARTS = {"silence": "stt-vad-end", "words": "stt-end", "answer": "intent-end", "sound is ordered": "tts-end"}
NOT_SEEN = "a stop is not seen"
Row = tuple[str, str]


def main() -> None:
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    ours = [row for figure in (workout, interleaved, stops) for row in figured(figure)]
    rival = dict(row for figure in (workout, interleaved) for row in figured(figure, is_rival=True))
    print("\n| figure | with the integration | Wyoming alone |\n|---|---|---|")
    for name, figure in ours:
        print(f"| {name} | {figure} | {rival.get(name, NOT_SEEN)} |")


def figured(figure: Callable[[House], list[Row]], *, is_rival: bool = False) -> list[Row]:
    """The rows that a figure has, in a house of its own."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        try:
            if is_rival:
                house.go_without_the_integration()
            rows = figure(house)
        finally:
            house.close()
    for name, found in rows:
        print(f"{'Wyoming alone' if is_rival else 'with the integration'}: {name}: {found}", flush=True)
    return rows


def workout(house: House) -> list[Row]:
    """A workout by voice, each set ended in its second repetition."""
    house.wake_ears()
    answers = [house.speak(text, lively=True) for text in LAUNCH]
    assert is_count(answers[-1])
    done = []
    while len(done) < SETS:
        if is_rest(answers[-1]):
            answers.append(house.speak("ready", lively=True))
        time.sleep(REP_2_S)
        done.append(house.speak("I'm done", lively=True))
        answers.append(done[-1])
    counts = [each for each in answers if is_count(each)]
    parts = {
        name: statistics.median(each["after_s"][event] for each in done) for name, event in PARTS.items()
    }
    print(
        "after the end of I'm done, median:", {name: f"{at:.2f} s" for name, at in parts.items()}, flush=True
    )
    return [
        ("microphone open after a question", microphone(answers[:-1], is_open=True)),
        ("microphone shut while a count plays", microphone(answers, is_open=False)),
        ('end of "I\'m done" to the first sound, median', median(done, "first_sound_s")),
        ("first byte of an answer with a count, median", median(counts, "first_byte_s")),
    ]


def microphone(answers: list[dict[str, Any]], *, is_open: bool) -> str:
    """How often it was as it is to be: open after a question, shut in a count."""
    of = [each for each in answers if is_count(each) is not is_open]
    return f"{sum(each['continue'] is is_open for each in of)} of {len(of)} turns"


def median(turns: list[dict[str, Any]], what: str) -> str:
    return f"{statistics.median(each[what] for each in turns):.2f} s of {len(turns)}"


def interleaved(house: House, turns: int = 200) -> list[Row]:
    """Two satellites by turns: one asks about red bands, one about blue ones."""
    conversations: dict[str, set[str]] = {room: set() for room in BANDS}
    wrong = 0
    for room, (bands, _) in BANDS.items():
        house.say("start glute workout", bands, room=room)
    for turn in range(turns):
        room = random.Random(turn).choice(list(BANDS))
        other = next(each for each in BANDS if each != room)
        answer = house.say(question := QUESTIONS[turn % len(QUESTIONS)], room=room)
        words = set(re.findall(r"\w+", answer["text"].lower()))
        conversations[room].add(answer["conversation"])
        is_own = BANDS[room][1] in words or "band" not in question
        wrong += not is_own or BANDS[other][1] in words
    wrong += len(conversations["kitchen"] & conversations["cellar"])
    return [(f"two satellites, {turns} turns by turns", f"{wrong} not of its own conversation")]


def stops(house: House, rounds: int = 2) -> list[Row]:
    """Satellites fall silent at any moment of a count; the rep that the coach says beside the one at that moment."""
    exact = 0
    for turn in range(rounds):
        who = {f"assist_satellite.{room}": f"{room} {turn}" for room in STOPS_A_ROUND}
        house.assign(who)
        exact += _round(house, random.Random(turn))
    figure = f"rep exact in {exact} of {rounds * len(STOPS_A_ROUND)}"
    return [("stop seen from the satellite's state", figure)]


def _round(house: House, chance: random.Random) -> int:
    asked = {room: len(house.asked(room)) for room in STOPS_A_ROUND}
    sounds, until = {}, {}
    for room in STOPS_A_ROUND:
        house.say(*LAUNCH, room=room)
        ordered = time.monotonic()
        house.play("responding", room)
        sounds[room] = (ordered + time.monotonic()) / 2 + chance.uniform(*BUFFER_S)
        until[room] = sounds[room] + chance.uniform(20, 70)
    exact = 0
    heard = {}
    for room in sorted(STOPS_A_ROUND, key=lambda each: until[each]):
        time.sleep(max(0, until[room] - time.monotonic()))
        before = time.monotonic()
        house.play("idle", room)
        heard[room] = (before + time.monotonic()) / 2 - sounds[room]
    for room in STOPS_A_ROUND:
        said = comes_true(_last_asked(house, room, asked[room]))
        exact += truth(LAUNCH, round(1000 * heard[room])) == first_words(said)
    return exact


def _last_asked(house: House, room: str, before: int) -> Callable[[], str]:
    return lambda: (house.asked(room)[before:] or [""])[-1]


def first_words(text: str) -> str:
    """The first sentence, which says the rep."""
    return text.split(".")[0]


if __name__ == "__main__":
    main()
