"""Bands told in one breath, however many: "two reds and a blue", or a dozen colours where no sample holds so many."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from skill.speaker.understanding import model as models
from skill.speaker.understanding import patterns
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Filled
from skill.speaker.understanding.model import Model, Value
from skill.speaker.understanding.patterns import Pattern

INTENT = "LadderIntent"
RUN = "band_run"
_MOST_OF_A_COLOUR = 9
_FEWEST = 2
"""One band alone is a list where another one was told to be gone."""


def listed(model: Model, words: Words, *, is_strange: bool = False) -> dict[str, Filled] | None:
    """The slots of a list of bands, where the sentence is about nothing else; else nothing.

    The slots of single bands take the last ones; those before stand together in the slot for several. `is_strange`:
    words that nobody knows may stand among them, as they do in an order of coffee ("a small light roast").
    """
    most_strange = model.language.settings["band_list"]["most_strange"] if is_strange else 0
    words = _put_right(model, words)
    if remarked := _remarked(model, words, most_strange):
        return _slots(model, remarked)
    owned = _owned(model, words)
    bands = _without_their_loads(model, _told_last(bands_in(model, owned, most_strange)))
    if len(bands) < (_FEWEST if owned == words else 1):
        return None
    return _slots(model, bands)


def _slots(model: Model, bands: list[Value]) -> dict[str, Filled]:
    single = [slot.name for slot in model.slots[INTENT] if slot.type == "BAND"]
    run, rest = bands[: -len(single)], bands[-len(single) :]
    filled = {name: Filled(band.name, band) for name, band in zip(single, rest, strict=False)}
    if run:
        together = Value("_then_".join(each.id for each in run), " ".join(each.name for each in run))
        filled[RUN] = Filled(together.name, together)
    return filled


def _put_right(model: Model, words: Words) -> Words:
    """What is told after the words that take it back ("red, no sorry, yellow, red and black")."""
    afters = (after for _, after in model.language.taken_back(words))
    return next((after for after in afters if len(bands_in(model, after, 0)) >= _FEWEST), words)


def _remarked(model: Model, words: Words, strange: int) -> list[Value]:
    """The bands, the lightest first, where it is said of one of them how it pulls ("red and green, green is lighter").

    Said before the others are told ("red is too heavy, I have yellow, too"), it tells a band as well.
    """
    text = " ".join(words)
    found = _remark(model.language.locale).search(text)
    if found is None:
        return []
    of = model.values["BAND"][tuple(found["band"].split())]
    before, after = text[: found.start()].split(), text[found.end() :].split()
    bands = bands_in(model, (*before, *after), strange)
    if of not in bands:
        bands = [of, *bands_in(model, tuple(after), strange)] if found["more"] and not before else []
    others = [each for each in bands if each != of]
    if not others or len(bands) != len(others) + 1:
        return []
    return [of, *others] if found["lighter"] else [*others, of]


@lru_cache
def _remark(locale: str) -> Pattern:
    model = models.load(locale)
    return patterns.compiled([model.language.settings["band_list"]["remark"]], patterns.of_model(model))


def _owned(model: Model, words: Words) -> Words:
    """The sentence without a band that is told to be lost, lent or still on its way: it is none of those at hand."""
    text = _absent(model.language.locale).sub(" ", " ".join(words))
    return tuple(text.split())


@lru_cache
def _absent(locale: str) -> Pattern:
    model = models.load(locale)
    return patterns.compiled(model.language.settings["band_list"]["absent"], patterns.of_model(model))


def plain(model: Model, words: Words) -> Words:
    """The sentence without the quality of a band that has a color, too: "a big thick black one" is the black one."""
    return tuple(word for nth, word in enumerate(words) if not _is_of_a_color(model, words, nth))


def _is_of_a_color(model: Model, words: Words, at: int) -> bool:
    quality = model.values["BAND"].get(words[at : at + 1])
    if quality is None or not is_quality(model, quality.id):
        return False
    end = next((n for n in range(at + 1, len(words)) if not _is_quality(model, words[n])), len(words))
    if _is_told_after(model, words, at):
        return True
    color = model.values["BAND"].get(words[end : end + 1])
    if color is None:
        return False
    settings = model.language.settings["band_list"]
    is_what_for = at > 0 and words[at - 1] in (*settings["stands_for"], settings["range"])
    longer = (model.values["BAND"].get(each) for each in (words[at : at + 2], words[max(0, at - 1) : at + 1]))
    is_of_a_name = any(each is not None and each.id not in (quality.id, color.id) for each in longer)
    return not is_what_for and not is_of_a_name


def _is_quality(model: Model, word: str) -> bool:
    value = model.values["BAND"].get((word,))
    return value is not None and is_quality(model, value.id)


def is_quality(model: Model, band: str) -> bool:
    """Whether a band has its name from how it is ("the thin one") and not from its color."""
    return band in model.language.settings["band_list"]["qualities"]


def _is_told_after(model: Model, words: Words, at: int) -> bool:
    """Whether it stands behind "a" and a color, as adjectives do in some languages ("ein gelbes dünnes")."""
    articles = model.language.settings["band_list"].get("articles_of_two", ())
    before = model.values["BAND"].get(words[at - 1 : at]) if at > 1 else None
    return before is not None and not is_quality(model, before.id) and words[at - 2] in articles


def shaded(model: Model, words: Words) -> Words:
    """The sentence with the color beside each shade: "a light and a dark green" are two greens."""
    settings = model.language.settings["band_list"]
    at = [nth for nth, word in enumerate(words) if word in settings["shades"]]
    colors = [nth for nth, word in enumerate(words) if _is_color(model, words, at, word)]
    if len(at) < 2 or len(colors) != 1:
        return words
    color = words[colors[0]].removesuffix(settings["plural"])
    counted = model.language.number_at(words, max(0, colors[0] - 1))
    left_out = (
        {colors[0], colors[0] - 1}
        if counted and words[colors[0] - 1] not in settings["joints"]
        else {*colors}
    )
    said = ((word, color) if nth in at else (word,) for nth, word in enumerate(words) if nth not in left_out)
    return tuple(part for parts in said for part in parts)


def _is_color(model: Model, words: Words, shades: list[int], word: str) -> bool:
    """Whether a word is a color, or several of it, that there is in each of these shades."""
    color = word.removesuffix(model.language.settings["band_list"]["plural"])
    return bool(shades) and all((words[nth], color) in model.values["BAND"] for nth in shades)


def _told_last(bands: list[Value]) -> list[Value]:
    """The bands where all of them are told once more at the end ("from light to heavy: light, medium and heavy")."""
    starts = (at for at in range(2, len(bands) - 1) if {*map(_id, bands[:at])} <= {*map(_id, bands[at:])})
    return next((bands[at:] for at in starts if len({*map(_id, bands[:at])}) > 1), bands)


def _without_their_loads(model: Model, bands: list[Value]) -> list[Value]:
    """The colors alone where each is told along with its load ("red ten pounds, blue twenty"): they are one band."""
    if len(bands) < 2 * _FEWEST:
        return bands
    units = model.language.settings["band_list"]["after"]
    loads = {each.id for words, each in model.values["BAND"].items() if words[-1] in units}
    for first in (0, 1):
        colors, told = bands[first::2], bands[1 - first :: 2]
        is_told = {*map(_id, told)} <= loads and loads.isdisjoint(map(_id, colors))
        if len(colors) == len(told) >= _FEWEST and is_told:
            return colors
    return bands


def _id(band: Value) -> str:
    return band.id


def bands_in(model: Model, words: Words, strange: int) -> list[Value]:
    """The bands in their order, each as often as it was said; none where too many other words stand among them."""
    settings = model.language.settings["band_list"]
    guards = {*settings["guards"].split(), *model.language.negations}
    lead = re.match(settings["lead"], " ".join(words))
    words = _spelt_out(model, words[len(lead[0].split()) if lead else 0 :])
    at = 0
    found: list[Value] = []
    times, end = 1, -1
    while at < len(words):
        named = max(_named(model, words, at), key=lambda each: each[0], default=None)
        counted = model.language.number_at(words, at)
        if found and (length := _what_for(model, words, at) or (at == end and _apposed(model, words, at))):
            at += length
        elif named is not None:
            found += [named[1]] * times
            at, times = at + named[0], 1
            end = -1 if _load_at(model, words, at - named[0]) else at
        elif words[at] in settings["joints"]:
            at += 1
        elif counted is not None and 1 < counted[1] <= _MOST_OF_A_COLOUR and not strange:
            at, times = at + counted[0], counted[1]
        elif strange and words[at] not in guards and not _may_be_a_band(model, words, at):
            at, strange = at + 1, strange - 1
        else:
            return []
    return found if times == 1 else []


def _may_be_a_band(model: Model, words: Words, at: int) -> bool:
    """Whether a word that nobody knows may be part of a band's name ("shiny purple"), or is a weight ("1.3 kilos")."""
    return words[at + 1 : at + 2] in model.values["BAND"] or words[at][0].isdigit()


def _what_for(model: Model, words: Words, at: int) -> int:
    """With how many words it is told here what the band before is for ("is light", "for easy days"); 0 if it is not."""
    settings = model.language.settings["band_list"]
    if words[at] not in (*settings["stands_for"], *settings.get("tells", ())):
        return 0
    length = _load_at(model, words, at + 1)
    return length + 1 if length else 0


def _apposed(model: Model, words: Words, at: int) -> int:
    """How many words right after a color tell how it pulls ("yellow, the easy one"), and are no band more."""
    if words[at] != model.language.settings["band_list"]["apposition"]:
        return 0
    length = _load_at(model, words, at + 1)
    return length + 1 if length else _load_at(model, words, at)


def _load_at(model: Model, words: Words, at: int) -> int:
    """With how many words it is told from here on how a band pulls; 0 if it is not."""
    return max((length for length, _, _ in model.slot_at("LOAD", words, at)), default=0)


def _spelt_out(model: Model, words: Words) -> Words:
    """Each number with the word of its kind: "ten and twenty pounds" are ten pounds and twenty pounds."""
    settings = model.language.settings["band_list"]
    before, after = settings["before"], settings["after"]
    last = next((word for word in reversed(words) if word in after), "")
    kind, out, at = "", list[str](), 0
    while at < len(words):
        counted = model.language.number_at(words, at)
        if words[at] in before:
            kind, at = before[0], at + 1
        elif counted is None or not (kind or last) or _is_pronoun(settings, words, at):
            out.append(words[at])
            at += 1
        else:
            numbers, at = _up_to(model, words, at, counted)
            at += words[at : at + 1] == (last,)
            for number in numbers:
                out += [kind, *number] if kind else [*number, last]
    return tuple(out)


def _is_pronoun(settings: Mapping[str, Any], words: Words, at: int) -> bool:
    """Whether a number's word stands for a band ("one is ten pounds, the other one twenty")."""
    pronoun = settings["pronoun"]
    if words[at] != pronoun["word"]:
        return False
    before, after = words[at - 1 : at] if at else (), words[at + 1 : at + 2]
    return not {*before}.isdisjoint(pronoun["before"]) or not {*after}.isdisjoint(pronoun["after"])


def _up_to(model: Model, words: Words, at: int, counted: tuple[int, int]) -> tuple[Iterable[Words], int]:
    """The numbers from here on: one, or all up to the end of a range; and where it ends."""
    language, end = model.language, at + counted[0]
    settings = language.settings["band_list"]
    skip = end + 2 if words[end + 1 : end + 2] and words[end + 1] in settings["before"] else end + 1
    upto = language.number_at(words, skip) if words[end : end + 1] == (settings["range"],) else None
    if upto is None or not counted[1] < upto[1] <= counted[1] + _MOST_OF_A_COLOUR:
        return [language.digits[str(counted[1])]], end
    return [language.digits[str(n)] for n in range(counted[1], upto[1] + 1)], skip + upto[0]


def _named(model: Model, words: Words, at: int) -> Iterator[tuple[int, Value]]:
    """The bands that are named from here on, by how many words; several of a colour end as the locale has it."""
    for length, _, value in model.slot_at("BAND", words, at):
        if value is not None:
            yield length, value
    ending = model.language.settings["band_list"]["plural"]
    if words[at].endswith(ending):
        single = (*words[:at], words[at].removesuffix(ending), *words[at + 1 :])
        yield from (
            (length, value) for length, _, value in model.slot_at("BAND", single, at) if value is not None
        )
