"""How well the coach is interrupted: phrases said on the floor of a room while its own count comes from a loudspeaker.

python -m bench.hearing.barge_in [--cancellers none webrtc ...] [--clips FOLDER] prints a table: how many phrases are
heard beside the coach's voice, as loud as the trainee at the microphone or louder, with each way to take that voice
out. "No coach" is the same phrase in a silent room. Each phrase falls elsewhere into the count. FOLDER has people who
say "stop" (a `clips.tsv` as of `bench.hearing.people`). --nobody plays people who talk to nobody instead (half of that
FOLDER, and of --noises): whatever is acted on there is a mistake.
"""

import argparse
import csv
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

import numpy as np

from bench.hearing.__main__ import PIECE_BYTES, set_as_heard
from bench.hearing.cancellers import CANCELLERS, WITH_SECOND_LOOK
from bench.hearing.clips import LEVEL, Clip, spoken
from bench.hearing.people import Half, listed, noises, sound_of
from bench.hearing.rooms import LIVING, Room, from_the_floor, from_the_loudspeaker, loudness
from skill.speaker.conversation.ears import SAMPLE_RATE, Ears, Sound
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.hearing import ears, recogniser
from skill.speaker.hearing.echo import EchoCanceller, at_our_rate
from skill.speaker.hearing.recognise import Recogniser
from skill.speaker.understanding.understand import understand

PHRASES = ("stop", "pause", "i'm done", "that hurts")
VOICES = ("piper", "piper:lively", "flite:slt", "flite:rms", "flite:awb")
LOUDER_DB = (0, 10)
NO_COACH = "no coach"
NOBODY = ""
"""What people say who talk to nobody: it must not be acted on."""
BEFORE_S, AFTER_S = 10.0, 5.0
LISTENS_S = 2.0
"""The ears open so long before the phrase; the canceller is at work all the time, as it is in a set."""
TRAINEE, HISS = 0.04, 3e-4
LATE_MS = 60


@dataclass(frozen=True)
class Scene:
    """A phrase of somebody, said so far (s) into the count."""

    phrase: str
    who: str
    clip: Clip
    at_s: float
    louder_db: Sequence[int] = LOUDER_DB


@dataclass(frozen=True)
class Result:
    """What became of a phrase: `heard`, `woken`, `not heard`, or another command."""

    canceller: str
    louder_db: int
    phrase: str
    who: str
    outcome: str


class Count:
    """The coach's own set: the track that plays, what a microphone gets of it, and when each word is said."""

    def __init__(self, room: Room = LIVING) -> None:
        pcm, self.cues = set_as_heard()
        self.room = room
        self.track = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
        self._echo = from_the_loudspeaker(self.track, room)
        self._echo *= TRAINEE / loudness(self._echo)

    def around(self, at_s: float, late_ms: int = LATE_MS) -> tuple[Pcm, Clip]:
        """The track around a moment of it, and its echo, which comes later than the card says."""
        since, until = int((at_s - BEFORE_S) * SAMPLE_RATE), int((at_s + AFTER_S) * SAMPLE_RATE)
        late = late_ms * SAMPLE_RATE // 1000
        track = (np.clip(self.track[since:until], -1, 1) * 32767).astype("<i2")
        return Pcm(SAMPLE_RATE, track.tobytes()), self._echo[since - late : until - late].copy()

    def saying(self, at_ms: int) -> str:
        """What it says at a moment."""
        return " ".join(cue.text for cue in self.cues if -1500 < cue.at_ms - at_ms <= 100)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cancellers", nargs="+", default=["webrtc", WITH_SECOND_LOOK], choices=CANCELLERS)
    parser.add_argument("--voices", nargs="+", default=VOICES, help="who interrupts (default: all)")
    parser.add_argument("--clips", type=Path, help='people who say "stop"')
    parser.add_argument("--nobody", choices=get_args(Half), help="this half of the people who talk to nobody")
    parser.add_argument("--noises", type=Path, nargs="*", default=[], help="with it, folders of human sounds")
    parser.add_argument("--out", type=Path, help="also write each result to this file, as JSON lines")
    chosen = parser.parse_args(arguments)
    by, count, results = recogniser(), Count(), []
    said = (
        for_nobody(chosen.nobody, chosen.clips, chosen.noises)
        if chosen.nobody
        else scenes(chosen.voices, chosen.clips)
    )
    for result in heard(said, chosen.cancellers, by, count):
        results.append(result)
        if chosen.out:
            with chosen.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(result)) + "\n")
    print(table(results))


def scenes(voices: Sequence[str], folder: Path | None) -> list[Scene]:
    """Every phrase of every voice, and people's, each at a moment of its own between 20 and 60 s."""
    said = [(phrase, who, spoken(phrase, who)) for phrase in PHRASES for who in voices]
    if folder is not None:
        with (folder / "clips.tsv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if row["said"] in PHRASES]
        said += [(row["said"], row["speaker"], sound_of(folder / row["file"])) for row in rows]
    return [
        Scene(phrase, who, clip, 20 + zlib.crc32(f"{phrase} {who}".encode()) % 4000 / 100)
        for phrase, who, clip in said
    ]


def for_nobody(half: Half, folder: Path | None, sounds: Sequence[Path]) -> list[Scene]:
    """A half of the people who talk to nobody or count along: each beside one loudness, somewhere in the count."""
    found = [*(listed(folder) if folder else ()), *(each for one in sounds for each in noises(one))]
    most = int((AFTER_S - 1) * SAMPLE_RATE)
    own = ((each, zlib.crc32(each.file.name.encode())) for each in found if each.half == half)
    return [
        Scene(
            NOBODY,
            each.file.name,
            sound_of(each.file)[:most],
            20 + seed % 12_000 / 100,
            (LOUDER_DB[seed // 16 % 2],),
        )
        for each, seed in own
    ]


def heard(said: Sequence[Scene], cancellers: Sequence[str], by: Recogniser, count: Count) -> Iterator[Result]:
    """What becomes of each phrase beside each loudness of the coach, with each canceller."""

    def listening(name: str, echo: EchoCanceller | None) -> Ears:
        return ears(by, echo.again if echo and name == WITH_SECOND_LOOK else None)()

    for scene in said:
        for louder_db in scene.louder_db:
            for name in cancellers:
                make = CANCELLERS[name]
                echo = make() if make else None
                outcome = barge_in(scene, louder_db, echo, listening(name, echo), count)
                yield Result(name, louder_db, scene.phrase, scene.who, outcome)
        if scene.phrase != NOBODY:
            outcome = barge_in(scene, None, None, listening(NO_COACH, None), count)
            yield Result(NO_COACH, 0, scene.phrase, scene.who, outcome)


def barge_in(
    scene: Scene, louder_db: int | None, echo: EchoCanceller | None, listening: Ears, count: Count
) -> str:
    """What becomes of a phrase beside the coach, so much louder than the trainee at the microphone."""
    track, room = count.around(scene.at_s)
    room *= 0 if louder_db is None else 10 ** (louder_db / 20)
    phrase = from_the_floor(scene.clip / LEVEL, count.room)
    at = int(BEFORE_S * SAMPLE_RATE)
    phrase = phrase[: len(room) - at]
    room[at : at + len(phrase)] += phrase * TRAINEE / loudness(phrase)
    random = np.random.default_rng(zlib.crc32(scene.who.encode()))
    room += HISS * random.standard_normal(len(room)).astype(np.float32)
    pcm = (np.clip(room, -1, 1) * 32767).astype("<i2").tobytes()
    if echo is not None:
        echo.plays(at_our_rate(track))
    return _outcome(scene.phrase, _sounds(pcm, scene.at_s, echo, listening, count))


def _sounds(
    pcm: bytes, at_s: float, echo: EchoCanceller | None, listening: Ears, count: Count
) -> list[Sound]:
    found: list[Sound] = []
    for begin in range(0, len(pcm), PIECE_BYTES):
        place_ms = begin // 2 * 1000 // SAMPLE_RATE
        piece = pcm[begin : begin + PIECE_BYTES]
        if echo is not None:
            piece = echo.without(piece, place_ms)
        if place_ms >= (BEFORE_S - LISTENS_S) * 1000:
            saying = count.saying(place_ms + round((at_s - BEFORE_S) * 1000))
            found += listening.hear(piece, "coach_speaks", saying)
    return found


def _outcome(phrase: str, sounds: Sequence[Sound]) -> str:
    acted = [sound.understood for sound in sounds if sound.understood is not None]
    if not acted:
        return "woken" if any(sound.kind == "woken" for sound in sounds) else "not heard"
    is_right = phrase != NOBODY and acted[0].intent == understand(phrase).intent
    return "heard" if is_right else f"taken for {acted[0].intent}"


def table(results: Sequence[Result]) -> str:
    """A row a canceller and loudness: how many of each phrase were heard."""
    rows = [
        f"| canceller | coach louder by | n | heard | {' | '.join(PHRASES)} | another command |",
        "|---" * (5 + len(PHRASES)) + "|",
    ]
    for name, louder_db in dict.fromkeys((each.canceller, each.louder_db) for each in results):
        own = [each for each in results if (each.canceller, each.louder_db) == (name, louder_db)]
        cells = [_share([each for each in own if each.phrase == phrase]) for phrase in PHRASES]
        others = sum(each.outcome.startswith("taken") for each in own)
        loudness_told = "-" if name == NO_COACH else f"{louder_db} dB"
        found = sum(each.outcome == "heard" for each in own)
        rows.append(
            f"| {name} | {loudness_told} | {len(own)} | {found / len(own):.0%} | {' | '.join(cells)} | {others} |"
        )
    return "\n".join(rows)


def _share(own: Sequence[Result]) -> str:
    return f"{sum(each.outcome == 'heard' for each in own)} of {len(own)}"


if __name__ == "__main__":
    main()
