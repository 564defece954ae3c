"""What a house's cards show of a trainee: when to train next, on which bands, how often this week, whether on hold."""

from datetime import UTC, datetime
from typing import Any

from skill.app import App
from skill.coach.messages.heard import Heard
from skill.coach.turn import Turn
from skill.coach.workout.calendar import in_the_last_week, ready_at


def standing(coach: App, user: str, now: datetime) -> dict[str, Any]:
    """The trainee's state as JSON takes it.

    `next_workout` is a day (never one that is over), None while training is on hold; a leg without a band yet is None.
    """
    state = coach.state(user)
    turn = Turn(state, Heard("Launch"), int(now.timestamp()), coach.brain)
    ready = max(datetime.fromtimestamp(ready_at(turn), UTC), now).astimezone(coach.locale.zone)
    legs = {side: turn.record.legs.get(side) for side in ("left", "right")}
    return {
        "next_workout": None if turn.is_on_hold else ready.date().isoformat(),
        "bands": {
            side: coach.locale.band(leg.rung) if leg and leg.rung else None for side, leg in legs.items()
        },
        "workouts_this_week": len(in_the_last_week(turn)),
        "on_hold": turn.is_on_hold,
        "is_training": state.workout is not None,
    }
