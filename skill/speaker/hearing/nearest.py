"""Which of some known sentences sounds most like what was written: pain that whisper misspelt is still pain.

The sentences stand in a tree of their phones, so that what many begin with is compared once. A branch is left as
soon as nothing in it can be near enough: a tenth of a second for the 11,000 ways to tell of pain or to stop.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.sound_alikes import Likeness, Phones
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.model import NUMBER, Model, Sample, Slot

_MOST_SLOTS = 2
_A_FEW = 4


@dataclass(slots=True)
class _Node:
    """What begins alike: the sentences that end here, by their words, and the phones that may follow."""

    ends: list[str] = field(default_factory=list)
    following: dict[str, "_Node"] = field(default_factory=dict)
    longest: int = 0
    shortest: int = 10_000


class Nearest:
    """Finds the known sentences that sound most like a text."""

    def __init__(self, sentences: Iterable[str], likeness: Likeness, at_least: float) -> None:
        self._likeness = likeness
        self._at_least = at_least
        self._root = _Node()
        for sentence in sentences:
            self._add(sentence, likeness.phones(sentence))

    def __call__(self, text: str) -> Mapping[str, float]:
        """Every known sentence that sounds at least so much like the text, and how much (1: the same)."""
        phones = self._likeness.phones(text)
        found: dict[str, float] = {}
        if phones:
            self._search(self._root, self._likeness.first_row(phones), 0, phones, found)
        return found

    def _add(self, sentence: str, phones: Phones) -> None:
        node = self._root
        for phone in (*phones, ""):
            node.longest = max(node.longest, len(phones))
            node.shortest = min(node.shortest, len(phones))
            if phone:
                node = node.following.setdefault(phone, _Node())
        node.ends.append(sentence)

    def _search(
        self, node: _Node, row: list[float], depth: int, phones: Phones, found: dict[str, float]
    ) -> None:
        if depth:
            alike = 1 - row[-1] / max(depth, len(phones))
            found.update((sentence, alike) for sentence in node.ends if alike >= self._at_least)
        if self._best(node, row, depth) > (1 - self._at_least) * max(node.longest, len(phones)):
            return
        for phone, following in node.following.items():
            self._search(following, self._likeness.next_row(row, phone, phones), depth + 1, phones, found)

    def _best(self, node: _Node, row: list[float], depth: int) -> float:
        """How near a sentence of this branch can come at best: what is left of both may be of different lengths."""
        most, least, whole = node.longest - depth, node.shortest - depth, len(row) - 1
        return min(
            apart + self._likeness.missing * max(0, whole - at - most, least - whole + at)
            for at, apart in enumerate(row)
        )


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


def _sentences(model: Model, intents: Iterable[str]) -> list[str]:
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
        for parts in product(*(_phrases(model, item, item is freely) for item in sample.items))
    }
    return [" ".join(words) for words in sorted(said)]


def _slots(sample: Sample) -> list[Slot]:
    """The places of a sample where a value is said."""
    return [item for item in sample.items if isinstance(item, Slot)]


def _phrases(model: Model, item: str | Slot, is_free: bool) -> Iterable[Words]:
    """A word, or the values of a slot: by their common names if it `is_free`, else a few of them. Never a number."""
    if isinstance(item, str):
        return [(item,)]
    if item.type == NUMBER:
        return ()
    if is_free:
        return model.common_names(item.type)
    names = dict.fromkeys(value.name for value in model.values[item.type].values())
    return [model.language.words(name) for name in names][:_A_FEW]
