"""Bands told in one breath, however many: "two reds and a blue", or a dozen colours where no sample holds so many."""

from collections.abc import Iterator

from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Filled
from skill.speaker.understanding.model import Model, Value

INTENT = "LadderIntent"
RUN = "band_run"
_MOST_OF_A_COLOUR = 9


def listed(model: Model, words: Words) -> dict[str, Filled] | None:
    """The slots of a list of bands, where every word of the sentence belongs to one; else nothing.

    The slots of single bands take the last ones; those before stand together in the slot for several.
    """
    bands = _bands(model, words)
    if len(bands) < 2:
        return None
    single = [slot.name for slot in model.slots[INTENT] if slot.type == "BAND"]
    run, rest = bands[: -len(single)], bands[-len(single) :]
    filled = {name: Filled(band.name, band) for name, band in zip(single, rest, strict=False)}
    if run:
        together = Value("_then_".join(each.id for each in run), " ".join(each.name for each in run))
        filled[RUN] = Filled(together.name, together)
    return filled


def _bands(model: Model, words: Words) -> list[Value]:
    """The bands in their order, each as often as it was said; none where another word stands among them."""
    settings = model.language.settings["band_list"]
    at = max(
        (len(lead) for lead in map(str.split, settings["leads"]) if words[: len(lead)] == tuple(lead)),
        default=0,
    )
    found: list[Value] = []
    times = 1
    while at < len(words):
        named = max(_named(model, words, at), key=lambda each: each[0], default=None)
        counted = model.language.number_at(words, at)
        if named is not None:
            found += [named[1]] * times
            at, times = at + named[0], 1
        elif words[at] in settings["joints"]:
            at += 1
        elif counted is not None and 1 < counted[1] <= _MOST_OF_A_COLOUR:
            at, times = at + counted[0], counted[1]
        else:
            return []
    return found if times == 1 else []


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
