"""The conversation: what each utterance does at the point at which it is said.

`take_turn` is the coach: what is known and what was heard go in, what is known now and the answer come out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from skill.coach import answers, bands, launch, pain, setend, workout
from skill.coach.brain import Brain
from skill.coach.heard import Heard
from skill.coach.ladder import Ladder, from_names, put_above, with_band, without_band
from skill.coach.place import place
from skill.coach.reply import Line, Reply
from skill.coach.state import Answered, Counting, State
from skill.coach.turn import Turn

RECENT_ANSWERS: Final = 3
RECENT_REQUESTS: Final = 60
UNKNOWN_LADDER: Final = ("band_1", "band_2", "band_3")
"""The rungs of somebody who cannot name their bands: the lightest, the next, the toughest."""


@dataclass(frozen=True)
class TurnTaken:
    """What a turn leaves behind. `is_new` is false where the request had been answered before: nothing to save.

    `finished` holds the records of workouts that this turn ended; `forgets` asks for everything to be deleted.
    """

    state: State
    reply: Reply
    finished: tuple[dict[str, Any], ...] = ()
    forgets: bool = False
    is_new: bool = True


def take_turn(state: State, heard: Heard, now: int, brain: Brain) -> TurnTaken:
    """One utterance: decide, remember, answer. Pure: the same arguments always give the same result.

    Args:
        state: what is known of the user.
        heard: what was said.
        now: whole seconds since 1970, from the request.
        brain: the rulebook's decisions, the exercises, how long words take.
    """
    if heard.request_id and state.has_answered(heard.request_id):
        return TurnTaken(state, _again(state, heard.request_id), is_new=False)
    turn = Turn(state, heard, now, brain)
    _act(turn)
    reply = turn.reply()
    if turn.forgets:
        return TurnTaken(State(), reply, forgets=True)
    return TurnTaken(_remembering(turn.state, heard.request_id, reply), reply, tuple(turn.finished))


def _again(state: State, request: str) -> Reply:
    """The answer of before; of a request from longer ago, that it was heard."""
    kept = (each.reply for each in state.answered if each.request == request)
    return next(kept, Reply((Line("already_done"),), turn=state.turn))


def _remembering(state: State, request: str, reply: Reply) -> State:
    answered = (Answered(request, reply), *state.answered)
    older = [each.request for each in answered[RECENT_ANSWERS:] if each.request]
    before = [*older, *state.answered_before.split()][:RECENT_REQUESTS]
    return replace(state, answered=answered[:RECENT_ANSWERS], answered_before=" ".join(before))


def _act(turn: Turn) -> None:
    """Safety first, then whatever was said; a question that cut a count off lets it go on afterwards."""
    intent = turn.heard.intent
    if intent in ALWAYS:
        ALWAYS[intent](turn)
        return
    counting = turn.workout.counting if turn.workout else None
    if intent in COMMANDS:
        COMMANDS[intent](turn, counting)
        return
    ASIDES.get(intent, _not_understood)(turn)
    _return(turn, counting)


def _return(turn: Turn, counting: Counting | None) -> None:
    """After an aside: back to the count, or to the question that stands open."""
    if turn.ends or turn.question is not None:
        return
    if counting is not None and turn.workout is not None and turn.workout.counting is counting:
        if counting.paused_at_rep >= 0:
            turn.ask("resume", "say_resume", reps=counting.paused_at_rep)
        else:
            setend.again(turn, counting, place(turn, counting))
        return
    _ask_again(turn)


def _ask_again(turn: Turn) -> None:
    at_hand = turn.workout
    if turn.state.asked == "confirm_reps" and at_hand is not None and at_hand.ended is not None:
        turn.ask("confirm_reps", "i_make_that", reps=at_hand.ended.reps)
    elif turn.state.asked == "ready" and at_hand is not None:
        turn.ask("ready", "say_ready", "say_ready_again", side=turn.exercise.sides[0])
    elif turn.state.asked in REASKED:
        turn.ask(turn.state.asked, REASKED[turn.state.asked])
    else:
        turn.ask("", "anything_else")


REASKED: Final = {
    "bands": "which_bands_do_you_have",
    "how_many": "how_many",
    "go_on": "go_on",
    "go_on_workout": "go_on_with_it",
    "how_is_it": "how_is_it",
    "confirm_delete": "confirm_delete",
}


def _ready(turn: Turn, counting: Counting | None) -> None:
    if turn.state.asked == "how_is_it":
        _better(turn)
    elif counting is not None:
        _resume(turn, counting)
    elif turn.workout is not None and turn.workout.ended is not None:
        setend.confirmed(turn, turn.workout.ended)
    elif turn.workout is not None:
        workout.go_on(turn)
    else:
        launch.launch(turn)


def _better(turn: Turn) -> None:
    if pain.gone(turn):
        launch.begin(turn)


def _pain_gone(turn: Turn, counting: Counting | None) -> None:
    if pain.gone(turn):
        launch.begin(turn)
    else:
        _return(turn, counting)


def _failed(turn: Turn, counting: Counting | None) -> None:
    at_hand = turn.workout
    if counting is not None and counting.paused_at_rep < 0:
        setend.failed(turn, counting)
    elif counting is not None:
        setend.settle_and_go_on(turn, "said_failed", counting.paused_at_rep, "worked_out")
    elif at_hand is not None and at_hand.ended is not None:
        setend.confirmed(turn, at_hand.ended)
    else:
        turn.say("no_set_running")
        _ask_again(turn)


def _number(turn: Turn, counting: Counting | None) -> None:
    if turn.heard.number is None:
        turn.say("number_not_taken")
        _return(turn, counting)
        return
    setend.number(turn, counting)
    _return(turn, counting)


def _could_do_more(turn: Turn, counting: Counting | None) -> None:
    _yes(turn, counting) if turn.state.asked == "could_do_more" else _return(turn, counting)


def _yes(turn: Turn, counting: Counting | None) -> None:
    asked, at_hand = turn.state.asked, turn.workout
    if asked == "could_do_more" and counting is not None:
        _answer_to_count(turn, counting, "yes")
    elif asked in ("confirm_reps", "how_many") and at_hand is not None and at_hand.ended is not None:
        setend.confirmed(turn, at_hand.ended)
    elif asked in ("ready", "go_on", "go_on_workout", "resume"):
        _go_on(turn, counting)
    elif asked == "confirm_delete":
        turn.forgets = True
        turn.say("deleted")
        turn.leave()
    elif asked == "bands":
        turn.say("name_them")
        _ask_again(turn)
    else:
        turn.say("all_right")
        _return(turn, counting)


def _no(turn: Turn, counting: Counting | None) -> None:
    asked, at_hand = turn.state.asked, turn.workout
    if asked == "could_do_more" and counting is not None:
        _answer_to_count(turn, counting, "no")
    elif asked == "confirm_reps" and at_hand is not None and at_hand.ended is not None:
        turn.ask("how_many", "how_many")
    elif asked == "go_on_workout":
        launch.close_and_begin(turn)
    elif asked in ("go_on", "resume") and at_hand is not None:
        _stop_for_good(turn, counting)
    elif asked == "confirm_delete":
        turn.say("kept")
        turn.know(asked="")
        _return(turn, counting)
    elif asked in ("ready", ""):
        turn.say("goodbye")
        turn.leave()
    else:
        _dont_know(turn, counting)


def _answer_to_count(turn: Turn, counting: Counting, more: str) -> None:
    where = place(turn, counting)
    if where.stage == "over" or where.reps >= counting.count.count_to:
        setend.ran_out(turn, more)
    elif where.stage == "rest" and turn.workout is not None and turn.workout.sets and more == "no":
        turn.say("what_was_it_then")
        setend.again(turn, counting, where)
    else:
        turn.say("all_right")
        setend.again(turn, counting, where)


def _dont_know(turn: Turn, counting: Counting | None) -> None:
    asked, at_hand = turn.state.asked, turn.workout
    if asked == "bands":
        _know_ladder(turn, UNKNOWN_LADDER, "ladder_unknown")
    elif asked == "could_do_more" and counting is not None:
        _answer_to_count(turn, counting, "not_known")
    elif asked in ("confirm_reps", "how_many") and at_hand is not None and at_hand.ended is not None:
        setend.confirmed(turn, at_hand.ended)
    elif asked == "how_is_it":
        turn.say("no_need_to_know")
        _ask_again(turn)
    else:
        turn.say("no_matter")
        _return(turn, counting)


def _go_on(turn: Turn, counting: Counting | None) -> None:
    if counting is not None:
        _resume(turn, counting)
    elif turn.workout is not None:
        workout.go_on(turn)
    else:
        launch.launch(turn)


def _resume(turn: Turn, counting: Counting | None) -> None:
    if counting is None:
        _ready(turn, counting)
        return
    where = place(turn, counting)
    if where.stage == "rest":
        workout.start_count(turn, counting.round, counting.count.side, 0, counting.count.count_to)
    else:
        setend.again(turn, counting, where)


def _pause(turn: Turn, counting: Counting | None) -> None:
    if counting is None:
        turn.say("no_hurry")
        _ask_again(turn)
        return
    where = place(turn, counting)
    if where.stage == "over":
        setend.again(turn, counting, where)
        return
    turn.know_of_workout(counting=replace(counting, paused_at_rep=where.reps))
    turn.say("paused", reps=where.reps)
    turn.ask("resume", "say_resume", reps=where.reps)


def _stop(turn: Turn, counting: Counting | None) -> None:
    if counting is None or counting.paused_at_rep >= 0:
        leave(turn, counting)
        return
    where = place(turn, counting)
    if where.stage == "rest":
        leave(turn, counting)
        return
    came_from = "measured" if where.is_exact else "counted" if where.stage == "over" else "worked_out"
    done = workout.settle(turn, "said_stop", where.reps, came_from)
    setend.say_result(turn, done)
    if workout.due(_at_hand(turn), turn.exercise) is None:
        workout.finish(turn)
    else:
        turn.ask("go_on", "go_on")


def leave(turn: Turn, counting: Counting | None) -> None:
    """Out, promptly: what is known of the set is kept, and the workout can be gone on with for a while."""
    if counting is not None and counting.paused_at_rep >= 0:
        pass
    elif turn.workout is not None:
        _settle_on_leaving(turn, counting)
    if turn.workout is not None and workout.due(turn.workout, turn.exercise) is None:
        workout.finish(turn)
        return
    turn.say("goodbye")
    turn.leave()


def _settle_on_leaving(turn: Turn, counting: Counting | None) -> None:
    at_hand = _at_hand(turn)
    if at_hand.ended is not None:
        workout.settle(turn, at_hand.ended.ended_by, at_hand.ended.reps, at_hand.ended.came_from)
    elif counting is not None:
        where = place(turn, counting)
        if where.stage == "rest":
            turn.know_of_workout(counting=None)
        else:
            workout.settle(turn, "said_stop", where.reps, "measured" if where.is_exact else "worked_out")


def _stop_for_good(turn: Turn, counting: Counting | None) -> None:
    if counting is not None and counting.paused_at_rep >= 0:
        done = workout.settle(turn, "said_stop", counting.paused_at_rep, "worked_out")
        setend.say_result(turn, done)
    workout.finish(turn)


def _skip(turn: Turn, counting: Counting | None) -> None:
    if turn.state.asked == "bands":
        _dont_know(turn, counting)
    elif counting is None:
        _go_on(turn, counting)
    elif place(turn, counting).stage == "rest" and counting.paused_at_rep < 0:
        _resume(turn, counting)
    else:
        setend.settle_and_go_on(turn, "skipped", place(turn, counting).reps, "worked_out")


def _repeat(turn: Turn, counting: Counting | None) -> None:
    last = turn.state.answered[0].reply if turn.state.answered else None
    if counting is None and last is not None:
        turn.lines.extend(last.lines)
        turn.question, turn.reprompt = last.question, last.reprompt
        turn.ends = False
        if turn.question is not None:
            return
    _return(turn, counting)


def _session_ended(turn: Turn) -> None:
    launch.drop_count(turn)
    if turn.workout is not None and workout.due(turn.workout, turn.exercise) is None:
        workout.finish(turn)
    turn.lines.clear()
    turn.ends = True


def _ladder(turn: Turn, counting: Counting | None) -> None:
    named = from_names(turn.heard.bands)
    if not named and not turn.heard.bands:
        turn.say("no_such_band")
        _return(turn, counting)
        return
    _know_ladder(turn, named, "ladder")


def _know_ladder(turn: Turn, ladder: Ladder, key: str) -> None:
    old = turn.state.ladder
    counting = turn.workout.counting if turn.workout else None
    turn.know(ladder=ladder, knows_ladder=True)
    bands.follow_ladder(turn, old)
    turn.say(key if ladder else "ladder_empty", bands=ladder)
    if turn.workout is None or not turn.workout.bands:
        launch.begin(turn)
    elif turn.workout.sets or counting is not None:
        _return(turn, counting)
    else:
        launch.offer(turn)


def _compare(turn: Turn, counting: Counting | None) -> None:
    if len(turn.heard.bands) < 2:
        turn.say("no_such_band")
        _return(turn, counting)
        return
    _know_ladder(turn, put_above(turn.state.ladder, *turn.heard.bands[:2]), "ladder")


def _add_band(turn: Turn, counting: Counting | None) -> None:
    if not turn.heard.bands:
        turn.say("no_such_band")
        _return(turn, counting)
        return
    _know_ladder(turn, with_band(turn.state.ladder, turn.heard.bands[0]), "ladder_grew")


def _remove_band(turn: Turn, counting: Counting | None) -> None:
    if not turn.heard.bands or turn.heard.bands[0] not in turn.state.ladder:
        turn.say("no_such_band")
        _return(turn, counting)
        return
    _know_ladder(turn, without_band(turn.state.ladder, turn.heard.bands[0]), "ladder")


def _delete(turn: Turn, counting: Counting | None) -> None:
    launch.drop_count(turn)
    turn.ask("confirm_delete", "confirm_delete")


def _not_understood(turn: Turn) -> None:
    turn.say("not_understood")


def _at_hand(turn: Turn) -> Any:
    assert turn.workout is not None
    return turn.workout


def _cancel(turn: Turn, counting: Counting | None) -> None:
    leave(turn, counting)


def _forget(turn: Turn) -> None:
    turn.forgets = True


ALWAYS: Final[Mapping[str, Callable[[Turn], None]]] = {
    "RedFlagIntent": pain.red_flag,
    "PainIntent": pain.reported,
    "Launch": launch.launch,
    "StartExerciseIntent": launch.launch,
    "SessionEnded": _session_ended,
    "SkillDisabled": _forget,
}
"""What is heard before anything else, whatever was asked."""

COMMANDS: Final[Mapping[str, Callable[[Turn, Counting | None], None]]] = {
    "ReadyIntent": _ready,
    "FailIntent": _failed,
    "LogSetIntent": _number,
    "CouldDoMoreIntent": _could_do_more,
    "PainGoneIntent": _pain_gone,
    "LadderIntent": _ladder,
    "CompareBandsIntent": _compare,
    "AddBandIntent": _add_band,
    "RemoveBandIntent": _remove_band,
    "DontKnowIntent": _dont_know,
    "DeleteDataIntent": _delete,
    "SkipIntent": _skip,
    "WaitIntent": _pause,
    "AMAZON.YesIntent": _yes,
    "AMAZON.NoIntent": _no,
    "AMAZON.StopIntent": _stop,
    "AMAZON.CancelIntent": _cancel,
    "AMAZON.NavigateHomeIntent": _cancel,
    "AMAZON.PauseIntent": _pause,
    "AMAZON.ResumeIntent": _resume,
    "AMAZON.RepeatIntent": _repeat,
    "AMAZON.NextIntent": _skip,
}
"""What moves the conversation."""

ASIDES: Final[Mapping[str, Callable[[Turn], None]]] = {
    "WhichBandIntent": answers.which_band,
    "WhyIntent": answers.why,
    "SaysWhoIntent": answers.says_who,
    "HowToIntent": answers.how_to,
    "MusclesIntent": answers.muscles,
    "PurposeIntent": answers.purpose,
    "DoseIntent": answers.dose,
    "TempoIntent": answers.tempo,
    "ProgressIntent": answers.progress,
    "NextWorkoutIntent": answers.next_workout,
    "AMAZON.HelpIntent": answers.help_,
    "AMAZON.FallbackIntent": _not_understood,
}
"""What is answered and returned from."""
