"""The figures of docs/count.md in one run: `python -m bench.counting` (two minutes; `--quick` for a smaller run).

Beats are measured on finished MP3 files by their onsets; the rep at the stop by simulation; APLA's slots by the
documented duration rules; words cut or overlapping by trying every tempo, repetition and voice.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import astuple
from itertools import chain, pairwise, product
from pathlib import Path
from typing import Any

from bench.counting import apla_time, stops, ways
from bench.counting.beats import Beat, beats, keeps_the_grid, start_ms, summary, without
from bench.counting.picture import svg
from rules.files.exercise import load_exercises
from skill.alexa import apla
from skill.alexa.lengths import estimated_ms
from skill.audio.mix import DoesNotFit, placed
from skill.audio.sound import samples_of
from skill.audio.voices import voice
from skill.audio.words import Words
from skill.commands.counted import Wanted, counted
from skill.locales.script import Script

OURS = "mixed on the grid"
WAYS = {
    "naive: word, 1 s break": ways.naive,
    "SSML by estimate": ways.by_estimate,
    "APLA grid": ways.apla_grid,
    OURS: ways.mixed_on_grid,
}
VOICES = ("piper", "espeak", "espeak:en", "espeak:en-us+f3")
EVERY_TEMPO = tuple(product(range(1, 6), range(1, 6), range(1, 6)))
QUICK_TEMPOS = ((1, 1, 1), (1, 2, 3), (2, 1, 2), (5, 5, 5), (4, 1, 1))
REPS = range(1, 26)
DOCS = Path(__file__).parents[2] / "docs"


def silent(_: str) -> None:
    """What is told of a count that is cut short matters to nobody here."""


def scripts(tempos: tuple[tuple[int, int, int], ...], reps: tuple[int, ...]) -> Iterator[Script]:
    """A script for each tempo and number of repetitions, shortened where four minutes end it."""
    for tempo, count in product(tempos, reps):
        yield counted(Wanted("glute_raise", count, None, "-".join(map(str, tempo))), silent)


def beat_rows(name: str) -> tuple[list[str], dict[str, list[Beat]]]:
    """The table's lines for one voice, and the errors for the picture."""
    script = counted(Wanted("glute_raise", 15), silent)
    heard = {way: beats(speak(script, voice(name))) for way, speak in WAYS.items()}
    file_ms = start_ms(heard[OURS])
    rows = {
        way: without(found, start_ms(found) if keeps_the_grid(found) else file_ms)
        for way, found in heard.items()
    }
    lines = []
    for way, found in rows.items():
        mean, worst, drift = astuple(summary(found))
        lines.append(
            f"| {way} | {name} | {len(found)} | {_ms(mean)} | {_ms(worst)} | {_ms(drift, signed=True)} |"
        )
    return lines, rows


def _ms(value: float, signed: bool = False) -> str:
    if abs(value) >= 1000:
        return f"{value / 1000:{'+' if signed else ''}.1f} s"
    return f"{value:{'+' if signed else ''}.1f} ms"


def apla_row(tempos: tuple[tuple[int, int, int], ...]) -> dict[str, Any]:
    """Every slot of every count against the grid, and the largest document and longest count."""
    documents, off_grid, cut, largest, longest = 0, 0, 0, 0, 0
    for script in scripts(tempos, tuple(REPS)):
        document = apla.document(script)
        item = document["mainTemplate"]["item"]
        heard = list(apla_time.placed(item, _as_spoken_ms))
        documents += 1
        off_grid += [each.at_ms for each in heard] != [cue.at_ms for cue in script.cues]
        cut += sum(each.is_cut for each in heard)
        largest = max(largest, len(json.dumps(document).encode()))
        longest = max(longest, apla_time.length_ms(item, _as_spoken_ms))
    return {
        "documents": documents,
        "off_grid": off_grid,
        "cut": cut,
        "bytes": largest,
        "longest_s": longest / 1000,
    }


def _as_spoken_ms(content: str) -> int:
    """How long a slot's content takes by the estimates, its rate counted in."""
    rate = content.partition('rate="')[2].partition("%")[0]
    text = content.replace("<speak>", "").replace("</speak>", "")
    plain = text.partition(">")[2].partition("<")[0] if rate else text
    return estimated_ms(plain) * 100 // int(rate or 100)


def fit_row(tempos: tuple[tuple[int, int, int], ...]) -> dict[str, int]:
    """Words cut off or running into the next one: every exercise at its own tempo, one at every tempo."""
    made = {"counts": 0, "words": 0, "overlaps": 0, "cut": 0, "refused": 0}
    every_voice = [Words(voice(name), None) for name in VOICES]
    own = (counted(Wanted(exercise, reps), silent) for exercise in load_exercises() for reps in REPS)
    for script, words in product(chain(own, scripts(tempos, tuple(REPS))), every_voice):
        made["counts"] += 1
        try:
            laid = placed(script, words)
        except DoesNotFit:
            made["refused"] += 1
            continue
        made["words"] += len(laid)
        made["overlaps"] += sum(here.ends_at > there.starts_at for here, there in pairwise(laid))
        made["cut"] += sum(one.ends_at > samples_of(script.length_ms) for one in laid)
    return made


def render_s(cache: str, name: str) -> tuple[float, float]:
    """Seconds of the clock and of the processor that a new process takes to speak, mix and encode a 94 s set."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "set.mp3"
        code = f"""
import time
from pathlib import Path
from skill.audio.files import mp3
from skill.audio.track import track
from skill.audio.sound import samples_of
from skill.audio.voices import voice
from skill.audio.words import Words
from skill.commands.counted import Wanted, counted
script = counted(Wanted("glute_raise", 15), print)
clock, processor = time.perf_counter(), time.process_time()
Path({str(out)!r}).write_bytes(mp3(track(script, Words(voice({name!r}), Path({cache!r})))))
print(time.perf_counter() - clock, time.process_time() - processor)
"""
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    clock, processor = done.stdout.split()[-2:]
    return float(clock), float(processor)


def speeds() -> list[str]:
    """Cold (no word known) and warm, the best of three each, since the machine is shared."""
    lines = []
    for name in ("piper", "espeak"):
        cold, warm = [], []
        for _ in range(3):
            with tempfile.TemporaryDirectory() as cache:
                cold.append(render_s(cache, name))
                warm.append(render_s(cache, name))
        best = [min(each[part] for each in runs) for runs in (cold, warm) for part in (0, 1)]
        lines.append(f"| {name} | " + " | ".join(f"{each:.2f} s" for each in best) + " |")
    return lines


def main() -> None:
    """Print every table; with --picture, draw docs/count.svg."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="five tempos and 4,000 stops")
    parser.add_argument("--picture", action="store_true", help="draw docs/count.svg")
    chosen = parser.parse_args()
    tempos = QUICK_TEMPOS if chosen.quick else EVERY_TEMPO
    began = time.perf_counter()
    print("| way | voice | words | mean | worst | drift over the set |\n|---|---|---|---|---|---|")
    for name in ("piper", "espeak"):
        lines, rows = beat_rows(name)
        print("\n".join(lines))
        if name == "piper" and chosen.picture:
            title = "How late each beat of a 15-rep set is (Piper's voice, measured by their onsets)"
            (DOCS / "count.svg").write_text(svg(title, rows), "utf-8")
    print("\n| voice | cold | its processor time | warm | its processor time |\n|---|---|---|---|---|")
    print("\n".join(speeds()))
    print("\nAPLA:", apla_row(tempos))
    print("Words:", fit_row(tempos))
    print("\n" + stops.table(4000 if chosen.quick else 100_000))
    print(f"\n{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
