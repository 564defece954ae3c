"""`glute-coach count`: one set, counted aloud, as text in time or as any of the files that the coach can make."""

import argparse
import json
import time
from pathlib import Path
from typing import Any, Final

from msgspec import to_builtins

from skill.alexa import apla, ssml
from skill.commands.counted import BadCount, Wanted, counted
from skill.commands.progress import tell
from skill.locales.script import Script
from skill.store.whole_files import write_whole

SOUNDS: Final = (".wav", ".mp3")
TEXTS: Final = (".json", ".ssml", ".apla")


def add_to(commands: Any) -> None:
    parser = commands.add_parser("count", help="count one set aloud, or write it to a file")
    parser.add_argument("--exercise", default="glute_raise", help="the exercise's id (default: %(default)s)")
    parser.add_argument("--reps", type=int, help="repetitions (default: the top of the exercise's window)")
    parser.add_argument(
        "--lead-in", type=int, metavar="S", help="counted seconds before the first repetition"
    )
    parser.add_argument("--tempo", help="lift-hold-lower in seconds, such as 2-1-2, or lower-pause-lift-hold")
    parser.add_argument("--voice", help="piper, espeak, or an espeak-ng voice such as espeak:en-us+f3")
    parser.add_argument("--click", action="store_true", help="a metronome click on each second")
    parser.add_argument(
        "--bed", type=Path, metavar="FILE", help="music under the count, quieter while it speaks"
    )
    parser.add_argument(
        "--grid", choices=("second", "phase"), default="second", help="APLA: one slot a second or a phase"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=f"write FILE, {', '.join((*SOUNDS, *TEXTS))}"
    )
    parser.add_argument("--play", action="store_true", help="play it on this machine")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write, play, or else print the count in time."""
    if chosen.out is not None and chosen.out.suffix not in (*SOUNDS, *TEXTS):
        raise BadCount(f"{chosen.out} ends in none of {', '.join((*SOUNDS, *TEXTS))}: no idea what to write")
    script = counted(Wanted(chosen.exercise, chosen.reps, chosen.lead_in, chosen.tempo), tell)
    if chosen.out is not None and chosen.out.suffix in TEXTS:
        write_whole(chosen.out, _text(script, chosen.out.suffix, chosen.grid))
    elif chosen.out is not None:
        write_whole(chosen.out, _audio(script, chosen))
    if chosen.out is not None:
        print(f"{chosen.out}: {script.length_ms / 1000:g} s")
    if chosen.play:
        _play(script, chosen)
    elif chosen.out is None:
        tell(f"in time, {script.length_ms // 1000} seconds; Ctrl-C ends it, --out FILE writes it at once")
        _print_in_time(script)
    return 0


def _text(script: Script, suffix: str, grid: apla.Grid) -> str:
    if suffix == ".ssml":
        return ssml.render(script) + "\n"
    return (
        json.dumps(to_builtins(script) if suffix == ".json" else apla.document(script, grid), indent=1) + "\n"
    )


def _sound(script: Script, chosen: argparse.Namespace) -> Any:
    try:
        from skill.audio.track import Extras, track
        from skill.audio.voices import voice
        from skill.audio.words import Words, default_folder
    except ModuleNotFoundError as missing:
        raise BadCount(
            f"{missing.name} is not installed: pip install 'hands-free-band-coach[voice]'"
        ) from None
    words = Words(voice(chosen.voice), default_folder(), tell)
    return track(script, words, Extras(chosen.click, chosen.bed), tell)


def _audio(script: Script, chosen: argparse.Namespace) -> bytes:
    sound = _sound(script, chosen)
    from skill.audio.files import mp3, wav

    return mp3(sound) if chosen.out.suffix == ".mp3" else wav(sound)


def _play(script: Script, chosen: argparse.Namespace) -> None:
    """Play it; where there is no voice or no loudspeaker, say so and print it in time instead."""
    try:
        sound = _sound(script, chosen)
        from skill.audio.play import play

        play(sound)
    except (BadCount, RuntimeError) as fault:
        tell(f"{fault}. Here is the count as text.")
        _print_in_time(script)


def _print_in_time(script: Script) -> None:
    """Each word at its instant: waiting is always towards start plus offset, so nothing drifts."""
    start = time.monotonic()
    for cue in script.cues:
        time.sleep(max(0.0, start + cue.at_ms / 1000 - time.monotonic()))
        print(f"{cue.at_ms / 1000:6.1f}  {cue.text}", flush=True)
