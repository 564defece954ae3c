"""How the trainee chooses to go through this workout: one leg only, which leg first, a set again, a longer rest."""

from typing import Final

from msgspec.structs import replace

from skill.coach.intents import moves, resume_thread
from skill.coach.state import Counting, Ended, Workout
from skill.coach.turn import Turn
from skill.coach.workout import after_summary, corrections, course, pain, set_end, settling, start
from skill.coach.workout.position import paused, place, stand_still
from skill.coach.workout.rests import LONGEST_COUNTED_S

USUAL_LONGER_S: Final = 60
BOTH: Final = "both"
"""Not one leg alone, after all."""
WRONG_OR_NEXT: Final = "wrong_leg_or_next"
"""Asked where "the other leg" may be the one that moved, or the one that is to."""
GO_ON_OR_NEXT: Final = "go_on_or_next_leg"


def only_side(turn: Turn, counting: Counting | None) -> None:
    """Only one leg today."""
    _choose_sides(turn, counting, turn.heard.side, only=True)


def omit_side(turn: Turn, counting: Counting | None) -> None:
    """One leg is left out of the whole workout, so the other is trained alone."""
    named = turn.heard.side
    if _puts_right_which_first(turn):
        start_side(turn, counting)
        return
    can_choose = named in turn.exercise.sides and len(turn.exercise.sides) > 1
    _choose_sides(turn, counting, _other(turn, named) if can_choose else named, only=True)


def _puts_right_which_first(turn: Turn) -> bool:
    """Whether "no right" comes right after "left leg first": it puts that right, and leaves no leg out."""
    lines = [line for each in turn.state.recent_replies[:1] for line in each.reply.lines]
    first = [line.params.get("side") for line in lines if line.key == "that_leg_first"]
    return bool(first) and turn.heard.side in turn.exercise.sides and turn.heard.side not in first


def start_side(turn: Turn, counting: Counting | None) -> None:
    """That leg first. After a wrong leg it tells which one is to go on."""
    if counting is not None and turn.state.last_asked in (WRONG_OR_NEXT, GO_ON_OR_NEXT):
        (moves.ready if turn.heard.side == counting.count.side else next_leg)(turn, counting)
        return
    _choose_sides(turn, counting, turn.heard.side, only=False)


def _choose_sides(turn: Turn, counting: Counting | None, side: str, *, only: bool) -> None:
    if side == BOTH and turn.workout is not None and len(turn.workout.sides) == 1:
        side, only = turn.workout.sides[0], False
    if side not in turn.exercise.sides:
        resume_thread.aside(turn, counting, "which_leg")
        return
    if turn.workout is None or not turn.workout.bands:
        start.launch(turn)
        if turn.workout is None or turn.state.open_question != "ready":
            return
        turn.lines.clear()
    others = tuple(each for each in turn.exercise.sides if each != side)
    turn.know_of_workout(sides=(side,) if only else (side, *others))
    turn.say("only_that_leg" if only else "that_leg_first", side=side)
    if counting is not None and counting.count.side != side:
        if set_end.asks_what_was_done(turn, counting):
            return
        _leave_set(turn, counting, keeps=only or place(turn, counting).reps > 0)
        course.go_on(turn)
    else:
        resume_thread.on_from_here(turn, counting)


def _leave_set(turn: Turn, counting: Counting, *, keeps: bool) -> None:
    """The set at hand is another leg's: it ends where it stands, or is still to come."""
    if keeps and place(turn, counting).stage != "rest":
        set_end.stopped(turn)
    else:
        turn.know_of_workout(counting=None)


def other_leg(turn: Turn, counting: Counting | None) -> None:
    """The other leg: the set that runs, or the one just done, was that one's; before a set it is the next."""
    workout = turn.workout
    if turn.is_on_hold:
        pain.say_what_helps(turn)
        resume_thread.to_the_thread(turn, counting)
    elif turn.state.pain is not None or (
        (workout is None or not workout.has_begun)
        and turn.heard.meant_as == "wrong"
        and after_summary.other_leg(turn)
    ):
        resume_thread.to_the_thread(turn, counting)
    elif workout is None or len(turn.exercise.sides) < 2 or turn.heard.side == _leg_at_hand(turn, counting):
        resume_thread.aside(turn, counting, "all_right")
    elif turn.heard.meant_as == "change" and workout.has_begun:
        is_between = counting is None or place(turn, counting).stage == "rest"
        resume_thread.aside(turn, counting, "all_right") if is_between else next_leg(turn, counting)
    elif counting is not None and place(turn, counting).stage != "rest":
        _set_was_the_others(turn, workout, counting)
    elif workout.ended is not None:
        _asked_was_the_others(turn, workout, workout.ended)
    elif workout.sets and not workout.sets[-1].tried_again:
        _last_was_the_others(turn, counting)
    else:
        first = (workout.sides or turn.exercise.sides)[0]
        _choose_sides(turn, counting, _other(turn, first), only=False)


def _set_was_the_others(turn: Turn, workout: Workout, counting: Counting) -> None:
    """The set that runs is the other leg's: it stands still with its reps, for the trainee may want to turn round.

    Where it may as well be a wish to change legs now, that is asked, and nothing is noted yet.
    """
    where, count = place(turn, counting), counting.count
    side = _other(turn, count.side)
    still = counting if where.stage == "over" else paused(counting, where)
    if where.stage != "over" and _asks_which(turn, still):
        return
    mine = replace(still, count=replace(count, side=side, band=workout.band_of(side, counting.round)))
    turn.know_of_workout(counting=mine)
    turn.say("those_were_side" if where.reps else "noted_side", reps=where.reps, side=side)
    if where.stage == "over":
        set_end.again(turn, mine, where)
    else:
        turn.ask("resume", GO_ON_OR_NEXT, "say_resume_again", side=side, reps=where.reps)


def _asked_was_the_others(turn: Turn, workout: Workout, ended: Ended) -> None:
    """The set whose number is being asked for was the other leg's: the question stays open."""
    count = ended.counting.count
    side = _other(turn, count.side)
    mine = replace(count, side=side, band=workout.band_of(side, ended.counting.round))
    turn.know_of_workout(ended=replace(ended, counting=replace(ended.counting, count=mine)))
    resume_thread.aside(turn, None, "those_were_side", reps=ended.reps, side=side)


def _asks_which(turn: Turn, counting: Counting) -> bool:
    """Whether it is asked if the wrong leg was meant or the next: where nobody said so, and it was not asked yet."""
    if turn.heard.meant_as == "wrong" or turn.heard.side or turn.state.last_asked == WRONG_OR_NEXT:
        return False
    turn.know_of_workout(counting=counting)
    turn.ask("resume", WRONG_OR_NEXT, "say_resume_again", reps=max(0, counting.paused_at_rep))
    return True


def _last_was_the_others(turn: Turn, counting: Counting | None) -> None:
    """The set just done was the other leg's, and nothing begins by itself."""
    if counting is not None and _asks_which(turn, paused(counting, place(turn, counting))):
        return
    turn.know_of_workout(counting=None)
    turn.say("noted_side", side=corrections.was_the_others(turn).side)
    following = settling.due(settling.at_hand(turn), turn.exercise)
    if following is None:
        course.finish(turn)
    else:
        turn.say("next_side", side=following[1])
        turn.ask("go_on")


def _leg_at_hand(turn: Turn, counting: Counting | None) -> str | None:
    """The leg of the set that runs, or of the one just done, or the one that is to begin."""
    workout = turn.workout
    if counting is not None and place(turn, counting).stage != "rest":
        return counting.count.side
    if workout is not None and workout.ended is not None:
        return workout.ended.counting.count.side
    if workout is not None and workout.sets:
        return workout.sets[-1].side
    return (workout.sides or turn.exercise.sides)[0] if workout is not None else None


def _other(turn: Turn, side: str) -> str:
    return next(each for each in turn.exercise.sides if each != side)


def redo(turn: Turn, counting: Counting | None) -> None:
    """That one didn't count: the set that runs begins again, or the one just done is taken back.

    Of a set that runs a rep alone may not count; after it the same words are of the set. "Start again" to a count that
    was paused before its first rep is of that count: the set before it stays. "Again", where it is asked whether to go
    on with a workout that was left, is of no set at all.
    """
    workout = turn.workout
    named = turn.heard.side
    if turn.state.open_question == "go_on_workout" and not (named or turn.heard.meant_as):
        resume_thread.ask_again(turn)
        return
    is_this = counting is not None and (counting.paused_at_rep >= 0 or place(turn, counting).stage != "rest")
    if turn.heard.meant_as == "no_count" and counting is not None and set_end.is_running(turn, counting):
        set_end.miscounted(turn, counting, place(turn, counting).reps - 1)
    elif is_this and counting is not None and named in ("", counting.count.side):
        count = counting.count
        turn.say("from_the_start")
        rest_s = turn.exercise.rest.before_repeat
        course.start_count(turn, counting.round, count.side, rest_s, count.count_to)
    elif (asked := workout.ended if workout is not None else None) is not None and named in (
        "",
        asked.counting.count.side,
    ):
        count = asked.counting.count
        turn.know_of_workout(ended=None)
        turn.say("from_the_start")
        course.start_count(
            turn, asked.counting.round, count.side, turn.exercise.rest.before_repeat, count.count_to
        )
    elif workout is not None and (done := [each for each in workout.sets if named in ("", each.side)]):
        kept = tuple(each for each in workout.sets if each is not done[-1])
        turn.know_of_workout(sets=kept, counting=None, ended=None, stop=None)
        turn.say("taken_back")
        course.go_on(turn)
    else:
        resume_thread.aside(turn, counting, "nothing_to_take_back")


def skip_leg(turn: Turn, counting: Counting | None) -> None:
    """This leg is left out: of this round where one runs, of the workout before it has begun."""
    workout = turn.workout
    named = turn.heard.side
    if (
        turn.heard.meant_as == "other"
        and (at_hand := _leg_at_hand(turn, counting))
        and len(turn.exercise.sides) > 1
    ):
        named = _other(turn, at_hand)
    if _puts_right_which_first(turn):
        start_side(turn, counting)
    elif named == BOTH and workout is not None and workout.has_begun:
        moves.end_workout(turn, counting)
    elif named == BOTH:
        _choose_sides(turn, counting, BOTH, only=False)
    elif counting is not None and named in turn.exercise.sides and named != counting.count.side:
        _choose_sides(turn, counting, counting.count.side, only=True)
    elif counting is not None:
        moves.skip_set(turn, counting)
    elif workout is not None and not workout.sets:
        left_out = named or (workout.sides or turn.exercise.sides)[0]
        _choose_sides(turn, counting, _other(turn, left_out), only=True)
    else:
        moves.skip(turn, counting)


def next_leg(turn: Turn, counting: Counting | None) -> None:
    """The next leg: a set that runs ends where it stands, chosen so; of one counted to its end it is asked how many.

    A rest is cut short; before all sets that leg begins.
    """
    if is_before_all_sets(turn, counting):
        other_leg(turn, counting)
    elif set_end.asks_what_was_done(turn, counting):
        return
    elif counting is not None and set_end.is_running(turn, counting):
        set_end.stopped(turn)
        course.go_on(turn)
    else:
        moves.skip(turn, counting)


def is_before_all_sets(turn: Turn, counting: Counting | None) -> bool:
    """Whether a workout is offered, and none of its sets has begun."""
    workout = turn.workout
    return counting is None and workout is not None and not workout.sets and workout.ended is None


def skip(turn: Turn, counting: Counting | None) -> None:
    """Past whatever stands next. A set that is left out before all others leaves its leg for later."""
    if turn.heard.names_set and turn.state.open_question == "ready" and is_before_all_sets(turn, counting):
        other_leg(turn, counting)
    else:
        moves.skip(turn, counting)


def longer_rest(turn: Turn, counting: Counting | None) -> None:
    """More rest: counted where it is short, else until the trainee says ready.

    Of a set counted to its end it is asked how many, and whoever is asked rests meanwhile.
    """
    if set_end.asks_what_was_done(turn, counting):
        return
    if counting is None or place(turn, counting).stage != "rest":
        moves.pause(turn, counting)
        return
    count, where = counting.count, place(turn, counting)
    left_s = max(0, count.rest_ms - where.elapsed_ms) // 1000
    wanted_s = turn.heard.seconds or left_s + USUAL_LONGER_S
    if wanted_s > LONGEST_COUNTED_S:
        stand_still(turn)
        turn.say("take_your_rest")
        turn.ask("resume", "say_ready", "say_ready_again")
        return
    turn.say("longer_rest")
    course.start_count(turn, counting.round, count.side, wanted_s, count.count_to, count.from_rep)
