"""A number alone, while the coach waits for one: a choice among some forty words, so less is enough than elsewhere.

Each recogniser is asked once more with that in mind: whisper after a hint of such answers, the other with a grammar
of numbers alone. Neither is a witness that a number was said at all, for the hint suggests one and the grammar knows
nothing else. So whisper must write the same one nearly every time, or often enough where the grammar hears it too.
"""

from collections.abc import Sequence

from skill.speaker.hearing.opinions import Case, Guess
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Language
from skill.speaker.understanding.understand import understand


def number(case: Case) -> Guess | None:
    """The number that was said, if one is awaited and the guesses agree; none where two come first.

    None either where a word that hurts or stops is among the guesses, and only sounds like the number ("sick"): the
    coach asks again.
    """
    awaited, free = case.opinions.awaited, case.opinions.free
    if any(case.protects(each[1]) for each in case.guesses):
        return None
    firsts = {_value(case, guesses[0]) for guesses in (awaited, free) if guesses} - {None}
    if not awaited or len(firsts) != 1:
        return None
    value = firsts.pop()
    if value is None or not (_agree(case, awaited, value) or _agree(case, free, value)):
        return None
    said = _language(case).digits[str(value)]
    text = " ".join(said)
    return text, understand(text, case.opinions.locale)


def is_sooner_meant(case: Case, guess: Guess) -> bool:
    """Whether a lone word among the later guesses sounds like the number that whisper expects ("sick": six).

    Such a word is not acted on, but neither is the number.
    """
    awaited, free = case.opinions.awaited, case.opinions.free
    value = _value(case, awaited[0]) if awaited else None
    if value is None or guess[0] == free[0] or len(guess[0].split()) > 1:
        return False
    said = " ".join(_language(case).digits[str(value)])
    return case.opinions.alike(guess[0], said) >= case.by.awaited.alike


def _agree(case: Case, guesses: Sequence[str], value: int) -> bool:
    """Whether so many of the guesses are this number and nothing else, and none, with less, is another."""
    needed, found = case.by.awaited, [_value(case, guess) for guess in guesses]
    if found[:1] != [value]:
        return False
    if found.count(value) >= needed.guesses:
        return True
    is_only = set(found) <= {value, None}
    return is_only and found.count(value) >= needed.guesses_if_both and case.opinions.number == value


def _value(case: Case, text: str) -> int | None:
    """The number that a text is, said once or again and again ("Two, two."); None where it holds anything else."""
    language, found, at = _language(case), set[int](), 0
    words = language.in_words(language.words(text))
    while at < len(words):
        number = language.number_at(words, at)
        if number is None:
            return None
        at += number[0]
        found.add(number[1])
    return found.pop() if len(found) == 1 else None


def _language(case: Case) -> Language:
    return models.load(case.opinions.locale).language
