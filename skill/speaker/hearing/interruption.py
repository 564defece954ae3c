"""What breaks into the count: a choice among few words, so less is enough than elsewhere.

A lone "pause" from across the room is written as "of course" by whoever expects a conversation. Whisper is asked once
more with a hint of what stops, pauses or hurts. It may then write such a word where nobody said one, and it spells one
word in many ways; so what counts is the share of its probability that falls to one of them, and it must find the word
likely without that hint. Whoever counts along is not taken for one who breaks in ("four": pause).
"""

from skill.speaker.hearing import awaited
from skill.speaker.hearing.opinions import Case, Guess
from skill.speaker.understanding.understand import WITHOUT_FILLERS, by_its_words


def into_the_count(case: Case) -> Guess | None:
    """The first guess, if it interrupts and nearly all of the probability falls to what means the same."""
    needed, told = case.by.interruption, case.opinions.interruption()
    heard = [by_its_words(text, case.opinions.locale) for text, _ in told]
    if not heard or heard[0].intent not in needed.intents or awaited.is_number_said(case):
        return None
    means = [each.intent == heard[0].intent and each.score >= WITHOUT_FILLERS for each in heard]
    found = sum(probable for is_one, (_, probable) in zip(means, told, strict=True) if is_one)
    if found < max(needed.probable, needed.share * sum(probable for _, probable in told)):
        return None
    return (told[0][0], heard[0]) if case.opinions.likelihood(told[0][0]) >= needed.likely else None
