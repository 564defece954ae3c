"""What Alexa does before a skill is called: a sentence becomes an intent with slots, or `FallbackIntent`.

Theory of operation. The sentence is brought to one spelling (`language`) and compared with every sample of
the interaction model (`model`, `match`): word for word first, then without words that mean nothing, then
nearly. A near fit counts only if it is close, ahead of every other intent, denies what the sentence denies
and leaves no number over, nor a band where bands are told (`listed` takes a whole list of them beforehand).
Pain, stop and warning signs are taken from less, because missing them costs the
trainee most; everything else is asked again when unsure. It knows nothing of the workout: what an answer
means is the coach's business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from skill.speaker.understanding import band_lists, match
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Language, Words
from skill.speaker.understanding.match import Filled, Fit
from skill.speaker.understanding.model import FALLBACK, LAUNCH, Model

SKILL_ID = "amzn1.ask.skill.glute-coach-speaker"

_MOST_WORDS = 40
WITHOUT_FILLERS = 0.99
# On equal fit the one that protects the trainee wins.
_SAFETY = ("RedFlagIntent", "PainIntent", "AMAZON.StopIntent")


@dataclass(frozen=True)
class Understood:
    """An utterance as a request would carry it. `intent` is `LaunchRequest` where the skill is started.

    `slots` has Alexa's own shape; `score` is 1 for a sentence known word for word and 0 for `FallbackIntent`.
    """

    intent: str
    slots: Mapping[str, Any]
    score: float


def understand(text: str, locale: str = "en-US") -> Understood:
    """Find the intent of what was said; `AMAZON.FallbackIntent` when unsure.

    Raises:
        FileNotFoundError: there is no interaction model or no word list for the locale.
    """
    model = models.load(locale)
    words = model.language.words(text)
    if not words or len(words) > _MOST_WORDS:
        return Understood(FALLBACK, {}, 0.0)
    command = _one_shot(model, words)
    fit = _exact(model, command)
    if fit is None and (bands := band_lists.listed(model, model.language.without_fillers(command))):
        return Understood(band_lists.INTENT, _filled(model, band_lists.INTENT, bands), WITHOUT_FILLERS)
    fit = fit or _near(model, command)
    if fit is None:
        # "Alexa, ask glute workout to do something unknown" still opens the skill.
        return Understood(LAUNCH if command != words else FALLBACK, {}, 0.0)
    return Understood(fit.sample.intent, _filled(model, fit.sample.intent, fit.filled), fit.score)


def _exact(model: Model, words: Words) -> Fit | None:
    """The sentence as it stands, else without its fillers (a little less sure: "then" may have been "ten")."""
    for said, score in ((words, 1.0), (model.language.without_fillers(words), WITHOUT_FILLERS)):
        fits = list(match.exact(model, said))
        if fits:
            best = max(fits, key=lambda fit: (_safety(fit), len(fit.sample.literals)))
            return replace(best, score=score)
    return None


def _near(model: Model, words: Words) -> Fit | None:
    said = model.language.without_fillers(words)
    if not said:
        return None
    at_least = model.language.settings["loose"]["at"]
    fits = [fit for fit in match.near(model, said, at_least) if _may_stand_for(model.language, fit, said)]
    best = max(fits, key=lambda fit: (fit.score, _safety(fit)), default=None)
    if best is None:
        return None
    loose = _loose(model.language, fits, said)
    if loose is not None:
        return loose
    ahead = _best_of_others(fits, best.sample.intent) + model.language.settings["margin"]
    is_near = best.score >= max(model.language.settings["near"], ahead)
    return best if is_near and _hears_every_band(model, best, said) else None


def _loose(language: Language, fits: Iterable[Fit], said: Words) -> Fit | None:
    """The best fit of an intent that protects the trainee, if one of its own words was heard."""
    rule = language.settings["loose"]
    for intent in _SAFETY:
        if not any(word in rule["words"][intent] for word in said):
            continue
        own = [fit for fit in fits if fit.sample.intent == intent]
        if own:
            return max(own, key=lambda fit: fit.score)
    return None


def _may_stand_for(language: Language, fit: Fit, said: Words) -> bool:
    """A near fit may not drop or add a denial, and may not leave a number unheard ("did" for "did ten")."""
    if language.denies(fit.sample.literals) != language.denies(said):
        return False
    literals = fit.sample.literals
    taken = {word for filled in fit.filled.values() for word in filled.heard.split()}
    for start, word in enumerate(said):
        found = language.number_at(said, start)
        if found and word not in literals and word not in taken and str(found[1]) not in taken:
            return any(str(whole) in taken for whole in _numbers_around(language, said, start))
    return True


def _hears_every_band(model: Model, fit: Fit, said: Words) -> bool:
    """Where bands are told, a near fit leaves none of them out."""
    if all(slot.type != "BAND" for slot in model.slots.get(fit.sample.intent, ())):
        return True
    heard = {word for filled in fit.filled.values() for word in filled.heard.split()}
    return all(word in heard or (word,) not in model.values["BAND"] for word in said)


def _numbers_around(language: Language, said: Words, at: int) -> Iterable[int]:
    """The numbers whose words include the one at `at`: "two" of "twenty two" is heard as part of 22."""
    for start in range(max(0, at - 4), at + 1):
        found = language.number_at(said, start)
        if found and start + found[0] > at:
            yield found[1]


def _best_of_others(fits: Iterable[Fit], intent: str) -> float:
    return max((fit.score for fit in fits if fit.sample.intent != intent), default=0.0)


def _safety(fit: Fit) -> int:
    intent = fit.sample.intent
    return len(_SAFETY) - _SAFETY.index(intent) if intent in _SAFETY else 0


def _one_shot(model: Model, words: Words) -> Words:
    """The command within "alexa, ask glute workout to ...", or the words as they are."""
    settings = model.language.settings
    said = words[1:] if words[0] == settings["wake_word"] and len(words) > 1 else words
    for joint in sorted(settings["one_shot_joints"], key=len, reverse=True):
        for verb in settings["one_shot_words"]:
            opening = (verb, *model.invocation_name, *joint.split())
            if said[: len(opening)] == opening and len(said) > len(opening):
                return said[len(opening) :]
    return said


def _filled(model: Model, intent: str, filled: Mapping[str, Filled]) -> dict[str, Any]:
    """Every slot of the intent in Alexa's shape; one that was not said has no value."""
    return {slot.name: _slot(slot, filled.get(slot.name)) for slot in model.slots.get(intent, ())}


def _slot(slot: models.Slot, filled: Filled | None) -> dict[str, Any]:
    empty: dict[str, Any] = {"name": slot.name, "confirmationStatus": "NONE"}
    if filled is None:
        return empty
    said = empty | {"value": filled.heard, "source": "USER"}
    if filled.value is None:
        return said
    resolved = {
        "authority": f"amzn1.er-authority.echo-sdk.{SKILL_ID}.{slot.type}",
        "status": {"code": "ER_SUCCESS_MATCH"},
        "values": [{"value": {"name": filled.value.name, "id": filled.value.id}}],
    }
    return said | {"resolutions": {"resolutionsPerAuthority": [resolved]}}
