"""Two recognisers, one verdict: a command is acted on only where they bear each other out.

One knows the grammar and hears a command in everything; the other knows English and mishears "glute". Each is asked
what it heard, and then what it thinks of the other's sentence. Pain and stop are taken from one alone (`protective`).
"""

from typing import Literal

from skill.speaker.hearing import awaited, both_wrote, protective
from skill.speaker.hearing.agreement import Agreement, Needed
from skill.speaker.hearing.meaning import same, values
from skill.speaker.hearing.opinions import Case, Guess, Opinions, Verdict
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import WITHOUT_FILLERS, Understood, by_its_words


def into_the_count(case: Case) -> Guess | None:
    """What breaks into the count: the first guess, if nearly all of the probability falls to what means the same.

    A lone "pause" from across the room is written as "of course" by whoever expects a conversation. So whisper is asked
    once more with a hint of what stops, pauses or hurts. It may then write such a word where nobody said one: it must
    find the word likely without that hint, too. Whoever counts along does not break in ("four": pause).
    """
    needed, told = case.by.interruption, case.opinions.interruption()
    heard = [by_its_words(text, case.opinions.locale) for text, _ in told]
    if not heard or heard[0].intent not in needed.intents or awaited.is_number_said(case):
        return None
    means = [each.intent == heard[0].intent and each.score >= WITHOUT_FILLERS for each in heard]
    found = sum(probable for is_one, (_, probable) in zip(means, told, strict=True) if is_one)
    if found < max(needed.probable, needed.share * sum(probable for _, probable in told)):
        return None
    return (told[0][0], heard[0]) if case.opinions.likelihood(told[0][0]) >= needed.likely else None


def judged(opinions: Opinions, by: Agreement) -> Verdict:
    """Decide what was said, if it was a command at all. The first rule that finds one decides."""
    case = Case(opinions, by)
    for rule in _RULES:
        found = rule(case)
        if found is not None:
            decided = _decided(case, found)
            return Verdict("command", *decided) if decided else _not_understood("perhaps", opinions)
    is_perhaps = case.is_perhaps_written or case.likelihood >= by.perhaps
    return _not_understood("perhaps" if is_perhaps else "talk", opinions)


def at_once(opinions: Opinions, by: Agreement) -> Verdict | None:
    """What two recognisers wrote who both know English needs no third, whose search takes most of the time.

    Not where any guess of whisper's is pain or a stop and not rather the awaited number, nor where a rival is easily
    taken for it.
    """
    case = Case(opinions, by)
    if any(case.protects(each[1]) and not awaited.is_sooner_meant(case, each) for each in case.guesses):
        return None
    found = awaited.number(case) or both_wrote.at_once(case)
    if found is None or case.has_rival(found) or case.is_too_unsure(found) or awaited.is_another(case, found):
        return None
    return Verdict("command", *found)


def _not_understood(kind: Literal["perhaps", "talk"], opinions: Opinions) -> Verdict:
    text = opinions.free[0] if opinions.free else ""
    return Verdict(kind, text, Understood(FALLBACK, {}, 0.0), opinions.free)


def _decided(case: Case, found: Guess) -> Guess | None:
    """What was found, unless another number or colour was as likely said: that one if both heard it, else neither."""
    if case.is_too_unsure(found) or awaited.is_another(case, found):
        return None
    rival = case.rival(found)
    if rival is None:
        return found
    by_both = case.by_grammar and same(rival[1], case.by_grammar[1]) and case.is_guessed(rival)
    return rival if by_both and not awaited.is_another(case, rival) else None


def _both(case: Case) -> Guess | None:
    """Both heard the same command."""
    return case.by_grammar if case.by_grammar and case.is_guessed(case.by_grammar, only_first=True) else None


def _written_alone(case: Case) -> Guess | None:
    """Whisper's likeliest command, word for word and of more than one word, and the sound bears it out.

    One with a word mended is too little ("I baught a blue band"): the grammar must have heard the same. So it must
    for a number or a colour, if the sound does not run through the sentence, and for a sentence of whisper's hint. Of
    a cough it writes "okay, let's go", and is not sure of it. Of a long sentence that it is sure of the sound is not
    asked: nobody happens to say "what color should I use".
    """
    if case.written is None or not _is_whole(case.written) or case.is_too_late(case.written):
        return None
    text, heard = case.written
    better = case.opinions.fit(text)
    if better is not None and better >= case.by.fits:
        return case.written
    is_unheard = better is None and case.by_grammar is None
    is_first = text == case.opinions.free[0] and heard.score == 1.0
    is_long = is_first and len(text.split()) >= case.by.long_enough
    is_plain = not values(heard) and not case.is_hint(text)
    is_sure = is_plain and (is_unheard or is_long) and case.opinions.likelihood(text) >= case.by.sure
    return case.written if is_sure else None


def _guessed_too(case: Case) -> Guess | None:
    """The grammar's command is among whisper's guesses."""
    return case.by_grammar if case.by_grammar and case.is_guessed(case.by_grammar) else None


def _grammar_alone(case: Case) -> Guess | None:
    """Whisper finds the grammar's command likely, or nearly as likely as what it wrote, which sounds like it.

    Never where whisper heard another command, unless it is pain or a stop, whose miss costs most.
    """
    if case.by_grammar is None:
        return None
    heard = case.by_grammar[1]
    if case.protects(heard):
        needed = case.by.protective
    elif case.written is not None:
        return None
    else:
        needed = case.by.with_slots if values(heard) else case.by.plain
    return case.by_grammar if _is_likely(case, needed) else None


def _is_likely(case: Case, needed: Needed) -> bool:
    if case.likelihood >= needed.likely and case.behind <= needed.behind:
        return True
    behind = needed.behind_if_the_same if case.alike >= needed.the_same else needed.behind_if_alike
    return case.likelihood >= needed.likely_if_alike and case.behind <= behind and case.alike >= needed.alike


def _best_guess(case: Case) -> Guess | None:
    """Another of whisper's guesses is a command word for word, and the sound bears it out best of all."""
    whole = (each for each in case.guesses if _is_whole(each) and not case.is_too_late(each))
    fits = ((case.opinions.fit(each[0]), each) for each in whole)
    found = [(better, each) for better, each in fits if better is not None and better >= case.by.fits]
    return max(found, key=lambda one: one[0])[1] if found else None


def _one_word(case: Case) -> Guess | None:
    """A single word that nearly every guess repeats, where the grammar heard nothing whole ("Go" for "help").

    Not where a number is awaited, for then most single words in the room are no answer ("back"), and never the end of
    a workout ("hurry": bye).
    """
    head = next(iter(case.guesses), None)
    if (
        head is None
        or case.by_grammar
        or case.opinions.awaited
        or head[1].score < 1.0
        or len(head[0].split()) > 1
    ):
        return None
    if head[1].intent in case.by.not_by_one_word:
        return None
    if sum(same(heard, head[1]) for _, heard in case.guesses) < case.by.one_word_guesses:
        return None
    better = case.opinions.fit(head[0])
    return head if better is not None and better >= case.by.one_word_fits else None


_RULES = (
    protective.at_the_head,
    _both,
    protective.among_the_guesses,
    awaited.number,
    protective.written_by_the_other,
    _written_alone,
    _guessed_too,
    _grammar_alone,
    _best_guess,
    both_wrote.any_guess,
    protective.lone_word,
    _one_word,
    protective.nearly_among_the_guesses,
    protective.begins_a_few_words,
    protective.alike,
    both_wrote.nearly,
    into_the_count,
)


def _is_whole(guess: Guess) -> bool:
    """A command of more than one word, word for word but for fillers ("so", "please")."""
    text, heard = guess
    if heard.intent == FALLBACK or heard.score < WITHOUT_FILLERS:
        return False
    return len(text.split()) > (1 if heard.score == 1.0 else 2)
