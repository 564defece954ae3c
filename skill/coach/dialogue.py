"""The conversation: what each utterance does at the point at which it is said.

`take_turn` is the coach: what is known and what was heard go in, what is known now and the answer come out.
"""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from skill.coach.brain import Brain
from skill.coach.intents import (
    asked_back,
    band_choices,
    body_reports,
    looking_back,
    moves,
    not_understood,
    own_bands,
    pain_acts,
    pain_gone,
    questions,
    replies,
    resume_thread,
    where_am_i,
    which_band,
    workout_choices,
)
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Line, Reply
from skill.coach.state import Answered, Counting, FinishedWorkout, State
from skill.coach.turn import Turn
from skill.coach.value import Value
from skill.coach.workout import playback, position_cues, set_end, start
from skill.coach.workout.pain import LAUNCHES

RECENT_ANSWERS: Final = 3

RECENT_REQUESTS: Final = 60

ONCE_MORE: Final = Line("once_more")


class TurnTaken(Value, frozen=True):
    """What a turn leaves behind. `is_new` is false where the request had been answered before: nothing to save.

    `finished` holds the workouts that this turn ended; `forgets` asks for everything to be deleted.
    """

    state: State
    reply: Reply
    finished: tuple[FinishedWorkout, ...] = ()
    forgets: bool = False
    is_new: bool = True


def take_turn(
    state: State, heard: Heard, now: int, brain: Brain, past: tuple[FinishedWorkout, ...] = ()
) -> TurnTaken:
    """One utterance: decide, remember, answer. Pure: the same arguments always give the same result.

    `now` is in whole seconds since 1970, from the request. `past`: the finished workouts, where they are asked about.
    """
    if heard.request_id and state.has_answered(heard.request_id):
        return TurnTaken(state, _again(state, heard.request_id), is_new=False)
    if heard.touched and not _is_timely(state, heard):
        return TurnTaken(state, Reply(()), is_new=False)
    is_a_report = heard.intent in EVENTS and heard.intent != "SessionEnded"
    before, meant = (state, heard) if is_a_report else asked_back.as_meant(state, heard)
    turn = Turn(before, meant, now, brain, past)
    _act(turn)
    reply = turn.reply() if meant.intent == "AMAZON.RepeatIntent" else _said_otherwise(turn.reply(), state)
    if turn.forgets:
        return TurnTaken(State(), reply, forgets=True)
    return TurnTaken(_remembering(turn.state, heard.request_id, reply), reply, tuple(turn.finished))


def _is_timely(state: State, heard: Heard) -> bool:
    """Whether a button belongs to the count at hand. A pain counts late, too, unless one is known already."""
    counting = state.workout.counting if state.workout else None
    if counting is not None and counting.count.token == heard.token:
        return True
    return heard.intent == "PainIntent" and state.pain is None


def _said_otherwise(reply: Reply, before: State) -> Reply:
    """Nobody hears the same answer twice in a row: it begins with "once more", or its question is put otherwise."""
    last = before.recent_replies[0].reply if before.recent_replies else None
    if last is None or reply.count is not None or (reply.reprompt is None and not reply.lines):
        return reply
    said = tuple(line for line in last.lines if line != ONCE_MORE)
    if (said, last.question) != (reply.lines, reply.question):
        return reply
    if reply.lines:
        return replace(reply, lines=(ONCE_MORE, *reply.lines))
    return replace(reply, question=reply.reprompt)


def _again(state: State, request: str) -> Reply:
    """The answer of before; of a request from longer ago, that it was heard."""
    kept = (each.reply for each in state.recent_replies if each.request == request)
    return next(kept, Reply((Line("already_done"),), turn=state.turn))


def _remembering(state: State, request: str, reply: Reply) -> State:
    answered = (Answered(request, reply), *state.recent_replies)
    before = [*[each.request for each in answered[RECENT_ANSWERS:]], *state.answered_before.split()]
    return replace(
        state, recent_replies=answered[:RECENT_ANSWERS], answered_before=" ".join(before[:RECENT_REQUESTS])
    )


def _act(turn: Turn) -> None:
    """Safety first, then what is too old, then whatever was said; an aside lets a count go on afterwards."""
    intent = turn.heard.intent
    if intent in EVENTS:
        EVENTS[intent](turn)
        return
    is_too_old = intent not in LAUNCHES and start.is_too_old(turn)
    was_closed = is_too_old and intent not in ASIDES
    if was_closed:
        start.close_unfinished(turn, it_hurts=intent in HURTS)
    counting = turn.counting
    if intent in COMMANDS or intent in ASIDES or intent in ALWAYS:
        turn.know(misunderstood=0)
    if intent in ALWAYS:
        ALWAYS[intent](turn)
    elif was_closed and intent in MOVES_ON and not turn.asks.stands_on_hold:
        start.begin(turn)
    elif intent in COMMANDS:
        _command(turn, intent, counting)
    elif intent in ASIDES:
        ASIDES[intent](turn)
        _answer_along(turn, counting)
        if is_too_old and turn.question is None and not turn.ends:
            turn.know(open_question="")
            resume_thread.ask_again(turn)
        resume_thread.to_the_thread(turn, counting)
    else:
        not_understood.not_understood(turn, counting)


def _command(turn: Turn, intent: str, counting: Counting | None) -> None:
    """What moves the conversation, but past no question of what hurts: that is put once more."""
    asked = turn.state.open_question
    is_of_the_load = asked in ASKS_HOW_IT_IS and intent in OF_THE_LOAD
    is_noted = intent == "LadderIntent" and own_bands.is_one_of_mine(turn)
    waits = asked in pain_acts.ASKS_WHAT_HURTS and intent in WAITS_FOR_THE_BODY and not is_noted
    if is_of_the_load or waits:
        resume_thread.ask_again(turn)
        return
    if asked in KEPT_UNANSWERED and intent in GOES_PAST and not turn.state.is_shut and _was_put_twice(turn):
        turn.say(KEPT_UNANSWERED[asked])
        turn.know(proposed_ladder=(), open_question="ready" if turn.workout is not None else "")
    if intent in RESTS:
        _answer_along(turn, counting)
        counting = turn.counting
    COMMANDS[intent](turn, counting)
    if asked == "does_it_hurt" and not turn.ends:
        if intent in OF_THE_LOAD or is_noted:
            set_end.hold_back(turn)
            turn.ask(asked)
        elif intent in OF_THE_BANDS:
            turn.ask(asked, "are_you_hurt", "are_you_hurt_again")


def _was_put_twice(turn: Turn) -> bool:
    """Whether the last two answers both put the question that is open."""
    put = [each.reply.question for each in turn.state.recent_replies[:2]]
    return len([each for each in put if each and each.key in (turn.asks.line, turn.asks.again)]) > 1


def _answer_along(turn: Turn, counting: Counting | None) -> None:
    """A yes or no that was said along with something else ("no, and a longer rest") answers the question, too.

    A yes goes on where nothing hangs on it. Any other question waits for a word of its own.
    """
    if not turn.heard.answer or turn.ends or turn.question is not None:
        return
    if band_choices.waits_for_more(turn, counting):
        (replies.yes if turn.heard.answer == "yes" else replies.no)(turn, counting)
    elif turn.heard.answer == "yes" and turn.state.open_question in GOES_ON:
        replies.okay(turn, counting)


KEPT_UNANSWERED: Final[Mapping[str, str]] = {"replace_ladder": "bands_kept", "confirm_delete": "kept"}
"""Where all stays as it was if the second answer, too, is neither yes nor no; and how that is told."""
GOES_PAST: Final = frozenset(
    {
        *("ReadyIntent", "FailIntent", "FineIntent", "SkipIntent", "SkipRestIntent"),
        *("AMAZON.ResumeIntent", "AMAZON.NextIntent"),
    }
)
"""What answers neither, and is taken up then."""
RESTS: Final = frozenset({"RestLongerIntent"})
"""What is of the rest that the answer to the set before leads to."""
GOES_ON: Final = frozenset({"ready", "go_on", "resume"})
"""The questions whose yes goes on with the workout, and tells nothing of a body or a set."""
HURTS: Final = frozenset({"PainIntent", "BodyPlaceIntent", "RedFlagIntent", "EmergencyIntent"})
"""What may speak of pain."""
EVENTS: Final[Mapping[str, Callable[[Turn], None]]] = {
    "SessionEnded": moves.session_ended,
    "SkillDisabled": moves.forget,
    "PlaybackStopped": playback.stopped,
    "PlaybackFinished": playback.finished,
    "PlaybackFailed": playback.failed,
    "CountNotPlayed": playback.not_played,
    "CountShown": playback.shown_to_its_end,
    "ScreenFailed": playback.screen_failed,
}
"""What a device tells by itself; nothing is said in answer."""

ALWAYS: Final[Mapping[str, Callable[[Turn], None]]] = {
    "RedFlagIntent": body_reports.warning_sign,
    "EmergencyIntent": body_reports.emergency,
    "PainIntent": body_reports.hurts,
    "BodyPlaceIntent": body_reports.place_named,
    "SorenessIntent": body_reports.sore,
    "EffortIntent": body_reports.effort,
    "HealthIntent": body_reports.health,
    "Launch": start.launch,
    "StartExerciseIntent": start.launch,
}
"""What is heard before anything else, whatever was asked."""

MOVES_ON: Final = frozenset(
    {
        *("ReadyIntent", "FailIntent", "CouldDoMoreIntent", "SkipIntent", "WaitIntent"),
        *("AMAZON.YesIntent", "AMAZON.NoIntent", "DontKnowIntent", "MaybeIntent", "OkayIntent"),
        *("AMAZON.PauseIntent", "AMAZON.ResumeIntent", "AMAZON.NextIntent", "AMAZON.RepeatIntent"),
    }
)
"""What went on with a workout that is too old now: today's is offered instead."""

WAITS_FOR_THE_BODY: Final = frozenset(
    {
        *("OtherLegIntent", "NextLegIntent", "SkipLegIntent", "OmitSideIntent", "RedoIntent"),
        *("SkipIntent", "SkipRestIntent", "RestLongerIntent", "AMAZON.NextIntent"),
        *("BandCountIntent", "LadderIntent", "AddBandIntent", "DeleteDataIntent"),
    }
)
"""What leads to another set, or on from it, or asks something else: it waits while it is asked what hurts."""
ASKS_HOW_IT_IS: Final = frozenset({"where", "how_is_it", "all_of_it"})
"""Where "much easier" may be of the pain, so that no band is changed by it."""
OF_THE_LOAD: Final = frozenset({"UseBandIntent", "EasierBandIntent", "TougherBandIntent"})
"""Another band is noted at once; whether anything hurts is asked again all the same."""
OF_THE_BANDS: Final = frozenset(
    {"BrokenBandIntent", "RemoveBandIntent", "AddBandIntent", "CompareBandsIntent"}
)
"""The same of a band that came or went."""

COMMANDS: Final[Mapping[str, Callable[[Turn, Counting | None], None]]] = {
    "ReadyIntent": moves.ready,
    "FailIntent": replies.failed,
    "LogSetIntent": replies.number,
    "CouldDoMoreIntent": band_choices.too_easy,
    "PainGoneIntent": pain_gone.gone,
    "FineIntent": pain_gone.fine,
    "DoctorIntent": lambda turn, _: pain_gone.looked_at(turn),
    "MaybeIntent": replies.maybe,
    "OkayIntent": replies.okay,
    "EndWorkoutIntent": moves.end_workout,
    "UseBandIntent": band_choices.use_band,
    "EasierBandIntent": band_choices.easier,
    "TougherBandIntent": band_choices.tougher,
    "BrokenBandIntent": band_choices.broken_band,
    "BandSlippedIntent": band_choices.slipped,
    "OnlySideIntent": body_reports.leg_alone,
    "StartSideIntent": body_reports.leg_named,
    "OtherLegIntent": workout_choices.other_leg,
    "RedoIntent": workout_choices.redo,
    "SkipLegIntent": workout_choices.skip_leg,
    "OmitSideIntent": workout_choices.omit_side,
    "NextLegIntent": workout_choices.next_leg,
    "RestLongerIntent": workout_choices.longer_rest,
    "SkipRestIntent": moves.ready,
    "BandCountIntent": replies.how_many_bands,
    "LadderIntent": band_choices.named,
    "CompareBandsIntent": band_choices.compared,
    "AddBandIntent": own_bands.add,
    "RemoveBandIntent": own_bands.remove,
    "DontKnowIntent": replies.dont_know,
    "DeleteDataIntent": moves.delete,
    "SkipIntent": workout_choices.skip,
    "WaitIntent": replies.wait,
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
    "WhereAmIIntent": where_am_i.where_am_i,
    "MyBandsIntent": own_bands.mine,
    "PaceIntent": questions.pace,
    "ThanksIntent": questions.thanks,
    "WarmUpIntent": questions.warm_up,
    "JustCountIntent": questions.just_count,
    "FormCuesIntent": questions.tips_again,
    "MethodIntent": questions.method,
    "WhichBandIntent": which_band.which_band,
    "WhyIntent": which_band.why,
    "SaysWhoIntent": questions.says_who,
    "HowToIntent": position_cues.how_to,
    "MusclesIntent": questions.muscles,
    "PurposeIntent": questions.purpose,
    "DoseIntent": questions.dose,
    "TempoIntent": questions.tempo,
    "ProgressIntent": looking_back.progress,
    "NextWorkoutIntent": questions.next_workout,
    "AMAZON.HelpIntent": questions.help_,
}
"""What is answered and returned from."""
