"""How well the coach hears: commands, pain and stop, talk that is none of its business, and its own count.

python -m bench.hearing [--set reported_on] [--share K/N] [--out FILE] prints a Markdown table; docs/hearing.md has
one run of it. Each clip goes through the whole way: voice activity, both recognisers, the verdict. Several processes
may hear a share each; --read puts their results into one table. --conditions names others than clean and noise (rooms,
music, bands: `bench.hearing.conditions`), --most only so many clips of each. --count alone plays the coach's own count.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import yaml

from bench.hearing.clips import spoken
from bench.hearing.conditions import CONDITIONS, in_condition
from skill.app import Settings, build
from skill.locales.script import SpokenCue
from skill.speaker.conversation.ears import SAMPLE_RATE, Ears, OpenEars, Room, Sound
from skill.speaker.conversation.endpoint import endpoint_of
from skill.speaker.conversation.talks import Talk
from skill.speaker.hearing import ears
from skill.speaker.hearing.meaning import meaning
from skill.speaker.understanding.understand import understand
from skill.web import create_app

PHRASES = Path(__file__).parent / "phrases.yaml"
SETS = ("chosen_on", "reported_at_noon", "reported_at_three", "reported_at_six", "reported_on")
NOISES = ("clean", "20 dB", "10 dB")
PIECE_BYTES = 2 * SAMPLE_RATE // 10


_Clip = tuple[str, str, str, str]
"""The group, the text, who says it, in which condition."""


@dataclass(frozen=True)
class Result:
    """What became of one clip: `right`, `wrong` (another command), `asked` again, or `nothing`."""

    group: str
    text: str
    voice: str
    condition: str
    outcome: str
    heard: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="reported_on", choices=SETS)
    parser.add_argument("--share", default="1/1", help="only the Kth of N shares of the clips (default: all)")
    parser.add_argument("--conditions", nargs="+", default=NOISES, choices=CONDITIONS, metavar="CONDITION")
    parser.add_argument("--voices", nargs="+", help="who speaks (default: the set's own)")
    parser.add_argument("--most", type=int, default=10_000, help="so many clips of each kind and condition")
    parser.add_argument("--out", type=Path, help="also write each clip's result to this file, as JSON lines")
    parser.add_argument("--read", type=Path, nargs="+", help="hear nothing: one table of these files")
    parser.add_argument("--count", action="store_true", help="hear only the coach's own count")
    chosen = parser.parse_args(arguments)
    if chosen.read:
        print(table([Result(**json.loads(line)) for file in chosen.read for line in file.open()]))
        return
    open_ears = ears()
    if chosen.count:
        print(f"Its own count, heard through the microphone: {', '.join(own_count(open_ears))}.")
        return
    phrases = yaml.safe_load(PHRASES.read_text("utf-8"))[chosen.set]
    phrases["voices"] = chosen.voices or phrases["voices"]
    which, of = (int(part) for part in chosen.share.split("/"))
    clips = _clips(phrases, chosen.conditions, chosen.most)[which - 1 :: of]
    results: list[Result] = []
    began = time.process_time()
    for done, result in enumerate(_results(clips, open_ears), start=1):
        results.append(result)
        if chosen.out:
            with chosen.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(result)) + "\n")
        if done % 50 == 0:
            print(f"{done} clips, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    print(table(results))
    print(
        f"\n{len(results)} clips; {(time.process_time() - began) / len(results):.2f} s of processor time each."
    )


def _results(clips: Sequence[_Clip], open_ears: OpenEars) -> Iterator[Result]:
    for group, text, who, condition in clips:
        pcm = in_condition(spoken(text, who), condition, f"{text} {who} {condition}")
        yield Result(group, text, who, condition, *_outcome(group, text, hear(open_ears(), pcm, "awake")))


def _clips(phrases: dict[str, list[Any]], conditions: Sequence[str], most: int) -> list[_Clip]:
    """Every clip; each part in no order, so that a run cut short is a fair sample."""
    voices = phrases["voices"]
    parts = []
    if "clean" in conditions:
        unrelated = enumerate(phrases["unrelated"])
        parts.append([("unrelated", str(text), voices[n % len(voices)], "clean") for n, text in unrelated])
    for condition in conditions:
        for group in ("protects", "commands"):
            parts.append([(group, str(text), who, condition) for text in phrases[group] for who in voices])
    for part in parts:
        random.Random(1).shuffle(part)
    return [clip for part in parts for clip in part[:most]]


def hear(listening: Ears, pcm: bytes, room: Room) -> list[Sound]:
    """Everything heard in a clip, fed as a microphone would."""
    pieces = (pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES))
    return [sound for piece in pieces for sound in listening.hear(piece, room) if sound.kind != "woken"]


def _outcome(group: str, text: str, sounds: list[Sound]) -> tuple[str, str]:
    heard = " / ".join(sound.text for sound in sounds)
    understood = [sound.understood for sound in sounds if sound.understood is not None]
    if not understood:
        return ("asked" if sounds else "nothing"), heard
    meant, got = meaning(understand(text)), meaning(understood[0])
    # Pain is pain wherever the recogniser puts it; for everything else a wrong number or colour is wrong.
    is_right = group != "unrelated" and (got == meant or (group == "protects" and got[0] == meant[0]))
    return ("right" if is_right else "wrong"), heard


def own_count(open_ears: OpenEars) -> list[str]:
    """What is acted on while a whole set plays into the microphone, at the same loudness as the trainee."""
    pcm, cues = set_as_heard()
    unaided = hear(open_ears(), pcm, "coach_speaks")
    listening = open_ears()
    aided: list[Sound] = []
    for at in range(0, len(pcm), PIECE_BYTES):
        now_ms = at * 1000 // (2 * SAMPLE_RATE)
        saying = " ".join(cue.text for cue in cues if -1500 < cue.at_ms - now_ms <= 100)
        aided += listening.hear(pcm[at : at + PIECE_BYTES], "coach_speaks", saying)
    return [
        f"{len(pcm) / 2 / SAMPLE_RATE:.0f} s of count",
        f"acted on {[sound.text for sound in unaided]} without knowing what it says",
        f"acted on {[sound.text for sound in aided]} knowing it",
    ]


def set_as_heard() -> tuple[bytes, tuple[SpokenCue, ...]]:
    """A whole set as it is played, and when each of its words is said."""
    with TemporaryDirectory() as folder:
        coach = build(Settings(store=f"{folder}/bench.db"))
        talk = Talk(endpoint_of(create_app(verify=False, coach=coach), coach), "bench")
        for said in ("start glute workout", "yellow red and green", "ready"):
            count = talk.say(said, None).spoken
        coach.store.close()
    sound = np.zeros((count.length_ms + 4000) * SAMPLE_RATE // 1000, dtype=np.float32)
    for cue in count.cues:
        word = spoken(cue.text, "piper")
        at = cue.at_ms * SAMPLE_RATE // 1000
        sound[at : at + len(word)] += word[: len(sound) - at]
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes(), count.cues


def table(results: Sequence[Result]) -> str:
    """Shares of the clips of each group, condition and voice, as Markdown."""
    rows = [
        "| clips | condition | voice | n | right | wrong | asked again | nothing |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for group in ("commands", "protects", "unrelated"):
        for condition in CONDITIONS:
            for who in ("all", *sorted({result.voice for result in results})):
                alike = [r for r in results if (r.group, r.condition) == (group, condition)]
                own = [r for r in alike if who in ("all", r.voice)]
                if own:
                    rows.append(_row(group, condition, who, own))
    return "\n".join(rows)


def _row(group: str, condition: str, who: str, own: Sequence[Result]) -> str:
    count = Counter(result.outcome for result in own)
    shares = " | ".join(f"{count[each] / len(own):.1%}" for each in ("right", "wrong", "asked", "nothing"))
    return f"| {group} | {condition} | {who} | {len(own)} | {shares} |"


if __name__ == "__main__":
    main()
