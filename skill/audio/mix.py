"""Words mixed onto the grid: each begins on its beat, none is cut, none runs into the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from skill.audio.sound import Samples, Word, samples_of, soft_edges
from skill.audio.words import Words
from skill.locales.script import Script, SpokenCue

GAP_MS: Final = 20
"""Silence that is left between a word and the next at the least."""
STEP_PERCENT: Final = 5
FASTEST_PERCENT: Final = 300
CLICK_HZ: Final = 1600
CLICK_MS: Final = 25
CLICK_LEVEL: Final = 0.25
SECOND_MS: Final = 1000


class DoesNotFit(ValueError):
    """Words that no rate of speaking brings into their slot; the message names them and the slot."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A word and the sample on which its beat falls."""

    cue: SpokenCue
    word: Word
    beat_at: int

    @property
    def starts_at(self) -> int:
        """Its first sample in the mix (a word on the very first beat is moved by its lead, never cut)."""
        return max(0, self.beat_at - self.word.beat)

    @property
    def ends_at(self) -> int:
        """The sample after its last."""
        return self.starts_at + len(self.word.samples)


def placed(script: Script, words: Words) -> list[Placed]:
    """Every word of the script at its beat, said faster where its slot is short.

    Raises DoesNotFit: the words are more than their slot holds at three times the rate.
    """
    said = [cue for cue in script.cues if cue.text.strip()]
    fitted: list[Placed] = []
    free_until = samples_of(script.length_ms)
    for cue in reversed(said):
        one = _fitted(cue, free_until, words)
        fitted.append(one)
        free_until = one.starts_at - samples_of(GAP_MS)
    return fitted[::-1]


def _fitted(cue: SpokenCue, free_until: int, words: Words) -> Placed:
    """The cue at the slowest rate at which it ends before `free_until` (a sample)."""
    beat_at, percent = samples_of(cue.at_ms), 100
    while percent <= FASTEST_PERCENT:
        one = Placed(cue, words.word(cue.text, percent), beat_at)
        over = one.ends_at - free_until
        if over <= 0:
            return one
        room = max(1, free_until - one.starts_at)
        wanted = percent * (room + over) // room
        percent = max(percent + STEP_PERCENT, -(-wanted // STEP_PERCENT) * STEP_PERCENT)
    slot_s = (free_until - beat_at) / samples_of(SECOND_MS)
    raise DoesNotFit(
        f"{cue.text!r} at {cue.at_ms / 1000:g} s does not fit into {slot_s:.1f} s: use fewer words"
    )


def mixed(words: Sequence[Placed], length_ms: int) -> Samples:
    """The words in one sound of this length."""
    sound = np.zeros(samples_of(length_ms), np.float32)
    for one in words:
        sound[one.starts_at : one.ends_at] += one.word.samples
    return sound


def clicks(script: Script) -> Samples:
    """A metronome for the repetitions: a click on each second of them, the first of a rep a fifth higher."""
    sound = np.zeros(samples_of(script.length_ms), np.float32)
    reps = [cue for cue in script.cues if cue.rep]
    if not reps:
        return sound
    starts = {rep: min(cue.at_ms for cue in reps if cue.rep == rep) for rep in {cue.rep for cue in reps}}
    end_ms = max(cue.at_ms + cue.slot_ms for cue in reps)
    for at_ms in range(min(starts.values()), end_ms, SECOND_MS):
        beat = _click(CLICK_HZ * 3 // 2 if at_ms in starts.values() else CLICK_HZ)
        place = samples_of(at_ms)
        room = sound[place : place + len(beat)]
        room += beat[: len(room)]
    return sound


def _click(hertz: int) -> Samples:
    time_s = np.arange(samples_of(CLICK_MS), dtype=np.float32) / samples_of(SECOND_MS)
    tone = np.sin(2 * np.pi * hertz * time_s) * np.exp(-time_s * 200)
    return soft_edges((CLICK_LEVEL * tone).astype(np.float32))
