"""Pain, warning signs and stop: taken from either recogniser alone, and from what only sounds like them.

Missing one costs the trainee most. They are heeded only while somebody trains or has called the coach, so that talk
in the room has little to be taken for.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from skill.speaker.hearing import awaited
from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.meaning import values
from skill.speaker.hearing.opinions import Case, Guess
from skill.speaker.understanding import model as models
from skill.speaker.understanding.understand import by_its_words

_ABOUT_OLD_PAIN: Final = ("still", "better", "almost")
STOP: Final = "AMAZON.StopIntent"


def outright(texts: Sequence[str], by: Agreement, locale: str) -> Guess | None:
    """Pain or stop, word for word, is what whisper heard first of all: nothing else that is heard could change it."""
    if not texts:
        return None
    found = by_its_words(texts[0], locale)
    return (texts[0], found) if found.score == 1.0 and found.intent in by.protective_intents else None


def at_the_head(case: Case) -> Guess | None:
    """Pain or stop is what whisper heard first of all, even if only nearly in known words.

    Where it is only nearly pain, a warning sign that it sounds like goes before ("I am just pain": chest pain).
    """
    head = next(iter(case.guesses), None)
    if head is None or not case.protects(head[1]):
        return None
    if head[1].score < 1.0:
        found = alike(case)
        if found is not None and found[1].intent == case.by.protective_intents[0]:
            return found
    return head


def among_the_guesses(case: Case) -> Guess | None:
    """Pain or stop, word for word, is one of the things that whisper may have heard."""
    found = (each for each in case.guesses if case.protects(each[1]) and each[1].score == 1.0)
    return next((each for each in found if not awaited.is_sooner_meant(case, each)), None)


def written_by_the_other(case: Case) -> Guess | None:
    """Pain or stop, word for word and in more than one word, is what the second free recogniser wrote first."""
    head = next(iter(case.other), None)
    if head is None or head[1].score < 1.0 or not case.protects(head[1]) or len(head[0].split()) < 2:
        return None
    return head


def nearly_among_the_guesses(case: Case) -> Guess | None:
    """The first of whisper's guesses that is anything is pain or stop, if only nearly in known words.

    How a pain has changed is never guessed so ("nearly there": nearly better).
    """
    found = case.written
    if found is None or not case.protects(found[1]) or awaited.is_sooner_meant(case, found):
        return None
    return None if values(found[1]).get("hurting") in _ABOUT_OLD_PAIN else found


def begins_a_few_words(case: Case) -> Guess | None:
    """A few words that begin with one that is pain or stop in itself ("stop right mirror").

    Words that only answer how pain has changed are in all talk ("better off").
    """
    head = case.opinions.free[0].split() if case.opinions.free else []
    if not 1 < len(head) <= case.by.few_words:
        return None
    found = by_its_words(head[0], case.opinions.locale)
    is_alarm = (
        found.score == 1.0 and case.protects(found) and values(found).get("hurting") not in _ABOUT_OLD_PAIN
    )
    return (case.opinions.free[0], found) if is_alarm else None


def alike(case: Case) -> Guess | None:
    """What was written is no such sentence but sounds like one, which whisper finds likely and the sound bears out."""
    needed = case.by.sounds_protective
    free = case.opinions.free
    if not free or len(free[0].split()) > needed.longest:
        return None
    own = case.opinions.likelihood(free[0])
    least = max(needed.likely, own - needed.behind)
    likely = [(case.opinions.likelihood(text), text) for text in _nearest(case)]
    for likelihood, text in sorted(likely, reverse=True):
        if likelihood < least:
            break
        fits = case.opinions.fit(text)
        found = by_its_words(text, case.opinions.locale)
        if fits is not None and fits >= needed.fits and case.protects(found):
            return text, found
    return None


def lone_word(case: Case) -> Guess | None:
    """A single word that sounds like one that stops ("Glute": quit), if whisper finds that one likely and it fits.

    Not where a number is awaited, which it may have been ("one": whoa); then the coach asks again.
    """
    needed, free = case.by.lone_stop, case.opinions.free
    if not free or len(free[0].split()) > 1 or case.opinions.awaited:
        return None
    for word in _words_that_stop(case.opinions.locale):
        alike = max(case.opinions.alike(word, guess) for guess in free)
        if alike < needed.alike or case.opinions.likelihood(word) < needed.likely:
            continue
        fits = case.opinions.fit(word)
        if fits is not None and needed.fits <= fits < math.inf:
            return word, by_its_words(word, case.opinions.locale)
    return None


@lru_cache
def _words_that_stop(locale: str) -> Sequence[str]:
    samples = (each for each in models.load(locale).samples if each.intent == STOP)
    return tuple(str(each.items[0]) for each in samples if len(each.items) == 1)


def _nearest(case: Case) -> list[str]:
    """The few sentences that sound most like any of whisper's guesses, with the fillers that the guess begins with."""
    found: dict[str, float] = {}
    language = models.load(case.opinions.locale).language
    for words in dict.fromkeys(language.words(guess) for guess in case.opinions.free):
        for fillers in {0, language.fillers_at_the_head(words)}:
            said = " ".join(words[fillers:])
            for sentence, alike in case.opinions.protective(said).items():
                whole = " ".join([*words[:fillers], sentence])
                found[whole] = max(alike, found.get(whole, 0.0))
    return sorted(found, key=lambda sentence: -found[sentence])[: case.by.sounds_protective.nearest]
