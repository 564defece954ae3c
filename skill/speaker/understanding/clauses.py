"""One wish or question beside words that nobody foresaw ("skip the left, it's my bad side").

Theory of operation. People explain themselves, begin twice and are polite; what they want stands in one clause. So a
sentence that is nothing as a whole is cut where a comma, a full stop or a joining word stands; politeness and false
starts are left out. If its clauses hold one meaning, that was said; a question beside an act waits. What was not
understood must be short and must name no place of the body and no band: nobody goes on over words that may tell of
pain.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Fit
from skill.speaker.understanding.model import Model

Reading = Callable[[Model, Words], Fit | None]

_MARKS: Final = re.compile(r"[,;:.!?\u2013\u2014]+(?:\s|$)|\s[-\u2013\u2014]+\s")
_ANSWERS: Final = frozenset({"AMAZON.NoIntent", "AMAZON.YesIntent", "MaybeIntent"})
"""A yes or no beside other words may mean anything."""
_PASSING: Final = frozenset(
    {"WaitIntent", "ThanksIntent", "OkayIntent", "AMAZON.RepeatIntent", "AMAZON.HelpIntent"}
)
"""What people put before what they want ("hang on", "sorry?"): it counts where nothing else was said."""


def read(model: Model, text: str, reading: Reading) -> Fit | None:
    """The one meaning that the sentence's clauses hold; None where they hold none, or several."""
    settings = model.language.settings["clauses"]
    clauses = list(_clauses(model, text))
    if clauses == [model.language.words(text)]:
        return None
    fits = [(clause, reading(model, clause)) for clause in clauses]
    left = [clause for clause, fit in fits if fit is None]
    if sum(map(len, left)) > settings["most_left"] or any(_is_telling(model, clause) for clause in left):
        return None
    meant = [fit for _, fit in fits if fit is not None]
    if any(fit.sample.intent in _ANSWERS for fit in meant):
        return None
    meant = [fit for fit in meant if fit.sample.intent not in _PASSING] or meant
    told = model.language.settings["likeness"]
    acts = [fit for fit in meant if fit.sample.intent in told["acts"]]
    if acts and model.language.begins_with(model.language.words(text), told["asks"]):
        return None  # "is it normal one side's so much weaker" asks, and wishes for nothing
    meant = acts or meant
    return meant[-1] if len({_key(fit) for fit in meant}) == 1 else None


def said_outright(model: Model, text: str, reading: Reading, intents: Collection[str]) -> Fit | None:
    """The first clause that says one of these outright, whatever the other clauses tell."""
    fits = (reading(model, clause) for clause in _clauses(model, text))
    return next((fit for fit in fits if fit is not None and fit.sample.intent in intents), None)


def _key(fit: Fit) -> tuple[str, str]:
    return fit.sample.intent, str(sorted((name, filled.heard) for name, filled in fit.filled.items()))


def _clauses(model: Model, text: str) -> Iterator[Words]:
    """The clauses, without joining words and politeness."""
    settings = model.language.settings["clauses"]
    for part in _MARKS.split(text):
        words = model.language.without(model.language.words(part), model.language.polite)
        for clause in " ".join("," if word in settings["joins"] else word for word in words).split(","):
            if clause.split():
                yield tuple(clause.split())


def _is_telling(model: Model, clause: Words) -> bool:
    """Whether a clause that was not understood may change the other, or tell of pain or of another band."""
    guards = model.language.settings["clauses"]["guards"]
    named = model.values["BODY_PLACE"], model.values["BAND"]
    return not {*clause}.isdisjoint(guards) or any((word,) in each for word in clause for each in named)
