"""Questions that may be asked at any time: who says so, how to do it, how much, how it went, when next."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from skill.coach.intents import moves, own_bands, resume_thread
from skill.coach.open_questions import QUESTIONS
from skill.coach.state import FreshResult, Summary
from skill.coach.turn import Turn, logged_of
from skill.coach.workout import calendar, course, pain, position_cues, recall, start
from skill.coach.workout.position import is_counting, place, stand_still

TOPICS: Final = frozenset(
    {
        *("how_often", "hold_for_two", "more_sets", "target", "first_set", "failing", "why_not_tougher"),
        *("exercises", "soreness", "hurting", "warm_up", "breathing", "where_to_feel", "mat", "band_place"),
        *("before_run", "results", "who_are_you", "privacy", "no_band", "rest", "position"),
        *("clicking", "how_high", "enough_for_today", "brace", "safe", "doctor", "wont_go"),
        *("which_bands_fit", "which_is_lightest", "all_alike", "tired_today", "not_me", "band_smells"),
        *("is_it_bad", "loop_band", "no_colors", "somebody_else", "two_bands", "earlier_set"),
        *("no_warm_up", "may_i", "not_mine", "meal", "food", "trained_alone", "small_talk", "teased"),
        *("saved", "inventor", "help_them", "listening", "old_band", "new_band"),
    }
)
"""What may be asked of the method; the interaction model has a value, and the locale a line, for each.

What else comes as a topic is words that nobody has resolved: there is no line for it."""
SMALL_TALK: Final = frozenset({"small_talk", "teased", "not_mine"})
"""What has nothing to do with training: one line, and back; none while it is asked what hurts."""
ASKED_IN_PAIN: Final = frozenset({"hurting", "clicking", "doctor", "is_it_bad", "wont_go"})
"""Who asks that in the middle of a set may be hurting already."""

EXPLAINED: Final = frozenset({"bands", "ready", "could_do_more", "where", "what_hurts", "how_is_it"})
"""Questions that are put otherwise by their own help, so that they need no asking again after it."""


def says_who(turn: Turn) -> None:
    """On whose word the last decision rests: the author's, or our own judgement with its reason."""
    if turn.state.why is None:
        turn.say("nothing_decided_yet")
        return
    for source in turn.brain.sources_of(turn.state.why.rule)[:2]:
        turn.say(f"source.{source}")


def muscles(turn: Turn) -> None:
    """What the exercise works."""
    turn.say("muscles", muscles=turn.exercise.muscles)


def purpose(turn: Turn) -> None:
    """What each muscle does for a runner."""
    for muscle in turn.exercise.muscles:
        turn.say(f"purpose.{muscle}")


def dose(turn: Turn) -> None:
    """How many sets and reps, and why to fail."""
    window = turn.exercise.window
    turn.say("dose", sets=turn.exercise.sets, low=window.low, high=window.high)


def tempo(turn: Turn) -> None:
    """The seconds of each phase, and why they matter."""
    for phase in turn.exercise.tempo:
        turn.say(f"tempo.{phase.word}", seconds=phase.seconds)
    turn.say("tempo.whole", seconds=turn.exercise.rep_s)


def warm_up(turn: Turn) -> None:
    """How to warm up, in a few words."""
    for cue in turn.exercise.warm_up:
        turn.say(f"cue.{turn.exercise.id}.{cue.key}")
    if not turn.exercise.warm_up:
        turn.say("method.warm_up")


def just_count(turn: Turn) -> None:
    """No more cues about the form: from the next set on only the count is heard."""
    turn.know(form_cues=False)
    turn.say("just_count")


def tips_again(turn: Turn) -> None:
    """The cues about the form are wanted again."""
    turn.know(form_cues=True)
    turn.say("tips_again")


def thanks(turn: Turn) -> None:
    """Thanks, or a kind word: answered in two words."""
    turn.say("you_are_welcome")


def pace(turn: Turn) -> None:
    """Slower, faster, louder: what can be done about it."""
    turn.say("pace", seconds=turn.exercise.rep_s)


def method(turn: Turn) -> None:
    """A question about the method: one short answer."""
    if turn.heard.topic not in TOPICS:
        turn.say("not_understood")
        return
    if turn.heard.topic == "not_me":
        _written_down(turn)
        return
    if turn.heard.topic == "which_is_lightest" and turn.state.ladder:
        own_bands.mine(turn)  # whose bands are known hears their order
        return
    if turn.heard.topic == "help_them":
        turn.say("method.help_them")
        moves.pause(turn, turn.counting)  # who looks after somebody says when it goes on
        return
    if turn.heard.topic in SMALL_TALK and turn.asks.stands_on_hold:
        return
    if turn.heard.topic == "small_talk" and is_counting(turn, turn.counting):
        turn.say("after_this_set")
        return
    window = turn.exercise.window
    pain.answer(
        turn,
        f"method.{turn.heard.topic}",
        hold=sum(each.seconds for each in turn.exercise.tempo if each.phase == "isometric_hold"),
        low=window.low,
        high=window.high,
        sets=turn.exercise.sets,
        workouts=turn.exercise.per_week,
    )
    if turn.heard.topic in ASKED_IN_PAIN:
        _stand_still_and_ask(turn)


def _written_down(turn: Turn) -> None:
    """The days of the last week's workouts, and what can be done where one was somebody else's."""
    days = calendar.in_the_last_week(turn)[::-1]
    if days:
        pain.answer(turn, "method.not_me", days=days)
    else:
        turn.say("nothing_this_week")


def _stand_still_and_ask(turn: Turn) -> bool:
    """Whether a count ran, which now stands still, while it is asked whether anything hurts."""
    if not is_counting(turn, turn.counting):
        return False
    stand_still(turn)
    turn.ask("does_it_hurt")
    return True


def progress(turn: Turn) -> None:
    """The last workout, each leg, against the one before."""
    if _say_so_far(turn):
        return
    summaries = turn.record.summaries
    if not summaries:
        if not turn.lines:
            turn.say("no_workout_yet")
        return
    last = summaries[0]
    if recall.is_named(turn):
        turn.say("of_exercise", exercise=turn.exercise.id)
    turn.lines.append(recall.when(turn, last.ended_at))
    turn.say("sets_done", sets=last.sets)
    say_last_sets(turn)


def say_last_sets(turn: Turn) -> None:
    """Each leg's first set of the last workout, against the one before."""
    for last, *earlier in [turn.record.summaries] if turn.record.summaries else []:
        for side, result in last.fresh.items():
            _say_fresh_set(turn, side, result, earlier)


def _say_fresh_set(turn: Turn, side: str, result: FreshResult, earlier: Sequence[Summary]) -> None:
    """A leg's first set, against the one of the workout before where that was on the same band."""
    before = earlier[0].fresh.get(side) if earlier else None
    if result.ended == course.NOBODY_SAID:
        turn.say("fresh_set_not_known", side=side, reps=result.reps, band=result.band)
        return
    if before is None or before.band != result.band or before.ended == course.NOBODY_SAID:
        turn.say("fresh_set", side=side, reps=result.reps, band=result.band)
        return
    change = "more" if result.reps > before.reps else "fewer" if result.reps < before.reps else "same"
    turn.say(
        f"fresh_set_{change}",
        side=side,
        reps=result.reps,
        band=result.band,
        difference=abs(result.reps - before.reps),
    )


def _say_so_far(turn: Turn) -> bool:
    """In the middle of a workout: its sets so far, and each leg's first one against the workout before.

    False where there is none yet, so that the last workout is told.
    """
    at_hand = turn.workout
    if at_hand is None or not (at_hand.sets or at_hand.counting):
        return False
    done = [each for each in at_hand.sets if not each.tried_again and (each.reps or each.ended != "skipped")]
    turn.say("so_far", sets=len(done))
    if not done:
        return False
    for first in (each for each in done if each.round == 1):
        result = FreshResult(first.band, first.reps, first.ended)
        _say_fresh_set(turn, first.side, result, turn.record.summaries)
    return True


def next_workout(turn: Turn) -> None:
    """The first day on which the muscles are ready again and the week has room; none while training is shut.

    In a workout that is the day after which it is done; before its first set today is named, too.
    """
    if turn.state.is_shut:
        pain.say_what_shuts(turn)
        return
    workout = turn.workout
    if workout is not None and workout.has_begun:
        turn.say("next_after_today", day=calendar.ready_after_today(turn))
        _know_why_not_before(turn, calendar.ready_after_today(turn), (turn.now, *turn.state.recent_workouts))
        return
    ready_at = calendar.ready_at(turn)
    _know_why_not_before(turn, ready_at, turn.state.recent_workouts)
    days = turn.brain.day_of(ready_at) - turn.brain.day_of(turn.now)
    if days <= 0:
        turn.say("next_is_now")
        if workout is not None:
            turn.say("next_after_today", day=calendar.ready_after_today(turn))
    elif days == 1:
        turn.say("next_is_tomorrow")
    else:
        turn.say("next_workout", day=ready_at)


def _know_why_not_before(turn: Turn, ready_at: int, done: tuple[int, ...]) -> None:
    """What speaks against the day before the one that is named: the reason, should it be asked for now."""
    if turn.days_since(ready_at) >= 0:
        return
    at = calendar.moment_on(turn, turn.brain.day_of(ready_at) - 1)
    day_before = Turn(replace(turn.state, recent_workouts=done), turn.heard, at, turn.brain)
    decision = turn.brain.decide(start.of_the_week(day_before), turn.exercise.id)
    turn.know(why=logged_of(decision), why_exercise=turn.exercise.id)


def help_(turn: Turn) -> None:
    """Three things to say, those that fit the moment; while training is on hold, what opens it.

    A count stands still: a call for help may be one.
    """
    if turn.is_on_hold:
        pain.say_what_helps(turn)
        return
    if position_cues.tilts(turn):
        position_cues.tilt(turn)
        return
    counting, asked = turn.counting, turn.state.open_question
    if _stand_still_and_ask(turn):
        return
    is_over = counting is not None and place(turn, counting).stage == "over"
    if counting is not None and (asked not in EXPLAINED or (asked == "could_do_more" and not is_over)):
        turn.say("help_in_set")
    elif asked in EXPLAINED:
        turn.ask(asked, QUESTIONS[asked].help, QUESTIONS[asked].again, **resume_thread.told(turn))
    elif asked:
        turn.say(QUESTIONS[asked].help)
    else:
        turn.say("help" if turn.state.knows_ladder else "help_new")
