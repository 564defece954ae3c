"""A command that two recognisers wrote who both know English: they mishear different things, so it was said.

Whisper is told what to expect and moonshine is not; neither knows what a command is.
"""

import math
from collections.abc import Sequence
from typing import Final

from skill.speaker.hearing.meaning import same, values
from skill.speaker.hearing.opinions import Case, Guess
from skill.speaker.understanding import model as models
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import WITHOUT_FILLERS, by_its_words

_FIRST: Final = 3


def at_once(case: Case) -> Guess | None:
    """What both wrote first of all, in more than one word and word for word."""
    first = case.guesses[0] if case.guesses else None
    if (
        first is None
        or first[0] != case.opinions.free[0]
        or not _is_whole(first)
        or len(first[0].split()) < 2
    ):
        return None
    other = next(iter(case.other), None)
    return first if other is not None and _is_whole(other) and same(first[1], other[1]) else None


def any_guess(case: Case) -> Guess | None:
    """What both may have heard, word for word; a number, a colour or a single word only where both wrote it first.

    No single word where a number is awaited, for then most in the room are no answer ("back").
    """
    for guess in case.guesses:
        if not _is_whole(guess) or case.is_too_late(guess):
            continue
        places = [
            place for place, other in enumerate(case.other) if _is_whole(other) and same(other[1], guess[1])
        ]
        is_first = places[:1] == [0] and guess[0] == case.opinions.free[0]
        is_lone = len(guess[0].split()) < 2
        if is_lone and not _is_lone_word_sure(case, guess):
            continue
        if is_first or (places and not is_lone and not values(guess[1])):
            return guess
    return None


def nearly(case: Case) -> Guess | None:
    """What neither wrote, but sounds like it, and both find nearly as probable as what they wrote.

    "Decounting" and "He called him" are "keep counting". Nothing that means something else may come near it.
    """
    needed, known = case.by.sounds_known, _sounds_like(case)
    ranked = _ranked(case, known)
    behind, found = min(
        (each for each in ranked if each[1][0] in known), key=lambda each: each[0], default=(math.inf, None)
    )
    if found is None or behind > needed.behind or case.opinions.likelihood(found[0]) < needed.likely:
        return None
    if found[1].intent in (*case.by.opening_intents, *needed.never) or case.begins_the_first(found[0]):
        return None
    is_rivalled = any(each < behind + needed.ahead and not same(other[1], found[1]) for each, other in ranked)
    return None if is_rivalled else found


def _ranked(case: Case, known: Sequence[str]) -> Sequence[tuple[float, Guess]]:
    """How far both together find what may have been said, and what was written, behind what each wrote first."""
    needed, free = case.by.sounds_known, case.opinions.free
    written = (text for text, _ in filter(_is_whole, (*case.guesses, *case.other)))
    texts = tuple(dict.fromkeys((*known, *written))) if known else ()
    return [
        (
            behind + case.opinions.likelihood(free[0]) - case.opinions.likelihood(text),
            (text, by_its_words(text, case.opinions.locale)),
        )
        for text, behind in zip(texts, case.opinions.other_behind(texts), strict=True)
        if behind <= needed.behind + needed.ahead
    ]


def _sounds_like(case: Case) -> Sequence[str]:
    """The few sentences that sound most like the first that either wrote, with the fillers that those begin with."""
    needed, free = case.by.sounds_known, case.opinions.free
    if not case.other or not free or len(free[0].split()) > needed.longest:
        return ()
    found: dict[str, float] = {}
    language = models.load(case.opinions.locale).language
    first = (*free[:_FIRST], *(text for text, _ in case.other[:_FIRST]))
    for words in dict.fromkeys(language.words(text) for text in first):
        fillers = language.fillers_at_the_head(words)
        said = " ".join(words[fillers:])
        for sentence, alike in (*case.opinions.known(said).items(), *case.opinions.protective(said).items()):
            whole = " ".join([*words[:fillers], sentence])
            found[whole] = max(alike, found.get(whole, 0.0))
    return sorted(found, key=lambda sentence: -found[sentence])[: needed.nearest]


def _is_lone_word_sure(case: Case, guess: Guess) -> bool:
    """Whether a single word is sure enough. What may answer "has it gone?" is never: the sound must bear that out."""
    by = case.by
    never = (*by.not_by_one_word, *by.ends_no_set, *by.opening_intents, *by.answers_what_relaxes)
    is_answer = not case.opinions.awaited and guess[1].intent not in never
    return is_answer and case.by_the_other(guess[1]) >= by.one_word_of_the_other


def _is_whole(guess: Guess) -> bool:
    return guess[1].intent != FALLBACK and guess[1].score >= WITHOUT_FILLERS
