"""Two recognisers, one verdict: a command is acted on only where they bear each other out.

One knows the grammar and hears a command in everything; the other knows English and mishears "glute". Each is asked
what it heard, and then what it thinks of the other's sentence. Pain and stop are taken from one alone.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from skill.speaker.model import FALLBACK, LAUNCH
from skill.speaker.understand import Understood, understand

_MORE_WORDS = 2


@dataclass(frozen=True)
class Agreement:
    """The thresholds, as `thresholds.yaml` gives and explains them."""

    likely: float
    likely_with_slots: float
    fits: float
    protective: tuple[str, ...]
    protective_likely: float
    perhaps: float


@dataclass(frozen=True)
class Opinions:
    """What both heard, and what each thinks of a sentence.

    `likelihood` is the free recogniser's; `fit` is how much better a sentence fits the sound than the grammar's own
    (a second), None where it does not fit at all.
    """

    free: Sequence[str]
    grammar: str
    likelihood: Callable[[str], float]
    fit: Callable[[str], float | None]
    locale: str = "en-US"


@dataclass(frozen=True)
class Verdict:
    """`command`: act on it. `perhaps`: it may have been one, ask again. `talk`: not for the coach."""

    kind: Literal["command", "perhaps", "talk"]
    text: str
    understood: Understood


def judged(opinions: Opinions, by: Agreement) -> Verdict:
    """Decide what was said, if it was a command at all."""
    free = [(text, understand(text, opinions.locale)) for text in opinions.free]
    if free and free[0][1].intent in by.protective:
        return Verdict("command", *free[0])
    written = next((each for each in free if each[1].intent != FALLBACK), None)
    found = understand(opinions.grammar, opinions.locale)
    by_grammar = Verdict("command", opinions.grammar, found) if found.score == 1.0 else None
    if by_grammar and written and _same(written[1], found):
        return by_grammar
    protects = next((each for each in free if each[1].intent in by.protective and each[1].score == 1.0), None)
    if protects:
        return Verdict("command", *protects)
    if written and _is_borne_out(opinions, written, by_grammar is not None, by):
        return Verdict("command", *written)
    if by_grammar and any(_same(heard, found) for _, heard in free):
        return by_grammar
    likelihood = opinions.likelihood(opinions.grammar) if by_grammar and not _goes_on(opinions) else -math.inf
    if by_grammar and likelihood >= _needed(found, by, written is not None):
        return by_grammar
    is_perhaps = written is not None or likelihood >= by.perhaps
    text = opinions.free[0] if opinions.free else ""
    return Verdict("perhaps" if is_perhaps else "talk", text, Understood(FALLBACK, {}, 0.0))


def _is_borne_out(
    opinions: Opinions, written: tuple[str, Understood], has_rival: bool, by: Agreement
) -> bool:
    """Whether the sound bears out what whisper wrote: a command word for word, of more than one word.

    A nearly known sentence or a single word is too little ("I can do any more", "Go" for "help"): then the grammar
    must have heard the same. So it must for a number, a colour or a launch, if the sound does not run through the
    sentence: whisper writes its own hint now and then.
    """
    text, heard = written
    if heard.score < 1.0 or len(text.split()) < 2:
        return False
    better = opinions.fit(text)
    if better is not None:
        return better >= by.fits
    return not has_rival and heard.intent != LAUNCH and not _values(heard)


def _goes_on(opinions: Opinions) -> bool:
    """Whether more was said than the grammar's sentence: every beginning of what was said is likely in itself."""
    longer = len(opinions.free[0].split()) - len(opinions.grammar.split()) if opinions.free else 0
    return longer > _MORE_WORDS


def _needed(understood: Understood, by: Agreement, is_contested: bool) -> float:
    """How likely the grammar's sentence must be: never likely enough where whisper heard another command."""
    if understood.intent in by.protective:
        return by.protective_likely
    if is_contested:
        return math.inf
    return by.likely_with_slots if _values(understood) else by.likely


def _same(one: Understood, other: Understood) -> bool:
    return meaning(one) == meaning(other)


def meaning(understood: Understood) -> tuple[str, Mapping[str, str]]:
    """The intent and what each slot means, however it was worded."""
    return understood.intent, _values(understood)


def _values(understood: Understood) -> Mapping[str, str]:
    """What each slot means: the entry's id, or the number."""
    return {name: _meaning(slot) for name, slot in understood.slots.items() if "value" in slot}


def _meaning(slot: Mapping[str, Any]) -> str:
    for authority in slot.get("resolutions", {}).get("resolutionsPerAuthority", ()):
        return str(authority["values"][0]["value"]["id"])
    return str(slot["value"])
