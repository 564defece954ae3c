"""The conversation: what each utterance does at the point at which it is said.

`take_turn` is the coach: what is known and what was heard go in, what is known now and the answer come out.
"""

from collections.abc import Callable, Mapping
from typing import Final

from skill.coach.brain import Brain
from skill.coach.heard import Heard
from skill.coach.intents import moves, own_bands, questions, replies, resume_thread, which_band
from skill.coach.reply import Line, Reply
from skill.coach.state import Answered, Counting, FinishedWorkout, State
from skill.coach.turn import Turn
from skill.coach.value import Value, changed
from skill.coach.workout import pain, playback, position_cues, start

RECENT_ANSWERS: Final = 3

RECENT_REQUESTS: Final = 60


class TurnTaken(Value, frozen=True):
    """What a turn leaves behind. `is_new` is false where the request had been answered before: nothing to save.

    `finished` holds the workouts that this turn ended; `forgets` asks for everything to be deleted.
    """

    state: State
    reply: Reply
    finished: tuple[FinishedWorkout, ...] = ()
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
    before = [*[each.request for each in answered[RECENT_ANSWERS:]], *state.answered_before.split()]
    return changed(
        state, answered=answered[:RECENT_ANSWERS], answered_before=" ".join(before[:RECENT_REQUESTS])
    )


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
    questions.mark_if_said_before(turn)
    resume_thread.to_the_thread(turn, counting)


def _not_understood(turn: Turn) -> None:
    turn.say("not_understood")


ALWAYS: Final[Mapping[str, Callable[[Turn], None]]] = {
    "RedFlagIntent": pain.red_flag,
    "PainIntent": pain.reported,
    "Launch": start.launch,
    "StartExerciseIntent": start.launch,
    "SessionEnded": moves.session_ended,
    "SkillDisabled": moves.forget,
    "PlaybackStopped": playback.stopped,
    "PlaybackFinished": playback.finished,
    "PlaybackFailed": playback.failed,
    "CountNotPlayed": playback.not_played,
}
"""What is heard before anything else, whatever was asked."""

COMMANDS: Final[Mapping[str, Callable[[Turn, Counting | None], None]]] = {
    "ReadyIntent": moves.ready,
    "FailIntent": replies.failed,
    "LogSetIntent": replies.number,
    "CouldDoMoreIntent": replies.could_do_more,
    "PainGoneIntent": moves.pain_gone,
    "LadderIntent": own_bands.ladder,
    "CompareBandsIntent": own_bands.compare,
    "AddBandIntent": own_bands.add,
    "RemoveBandIntent": own_bands.remove,
    "DontKnowIntent": replies.dont_know,
    "DeleteDataIntent": moves.delete,
    "SkipIntent": moves.skip,
    "WaitIntent": moves.pause,
    "AMAZON.YesIntent": replies.yes,
    "AMAZON.NoIntent": replies.no,
    "AMAZON.StopIntent": moves.stop,
    "AMAZON.CancelIntent": moves.leave,
    "AMAZON.NavigateHomeIntent": moves.leave,
    "AMAZON.PauseIntent": moves.pause,
    "AMAZON.ResumeIntent": moves.resume,
    "AMAZON.RepeatIntent": moves.repeat,
    "AMAZON.NextIntent": moves.skip,
}
"""What moves the conversation."""

ASIDES: Final[Mapping[str, Callable[[Turn], None]]] = {
    "WhichBandIntent": which_band.which_band,
    "WhyIntent": which_band.why,
    "SaysWhoIntent": questions.says_who,
    "HowToIntent": position_cues.how_to,
    "MusclesIntent": questions.muscles,
    "PurposeIntent": questions.purpose,
    "DoseIntent": questions.dose,
    "TempoIntent": questions.tempo,
    "ProgressIntent": questions.progress,
    "NextWorkoutIntent": questions.next_workout,
    "AMAZON.HelpIntent": questions.help_,
    "AMAZON.FallbackIntent": _not_understood,
}
"""What is answered and returned from."""
