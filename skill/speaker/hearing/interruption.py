"""What breaks into the count: a choice among few words, so less is enough than elsewhere.

A lone "pause" from across the room is written as "of course" by whoever expects a conversation. Whisper is asked once
more with a hint of what stops, pauses or hurts. It may then write such a word where nobody said one, and it spells one
word in many ways; so what counts is the share of its probability that falls to one of them, and it must find the word
likely without that hint. A second recogniser (`moonshine.py`), which gets no hint, need only be sure of it. Whoever
counts along is not taken for one who breaks in ("four": pause).
"""

from collections.abc import Sequence

from skill.speaker.hearing import awaited
from skill.speaker.hearing.opinions import Case, Guess, Weighed
from skill.speaker.understanding.understand import WITHOUT_FILLERS, by_its_words


def into_the_count(case: Case) -> Guess | None:
    """What interrupts, if whisper's hint or the second recogniser makes it likely enough; none where no count runs."""
    told = case.opinions.interruption()
    return (
        None if not told or awaited.is_number_said(case) else _by_the_other(case) or _by_its_hint(case, told)
    )


def _by_the_other(case: Case) -> Guess | None:
    """What the second recogniser writes first, in one way or another, and is sure of."""
    head = next(iter(case.other), None)
    if head is None or head[1].intent not in case.by.interruption.intents or head[1].score < WITHOUT_FILLERS:
        return None
    return head if case.by_the_other(head[1]) >= case.by.one_word_of_the_other else None


def _by_its_hint(case: Case, told: Sequence[Weighed]) -> Guess | None:
    """The first guess, if nearly all of the probability falls to what means the same."""
    needed = case.by.interruption
    heard = [by_its_words(text, case.opinions.locale) for text, _ in told]
    if heard[0].intent not in needed.intents:
        return None
    means = [each.intent == heard[0].intent and each.score >= WITHOUT_FILLERS for each in heard]
    found = sum(probable for is_one, (_, probable) in zip(means, told, strict=True) if is_one)
    if found < max(needed.probable, needed.share * sum(probable for _, probable in told)):
        return None
    return (told[0][0], heard[0]) if case.opinions.likelihood(told[0][0]) >= needed.likely else None
