"""A trainee with two workouts behind them: one that went well, one that pain ended."""

from pathlib import Path

from skill.app import App, Settings, build
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Reply

USER = "amzn1.ask.account.TRAINED"
MONDAY = 1_700_000_000
THURSDAY = MONDAY + 72 * 3600


def trained(db: Path) -> App:
    """The coach with that user in its store: workout 1 is six sets of thirteen, workout 2 ends in pain."""
    coach = build(Settings(store=str(db)))
    said: list[Reply] = []

    def say(now: int, intent: str, **slots: object) -> Reply:
        heard = Heard(intent, request_id=f"{now}.{len(said)}", device="echo", **slots)  # type: ignore[arg-type]
        said.append(coach.turn(USER, heard, now))
        return said[-1]

    now = MONDAY
    say(now, "Launch")
    say(now, "LadderIntent", bands=("yellow", "red", "green"))
    reply = say(now, "ReadyIntent")
    while reply.count is not None:
        now += reply.count.rest_ms // 1000 + 3 + 13 * 6 + 3
        reply = say(now, "LogSetIntent", number=13)
    say(THURSDAY, "Launch")
    say(THURSDAY + 5, "ReadyIntent")
    say(THURSDAY + 45, "PainIntent", body_part="lower_back")
    say(THURSDAY + 60, "PainIntent", body_part="lower_back")
    return coach
