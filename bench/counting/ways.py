"""Four ways of speaking one set as an MP3, so that one detector can judge them all in the same run."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np

from bench.counting import apla_time
from skill.alexa import apla, ssml
from skill.audio.files import mp3
from skill.audio.loudness import loud
from skill.audio.mix import mixed, placed
from skill.audio.sound import RATE, Samples, resampled, samples_of
from skill.audio.voice import Voice
from skill.audio.words import Words
from skill.locales.script import Script

BREAK_MS = 1000


@dataclass(frozen=True)
class Put:
    """A word: its text, where the grid wants it, where its sound was put (ms)."""

    text: str
    grid_ms: float
    put_ms: float


@dataclass(frozen=True)
class Spoken:
    """One finished file and where its words were put."""

    mp3: bytes
    words: list[Put]


class Raw:
    """Words as an engine gives them, silence at both ends included, as a cloud's text-to-speech does."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._known: dict[tuple[str, int], Samples] = {}

    def word(self, text: str, percent: int = 100) -> Samples:
        key = (text, percent)
        if key not in self._known:
            sound = resampled(self._voice.say(text, percent), self._voice.sample_rate)
            self._known[key] = loud(sound)
        return self._known[key]

    def ms(self, text: str, percent: int = 100) -> float:
        return len(self.word(text, percent)) * 1000 / RATE


def mixed_on_grid(script: Script, voice: Voice) -> Spoken:
    """Ours: each word's onset on the grid."""
    words = placed(script, Words(voice, None))
    return Spoken(
        mp3(mixed(words, script.length_ms)),
        [Put(one.cue.text, one.cue.at_ms, one.cue.at_ms) for one in words],
    )


def apla_grid(script: Script, voice: Voice) -> Spoken:
    """APLA's exact slots, each word's own file put at its slot's start."""
    raw = Raw(voice)
    document = apla.document(script)["mainTemplate"]["item"]
    starts = [place.at_ms for place in apla_time.placed(document, lambda _: 0)]
    return _joined(
        [Put(cue.text, cue.at_ms, at) for cue, at in zip(script.cues, starts, strict=True)],
        [raw.word(cue.text) for cue in script.cues],
    )


def naive(script: Script, voice: Voice) -> Spoken:
    """As public voice workouts do it: a word, a break of a second, the next word."""
    raw, words, here_ms = Raw(voice), [], 0.0
    for cue in script.cues:
        words.append(Put(cue.text, cue.at_ms, here_ms))
        here_ms += raw.ms(cue.text) + BREAK_MS * (cue.slot_ms // BREAK_MS)
    return _joined(words, [raw.word(cue.text) for cue in script.cues])


def by_estimate(script: Script, voice: Voice) -> Spoken:
    """The SSML fallback: its pauses come from estimated word lengths, its words from a real voice."""
    raw, words, sounds, here_ms = Raw(voice), [], [], 0.0
    cues = iter(script.cues)
    for text, percent, pause_ms in _parts(ElementTree.fromstring(ssml.render(script))):
        if text:
            cue = next(cues)
            words.append(Put(cue.text, cue.at_ms, here_ms))
            sounds.append(raw.word(cue.text, percent))
            here_ms += raw.ms(cue.text, percent)
        here_ms += pause_ms
    return _joined(words, sounds)


def _parts(document: ElementTree.Element) -> Iterator[tuple[str, int, int]]:
    """Text, rate and pause of each part of an SSML document."""
    yield document.text or "", 100, 0
    for each in document:
        if each.tag == "break":
            time = each.get("time", "")
            yield "", 100, int(time.removesuffix("ms")) if time.endswith("ms") else int(time[:-1]) * 1000
        else:
            yield each.text or "", int(each.get("rate", "100%")[:-1]), 0
        yield each.tail or "", 100, 0


def _joined(words: list[Put], sounds: list[Samples]) -> Spoken:
    ends = [samples_of(word.put_ms) + len(sound) for word, sound in zip(words, sounds, strict=True)]
    whole = np.zeros(max(ends), np.float32)
    for word, sound in zip(words, sounds, strict=True):
        start = samples_of(word.put_ms)
        whole[start : start + len(sound)] += sound
    return Spoken(mp3(whole), words)
