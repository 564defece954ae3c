"""What Alexa does before a skill is called: a sentence becomes an intent with slots, or `FallbackIntent`.

Theory of operation. The sentence is brought to one spelling (`language`) and compared with every sample of
the interaction model (`model`, `match`): word for word first, then without words that mean nothing. A sentence
that is none of them is read for a body in danger (`alarm`), from anywhere in it, and for a stop. Then it may be
bands told in one breath (`band_lists`, put in order by `band_order`), two things said in one breath (`two_things`),
a wish or a question in other words (`gist`), most like one thing of all that people have said (`likeness`), a sample
once its misspelt words are mended, or one of these in a clause of its own (`clauses`). What relaxes a safeguard is
never taken so. It knows nothing of the workout: what an answer means is the coach's business.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final

from skill.speaker.understanding import (
    alarm,
    band_lists,
    band_order,
    clauses,
    gist,
    likeness,
    match,
    two_things,
    whole,
)
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Filled, Fit
from skill.speaker.understanding.model import FALLBACK, LAUNCH, Model, Sample

SKILL_ID = "amzn1.ask.skill.glute-coach-speaker"

_MOST_WORDS = 40
WITHOUT_FILLERS = 0.99
NEARLY: Final = 0.9
"""The score of what was taken from anywhere in a sentence: sure of its meaning, not of its words."""
STOP: Final = "AMAZON.StopIntent"
END: Final = "EndWorkoutIntent"
NUMBER: Final = "LogSetIntent"
MISCOUNT: Final = "MISCOUNT"
MISTAKE: Final = "wrong"
NOD: Final = "OkayIntent"
FAIL: Final = "FailIntent"
HEALTH: Final = "HealthIntent"
PAUSE: Final = "AMAZON.PauseIntent"
EFFORT: Final = "EffortIntent"
METHOD: Final = "MethodIntent"
BODY: Final = "body"
"""What a sentence that is not understood may be about: whether anything hurts is asked."""
SAFETY: Final = ("EmergencyIntent", "RedFlagIntent", "PainIntent", STOP)
"""On equal fit the one that protects the trainee wins; likeness and misspelt words make none of them."""
_GOES_ON: Final = frozenset(
    {"LogSetIntent", FAIL, NOD, "CouldDoMoreIntent", "MaybeIntent", "SkipRestIntent", "NextLegIntent"}
)
"""What lets the next count begin or go on: not beside a joint that is named and nothing said of it is known."""
_READY: Final = ("ReadyIntent", "AMAZON.ResumeIntent", "AMAZON.YesIntent")
_NEVER_NEARLY: Final = (*SAFETY, "BodyPlaceIntent", "EffortIntent", "SorenessIntent", "AMAZON.CancelIntent")
"""Never guessed either: what lets a count go on after words about the body, a place ("neck and neck"), and to leave."""


_WHOLE: Final = (NUMBER, NOD, "AMAZON.NoIntent", "WhereAmIIntent")
"""What goes before two things in one breath where the whole sentence is foreseen."""
_WAITS: Final = ("WaitIntent", PAUSE)
_MOST_OF_A_WAIT: Final = 4
"""Words in a wait that stands beside something else."""
_OF_NOBODY: Final = "quantum chromodynamics"
"""Means nothing, so that reading it looks through all that a sentence may mean."""
_ONE_AT_A_TIME: Final = Lock()
"""Held by whoever understands a sentence: what one thread loads is not loaded once more by another."""


@dataclass(frozen=True)
class Understood:
    """An utterance as a request would carry it. `intent` is `LaunchRequest` where the skill is started.

    `slots` has Alexa's own shape; `score` is 1 for a sentence known word for word and 0 for `FallbackIntent`. `greets`:
    it is a launch by a greeting alone, which starts nothing anew where a conversation is under way.
    """

    intent: str
    slots: Mapping[str, Any]
    score: float
    greets: bool = False


def by_its_words(text: str, locale: str = "en-US") -> Understood:
    """The same without likening it to others: what a recogniser wrote may be of a sentence that nobody said.

    Raises:
        FileNotFoundError: there is no interaction model or no word list for the locale.
    """
    return understand(text, locale, likens=False)


def prepare(locale: str, *, likens: bool = True) -> None:
    """Make ready what every sentence needs, which takes seconds: the first thing that is said is answered at once, too.

    Whoever only hears, and likens nothing, needs less of it.

    Raises:
        FileNotFoundError: there is no interaction model or no word list for the locale.
    """
    understand(_OF_NOBODY, locale, likens=likens)


def understand(text: str, locale: str = "en-US", *, likens: bool = True) -> Understood:
    """Find the intent of what was said; `AMAZON.FallbackIntent` when unsure.

    Raises:
        FileNotFoundError: there is no interaction model or no word list for the locale.
    """
    with _ONE_AT_A_TIME:
        return _understand(text, locale, likens)


def _understand(text: str, locale: str, likens: bool) -> Understood:
    model = models.load(locale)
    words = model.language.words(text)
    if not words or len(words) > _MOST_WORDS:
        return Understood(FALLBACK, {}, 0.0)
    asks = model.language.settings["exact_only"]["asked"]
    is_asked = text.rstrip().endswith(("?", "\uff1f")) or model.language.begins_with(words, asks)
    words = _command(model, words)
    shaded = band_lists.shaded(model, words)
    said = band_lists.plain(model, shaded if is_asked else band_order.from_the_lightest(model, shaded))
    for intent, filled, score in _readings(model, said, text, likens):
        is_none = (is_asked and _only_exact(model, intent)) or gist.is_an_aside(model, intent, words)
        if not is_none:
            told = {**_beside(model, intent, said, text, is_told=bool(filled)), **filled}
            return Understood(intent, _filled(model, intent, told), score, _greets(model, intent, said))
    return Understood(FALLBACK, _perhaps(model, said) if likens else {}, 0.0)


def _perhaps(model: Model, words: Words) -> dict[str, Any]:
    """What a sentence that is not understood may have meant: an intent's name as `meant`, and its slots.

    Where it names a joint, or is a little like what is said of a body, that is what it may have meant.
    """
    if topic := gist.chat(model, words) or gist.chat(model, model.language.without_fillers(words)):
        return _meaning(topic)
    like = likeness.perhaps(model, words)
    foreseen = model.language.settings["likeness"]["asked_if_foreseen"]
    if like is not None and (
        like.sample.intent in foreseen or gist.is_an_aside(model, like.sample.intent, words)
    ):
        like = None
    fit = gist.perhaps(model, words) or like
    is_joint = alarm.beside(model, words) is not None
    never = (*SAFETY, LAUNCH, *_GOES_ON, *_READY) if is_joint else (*SAFETY, LAUNCH)
    if fit is None or fit.sample.intent in never:
        return _meaning(BODY) if is_joint or likeness.may_be_of_a_body(model, words) else {}
    slots = _filled(model, fit.sample.intent, fit.filled)
    told = {name: slot for name, slot in slots.items() if name in fit.filled}
    return {**_meaning(fit.sample.intent), **told}


def _meaning(name: str) -> dict[str, Any]:
    return {"meant": {"name": "meant", "confirmationStatus": "NONE", "value": name}}


def _beside(model: Model, intent: str, words: Words, text: str, *, is_told: bool) -> Mapping[str, Filled]:
    """What is told along with it: which band is on, that it was miscounted, or how many reps it were until the end."""
    reps = alarm.reps_told(model, words) if intent == FAIL and not is_told else {}
    if intent == NUMBER and model.language.denies_a_number(text):
        entry = next(iter(model.values[MISCOUNT].values()))
        reps = {MISCOUNT.lower(): Filled(entry.name, entry)}
    healer = whole.healer(model, words) if intent == whole.DOCTOR else {}
    return {**reps, **healer, **likeness.as_meant(model, intent, words)}


Reading = tuple[str, Mapping[str, Filled], float]


def _readings(model: Model, words: Words, text: str, likens: bool) -> Iterator[Reading]:
    """What the sentence may be, the surest first; of a body that may be another's it is asked whose it is."""
    for intent, filled, score in _of_anybody(model, words, text, likens):
        if (report := alarm.of_whom(model, words, intent, filled)) is not None:
            yield report.intent, report.filled, NEARLY
        yield intent, filled, score


def _of_anybody(model: Model, words: Words, text: str, likens: bool) -> Iterator[Reading]:
    """The same, of whoever it is told."""
    said = model.language.without_fillers(words)
    first = alarm.cries(model, words) or alarm.gets_over(model, words)
    if first is not None:
        yield first.intent, first.filled, NEARLY
    report = alarm.read(model, words)
    yield from _graver_first(report, _word_for_word(model, words))
    if report is not None and report.intent in SAFETY:
        yield report.intent, report.filled, NEARLY
    if (report is None or report.intent == HEALTH) and alarm.needs_help(model, words):
        yield METHOD, two_things.said_of(model, "topic", "TOPIC", "help_them"), NEARLY
    yield from _ended(model, words)
    if model.language.counts_along(said):
        yield "WhereAmIIntent", two_things.said_of(model, "aspect", "ASPECT", "rep"), NEARLY
    if alarm.pauses(model, words):
        yield PAUSE, {}, NEARLY
    for is_strange, score in ((False, WITHOUT_FILLERS), (True, NEARLY)):
        if (bands := band_lists.listed(model, said, is_strange=is_strange)) is not None:
            yield band_lists.INTENT, bands, score
    yield from _two_things(model, words)
    if likens and (report is None or report.intent == EFFORT) and likeness.is_of_a_body(model, words):
        report = alarm.likely(model, words, is_sure=likeness.outvotes(model, words)) or report
    yield from _of_a_body(model, text, report or alarm.tires(model, words, gist.small_talk(model)))
    yield from _likely(model, words, text, likens)
    yield from _of_no_matter(model, words)


def _ended(model: Model, words: Words) -> Iterator[Reading]:
    """A stop, with the number that is told along with it."""
    if told := alarm.ends_told(model, words):
        yield END, told, NEARLY
    if alarm.stops(model, words):
        yield from _mistaken(model, words)
        yield STOP, {}, NEARLY


def _two_things(model: Model, words: Words) -> Iterator[Reading]:
    """Two things in one breath; what is foreseen as a whole is one.

    "No piece of cake" is no "no" before "piece of cake", "two more than that" no two, "I want to go again" no goodbye.
    """
    two = two_things.read(model, words, _exact, gist.read)
    if two is None or (two.sample.intent == STOP and alarm.denies_a_stop(model, words)):
        return
    whole_ = gist.read(model, words) if two.sample.intent not in SAFETY else None
    of_its_own = (*_WHOLE, EFFORT) if two.sample.intent == "CouldDoMoreIntent" else _WHOLE
    if whole_ is None or whole_.score != gist.WHOLE or whole_.sample.intent not in of_its_own:
        yield two.sample.intent, two.filled, NEARLY


def _mistaken(model: Model, words: Words) -> Iterator[Reading]:
    """What is told along with a stop to be the wrong leg or band: the set stands still for it, and does not end."""
    rest = alarm.without_stop(model, words)
    fit = _clause(model, rest) if rest else None
    if fit is not None:
        filled = {**likeness.as_meant(model, fit.sample.intent, rest), **fit.filled}
        if any(each.value is not None and each.value.id == MISTAKE for each in filled.values()):
            yield fit.sample.intent, filled, NEARLY


def _graver_first(report: alarm.Report | None, readings: Iterator[Reading]) -> Iterator[Reading]:
    """What the words are as a sample of a pain, and before it what tells of worse."""
    for each in readings:
        if report is not None and alarm.is_graver(report, *each[:2]):
            yield report.intent, report.filled, NEARLY
        yield each


def _of_a_body(model: Model, text: str, report: alarm.Report | None) -> Iterator[Reading]:
    """What is told of a body; of a tired one first what is wished for beside it."""
    if report is not None and report.intent == EFFORT:
        yield from _wished_beside(model, text)
    if report is not None:
        yield report.intent, report.filled, NEARLY


def _wished_beside(model: Model, text: str) -> Iterator[Reading]:
    """What is wished for because a muscle is tired ("my right leg is tired so just do the left one")."""
    wishes = model.language.settings["because_tired"]
    fit = clauses.said_outright(model, text, _clause, wishes)
    if fit is not None:
        yield fit.sample.intent, fit.filled, NEARLY


def _word_for_word(model: Model, words: Words) -> Iterator[Reading]:
    """A sample, one thing said in two ways, or a whole sentence of which every word is foreseen."""
    fit = _exact(model, words) or two_things.twice(model, words, _exact)
    if (fit := fit or whole.read(model, words, WITHOUT_FILLERS)) is not None:
        yield fit.sample.intent, fit.filled, fit.score


def _likely(model: Model, words: Words, text: str, likens: bool) -> Iterator[Reading]:
    """What it may mean; where that lets a count go on over a joint that is named, what hurts is asked first."""
    for fit in _meant(model, words, text, likens):
        if fit.sample.intent in _GOES_ON and (joint := alarm.beside(model, words)) is not None:
            yield joint.intent, joint.filled, NEARLY
        yield fit.sample.intent, fit.filled, fit.score


def _of_no_matter(model: Model, words: Words) -> Iterator[Reading]:
    """That the trainee's own body is fine: the last thing that is looked for."""
    if (fine := alarm.denies(model, words, gist.small_talk(model))) is not None:
        if _waits(model, words):
            yield _WAITS[0], {}, NEARLY
        yield fine.intent, fine.filled, NEARLY


def _waits(model: Model, words: Words) -> bool:
    """Whether a sentence begins or ends with a wait ("my son hurt his toe, one moment")."""
    lengths = range(1, min(_MOST_OF_A_WAIT, len(words) - 1) + 1)
    parts = (part for length in lengths for part in (words[:length], words[-length:]))
    return any(fit.sample.intent in _WAITS for part in parts for fit in match.exact(model, part))


def _meant(model: Model, words: Words, text: str, likens: bool) -> Iterator[Fit]:
    """What the sentence may mean where its words are no sample, the surest first.

    What tells how it was ("the left was harder") goes before what that is only like: a wish for a tougher band.
    """
    said = model.language.without_fillers(words)
    like = _like(model, words) if likens and not gist.chat(model, words) else None
    if likens and likeness.is_for_nobody(model, words):
        return
    idly = gist.read(model, model.language.without(words, model.language.idle))
    if idly is not None and (idly.sample.intent in _NEVER_NEARLY or idly.score == gist.WHOLE):
        yield replace(idly, score=NEARLY)
    if like is not None and like.score >= likeness.SURE.surely and like.sample.intent != NOD:
        yield like
    if idly is not None:
        yield idly
    if (fit := gist.read(model, said)) is not None:
        yield replace(fit, score=NEARLY)
    if like is not None:
        yield like
    if (fit := _misspelt(model, said)) is not None:
        yield fit
    if (fit := clauses.read(model, text, _clause)) is not None:
        yield replace(fit, score=NEARLY)
    beside = alarm.without_denial(model, words, gist.small_talk(model))
    if beside and (fit := _clause(model, beside)) is not None:
        yield replace(fit, score=NEARLY)


def _clause(model: Model, words: Words) -> Fit | None:
    """What one clause of a sentence says, where that relaxes no safeguard."""
    fit = _exact(model, words) or gist.read(model, model.language.without_fillers(words))
    is_free = fit is not None and not (
        _only_exact(model, fit.sample.intent) or fit.sample.intent in (*_NEVER_NEARLY, HEALTH)
    )
    return fit if is_free else None


def _like(model: Model, words: Words) -> Fit | None:
    """What the sentence is most like, if nothing hangs on its very words.

    What is like a yes or like "ready" is a nod: it answers what nothing hangs on, and opens no hold. Bands in people's
    own words and a wish to delete are taken, as the coach says or asks them back before anything is replaced or gone.
    """
    fit = likeness.read(model, words)
    if fit is None or fit.sample.intent in _NEVER_NEARLY:
        return None
    told = model.language.settings["likeness"]
    if _says_yes_and_no(model, words):
        return None
    if fit.sample.intent in told["nods"]:
        return replace(fit, sample=Sample(NOD, ())) if fit.score >= likeness.SURE.nod else None
    is_asked_back = fit.sample.intent == "DeleteDataIntent" or len(fit.filled) > 1
    return fit if is_asked_back or not _only_exact(model, fit.sample.intent) else None


def _says_yes_and_no(model: Model, words: Words) -> bool:
    """Whether a yes and a no are in one breath: that is neither."""
    said = {fit.sample.intent for word in words for fit in match.exact(model, (word,))}
    return said >= {"AMAZON.YesIntent", "AMAZON.NoIntent"}


def _only_exact(model: Model, intent: str) -> bool:
    return intent in model.language.settings["exact_only"]["intents"]


def _exact(model: Model, words: Words) -> Fit | None:
    """The sentence as it stands, else without its fillers (a little less sure: "then" may have been "ten").

    What relaxes a safeguard is taken without those fillers alone that make nothing doubtful.
    """
    language = model.language
    if fits := list(match.exact(model, words)):
        return _surest(fits)
    plain = language.without(words, language.idle)
    if fits := list(match.exact(model, plain)):
        return replace(_surest(fits), score=WITHOUT_FILLERS)
    bare = language.without_fillers(words)
    fits = [fit for fit in match.exact(model, bare) if not _only_exact(model, fit.sample.intent)]
    return replace(_surest(fits), score=WITHOUT_FILLERS) if fits else None


def _surest(fits: list[Fit]) -> Fit:
    """The one with most words of its own; of several that protect the trainee the gravest.

    One without a slot gives way to one of its kind that has some, and so tells more ("skip this set": which set).
    """
    best = max(fits, key=lambda fit: (len(fit.sample.literals), -_grave(fit)))
    if _grave(best) == len(SAFETY):
        alike = [fit for fit in fits if fit.sample.intent == best.sample.intent]
        return best if best.filled else max(alike, key=lambda fit: len(fit.filled))
    return min(fits, key=lambda fit: (_grave(fit), -len(fit.sample.literals)))


def _grave(fit: Fit) -> int:
    """How grave an intent is: 0 is the gravest."""
    intent = fit.sample.intent
    return SAFETY.index(intent) if intent in SAFETY else len(SAFETY)


def _misspelt(model: Model, words: Words) -> Fit | None:
    """What the sentence is once its words are mended, where that relaxes no safeguard and is no question for a wish."""
    mended = match.mended(model, words)
    fit = _exact(model, mended) if mended != words else None
    if fit is None or _only_exact(model, fit.sample.intent) or fit.sample.intent in _NEVER_NEARLY:
        return None
    told = model.language.settings["likeness"]
    is_asked = model.language.begins_with(words, told["asks"])
    return None if is_asked and fit.sample.intent in told["acts"] else replace(fit, score=NEARLY)


def _command(model: Model, words: Words) -> Words:
    """What is asked of the skill: without its wake word and without "ask glute workout to"."""
    settings = model.language.settings
    said = words[1:] if words[0] == settings["wake_word"] and len(words) > 1 else words
    for joint in sorted(settings["one_shot_joints"], key=len, reverse=True):
        for verb in settings["one_shot_words"]:
            opening = (verb, *model.invocation_name, *joint.split())
            if said[: len(opening)] == opening and len(said) > len(opening):
                rest = said[len(opening) :]
                is_whom = joint == settings["launch_for"] and not any(match.exact(model, rest))
                return opening[:-1] if is_whom else rest
    return _without_name(model, said)


def _without_name(model: Model, said: Words) -> Words:
    """A launch without whom it is for ("start glute workout for Ben")."""
    joint = model.language.settings["launch_for"]
    if joint not in said[1:-1]:
        return said
    head = said[: said.index(joint)]
    is_launch = any(fit.sample.intent == LAUNCH for fit in match.exact(model, head))
    return head if is_launch else said


def _greets(model: Model, intent: str, said: Words) -> bool:
    """Whether a launch is nothing but a greeting ("hello?" is also said to hear whether somebody is there)."""
    if intent != LAUNCH:
        return False
    bare = {said, model.language.without_fillers(said)}
    return not bare.isdisjoint(model.language.words(each) for each in model.language.settings["greetings"])


def _filled(model: Model, intent: str, filled: Mapping[str, Filled]) -> dict[str, Any]:
    """Every slot of the intent in Alexa's shape; one that was not said has no value."""
    return {slot.name: _slot(slot, filled.get(slot.name)) for slot in model.slots.get(intent, ())}


def _slot(slot: models.Slot, filled: Filled | None) -> dict[str, Any]:
    empty: dict[str, Any] = {"name": slot.name, "confirmationStatus": "NONE"}
    if filled is None:
        return empty
    said = empty | {"value": filled.heard, "source": "USER"}
    if slot.type == models.NUMBER:
        return said
    resolved: dict[str, Any] = {
        "authority": f"amzn1.er-authority.echo-sdk.{SKILL_ID}.{slot.type}",
        "status": {"code": "ER_SUCCESS_NO_MATCH" if filled.value is None else "ER_SUCCESS_MATCH"},
    }
    if filled.value is not None:
        resolved["values"] = [{"value": {"name": filled.value.name, "id": filled.value.id}}]
    return said | {"resolutions": {"resolutionsPerAuthority": [resolved]}}
