"""How well the coach hears people: numbers said alone, and human speech that is for nobody.

python -m bench.hearing.people --clips FOLDER [--prompts FOLDER] [--noises FOLDER ...] prints a Markdown table with n in
every row. The first FOLDER has recordings and a `clips.tsv` (file, source, speaker, said). Half of the people chose the
thresholds; the other half is reported on. `--prompts` is the folder of Debian's asterisk-core-sounds-en-g722 (a
professional speaker), `--noises` any folder of short human sounds that are for nobody (OGG or WAV).
Those in G.722 are read by PyAV (`pip install av`), all others by soundfile.
"""

import argparse
import csv
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import soundfile

from bench.hearing.__main__ import PIECE_BYTES
from bench.hearing.clips import LEVEL, Clip, resampled
from bench.hearing.conditions import CONDITIONS, in_condition
from skill.speaker.conversation.ears import Expected, OpenEars, Room, Sound
from skill.speaker.hearing import ears
from skill.speaker.hearing.meaning import meaning, values
from skill.speaker.understanding.understand import understand

Half = Literal["chosen_on", "reported_on"]
CHOSE = ("george", "jackson", "lucas")
"""Whoever of the known speakers chose the thresholds; clips of a crowd are halved by their names."""
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
OUTCOMES = ("right", "wrong", "asked", "nothing")
HEAD = ("clips", "as heard", "who", "n", "right", "wrong", "asked again", "nothing")
HEARD_IN = ("clean", "20 dB", "room, 3 m", "room, 3 m, music at 10 dB", "telephone band")
MOMENTS: Mapping[str, tuple[Room, Expected]] = {
    "idle": ("asleep", ""),
    "counting": ("coach_speaks", ""),
    "waiting": ("awake", ""),
    "waiting for a number": ("awake", "number"),
}


@dataclass(frozen=True)
class Recording:
    """One clip of a person: a number said alone, or something that is for nobody (`said` is empty)."""

    file: Path
    speaker: str
    said: str
    half: Half


@dataclass(frozen=True)
class Result:
    """What became of a recording in a condition: `right`, `wrong`, `asked` again, or `nothing`."""

    group: str
    condition: str
    speaker: str
    file: str
    outcome: str
    heard: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--clips", type=Path, required=True, help="a folder of recordings and their clips.tsv"
    )
    parser.add_argument("--half", choices=get_args(Half), default="reported_on", help="default: %(default)s")
    parser.add_argument("--prompts", type=Path, help="a folder of asterisk's sounds in G.722")
    parser.add_argument("--noises", type=Path, nargs="*", default=[], help="folders of human sounds")
    parser.add_argument("--conditions", nargs="+", default=HEARD_IN, choices=CONDITIONS, metavar="CONDITION")
    parser.add_argument("--numbers", action="store_true", help="only numbers said alone")
    parser.add_argument("--out", type=Path, help="also write each result to this file, as JSON lines")
    chosen = parser.parse_args(arguments)
    found = [*listed(chosen.clips), *(prompts(chosen.prompts) if chosen.prompts else ())]
    found += [each for folder in chosen.noises for each in noises(folder)]
    results = []
    own = [each for each in found if each.half == chosen.half and (each.said or not chosen.numbers)]
    for result in heard(own, chosen.conditions, ears()):
        results.append(result)
        if chosen.out:
            with chosen.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(result)) + "\n")
        if len(results) % 50 == 0:
            print(f"{len(results)} heard", file=sys.stderr, flush=True)
    print(f"Half: {chosen.half}\n\n{table(results)}")


def listed(folder: Path) -> list[Recording]:
    """The recordings of a folder that are a number or for nobody; "stop" is a command, and "alexa" a call."""
    with (folder / "clips.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["said"] not in ("stop", "alexa")]
    return [_recording(folder / row["file"], row["speaker"], row["said"]) for row in rows]


def prompts(folder: Path) -> list[Recording]:
    """A professional speaker's numbers from 1 to 20: she chose nothing."""
    files = {number: folder / "digits" / f"{number}.g722" for number in range(1, 21)}
    return [Recording(file, "professional", str(number), "reported_on") for number, file in files.items()]


def noises(folder: Path) -> list[Recording]:
    """Shouts, groans and single words that are for nobody, halved by their names."""
    found = sorted(
        file for file in folder.rglob("*") if file.suffix in (".ogg", ".wav") and "_desc_" not in file.name
    )
    return [_recording(file, "crowd", "") for file in found]


def _recording(file: Path, speaker: str, said: str) -> Recording:
    is_known = speaker in CHOSE if said in NUMBERS and file.name.startswith("fsdd") else None
    by_name = zlib.crc32(file.name.encode()) % 2 == 0
    half: Half = "chosen_on" if (by_name if is_known is None else is_known) else "reported_on"
    return Recording(file, speaker, said if said in NUMBERS else "", half)


def heard(
    recordings: Sequence[Recording], conditions: Sequence[str], open_ears: OpenEars
) -> Iterator[Result]:
    """What becomes of each number in each condition, and of each other recording in each room."""
    for each in recordings:
        clip = sound_of(each.file)
        if each.said:
            for condition in conditions:
                sounds = _hear(open_ears, in_condition(clip, condition, each.file.name), "awake", "number")
                yield Result("numbers", condition, each.speaker, each.file.name, *_outcome(each.said, sounds))
        else:
            for moment, told in MOMENTS.items():
                sounds = _hear(open_ears, in_condition(clip, "clean", each.file.name), *told)
                yield Result("nobody", moment, each.speaker, each.file.name, *_outcome("", sounds))


def _hear(open_ears: OpenEars, pcm: bytes, room: Room, expected: Expected) -> list[Sound]:
    """Everything heard in a clip, fed as a microphone would, while the coach waits for what is `expected`."""
    listening = open_ears()
    pieces = (pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES))
    return [
        sound
        for piece in pieces
        for sound in listening.hear(piece, room, "", expected)
        if sound.kind != "woken"
    ]


def _outcome(said: str, sounds: Sequence[Sound]) -> tuple[str, str]:
    text = " / ".join(sound.text for sound in sounds)
    understood = [sound.understood for sound in sounds if sound.understood is not None]
    if not understood:
        return ("asked" if any(sound.kind == "unsure" for sound in sounds) else "nothing"), text
    is_right = (
        bool(said) and meaning(understood[0]) == meaning(understand(said)) and bool(values(understood[0]))
    )
    return ("right" if is_right else "wrong"), text


def sound_of(file: Path) -> Clip:
    """A recording at 16 kHz, as loud as the synthetic voices of the other benches."""
    samples, rate = _telephone(file) if file.suffix == ".g722" else soundfile.read(file, dtype="float32")
    clip = resampled(samples if samples.ndim == 1 else samples.mean(axis=1), rate)
    return clip / max(float(np.abs(clip).max()), 1e-6) * LEVEL


def _telephone(file: Path) -> tuple[Clip, int]:
    """What telephones record, which libsndfile does not read."""
    import av  # only whoever has such recordings needs it

    with av.open(str(file), format="g722") as opened:
        frames = [frame.to_ndarray().ravel() for frame in opened.decode(audio=0)]
        return np.concatenate(frames).astype(np.float32) / 32768, opened.streams.audio[0].rate


def table(results: Sequence[Result]) -> str:
    """A row a group, condition and speaker."""
    rows = [f"| {' | '.join(HEAD)} |", "|---" * len(HEAD) + "|"]
    for group, condition in dict.fromkeys((each.group, each.condition) for each in results):
        own = [each for each in results if (each.group, each.condition) == (group, condition)]
        speakers = sorted({each.speaker for each in own}) if group == "numbers" else []
        for who in ("all", *speakers):
            rows.append(_row(group, condition, who, [each for each in own if who in ("all", each.speaker)]))
    return "\n".join(rows)


def _row(group: str, condition: str, who: str, own: Sequence[Result]) -> str:
    """`right` is nothing that talk for nobody can be, `wrong` is what was acted on."""
    count = Counter(each.outcome for each in own)
    shares = [f"{count[each] / len(own):.0%} ({count[each]})" for each in OUTCOMES]
    name = "numbers alone" if group == "numbers" else "for nobody"
    return "| " + " | ".join([name, condition, who, str(len(own)), *shares]) + " |"


if __name__ == "__main__":
    main()
