"""A script as one finished sound: words on the grid, with a click or a music bed where they are wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from skill.audio.bed import BedRefused, bed
from skill.audio.files import SAMPLE_BYTES, pcm
from skill.audio.mix import clicks, mixed, placed
from skill.audio.sound import Samples, samples_of
from skill.audio.words import Words
from skill.locales.script import Script


@dataclass(frozen=True)
class Extras:
    """What sounds beside the words."""

    has_clicks: bool = False
    bed_file: Path | None = None


def spoken_pcm(script: Script, words: Words) -> bytes:
    """The words alone as 16-bit samples: `pcm` of the track, without a pass over its silence.

    Raises DoesNotFit: words that no rate of speaking brings into their slot.
    """
    sound = bytearray(SAMPLE_BYTES * samples_of(script.length_ms))
    for one in placed(script, words):
        sound[SAMPLE_BYTES * one.starts_at : SAMPLE_BYTES * one.ends_at] = pcm(one.word.samples)
    return bytes(sound)


def track(
    script: Script, words: Words, extras: Extras = Extras(), tell: Callable[[str], None] = print
) -> Samples:
    """The finished sound. A bed that cannot be used is told and left out, the count goes on.

    Raises DoesNotFit: words that no rate of speaking brings into their slot.
    """
    spoken = mixed(placed(script, words), script.length_ms)
    sound = spoken + clicks(script) if extras.has_clicks else spoken
    if extras.bed_file is None:
        return sound
    try:
        return sound + bed(extras.bed_file, spoken)
    except BedRefused as fault:
        tell(f"{fault}. The count goes on without a bed.")
        return sound
