"""What the trainee says of their own bands: which they have, in which order, what came and what went."""

from collections.abc import Sequence
from typing import Final

from rules.vocabulary.band_facts import LadderFacts
from skill.coach.bands import assign
from skill.coach.bands.ladder import from_names, put_apart, put_at_end, with_band, without_band
from skill.coach.bands.rungs import NO_BAND, UNNAMED, Ladder, nearest_owned, order
from skill.coach.intents import not_understood, resume_thread
from skill.coach.messages.reply import Line, Param
from skill.coach.state import Counting, Leg
from skill.coach.turn import Turn
from skill.coach.workout import start
from skill.coach.workout.position import is_counting

SAID: Final = {
    "no_band_owned": "ladder_empty",
    "take_the_first": "ladder_too_long",
    "count_a_colour_once": "ladder_same_colour",
    "take_them": "ladder",
    "take_them_and_ask": "ladder_of_many",
}
NAMELESS: Final = {0: (), 1: UNNAMED[:1], 2: (UNNAMED[0], UNNAMED[2]), 3: UNNAMED}
"""The rungs of somebody who says only how many bands they have."""
SAID_OF_NAMELESS: Final = {0: "ladder_empty", 1: "ladder_nameless_one"}
TOO_LONG: Final = SAID["take_the_first"]
SAID_BACK_MS: Final = 3500
"""Bands are named back one by one as long as that takes no longer."""
A_PAIR: Final = 2
GREW: Final = "ladder_grew"
SAID_BACK: Final = frozenset({"ladder", "ladder_long", "ladder_of_many", "my_bands"})
"""What names the bands in their order."""
WHICH_IS_GONE: Final = "which_band_is_gone"


def ladder(turn: Turn, counting: Counting | None) -> None:
    """The trainee names the bands, lightest first; a lone colour may answer what was just asked of one."""
    named = from_names(turn.heard.bands)
    if len(named) == 1 and named[0] not in turn.state.ladder and is_counting(turn, counting):
        not_understood.not_understood(turn, counting)  # "heavy!" in a set names no band
        return
    if len(named) == 1 and named[0] in turn.state.ladder:
        newest = turn.state.newest_band
        if newest not in ("", named[0]):
            know_ladder(turn, put_apart(turn.state.ladder, named[0], newest, newest), "ladder")
            return
        if turn.state.lost_a_band:
            remove(turn, counting)
            return
    if turn.heard.unresolved or (not named and not turn.heard.bands):
        resume_thread.aside(turn, counting, "no_such_band")
        return
    is_known = turn.state.ladder and not set(turn.state.ladder) <= set(UNNAMED)
    if is_known and set(named) != set(turn.state.ladder):
        turn.know(proposed_ladder=tuple(turn.heard.bands))
        turn.ask("replace_ladder", bands=named or (NO_BAND,), count=len(turn.state.ladder))
        return
    _take(turn, turn.heard.bands)


def is_one_of_mine(turn: Turn) -> bool:
    """Whether one known band is named, however often, and nothing that was asked of the bands waits for it."""
    named, state = from_names(turn.heard.bands), turn.state
    waits = state.open_question == "bands" or state.lost_a_band or state.newest_band not in ("", *named)
    return len(named) == 1 and named[0] in state.ladder and not waits and not turn.heard.unresolved


def replace(turn: Turn, counting: Counting | None) -> None:
    """Yes: the bands just named instead of those of before."""
    _take(turn, turn.state.proposed_ladder)


def keep(turn: Turn, counting: Counting | None) -> None:
    """No: the bands of before stay."""
    turn.know(proposed_ladder=(), open_question="ready" if turn.workout is not None else "")
    resume_thread.aside(turn, counting, "bands_kept")


def _take(turn: Turn, bands: Sequence[str]) -> None:
    decision = turn.decide(_facts(bands))
    know_ladder(turn, from_names(bands), SAID[decision.advice])


def _facts(bands: Sequence[str]) -> LadderFacts:
    owned = [band for band in bands if band != NO_BAND]
    different = len(set(owned))
    return LadderFacts(bands_owned=min(99, different), colour_repeated=len(owned) > different)


def know_ladder(turn: Turn, ladder: Ladder, key: str) -> None:
    """From now on this is the ladder: said back, and the workout goes on from it."""
    old = turn.state.ladder
    counting = turn.counting
    newest = ladder[-1] if key == GREW else ""
    _remember_the_gone(turn, ladder)
    turn.know(
        ladder=ladder,
        knows_ladder=True,
        proposed_ladder=(),
        newest_band=newest,
        lost_a_band=False,
        open_question="",
    )
    turn.forget_finished()
    if _are_named_at_last(turn, old):
        for side in turn.exercise.sides:
            turn.know_of_leg(side, Leg())
    _follow(turn, old)
    turn.lines.append(_said(turn, key, ladder, is_first=not old))
    if turn.workout is None or not turn.workout.bands:
        start.begin(turn)
    elif turn.workout.sets or counting is not None:
        resume_thread.to_the_thread(turn, counting)
    else:
        start.offer_again(turn)


def _are_named_at_last(turn: Turn, old: Ladder) -> bool:
    """Whether nameless bands get names before any set was done: no band is gone, and the first is chosen anew."""
    workout, record, state = turn.workout, turn.record, turn.state
    is_untried = workout is not None and not workout.has_begun and not record.summaries
    return bool(old) and set(old) <= set(UNNAMED) and is_untried and not (record.at_most or state.holds)


def _said(turn: Turn, key: str, ladder: Ladder, *, is_first: bool) -> Line:
    """The ladder said back; where many are named for the first time, how many and the two at the ends."""
    if not ladder:
        return Line("ladder_empty")
    params: dict[str, Param] = {
        "bands": tuple(ladder),
        "number": len(ladder),
        "first": ladder[0],
        "last": ladder[-1],
    }
    said = Line("ladder_one" if key in ("ladder", GREW) and len(ladder) == 1 else key, params)
    is_long = is_first and key == "ladder" and turn.brain.heard_ms([said], turn.state.turn) > SAID_BACK_MS
    return Line("ladder_long", params) if is_long else said


def lose(turn: Turn, band: str) -> None:
    """A band less: each leg that was on it follows the rules. Nothing is said of it."""
    old = turn.state.ladder
    _remember_the_gone(turn, without_band(old, band))
    turn.know(ladder=without_band(old, band))
    turn.forget_finished()
    _follow(turn, old)


def _remember_the_gone(turn: Turn, ladder: Ladder) -> None:
    """Keep the place of each band that is gone, for it may be found again; a new order or a new band forgets them."""
    before = turn.state.with_gone or turn.state.ladder
    in_order = tuple(each for each in before if each in ladder)
    turn.know(with_gone=before if in_order == ladder != before and ladder else ())


def _follow(turn: Turn, old: Ladder) -> None:
    """Each leg follows the bands that there are now, in the workout at hand as well."""
    assign.follow_ladder(turn, old)
    workout = turn.workout
    if workout is not None:
        left = {side: _left(turn, old, side, rung) for side, rung in workout.bands.items()}
        later = {side: _left(turn, old, side, rung) for side, rung in workout.later_bands.items()}
        turn.know_of_workout(bands=left, later_bands=later)


def _left(turn: Turn, old: Ladder, side: str, rung: str) -> str:
    """What is worn where this rung was: the nearest that is left, and after pain nothing tougher than that was."""
    workout, left = turn.workout, nearest_owned(turn.state.ladder, rung, old)
    had_pain = workout is not None and workout.pain_reports > 0
    is_tougher = had_pain and order(old, left) > order(old, rung)
    return NO_BAND if is_tougher or assign.is_too_tough(turn, side, left) else left


def mine(turn: Turn) -> None:
    """Which bands the trainee has."""
    if turn.state.ladder:
        turn.say("my_bands" if len(turn.state.ladder) > 1 else "my_band", bands=turn.state.ladder)
    else:
        turn.say("no_band_yet")


def counted(turn: Turn, counting: Counting | None) -> None:
    """So many bands, without their colors: up to three are told apart by their order, more are asked for by name.

    Whoever says no number has said "only one"; a number that was not made out is asked for with the colors.
    """
    number = 1 if turn.number is None and not turn.heard.unresolved else turn.number
    if turn.state.ladder and turn.state.open_question != "bands":
        turn.ask("bands")
    elif number in NAMELESS:
        know_ladder(turn, NAMELESS[number], SAID_OF_NAMELESS.get(number, "ladder_nameless"))
    else:
        turn.ask("bands", "which_colors", "which_bands_do_you_have_again")


def unknown(turn: Turn) -> None:
    """Somebody who cannot name them: the lightest to begin with, and found out together."""
    know_ladder(turn, UNNAMED, "ladder_unknown")


def compare(turn: Turn, counting: Counting | None) -> None:
    """One band is tougher than another, or the one at an end; the band just added needs no name, and it alone moves."""
    newest, ladder = turn.state.newest_band, turn.state.ladder
    if not (turn.heard.bands or turn.heard.end or turn.heard.unresolved):
        _turn_round(turn, counting)
        return
    tougher, lighter = (band or newest for band in (*turn.heard.bands, "", "")[:2])
    if len(ladder) == A_PAIR and not turn.heard.end and (tougher or lighter) in ladder:
        tougher, lighter = _of_two(ladder, tougher, lighter)
    if turn.heard.end and lighter in ladder:
        know_ladder(turn, put_at_end(ladder, lighter, turn.heard.end), "ladder")
    elif tougher and lighter and not turn.heard.end:
        key = SAID[turn.decide(_facts([*{*ladder, tougher, lighter}])).advice]
        apart = ladder if key == TOO_LONG else put_apart(ladder, tougher, lighter, newest)
        know_ladder(turn, apart, TOO_LONG if key == TOO_LONG else "ladder")
    else:
        resume_thread.aside(turn, counting, "no_such_band")


def _turn_round(turn: Turn, counting: Counting | None) -> None:
    """Said "the other way round": right after the bands were said back they go from the toughest down."""
    said = turn.state.recent_replies[0].reply.lines if turn.state.recent_replies else ()
    if turn.workout is None or turn.workout.has_begun or {each.key for each in said}.isdisjoint(SAID_BACK):
        not_understood.not_understood(turn, counting)
        return
    know_ladder(turn, turn.state.ladder[::-1], "ladder")


def _of_two(ladder: Ladder, tougher: str, lighter: str) -> tuple[str, str]:
    """Which is the tougher and which the lighter of two bands, where only one of them was named."""
    other = next(each for each in ladder if each != (tougher or lighter))
    return tougher or other, lighter or other


def add(turn: Turn, counting: Counting | None) -> None:
    """A band more; its place is asked for."""
    band = next((each for each in turn.heard.bands if each != NO_BAND), "")
    if not band:
        resume_thread.aside(turn, counting, "no_such_band")
        return
    ladder = turn.state.ladder
    key = SAID[turn.decide(_facts((*ladder, band))).advice]
    if band in turn.state.with_gone and band not in ladder and key != TOO_LONG:
        found = tuple(each for each in turn.state.with_gone if each in (*ladder, band))
        know_ladder(turn, found, "ladder")
        return
    know_ladder(turn, with_band(ladder, band), GREW if band not in ladder and key != TOO_LONG else key)


def remove(turn: Turn, counting: Counting | None) -> None:
    """A band less. Which one it is must be said, unless there is no other."""
    ladder = turn.state.ladder
    band = next(iter(turn.heard.bands), ladder[0] if len(ladder) == 1 else "")
    if band in ladder:
        know_ladder(turn, without_band(ladder, band), "ladder")
        return
    if band and ladder:
        mine(turn)  # it is none of them, or none any more
    elif not ladder:
        turn.say("no_such_band")
    else:
        turn.say(WHICH_IS_GONE)
        turn.know(lost_a_band=True)
    resume_thread.to_the_thread(turn, counting)
