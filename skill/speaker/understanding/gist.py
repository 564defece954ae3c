"""What a sentence is about, whatever its words: a band lighter, a longer rest, eleven on the left.

Theory of operation. A sample is a sentence; people put the same thing in many. So a sentence that is no sample is
looked through for the few words that carry a wish, a number or a question. What stands around them must be small
talk: a denial, a condition or a question makes another thing of it, and more than a few words of substance do, too.
Nothing that relaxes a safeguard is read here. The words are `gist/`; the code knows no language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from skill.speaker.understanding import language, patterns
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Filled, Fit
from skill.speaker.understanding.model import NUMBER, Model, Sample
from skill.speaker.understanding.patterns import Pattern

NEARLY = 0.9
"""How sure such a reading is: of the meaning, not of the words."""
WHOLE = 0.95
"""The same of a pattern that is the whole sentence: it goes before what that is only like."""
_FIRST_BAD = "first_bad"
"""The group of the first rep that was no good: the reps are those before it."""


@dataclass(frozen=True)
class _Gist:
    """An intent, the slots it has whenever a pattern fits, and the patterns, whose named groups are slots as well."""

    intent: str
    score: float
    slots: Mapping[str, str]
    says: tuple[Pattern, ...]


@dataclass(frozen=True)
class _Gists:
    """One language's gists in the order in which they are tried, and what may stand around what fits.

    `perhaps` are those of which it is asked whether they were meant. `asides` tell for some intents what is none.
    """

    gists: tuple[_Gist, ...]
    perhaps: tuple[_Gist, ...]
    asides: tuple[tuple[frozenset[str], Pattern], ...]
    chat: Mapping[str, Pattern]
    idle: frozenset[str]
    guards: frozenset[str]
    most_left: int
    most_words: int


@lru_cache(64)  # with and without its fillers a sentence is often the same
def read(model: Model, words: Words) -> Fit | None:
    """The first gist that the sentence has, with its slots; None where it has none."""
    known = load(model.language.locale)
    return _first(known, known.gists, model, words)


def perhaps(model: Model, words: Words) -> Fit | None:
    """The same of what is only asked back ("my sister has the blue one": is it to leave the list?)."""
    known = load(model.language.locale)
    return _first(known, known.perhaps, model, words)


def is_an_aside(model: Model, intent: str, words: Words) -> bool:
    """Whether a band is only talked about: somebody else's, one of the past, one that is denied or asked about."""
    asides = load(model.language.locale).asides
    text = " ".join(model.language.without(words, model.language.polite))
    return any(intent in intents and says.search(text) for intents, says in asides)


def _first(known: _Gists, gists: tuple[_Gist, ...], model: Model, words: Words) -> Fit | None:
    if len(words) > known.most_words:
        return None
    text = " ".join(words)
    told = model.language.settings["likeness"]
    is_asked = model.language.begins_with(words, told["asks"])
    for gist in gists:
        if is_asked and gist.intent in told["acts"]:
            continue
        for pattern in gist.says:
            found = pattern.search(text)
            if found is None or not _is_the_matter(known, text[: found.start()] + text[found.end() :]):
                continue
            heard = {name: said for name, said in found.groupdict().items() if said}
            filled = dict(_filled(model, gist, heard))
            if len(filled) == len(heard) + len(gist.slots):
                around = (*text[: found.start()].split(), *text[found.end() :].split())
                return Fit(Sample(gist.intent, ()), {**_leg(model, gist, around), **filled}, gist.score)
    return None


def _leg(model: Model, gist: _Gist, around: Words) -> dict[str, Filled]:
    """The leg that is named around what fits ("could the right leg get a weaker one"); none where there are two."""
    slot = next((each for each in model.slots[gist.intent] if each.type == "SIDE"), None)
    named = [word for word in around if (word,) in model.values["SIDE"]]
    return (
        {slot.name: Filled(named[0], model.values["SIDE"][(named[0],)])} if slot and len(named) == 1 else {}
    )


def _is_the_matter(known: _Gists, around: str) -> bool:
    left = [word for word in around.split() if word not in known.idle]
    return len(left) <= known.most_left and not known.guards.intersection(left)


def _filled(model: Model, gist: _Gist, heard: Mapping[str, str]) -> Iterator[tuple[str, Filled]]:
    """The slots: those of the gist, and those said, where they name a value or a number."""
    types = {slot.name: slot.type for slot in model.slots[gist.intent]}
    for name, key in gist.slots.items():
        entry = next(each for each in model.values[types[name]].values() if each.id == key)
        yield name, Filled(entry.name, entry)
    for name, said in heard.items():
        words = tuple(said.split())
        if name == _FIRST_BAD:
            yield from _before(model, words)
        elif types[name] == NUMBER:
            number = model.language.number_at(words, 0)
            if number is not None and number[0] == len(words):
                yield name, Filled(str(number[1]), None)
            elif said in (ordinals := model.language.settings.get("ordinals", {})):
                yield name, Filled(str(ordinals[said]), None)
            elif said in model.language.settings["also_one"]:
                yield name, Filled("1", None)
        elif words in model.values[types[name]]:
            yield name, Filled(said, model.values[types[name]][words])


def _before(model: Model, words: Words) -> Iterator[tuple[str, Filled]]:
    """The reps before the first one that was no good ("from fourteen on it wasn't clean")."""
    number = model.language.number_at(words, 0)
    first = number[1] if number else model.language.settings["ordinals"].get(" ".join(words), 0)
    if first > 1:
        yield "reps", Filled(str(first - 1), None)


def chat(model: Model, words: Words) -> str:
    """What the sentence is about where that is none of the coach's business (music, the weather); else ""."""
    known = load(model.language.locale)
    text = " ".join(words)
    return next((topic for topic, says in known.chat.items() if says.search(text)), "")


def small_talk(model: Model) -> frozenset[str]:
    """The words that say nothing beside others."""
    return load(model.language.locale).idle


@lru_cache
def load(locale: str) -> _Gists:
    """Read the language's file of `gist/`. A language that has none is understood by its samples alone."""
    try:
        settings = language.read("gist", locale)
    except FileNotFoundError:
        return _Gists((), (), (), {}, frozenset(), frozenset(), 0, 0)
    model = models.load(locale)
    known = patterns.any_of(model.vocabulary)
    parts = {**settings["parts"], **patterns.of_model(model), "known": known}

    def gists(kind: str) -> tuple[_Gist, ...]:
        return tuple(
            _Gist(
                each["intent"],
                WHOLE if each.get("is_whole") else NEARLY,
                each.get("slots", {}),
                tuple(patterns.compiled([said], parts) for said in each["says"]),
            )
            for each in settings.get(kind, ())
        )

    asides = settings.get("asides", ())
    return _Gists(
        gists=gists("gists"),
        perhaps=gists("perhaps"),
        asides=tuple(
            (frozenset(each["of"].split()), patterns.compiled(each["says"], parts)) for each in asides
        ),
        chat={topic: patterns.compiled(says, parts) for topic, says in settings.get("chat", {}).items()},
        idle=frozenset(settings["idle"].split()),
        guards=frozenset(settings["guards"].split()) | model.language.negations,
        most_left=settings["most_left"],
        most_words=settings["most_words"],
    )
