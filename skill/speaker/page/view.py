"""An answer as the page shows it: its sounds, a count's picture, what can be answered, where the workout stands."""

from typing import Any, Final

from skill.coach.brain import DEFAULT_EXERCISE
from skill.coach.dialogue import TurnTaken
from skill.coach.messages.reply import Count, Reply
from skill.locales.refusals import refusals
from skill.locales.words import Locale
from skill.people.person import AT_SPEED, Person
from skill.speaker.conversation.endpoint import heard_of
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Answer, Hearing
from skill.speaker.page.answers import Answers, Offer
from skill.speaker.page.desk import Desk
from skill.speaker.page.drawing import drawing, put_right
from skill.speaker.page.picture import picture
from skill.speaker.page.where import Card, card, where

TOKEN: Final = "practice"
"""No count of a workout has this token, so whatever is said into it is said into none."""


def practice(desk: Desk, person: Person) -> dict[str, Any]:
    """The count of one rep with its sound, in the trainee's voice for the coach, and its picture."""
    locale = desk.locale(person)
    exercise = desk.coach.exercises[DEFAULT_EXERCISE]
    count = Count(exercise.id, exercise.sides[0], False, 0, 0, 0, 1, 1, TOKEN)
    heard = heard_of(Reply((), count=count), desk.coach.plan, locale)
    return {
        "sounds": sound_of(desk, heard, voice_of(person.settings.speaker, locale)),
        "count": count_shown(desk, heard, count, locale),
        "drawing": drawing(exercise, count.side, "", locale),
    }


def hearing_shown(desk: Desk, hearing: Hearing) -> dict[str, Any]:
    """What a piece of the microphone's stream brought."""
    return {
        "is_speech": hearing.is_speech,
        "is_woken": hearing.is_woken,
        "stopped_at": hearing.stopped_at,
        "answer": answer_shown(desk, hearing.answer) if hearing.answer else None,
    }


def answer_shown(desk: Desk, answer: Answer) -> dict[str, Any]:
    """An answer with its sounds and everything that is shown of it."""
    said, taken = answer.spoken, answer.taken
    count = taken.reply.count if taken else None
    locale = desk.coach.locale_of(answer.locale)
    answers, voice = desk.answers(locale), voice_of(answer.voice, locale)
    question = _question(answer)
    return {
        "person": answer.person,
        "heard": answer.heard,
        "text": said.text,
        "question": said.cues[-1].text if said.cues and answer.is_open else "",
        "is_open": answer.is_open,
        "sounds": sound_of(desk, said, voice),
        "reprompt": answer.reprompt,
        "reprompt_sounds": [_address(name) for name in desk.sounds.sentences(answer.reprompt, voice)],
        "count": count_shown(desk, said, count, locale) if count else None,
        "offers": _offers(answers, question, count),
        "bands": answers.bands() if question == "bands" else [],
        "is_on_hold": taken is not None and taken.state.pain is not None and count is None,
        "where": where(taken.state, desk.coach.exercises, locale) if taken else None,
        "card": _card(desk, taken, locale),
        "drawing": _drawing(desk, taken, locale),
        "fault": _fault(desk, locale),
    }


def _fault(desk: Desk, locale: Locale) -> str:
    """That no voice speaks, and why."""
    why = desk.sounds.fault
    return f"{refusals(locale.name)['silent']} ({why})" if why else ""


def count_shown(desk: Desk, said: Spoken, count: Count, locale: Locale) -> dict[str, Any]:
    """A count with its picture."""
    shown = picture(desk.coach.exercises[count.exercise], count, locale)
    place = {"length_ms": said.length_ms, "enters_by_ms": said.enters_by_ms}
    return {"token": said.token, **place, "picture": shown}


def voice_of(chosen: str, locale: Locale) -> str:
    """Who speaks: the voice that the language needs, else the one that the person chose; at their speed."""
    needed, speed = locale.data.get("voice"), chosen.partition(AT_SPEED)[1:]
    return "".join((needed, *speed)) if needed else chosen


def sound_of(desk: Desk, said: Spoken, voice: str) -> list[str]:
    """The addresses of the sounds in a voice: a sentence each, then the one track of a count."""
    return [_address(name) for name in desk.sounds.answer(said, voice)]


def _question(answer: Answer) -> str:
    """The question that is open; where none is, "on_hold" while pain keeps training so, "finished" after the end."""
    taken = answer.taken
    if taken is None:
        return ""
    if answer.is_open:
        return taken.state.open_question
    return "on_hold" if taken.state.pain else "finished" if taken.finished else ""


def _offers(answers: Answers, question: str, count: Count | None) -> dict[str, Offer]:
    """The buttons: once the coach has spoken, and while a count rests or runs."""
    offers = {"after": answers.to(question)}
    for stage in ("resting", "counting") if count else ():
        offers[stage] = answers.during(stage)
    return offers


def _card(desk: Desk, taken: TurnTaken | None, locale: Locale) -> Card | None:
    if taken is None or not taken.finished:
        return None
    done = taken.finished[-1]
    return card(done, taken.state, desk.coach.exercises[done.exercise], locale)


def _drawing(desk: Desk, taken: TurnTaken | None, locale: Locale) -> str:
    """The exercise at hand: the leg whose turn it is, its band where it is worn; or what the answer puts right."""
    if taken is None or taken.state.workout is None:
        return ""
    workout, count = taken.state.workout, taken.reply.count
    exercise = desk.coach.exercises[workout.exercise]
    if shown := put_right(exercise, taken.reply, locale):
        return shown
    side, rung = (count.side, count.band) if count else next(iter(workout.bands.items()), ("left", ""))
    return drawing(exercise, side, rung, locale)


def _address(name: str) -> str:
    return f"/speaker/sound/{name}.wav"
