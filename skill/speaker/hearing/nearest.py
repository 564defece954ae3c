"""Which of some known sentences sounds most like what was written: what whisper misspelt was still said.

All 25,000 are looked through at once, by how often each kind of phone and each pair of kinds stands in them. Only the
few that are nearest by that are compared phone by phone.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.sound_alikes import Likeness, Phones
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.model import NUMBER, Model, Sample, Slot

_MOST_SLOTS = 2
_A_FEW = 4
_MOST_REPS = 40
_COMPARED = 64

_Counts = NDArray[np.uint8]


class Nearest:
    """Finds the known sentences that sound most like a text."""

    def __init__(self, sentences: Iterable[str], likeness: Likeness, at_least: float) -> None:
        self._likeness = likeness
        self._at_least = at_least
        self._sentences = tuple(sentences)
        self._lengths = np.array([likeness.length(sentence) for sentence in self._sentences])
        # By columns, of which a text needs few.
        self._counts: _Counts = np.zeros((len(self._sentences), self._width), np.uint8, order="F")
        for counts, sentence in zip(self._counts, self._sentences, strict=True):
            counts[:] = self._counted(likeness.phones(sentence))

    def __call__(self, text: str) -> Mapping[str, float]:
        """The known sentences that sound at least so much like the text, and how much (1: the same)."""
        phones = self._likeness.phones(text)
        if not phones:
            return {}
        own = self._counted(phones)
        held = np.flatnonzero(own)
        common = np.minimum(self._counts[:, held], own[held]).sum(1, dtype=np.float32)
        nearest = np.argsort(-common / (self._lengths + len(phones) + 1), kind="stable")[:_COMPARED]
        alike = {self._sentences[at]: self._likeness(self._sentences[at], text) for at in nearest}
        return {sentence: much for sentence, much in alike.items() if much >= self._at_least}

    @property
    def _width(self) -> int:
        return (self._likeness.kinds + 1) * (self._likeness.kinds + 2)

    def _counted(self, phones: Phones) -> _Counts:
        """How often it has each kind of phone, and each pair of kinds, where its ends are a kind, too."""
        kinds, end = [self._likeness.kind(phone) for phone in phones], self._likeness.kinds
        counts: _Counts = np.zeros(self._width, np.uint8)
        for kind in kinds:
            counts[kind] += 1
        for one, other in pairwise((end, *kinds, end)):
            counts[(one + 1) * (end + 1) + other] += 1
        return counts


def of_pain_and_stop(model: Model, likeness: Likeness, by: Agreement) -> Nearest:
    """All ways to tell of pain or a warning sign, or to stop, but the shortest: a short word sounds like much."""
    needed = by.sounds_protective
    return Nearest(
        (
            sentence
            for sentence in _sentences(model, by.protective_intents)
            if " " in sentence and len(likeness.phones(sentence)) >= needed.phones
        ),
        likeness,
        needed.alike,
    )


def of_commands(model: Model, likeness: Likeness, by: Agreement) -> Nearest:
    """All other ways to say something in two words or more, but what opens a hold or deletes."""
    intents = {sample.intent for sample in model.samples} - {
        *by.protective_intents,
        *by.opening_intents,
        *by.talk_alone,
    }
    plain = {
        " ".join(words)
        for words, samples in model.plain.items()
        if any(sample.intent in intents for sample in samples)
    }
    return Nearest(
        (each for each in sorted(plain.union(_sentences(model, intents, _MOST_REPS))) if " " in each),
        likeness,
        by.sounds_known.alike,
    )


def _sentences(model: Model, intents: Iterable[str], most_reps: int = 0) -> list[str]:
    """The common sentences of these intents. Of two slots only one at a time is said freely, the other in a few ways.

    Otherwise every hurt in every place would be 100,000 sentences, and looking through them would take seconds. A
    sample with three slots (which side it is) has a shorter brother without.
    """
    wanted = set(intents)
    said = {
        tuple(word for part in parts for word in part)
        for sample in model.common_samples
        if sample.intent in wanted and len(_slots(sample)) <= _MOST_SLOTS
        for freely in (_slots(sample) or (None,))
        for parts in product(*(_phrases(model, item, item is freely, most_reps) for item in sample.items))
    }
    return [" ".join(words) for words in sorted(said)]


def _slots(sample: Sample) -> list[Slot]:
    """The places of a sample where a value is said."""
    return [item for item in sample.items if isinstance(item, Slot)]


def _phrases(model: Model, item: str | Slot, is_free: bool, most_reps: int) -> Iterable[Words]:
    """A word, or the values of a slot: by their common names if it `is_free`, else a few of them."""
    if isinstance(item, str):
        return [(item,)]
    if item.type == NUMBER:
        return [words for words, value in model.language.numbers.items() if value <= most_reps and is_free]
    if is_free:
        return model.common_names(item.type)
    names = dict.fromkeys(value.name for value in model.values[item.type].values())
    return [model.language.words(name) for name in names][:_A_FEW]
