"""A script as an APL-for-Audio document: Alexa's own voice on an exact grid, its word lengths unknown.

Each cue is a `Mixer` of a `Silence` as long as the time to the next cue and a `Speech` trimmed to it. A mixer
lasts as long as its untrimmed child, so that the n-th slot begins exactly where the silences before it end,
whatever Alexa's voice does. A word that would be cut is said faster: words that may be too long for their
slot never reach the trim.
"""

import json
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, Final, Literal

from skill.alexa.lengths import rate_percent
from skill.alexa.ssml import TooLong, plain, words_and_pauses
from skill.coach.counting.timeline import LONGEST_MS
from skill.locales.script import Run, Script, SpokenCue

Document = dict[str, Any]
Slots = tuple[list[Document], int]
"""The items of a sequencer, and their bytes."""
Grid = Literal["second", "phase"]

VERSION: Final = "0.91"
MOST_BYTES: Final = 120_000
RESERVE_BYTES: Final = 40_000
"""Room that is left in the response of 120 kB for everything that is not the document, a screen above all."""
PADDING_MS: Final = 150
"""What an MP3 file is longer than its sound at the most: the encoder's delay, and its last frame filled up."""


def document(script: Script, grid: Grid = "second") -> Document:
    """The script as an APLA document.

    In the grid `second` every word is placed by itself; in `phase` only the first of each phase, which bounds the
    error to one phase should Alexa's mixer refuse or delay a long list.

    Raises TooLong: the script passes Alexa's 240 s or 120 kB.
    """
    if script.length_ms > LONGEST_MS:
        raise TooLong(
            f"the count lasts {script.length_ms / 1000:g} s and Alexa plays 240 s at most: fewer reps"
        )
    slots, size = _words(script) if grid == "second" else _phases(script)
    if size > MOST_BYTES - RESERVE_BYTES:
        raise TooLong(
            f"the count takes {size} bytes of APLA and has {MOST_BYTES - RESERVE_BYTES} at most: fewer reps"
        )
    return wrapped({"type": "Sequencer", "items": slots})


def audio_document(url: str) -> Document:
    """A document that plays one finished file (HTTPS, MP3) and nothing else."""
    return wrapped({"type": "Audio", "source": url})


def around(before: Script, url: str, length_ms: int, after: Script) -> Document:
    """A finished file (HTTPS, MP3) with Alexa's own voice before and after it, on the same grid.

    What comes before lasts exactly as long as its silences, so that the file, whose beats are exact in themselves,
    begins where the rest ends.

    Raises TooLong: all of it together passes Alexa's 240 s.
    """
    whole_ms = before.length_ms + length_ms + PADDING_MS + after.length_ms
    if whole_ms > LONGEST_MS:
        raise TooLong(f"the count lasts {whole_ms / 1000:g} s and Alexa plays 240 s at most: fewer reps")
    slots = [*_words(before)[0], {"type": "Audio", "source": url}, *_words(after)[0]]
    return wrapped({"type": "Sequencer", "items": slots})


def wrapped(item: Document) -> Document:
    """A whole document around one component."""
    return {"type": "APLA", "version": VERSION, "mainTemplate": {"item": item}}


def _phases(script: Script) -> Slots:
    """The cues of each phase in one slot, up to the next phase."""
    groups = _groups(script.cues)
    starts = [group[0].at_ms for group in groups] + [script.length_ms]
    slots = [_silence(starts[0])] if starts[0] else []
    for group, (start_ms, end_ms) in zip(groups, pairwise(starts), strict=True):
        if end_ms > start_ms:
            slots.append(_slot(group, end_ms))
    return slots, sum(map(_bytes, slots))


def _words(script: Script) -> Slots:
    """Each cue in a slot of its own, up to the next."""
    slots: list[Document] = []
    size, begins_ms = 0, script.length_ms
    for run in reversed(script.runs or (Run(script.cues),)):
        more, more_size, begins_ms = (_kept_run if run.stands else _run)(run, begins_ms)
        slots[:0] = more
        size += more_size
    if begins_ms:
        silence = _silence(begins_ms)
        return [silence, *slots], size + _bytes(silence)
    return slots, size


def _run(run: Run, end_ms: int) -> tuple[list[Document], int, int]:
    """The slots of a run that ends where the next begins, their bytes, and where it begins itself (ms)."""
    cues = [cue for cue in run.cues if cue.text.strip()]
    starts = [*(cue.at_ms for cue in cues), end_ms]
    found = [
        _word(cue.text, next_ms - start_ms)
        for cue, (start_ms, next_ms) in zip(cues, pairwise(starts), strict=True)
        if next_ms > start_ms
    ]
    return [slot for slot, _ in found], sum(size for _, size in found), starts[0]


_kept_run = lru_cache(maxsize=256)(_run)
"""A run that stands: the same for every set that is counted alike, so nothing may write into what it returns."""


@lru_cache(maxsize=2048)
def _word(text: str, length_ms: int) -> tuple[Document, int]:
    """One cue alone in its slot: the same few words at every set, so nothing may write into what it returns."""
    slot = _slot([SpokenCue(0, text, length_ms, 0, "rest")], length_ms)
    return slot, _bytes(slot)


def _bytes(slot: Document) -> int:
    """The bytes of a slot in a list of JSON."""
    return len(json.dumps(slot).encode()) + 2


def _groups(cues: tuple[SpokenCue, ...]) -> list[list[SpokenCue]]:
    """The cues that share a slot: all of one phase of one rep, and each outside the reps alone."""
    said = [cue for cue in cues if cue.text.strip()]
    numbered = groupby(
        enumerate(said), key=lambda each: (each[1].rep, each[1].phase) if each[1].rep else each[0]
    )
    return [[cue for _, cue in group] for _, group in numbered]


def _slot(cues: list[SpokenCue], end_ms: int) -> Document:
    return {"type": "Mixer", "items": [_silence(end_ms - cues[0].at_ms), _speech(cues, end_ms)]}


def _silence(length_ms: int) -> Document:
    return {"type": "Silence", "duration": length_ms}


def _speech(cues: list[SpokenCue], end_ms: int) -> Document:
    """Plain text where one word fits as it is; else SSML that says it faster or holds the phase's pauses."""
    start_ms = cues[0].at_ms
    if len(cues) == 1 and rate_percent(cues[0].text, end_ms - start_ms) == 100:
        return {"type": "Speech", "content": plain(cues[0].text), "duration": "trimToParent"}
    said = words_and_pauses(cues, start_ms, end_ms)
    return {
        "type": "Speech",
        "contentType": "SSML",
        "content": f"<speak>{said}</speak>",
        "duration": "trimToParent",
    }
