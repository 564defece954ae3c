"""A number alone, while the coach waits for one: a choice among some forty words, so less is enough than elsewhere.

Whisper is asked once more with that in mind, after a hint of such answers. It spells one word in many ways ("Six.",
"6.", "Six, six."), so what counts is the share of its probability that falls to one number, and not how many guesses
are it. The hint suggests numbers: where anything else takes much of the share, none was said for sure.

A second recogniser (`moonshine.py`), where it is installed, weighs each number by itself and gets no hint. What it is
certain of is taken, and what it chooses where whisper expects the same; where it is certain of another, neither is.
In a room neither is sure of much. There a third (`probe.py`), which only compares sounds, decides with them.
"""

from collections.abc import Mapping
from typing import Final

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.meaning import values
from skill.speaker.hearing.opinions import Case, Guess
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Language
from skill.speaker.understanding.understand import by_its_words

_HARDLY: Final = 1e-9


def number(case: Case) -> Guess | None:
    """The number that was said, if one is awaited and the guesses agree; none where two come first.

    None either where a word that hurts or stops is among the guesses, and only sounds like the number ("sick"): the
    coach asks again, unless the second recogniser chooses that number, too.
    """
    free = case.opinions.free
    warnings = [each for each in case.guesses if case.protects(each[1])]
    chosen = _by_both(case)
    if warnings and (chosen is None or not all(is_sooner_meant(case, each) for each in warnings)):
        return None
    value, first = first_of_all(case), _value(case, free[0]) if free else None
    if value is None or not _is_sure(case, value, is_written=first == value) or _forbids(case, value):
        found = (chosen, _undisputed(case), _by_all(case))
        value = next((each for each in found if each is not None), None)
    return None if value is None or first not in (None, value) else said(value, case.opinions.locale)


def outright(numbers: Mapping[int, float], by: Agreement, locale: str) -> Guess | None:
    """The number that the second recogniser chooses, if that is so probable that nobody else need be asked."""
    value, share = _chosen(numbers)
    probable, least = by.awaited.alone
    return said(value, locale) if numbers and numbers[value] >= probable and share >= least else None


def said(value: int, locale: str) -> Guess:
    """A number as an answer."""
    text = " ".join(models.load(locale).language.digits[str(value)])
    return text, by_its_words(text, locale)


def _chosen(numbers: Mapping[int, float]) -> tuple[int, float]:
    """The likeliest of some numbers, and its share of all their probability."""
    value = max(numbers, key=lambda each: numbers[each], default=0)
    return value, numbers[value] / max(sum(numbers.values()), _HARDLY) if numbers else 0.0


def _undisputed(case: Case) -> int | None:
    """The number that the second recogniser chooses and is sure of, where whisper expects no other."""
    value, share = _chosen(case.opinions.numbers)
    probable, least = case.by.awaited.undisputed
    is_sure = share >= least and case.opinions.numbers.get(value, 0.0) >= probable
    return value if is_sure and first_of_all(case) in (None, value) else None


def _by_both(case: Case) -> int | None:
    """The number that the second recogniser chooses, where whisper expects it, too."""
    needed, numbers = case.by.awaited, case.opinions.numbers
    value, share = _chosen(numbers)
    expected = sum(each for _, each in case.opinions.awaited)
    found = sum(each for text, each in case.opinions.awaited if _value(case, text) == value)
    of_expected, of_chosen, probable = needed.by_both
    is_by_both = share >= of_chosen and found >= of_expected * expected
    return value if is_by_both and numbers and found * numbers[value] >= probable else None


def _by_all(case: Case) -> int | None:
    """The number that whisper expects first, if the second recogniser and the probe together choose it, too."""
    numbers, probed = case.opinions.numbers, case.opinions.probed
    together = {value: probable * probed.get(value, 0.0) for value, probable in numbers.items()}
    value, share = _chosen(together)
    least, probable = case.by.awaited.by_all
    return (
        value
        if share >= least and together.get(value, 0.0) >= probable and first_of_all(case) == value
        else None
    )


def _forbids(case: Case, value: int) -> bool:
    """Whether the second recogniser hears another number for certain."""
    is_certain, chosen = _certain(case)
    return is_certain and chosen != value


def _certain(case: Case) -> tuple[bool, int]:
    """The number that the second recogniser chooses, and whether it is certain enough of it to forbid anything else."""
    chosen, share = _chosen(case.opinions.numbers)
    probable, least = case.by.awaited.forbids
    return share >= least and case.opinions.numbers.get(chosen, 0.0) >= probable, chosen


def first_of_all(case: Case) -> int | None:
    """The number that whisper finds likeliest where one is awaited, however likely that is."""
    awaited = case.opinions.awaited
    return _value(case, awaited[0][0]) if awaited else None


def is_number_said(case: Case) -> bool:
    """Whether a number alone is among the things that whisper may have heard without expecting one."""
    return any(_value(case, text) is not None for text in case.opinions.free)


def is_another(case: Case, guess: Guess) -> bool:
    """Whether whisper, which expects a number alone, hears one that the guess has not ("only two", "okay": six).

    Or the second recogniser is certain of one ("what": one).
    """
    if case.protects(guess[1]):
        return False
    value, meant = first_of_all(case), values(guess[1]).values()
    is_certain, chosen = _certain(case)
    return (value is not None and str(value) not in meant) or (is_certain and str(chosen) not in meant)


def is_sooner_meant(case: Case, guess: Guess) -> bool:
    """Whether a lone word among the later guesses sounds like the number that whisper expects ("sick": six).

    Such a word is not acted on, but neither is the number.
    """
    value = first_of_all(case)
    if value is None or guess[0] == case.opinions.free[0] or len(guess[0].split()) > 1:
        return False
    return case.opinions.alike(guess[0], said(value, case.opinions.locale)[0]) >= case.by.awaited.alike


def _is_sure(case: Case, value: int, *, is_written: bool) -> bool:
    """Whether enough of the probability of all guesses falls to those that are this number and nothing else.

    `is_written`: it is also the first thing that whisper writes who expects no number. Then less is enough.
    """
    needed, awaited = case.by.awaited, case.opinions.awaited
    share, probable = needed.if_written if is_written else (needed.share, needed.probable)
    found = sum(each for text, each in awaited if _value(case, text) == value)
    return found >= max(probable, share * sum(each for _, each in awaited))


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
