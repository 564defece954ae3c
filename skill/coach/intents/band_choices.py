"""The band that the trainee chooses for this workout: by name, a step lighter or tougher, another where one broke.

Their choice is taken and kept with the sets. Pain outranks it: after pain, and in the workout with which training opens
again after a hold, no tougher band is chosen.
"""

from typing import Final

from msgspec.structs import replace

from skill.coach.bands import assign, rungs
from skill.coach.intents import moves, own_bands, replies, resume_thread
from skill.coach.messages.reply import Line
from skill.coach.state import Counting, Leg
from skill.coach.turn import Turn
from skill.coach.workout import corrections, pain, set_end, settling
from skill.coach.workout.position import place, stand_still

MEDIUM: Final = "medium"
CHOSEN: Final = frozenset({"band_chosen", "band_chosen_for_side", "bands_chosen"})
"""How it is said that a band was taken by the trainee's choice."""


def use_band(turn: Turn, counting: Counting | None) -> None:
    """A band by name, or the one at an end: the sets from here on carry it. While training is shut there are none."""
    if turn.is_on_hold:
        pain.say_on_hold(turn)
        resume_thread.to_the_thread(turn, counting)
        return
    if turn.state.open_question == "bands" and turn.heard.bands and not turn.state.ladder:
        own_bands.ladder(turn, counting)  # "I only have red"
        return
    if turn.heard.worn == "as_offered":
        _back_to_the_offer(turn, counting)
        return
    if turn.heard.worn == "wrong" and not turn.heard.bands:
        _ask_which_is_on(turn)
        return
    band = _in_the_middle(turn) or next(iter(turn.heard.bands), "") or _at_end(turn)
    is_unknown = band not in (*turn.state.ladder, rungs.NO_BAND)
    if band and is_unknown and turn.heard.worn and turn.state.ladder and turn.workout is not None:
        turn.say("new_band_on", band=band)
        _ask_which_is_on(turn)
        return
    if not band or is_unknown:
        turn.say("not_your_band" if band else "no_such_band", bands=turn.state.ladder or (rungs.NO_BAND,))
        resume_thread.to_the_thread(turn, counting)
        return
    is_on = bool(turn.heard.worn) or turn.state.open_question == "band_on"
    if is_on and turn.workout is not None and turn.workout.bands:
        _was_on(turn, counting, band)
    else:
        _put_on(turn, counting, {side: band for side in _sides(turn)})


def _back_to_the_offer(turn: Turn, counting: Counting | None) -> None:
    """Another band was wished for, and now the one that the coach chose, as far as it is still there."""
    workout, owned = turn.workout, rungs.whole(turn.state.ladder)
    if turn.state.open_question == "bands":
        own_bands.keep(turn, counting) if turn.state.ladder else resume_thread.ask_again(turn)
        return
    if workout is None or not workout.bands:
        resume_thread.aside(turn, counting, "choose_at_the_start")
        return
    wanted = settling.worn(turn, workout)
    chosen = {side: rung for side, rung in workout.as_offered.items() if rungs.band_of(rung) in owned}
    _put_on(turn, counting, {side: chosen.get(side, rung) for side, rung in wanted.items()})


def _ask_which_is_on(turn: Turn) -> None:
    """The wrong band is on: the count stands still until it is known which."""
    stand_still(turn)
    turn.ask("band_on")


def _was_on(turn: Turn, counting: Counting | None, band: str) -> None:
    """The set at hand is done on this band, else the one just done was; it is the band from here on."""
    workout = settling.at_hand(turn)
    wanted = {side: band for side in _sides(turn)}
    is_in_a_set = counting is not None and place(turn, counting).stage != "rest"
    is_done = bool(workout.sets) and workout.ended is None and not is_in_a_set
    refused = _refused(turn, wanted)
    if is_done:
        last = corrections.with_band(turn, band)
        if last.round == 1 and not refused:
            turn.know_of_workout(bands={**workout.bands, last.side: band})
            _judge_on(turn, {last.side: band})
        turn.say("set_was_on", band=band)
    if refused:
        if not is_done:
            stand_still(turn)  # it goes on when another band is on
        turn.lines.append(refused)
        resume_thread.to_the_thread(turn, turn.counting)
        return
    if not is_done:
        turn.say("band_is_on", band=band)
    _know_worn(turn, wanted, with_open_set=True)
    resume_thread.on_from_here(turn, turn.counting)


def named(turn: Turn, counting: Counting | None) -> None:
    """Bands by their names alone: one that is known is the band from here on, others are those that are owned.

    "None", where it was asked whether there was one rep more, is of reps.
    """
    workout = turn.workout
    if set(turn.heard.bands) == {rungs.NO_BAND} and waits_for_more(turn, counting):
        replies.no(turn, counting)
        return
    is_mine = own_bands.is_one_of_mine(turn) or bool(_in_the_middle(turn))
    is_choice = workout is not None and bool(workout.bands) and is_mine
    (use_band if is_choice else own_bands.ladder)(turn, counting)


def compared(turn: Turn, counting: Counting | None) -> None:
    """Which band is the tougher; "the lightest" alone, where bands are worn, is the one to put on."""
    workout, newest = turn.workout, turn.state.newest_band
    is_choice = turn.heard.end and not (turn.heard.bands or turn.heard.unresolved or newest)
    if is_choice and workout is not None and workout.bands:
        use_band(turn, counting)
    else:
        own_bands.compare(turn, counting)


def _at_end(turn: Turn) -> str:
    """The lightest or the toughest of all, where that was said."""
    ends = {"lightest": turn.state.ladder[:1], "toughest": turn.state.ladder[-1:]}
    return next(iter(ends.get(turn.heard.end, ())), "")


def _in_the_middle(turn: Turn) -> str:
    """The band in the middle, where a medium one is named, there is none of that name and one stands in the middle."""
    ladder = turn.state.ladder
    is_meant = turn.heard.bands == (MEDIUM,) and MEDIUM not in ladder and len(ladder) > 1
    return ladder[len(ladder) // 2] if is_meant and len(ladder) % 2 else ""


def easier(turn: Turn, counting: Counting | None) -> None:
    """One band lighter, by the trainee's own choice; said in a set, it ends the set."""
    _by_one(turn, counting, is_tougher=False)


def tougher(turn: Turn, counting: Counting | None) -> None:
    """One band tougher, by the trainee's own choice; said in a set, that set goes on, and the next one has it."""
    _by_one(turn, counting, is_tougher=True)


def _by_one(turn: Turn, counting: Counting | None, *, is_tougher: bool) -> None:
    ladder, workout = turn.state.ladder, turn.workout
    if turn.is_on_hold:
        pain.say_on_hold(turn)
        resume_thread.to_the_thread(turn, counting)
        return
    if workout is None or not workout.bands:
        resume_thread.aside(turn, counting, "choose_at_the_start")
        return
    step = rungs.tougher if is_tougher else rungs.lighter
    worn, sides = settling.worn(turn, workout), _sides(turn)
    is_in_a_set = counting is not None and place(turn, counting).stage == "reps"
    open_set = _of_open_set(turn)
    if counting is not None and is_in_a_set:
        worn = {**worn, counting.count.side: counting.count.band}
    elif open_set is not None:  # what its leg wears next, and not in the set that is being settled
        side = open_set.count.side
        worn = {**worn, side: workout.later_bands.get(side, worn[side])}
    at_hand = _at_hand(turn, sides)
    if not is_in_a_set and _was_just_chosen(turn, is_tougher=is_tougher):
        turn.say("band_is_on", band=worn[at_hand])  # of the set just done, and no second wish
        _number_or_thread(turn, counting)
        return
    wanted = {side: step(ladder, worn[side]) for side in sides}
    if wanted[at_hand] == worn[at_hand]:
        turn.say("no_tougher_band" if is_tougher else "no_lighter_band")
        _number_or_thread(turn, counting)
        return
    if is_tougher and counting is not None and is_in_a_set and turn.number is None:
        _put_on_next(turn, counting, wanted)
    else:
        _put_on(turn, counting, wanted)


def too_easy(turn: Turn, counting: Counting | None) -> None:
    """Reps to spare; where a lighter band was chosen just now because of that set, the wish is taken back."""
    is_over = counting is not None and place(turn, counting).stage == "over"
    if not is_over and _was_just_chosen(turn, is_tougher=False):
        tougher(turn, counting)
    else:
        replies.could_do_more(turn, counting)


def _was_just_chosen(turn: Turn, *, is_tougher: bool) -> bool:
    """Whether the last answer took a band that is lighter (or tougher) than that of the set done before it."""
    workout, ladder = turn.workout, turn.state.ladder
    lines = (line for each in turn.state.recent_replies[:1] for line in each.reply.lines)
    if workout is None or not any(line.key in CHOSEN for line in lines):
        return False
    open_set = _of_open_set(turn)
    last = open_set.count if open_set else next(reversed(workout.sets), None)
    if last is None or turn.heard.side:
        return False
    next_, done = rungs.order(ladder, workout.later_bands.get(last.side, "")), rungs.order(ladder, last.band)
    return next_ > done if is_tougher else next_ < done


def _put_on_next(turn: Turn, counting: Counting, wanted: dict[str, str]) -> None:
    """These rungs from the next set on, and on with the count at hand."""
    if refused := _refused(turn, wanted):
        turn.lines.append(refused)
        resume_thread.to_the_thread(turn, counting)
        return
    at_hand = _at_hand(turn, tuple(wanted))
    if settling.worn(turn, settling.at_hand(turn))[at_hand] != wanted[at_hand]:  # said twice, it is one step
        _know_worn(turn, wanted)
    turn.say("band_from_next_set", band=wanted[at_hand])
    resume_thread.to_the_thread(turn, turn.counting)


def _sides(turn: Turn) -> tuple[str, ...]:
    side = turn.heard.side
    chosen = turn.workout.sides if turn.workout is not None else ()
    return (side,) if side in turn.exercise.sides else tuple(chosen or turn.exercise.sides)


def _at_hand(turn: Turn, sides: tuple[str, ...]) -> str:
    """Of these sides the one whose set is counted or comes next."""
    next_ = (side for _, side in settling.all_due(settling.at_hand(turn), turn.exercise) if side in sides)
    counted = turn.counting.count.side if turn.counting is not None else ""
    return counted if counted in sides else next(next_, sides[0])


def _put_on(turn: Turn, counting: Counting | None, wanted: dict[str, str]) -> None:
    """These legs wear these rungs from here on; a leg whose first set is still to come is judged on its new rung."""
    workout = turn.workout
    if workout is None or not workout.bands:
        resume_thread.aside(turn, counting, "choose_at_the_start")
        return
    worn = settling.worn(turn, workout)
    if wanted.items() <= worn.items():
        turn.say("band_is_on", band=next(iter(wanted.values())))
        resume_thread.to_the_thread(turn, counting)
        return
    refused = _refused(turn, wanted)
    if refused:
        turn.lines.append(refused)
        _number_or_thread(turn, counting)
        return
    if counting is not None and turn.number is None and place(turn, counting).stage == "reps":
        set_end.stopped(turn)
        counting = None
    is_lighter = _is_lighter(turn, wanted)
    _know_worn(turn, wanted)
    _say_chosen(turn, wanted)
    if turn.heard.answer == "no" and is_lighter and set_end.asks_what_was_done(turn, counting):
        return  # who wants less can hardly have done the whole count
    if turn.heard.answer and waits_for_more(turn, counting):
        (replies.yes if turn.heard.answer == "yes" else replies.no)(turn, counting)
    elif turn.number is not None and workout.has_begun:
        replies.number(turn, counting)
    else:
        resume_thread.on_from_here(turn, counting)


def _is_lighter(turn: Turn, wanted: dict[str, str]) -> bool:
    """Whether one of these rungs is lighter than the one that this leg wears."""
    worn, ladder = settling.worn(turn, settling.at_hand(turn)), turn.state.ladder
    return any(rungs.order(ladder, band) < rungs.order(ladder, worn[side]) for side, band in wanted.items())


def _number_or_thread(turn: Turn, counting: Counting | None) -> None:
    """The number of the set that was told along with a wish ("eight, too heavy"), else back to the thread."""
    if turn.number is not None and settling.at_hand(turn).has_begun:
        replies.number(turn, counting)
    else:
        resume_thread.to_the_thread(turn, counting)


def waits_for_more(turn: Turn, counting: Counting | None) -> bool:
    """Whether it has just been asked if there was one rep more in the set."""
    is_over = counting is not None and place(turn, counting).stage == "over"
    return is_over and turn.state.open_question == "could_do_more"


def _refused(turn: Turn, wanted: dict[str, str]) -> Line | None:
    """Why these rungs may not be worn, where pain stands against it."""
    workout, ladder = settling.at_hand(turn), turn.state.ladder
    for side, band in wanted.items():
        if assign.is_too_tough(turn, side, band):
            return Line("no_tougher_after_hold", {"band": turn.record.at_most[side]})
    worn = settling.worn(turn, workout)
    is_tougher = any(
        rungs.order(ladder, band) > rungs.order(ladder, worn[side]) for side, band in wanted.items()
    )
    return Line("no_tougher_after_pain") if workout.pain_reports and is_tougher else None


def _say_chosen(turn: Turn, wanted: dict[str, str]) -> None:
    """What is put on: for one leg, for both, or for each its own."""
    side, band = next(iter(wanted.items()))
    if turn.heard.worn == "as_offered" and len({*wanted.values()}) == 1:
        turn.say("go_on_without" if band == rungs.NO_BAND else "put_on", band=band)
    elif turn.heard.side == side and len(turn.exercise.sides) > 1:
        turn.say("band_chosen_for_side", band=band, side=side)
    elif len({*wanted.values()}) > 1:
        turn.say("bands_chosen", **{f"{each}_band": rung for each, rung in wanted.items()})
    else:
        turn.say("band_chosen", band=band)


def _know_worn(turn: Turn, wanted: dict[str, str], *, with_open_set: bool = False) -> None:
    """These rungs from the next set on; a set that is open keeps its own, unless it is said to be on this one."""
    workout = settling.at_hand(turn)
    done = {each.side for each in workout.sets if each.round == 1 and not each.tried_again}
    counting = _of_open_set(turn)
    if not workout.as_offered:
        turn.know_of_workout(as_offered=settling.worn(turn, workout))
    if counting is not None and with_open_set:
        band = wanted.get(counting.count.side, counting.count.band)
        mine = replace(counting, count=replace(counting.count, band=band))
        ended = replace(workout.ended, counting=mine) if workout.ended else None
        turn.know_of_workout(counting=None if ended else mine, ended=ended)
    elif counting is not None and counting.round == 1:
        done.add(counting.count.side)
    first = {side: band for side, band in wanted.items() if side not in done}
    turn.know_of_workout(bands={**workout.bands, **first}, later_bands={**workout.later_bands, **wanted})
    _judge_on(turn, first)


def _of_open_set(turn: Turn) -> Counting | None:
    """The count of a set that has begun and is not settled yet."""
    workout = settling.at_hand(turn)
    if workout.ended is not None:
        return workout.ended.counting
    counting = workout.counting
    return counting if counting is not None and place(turn, counting).stage != "rest" else None


def _judge_on(turn: Turn, first: dict[str, str]) -> None:
    """The first sets of these legs count for these rungs."""
    for side, band in first.items():
        leg = turn.leg(side)
        if band != leg.rung:
            turn.know_of_leg(side, Leg(rung=band, outcome=leg.outcome, fresh_reps=leg.fresh_reps))


def broken_band(turn: Turn, counting: Counting | None) -> None:
    """A band broke: the set ends, the trainee may be hurt, and another band is named before anything goes on."""
    if counting is None:
        own_bands.remove(turn, counting)
        return
    ladder, workout = turn.state.ladder, turn.workout
    is_kept = settling.settle_open(turn, "session_dropped") is not None
    named = next(iter(turn.heard.bands), "")
    worn = (
        rungs.band_of(settling.worn(turn, workout)[turn.exercise.sides[0]])
        if workout is not None and workout.bands
        else ""
    )
    band = named if named in ladder else worn
    if band in ladder:
        own_bands.lose(turn, band)
    workout = turn.workout
    if workout is not None and workout.bands:
        left = settling.worn(turn, workout)[_at_hand(turn, turn.exercise.sides)]
        if is_kept:
            turn.say("set_is_kept")
        turn.say("go_on_without" if left == rungs.NO_BAND else "put_on", band=left)
    turn.ask("does_it_hurt", "are_you_hurt", "are_you_hurt_again")


def slipped(turn: Turn, counting: Counting | None) -> None:
    """The band slipped: the count stands still. After the last rep a number told along with it is the set's.

    Where it was asked whether the band snapped, "the band" alone is the answer: that band is gone, and whether it hurt
    is asked. A band that slipped is whole, so it is asked again.
    """
    is_over = counting is not None and place(turn, counting).stage == "over"
    if turn.state.open_question == "band_or_body":
        broken_band(turn, counting) if turn.heard.answer else resume_thread.ask_again(turn)
    elif is_over and turn.number is not None:
        replies.number(turn, counting)
    else:
        turn.say("lay_it_flat")
        moves.pause(turn, counting)
