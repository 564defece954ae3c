"""Two things said in one breath ("I'm done, twelve"; "too heavy, stop"): each a sample in itself, both taken.

Behind a number of reps, reps that were possible may be told in other words, too ("fourteen, two left in the tank").
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Filled, Fit
from skill.speaker.understanding.model import Model, Sample

Reading = Callable[[Model, Words], Fit | None]

_LONGEST = 16
_NUMBER = "LogSetIntent"
_OF_THE_LOAD = frozenset({"EasierBandIntent", "TougherBandIntent"})
_EASY = "CouldDoMoreIntent"
"""Beside a wish for another band it answers whether there was one rep more."""
_SUPPOSED = frozenset({_EASY, "MaybeIntent"})
"""What tells of reps that were not done."""
_END, _LIGHTER = "FailIntent", "EasierBandIntent"
_ANSWER = "answer"
_PUT_RIGHT = (
    frozenset({_NUMBER}),
    frozenset({"LadderIntent", "UseBandIntent"}),
    frozenset({"StartSideIntent", "OnlySideIntent"}),
)
"""What people put right in the same breath: a number, a band, a leg."""
_READY = "ReadyIntent"
_GONE = "PainGoneIntent"
_FINE_AND_GONE = frozenset({"FineIntent", _GONE})
_CONTRARY = frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent"})
"""Said in one breath ("yeah, no") they are no answer: neither may be picked, for each relaxes a safeguard somewhere."""


def read(model: Model, words: Words, exact: Reading, gist_of: Reading) -> Fit | None:
    """The graver of the two, with what the other adds to it; None where the sentence is no such pair.

    Behind a number of reps it may be told in other words that more were possible: the number is what was done.
    """
    settings = model.language.settings
    ranks = {intent: rank for rank, intent in enumerate(settings["of_two_things"])}
    if len(words) > _LONGEST:
        return None
    if (fit := _put_right(model, words, exact)) is not None:
        return fit
    tells_reps = model.language.has_a_number(words)
    for first, second in _halves(model, words):
        pair = [fit for half in (first, second) if (fit := exact(model, half)) is not None]
        is_half = tells_reps and len(pair) < 2
        if is_half and (done := _done_of_more(model, (first, second), exact, gist_of)) is not None:
            return done
        intents = {fit.sample.intent for fit in pair}
        if intents == _CONTRARY or ({*second[:1]} <= {*settings["guesses"]} and intents == {_NUMBER}):
            return None
        if (both := _of_both_legs(pair)) is not None:
            return both
        if len(pair) == 2 and all(fit.sample.intent in ranks for fit in pair):
            return _graver(model, pair, ranks, is_step=len(second) == 1)
    return None


def _graver(model: Model, pair: list[Fit], ranks: Mapping[str, int], *, is_step: bool) -> Fit:
    """The one that is acted on, with the slots of the other; a step ("two lighter") is no number of reps."""
    intents = {fit.sample.intent for fit in pair}
    # Of two of a kind ("eleven, no, twelve") the later one puts the earlier right. Legs go in turn.
    is_in_turn = intents <= {*model.language.settings["likeness"]["first_of_two"]}
    graver, other = sorted(pair if is_in_turn else reversed(pair), key=lambda fit: ranks[fit.sample.intent])
    if intents == {_END, _LIGHTER}:  # the set ends either way, and the wish would be lost
        graver, other = other, graver
    own = {slot.name for slot in model.slots[graver.sample.intent]}
    has_no_number = graver.sample.intent in _OF_THE_LOAD and is_step
    kept = {} if has_no_number else {name: filled for name, filled in other.filled.items() if name in own}
    if other.sample.intent == _EASY and _ANSWER in own:
        kept |= said_of(model, _ANSWER, "ANSWER", "yes")
    if other.sample.intent == _END and _ANSWER in own and not {"reps"} & {*kept, *graver.filled}:
        kept |= said_of(model, _ANSWER, "ANSWER", "no")
    return replace(graver, filled={**kept, **graver.filled})


def _done_of_more(model: Model, halves: tuple[Words, Words], exact: Reading, gist_of: Reading) -> Fit | None:
    """The reps that were done, where behind them it is told that more were possible."""
    told, more = (exact(model, half) for half in halves)
    more = more or gist_of(model, halves[1])
    if more is None or more.sample.intent not in _SUPPOSED:
        return None
    if told is None and more.sample.intent == _EASY:
        told = gist_of(model, halves[0])
    return told if told and "reps" in told.filled and told.sample.intent in (_NUMBER, _END) else None


def _of_both_legs(pair: list[Fit]) -> Fit | None:
    """A number for each leg ("left eleven, right twelve"): the second one is told along with the first."""
    sides = {fit.filled["side"].value for fit in pair if {*fit.filled} == {"side", "reps"}}
    if len(pair) == len(sides) == 2 and all(fit.sample.intent == _NUMBER for fit in pair):
        first, second = pair
        return replace(first, filled={**first.filled, "reps_other": second.filled["reps"]})
    return None


def said_of(model: Model, slot: str, kind: str, key: str) -> Mapping[str, Filled]:
    """A slot with the value of this id."""
    entry = next(each for each in model.values[kind].values() if each.id == key)
    return {slot: Filled(entry.name, entry)}


def twice(model: Model, words: Words, exact: Reading) -> Fit | None:
    """One thing said in two ways ("all better, the pain's gone"): it is as exact as either.

    Ready and a nod, or to go on, are ready: what of them asks the most when a pain is open.
    """
    settings = model.language.settings
    if len(words) > _LONGEST:
        return None
    for halves in _halves(model, words):
        pair = [fit for half in halves if (fit := exact(model, half)) is not None]
        intents = {fit.sample.intent for fit in pair}
        if len(pair) != len(halves):
            continue
        if len(intents) == 1 and intents <= {*settings["said_twice"]}:
            return min(pair, key=lambda fit: fit.score)
        if intents == _FINE_AND_GONE:
            return next(fit for fit in pair if fit.sample.intent == _GONE)
        if len(intents) > 1 and intents <= {*settings["moves_on"]}:
            return replace(min(pair, key=lambda fit: fit.score), sample=Sample(_READY, ()), filled={})
    return None


def _put_right(model: Model, words: Words, exact: Reading) -> Fit | None:
    """The later of two numbers, bands or legs where words between take the earlier one back ("nine, no, eight")."""
    for first, later in model.language.taken_back(words):
        told, right = exact(model, first), exact(model, later) or _put_right(model, later, exact)
        if told is None:
            continue
        right = right or _leg_alone(model, told, later)
        kind = next((each for each in _PUT_RIGHT if told.sample.intent in each), None)
        if kind is None or right is None or right.sample.intent not in kind:
            continue
        if kind == _PUT_RIGHT[0] or len(told.filled) == len(right.filled) == 1:
            return right
    return None


def _leg_alone(model: Model, told: Fit, later: Words) -> Fit | None:
    """The same of another leg, where that one is named alone ("the left leg first, no, the right")."""
    named = later[1:] if later[0] in model.language.settings["launch_articles"] else later
    entry = model.values["SIDE"].get(named)
    is_of_a_leg = told.sample.intent in _PUT_RIGHT[2] and len(told.filled) == 1
    if entry is None or not is_of_a_leg:
        return None
    return replace(told, filled={next(iter(told.filled)): Filled(" ".join(named), entry)})


def _halves(model: Model, words: Words) -> Iterator[tuple[Words, Words]]:
    """The sentence cut in two, but never before the pronoun alone: "the green one" tells no number."""
    settings = model.language.settings
    pronoun = settings["band_list"]["pronoun"]["word"]
    for at in range(1, len(words)):
        if words[at] == pronoun and (at + 1 == len(words) or words[at - 1 : at] in model.values["BAND"]):
            continue
        yield words[:at], words[at + 1 if words[at] in settings["joins"] else at :]
