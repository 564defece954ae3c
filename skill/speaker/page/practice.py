"""One rep to try the tempo with: counted and shown as in a set, and written down nowhere."""

from typing import Any, Final

from skill.coach.brain import DEFAULT_EXERCISE
from skill.coach.messages.reply import Count, Reply
from skill.people.person import Person
from skill.speaker.conversation.endpoint import heard_of
from skill.speaker.page.desk import Desk
from skill.speaker.page.drawing import drawing
from skill.speaker.page.view import count_shown, sound_of, voice_of

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
