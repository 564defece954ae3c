"""Run inside a coach who speaks the pretend language: what a trainee hears of it, as JSON."""

import json
import sys
from pathlib import Path

from skill.app import App, Settings, build
from skill.coach.messages.reply import Line
from skill.history.words import load_words
from skill.locales.texts import known
from skill.speaker.understanding.understand import understand
from tests.locales.pretend import NAME, put_on
from tests.trainee import Trainee

PAIN = ["my hip hurts", "ouch", "I felt something pop in my left knee", "I have chest pain"]
GIST = "how much longer is this training going to go on for today"
NOT_GONE = [
    "the pain has not gone",
    "is the pain gone?",
    "almost gone",
    "I think it's gone",
    "maybe it's gone",
]


def main() -> None:
    """A first workout to its end; then pain in the next one, and what does not open the hold."""
    app = build(Settings(store=str(Path(sys.argv[1]) / "coach.db")))
    who = Trainee(app, locale=NAME)
    heard = [who.say(put_on("start glute workout")), who.say(put_on("yellow, red and green"))]
    heard.append(who.say(put_on("ready")))
    for _ in range(6):
        heard.append(who.say_at(put_on("I can't do any more"), rep=14, second=0))
        heard.append(who.say(put_on("yes")))
    (workout,) = who.workouts
    told = {
        "known": sorted(known()),
        "heard": heard,
        "reps": [each["reps"] for each in workout["sets"]],
        "pain": {each: understand(put_on(each), NAME).intent for each in PAIN},
        "not_gone": {each: understand(put_on(each), NAME).intent for each in NOT_GONE},
        "gist": understand(put_on(GIST), NAME).intent,
        "of_many": {n: forms(app, n) for n in (0, 1, 2, 4, 5, 12, 22, 25, 101, 104, 122, 1002)},
        "gone": understand(put_on("the pain has gone"), NAME).intent,
    }
    app.store.close()
    print(json.dumps(told))


def forms(app: App, number: int) -> list[str]:
    """What the coach and the history say of a number of something."""
    locale = app.locale_of(NAME)
    return [
        locale.text(Line("done", {"sets": number})),
        load_words(locale)("unreadable", count=number),
    ]


if __name__ == "__main__":
    main()
