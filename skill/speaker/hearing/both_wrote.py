"""A command that two recognisers wrote who both know English: they mishear different things, so it was said.

Whisper is told what to expect and moonshine is not; neither knows what a command is.
"""

from skill.speaker.hearing.meaning import same, values
from skill.speaker.hearing.opinions import Case, Guess
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import WITHOUT_FILLERS


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


def _is_lone_word_sure(case: Case, guess: Guess) -> bool:
    """Whether a single word is sure enough. What may answer "has it gone?" is never: the sound must bear that out."""
    by = case.by
    never = (*by.not_by_one_word, *by.ends_no_set, *by.opening_intents, *by.answers_what_relaxes)
    is_answer = not case.opinions.awaited and guess[1].intent not in never
    return is_answer and case.by_the_other(guess[1]) >= by.one_word_of_the_other


def _is_whole(guess: Guess) -> bool:
    return guess[1].intent != FALLBACK and guess[1].score >= WITHOUT_FILLERS
