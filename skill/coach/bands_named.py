"""What the trainee says of their own bands: which they have, in which order, what came and what went."""

from collections.abc import Sequence
from typing import Final

from rules.facts import LadderFacts
from skill.coach import back, bands, launch
from skill.coach.ladder import Ladder, from_names, put_above, with_band, without_band
from skill.coach.rungs import NO_BAND, UNNAMED
from skill.coach.state import Counting
from skill.coach.turn import Turn

SAID: Final = {
    "no_band_owned": "ladder_empty",
    "take_the_first": "ladder_too_long",
    "count_a_colour_once": "ladder_same_colour",
    "take_them": "ladder",
}


def ladder(turn: Turn, counting: Counting | None) -> None:
    """The trainee names the bands, lightest first."""
    named = from_names(turn.heard.bands)
    if not named and not turn.heard.bands:
        turn.say("no_such_band")
        back.to_the_thread(turn, counting)
        return
    decision = turn.decide(_facts(turn.heard.bands))
    know_ladder(turn, named, SAID[decision.advice])


def _facts(bands: Sequence[str]) -> LadderFacts:
    owned = [band for band in bands if band != NO_BAND]
    different = len(set(owned))
    return LadderFacts(bands_owned=min(99, different), colour_repeated=len(owned) > different)


def know_ladder(turn: Turn, ladder: Ladder, key: str) -> None:
    """From now on this is the ladder: said back, and the workout goes on from it."""
    old = turn.state.ladder
    counting = turn.workout.counting if turn.workout else None
    turn.know(ladder=ladder, knows_ladder=True)
    bands.follow_ladder(turn, old)
    turn.say(_said(key, ladder), bands=ladder)
    if turn.workout is None or not turn.workout.bands:
        launch.begin(turn)
    elif turn.workout.sets or counting is not None:
        back.to_the_thread(turn, counting)
    else:
        launch.offer_again(turn)


def _said(key: str, ladder: Ladder) -> str:
    if not ladder:
        return "ladder_empty"
    return "ladder_one" if key == "ladder" and len(ladder) == 1 else key


def unknown(turn: Turn) -> None:
    """Somebody who cannot name them: the lightest to begin with, and found out together."""
    know_ladder(turn, UNNAMED, "ladder_unknown")


def compare(turn: Turn, counting: Counting | None) -> None:
    """One band is tougher than another."""
    if len(turn.heard.bands) < 2:
        turn.say("no_such_band")
        back.to_the_thread(turn, counting)
        return
    know_ladder(turn, put_above(turn.state.ladder, *turn.heard.bands[:2]), "ladder")


def add(turn: Turn, counting: Counting | None) -> None:
    """A band more."""
    if not turn.heard.bands:
        turn.say("no_such_band")
        back.to_the_thread(turn, counting)
        return
    know_ladder(turn, with_band(turn.state.ladder, turn.heard.bands[0]), "ladder_grew")


def remove(turn: Turn, counting: Counting | None) -> None:
    """A band less."""
    if not turn.heard.bands or turn.heard.bands[0] not in turn.state.ladder:
        turn.say("no_such_band")
        back.to_the_thread(turn, counting)
        return
    know_ladder(turn, without_band(turn.state.ladder, turn.heard.bands[0]), "ladder")
