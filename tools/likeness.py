"""Makes skill/speaker/understanding/likeness/<locale>.json.gz: how much each word speaks for each intent.

It learns from the model's samples, slots filled, and from the sentences of people in tests/said. What is about a body
is one kind, and what is for nobody another: neither is ever read so, and both keep others from it.

    python -m tools.likeness            makes the files
    python -m tools.likeness --across   leaves each fifth of people's sentences out in turn, and prints what is right
"""

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from skill.speaker.understanding import likeness
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import is_heard
from skill.speaker.understanding.likeness import FOR_NOBODY, HARMLESS, OF_A_BODY
from skill.speaker.understanding.model import FALLBACK, NUMBER, Model, Sample, Slot
from skill.speaker.understanding.understand import by_its_words
from tests.said.table import BODY, of_kinds, of_pain, read, tables
from tools.paraphrases import FOLDER as PARAPHRASES
from tools.paraphrases import LOCALES

FOLDER: Final = Path(__file__).parents[1] / "skill" / "speaker" / "understanding" / "likeness"
UNRELATED: Final = Path(__file__).parents[1] / "bench" / "hearing" / "phrases.yaml"
KEPT_BACK: Final = "reported_on"
DECIDING: Final = {"TOPIC", "ASPECT", "CONDITION", "EXERCISE"}
"""The types whose value makes another question of a sentence."""
FOLDS: Final = 5
MOST_SAMPLES: Final = 300
FIRMNESS: Final = 20.0
OF_PEOPLE: Final = 4.0
"""How many of the model's samples, slots filled, a sentence weighs that somebody wrote."""
SMALLEST: Final = 1.5
SCALE: Final = 0.3

Example = tuple[str, str]
"""A kind and a sentence."""


def of_samples(model: Model) -> Iterator[Example]:
    """The model's samples, at most so many of a kind, from all over it; slots filled in turn."""
    values = {kind: cycle(sorted(phrases)) for kind, phrases in model.values.items()}
    values[NUMBER] = cycle(sorted(said for said, value in model.language.numbers.items() if 5 < value < 21))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for sample in model.samples:
        deciding = [item for item in sample.items if isinstance(item, Slot) and item.type in DECIDING]
        for phrase in [*model.values[deciding[0].type]] if deciding else [()]:
            kind = sample.intent
            if deciding:
                kind += f" {deciding[0].name} {model.values[deciding[0].type][phrase].id}"
            found[kind].setdefault(" ".join(_said(sample, deciding, phrase, values)))
    for kind, said in found.items():
        step = max(1, len(said) // MOST_SAMPLES)
        yield from ((kind, text) for text in islice(said, 0, None, step))


def _said(
    sample: Sample, deciding: list[Slot], phrase: tuple[str, ...], values: Mapping[str, Any]
) -> Iterator[str]:
    for item in sample.items:
        if isinstance(item, str):
            yield item
        else:
            yield from phrase if item in deciding else next(values[item.type])


def of_people(model: Model, locale: str) -> Iterator[Example]:
    """What people said, as the tables of tests/said have it."""
    names = [name for kind in ("said", "kept_back", "others") for name in tables(locale, kind)]
    for each in (each for name in names for each in of_kinds(name)):
        intent = each.intents[0]
        deciding = [slot for slot in model.slots.get(intent, ()) if slot.type in DECIDING]
        if intent == "AMAZON.FallbackIntent":
            yield FOR_NOBODY, each.say
        elif all(slot.name in each.slots for slot in deciding):
            yield " ".join((intent, *(f"{slot.name} {each.slots[slot.name]}" for slot in deciding))), each.say
    for table in tables(locale, "pain"):
        yield from ((OF_A_BODY, each.say) for each in of_pain(table))
    for table in tables(locale, "harmless"):
        yield from ((HARMLESS, say) for say in read(table) if by_its_words(say, locale).intent == FALLBACK)


def paraphrases(locale: str) -> Iterator[Example]:
    """The sentences that were written to learn from."""
    file = PARAPHRASES / f"{locale}.yaml"
    written = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    for kind, said in written.items():
        yield from (
            (FOR_NOBODY if kind == "AMAZON.FallbackIntent" else kind, say) for say in said.splitlines()
        )


def for_nobody(locale: str) -> Iterator[Example]:
    """Talk in a room, in the language that the recognisers know."""
    for name, each in yaml.safe_load(UNRELATED.read_text("utf-8")).items():
        if name != KEPT_BACK and is_heard(locale):
            yield from ((FOR_NOBODY, say) for say in each["unrelated"])


def learn(model: Model, samples: list[Example], sentences: list[Example]) -> likeness.Weights:
    """The weights that tell these apart, rounded, the smallest left out; what people say counts for most."""
    examples = [*samples, *sentences]
    kinds = sorted({_kind(kind) for kind, _ in examples})
    rows = [sorted(likeness.features(model, model.language.words(say))) for _, say in examples]
    often = Counter(each for row in rows for each in row)
    names = sorted(each for each, times in often.items() if times > 1)
    number = {name: nth for nth, name in enumerate(names)}
    rarity = np.array([round(10 * math.log(len(rows) / often[name])) / 10 for name in names])
    table = _table([[number[each] for each in row if each in number] for row in rows], rarity)
    regression = LogisticRegression(C=FIRMNESS, max_iter=400)
    numbers = [kinds.index(_kind(kind)) for kind, _ in examples]
    counts = np.array([1.0] * len(samples) + [OF_PEOPLE] * len(sentences))
    of_kinds = np.bincount(numbers, counts) * len(kinds) / len(examples)
    regression.fit(table, numbers, sample_weight=counts / of_kinds[numbers])
    speak = regression.coef_ * rarity
    rounded = np.rint(np.where(abs(speak) < SMALLEST, 0, speak) / SCALE).astype(int)
    speaks = {
        name: tuple(
            int(each) for kind in np.nonzero(rounded[:, nth])[0] for each in (kind, rounded[kind, nth])
        )
        for nth, name in enumerate(names)
    }
    base = tuple(round(float(each), 2) for each in regression.intercept_)
    return likeness.Weights(
        tuple(kinds),
        base,
        SCALE,
        {name: float(rare) for name, rare in zip(names, rarity, strict=True) if speaks[name]},
        {name: pairs for name, pairs in speaks.items() if pairs},
    )


def _kind(kind: str) -> str:
    return OF_A_BODY if kind.split()[0] in (*BODY, "BodyPlaceIntent") else kind


def _table(rows: list[list[int]], rarity: NDArray[np.float64]) -> csr_matrix:
    """A sentence in a row: what few others have counts for more, and a long sentence counts as much as a short one."""
    starts = [0, *np.cumsum([len(row) for row in rows])]
    found = [each for row in rows for each in row]
    return normalize(csr_matrix((rarity[found], found, starts), (len(rows), len(rarity))))


def write(weights: likeness.Weights, file: Path) -> None:
    """The file as the speaker reads it, the same for the same weights."""
    written = {each: getattr(weights, each) for each in ("kinds", "base", "scale", "rarity", "speaks")}
    text = json.dumps(written, separators=(",", ":"), sort_keys=True)
    file.write_bytes(gzip.compress(text.encode(), mtime=0))


def across(model: Model, locale: str) -> Iterator[tuple[str, str]]:
    """The kind of each sentence of people, and the intent it is read as by what learned without it ("" where none)."""
    samples = [*of_samples(model)]
    written = [*paraphrases(locale), *for_nobody(locale)]
    people = [*of_people(model, locale)]
    for fifth in range(FOLDS):
        others = (each for nth, each in enumerate(people) if nth % FOLDS != fifth)
        known = learn(model, samples, [*written, *others])
        for kind, say in people[fifth::FOLDS]:
            fit = likeness.read_by(known, model, model.language.words(say))
            yield _kind(kind).split()[0], fit.sample.intent if fit else ""


def told(locale: str) -> None:
    """Print how well a language's sentences are read by what learned without them."""
    found = [*across(models.load(locale), locale)]
    apart = {"about a body": {OF_A_BODY}, "for nobody": {FOR_NOBODY}}
    apart["others"] = {kind for kind, _ in found} - {OF_A_BODY, FOR_NOBODY}
    for name, kinds in apart.items():
        read_as = [(kind, intent) for kind, intent in found if kind in kinds]
        taken = [(kind, intent) for kind, intent in read_as if intent]
        right = sum(kind == intent for kind, intent in taken)
        print(f"{locale}, {name}: {len(taken)} of {len(read_as)} read, {right} of them right")


def make(locale: str) -> None:
    """Learn a language and write its file."""
    model = models.load(locale)
    written = [*paraphrases(locale), *for_nobody(locale), *of_people(model, locale)]
    FOLDER.mkdir(exist_ok=True)
    write(learn(model, [*of_samples(model)], written), FOLDER / f"{locale}.json.gz")


if __name__ == "__main__":
    for each in LOCALES:
        told(each) if "--across" in sys.argv else make(each)
