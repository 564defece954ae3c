"""Whole lives with the coach, watched: what must never happen is checked after every utterance.

`World` drives the real coach and the real rules for two people. What it expects is worked out from the utterances
alone, so that a wrong rulebook cannot talk its way out: a red flag was said, a pain came back, a set was skipped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from rules.rulebook import Rulebook
from rules.vocabulary.decision import Decide, Decision
from rules.vocabulary.domain import Facts
from skill.coach.bands import rungs
from skill.coach.brain import Brain
from skill.coach.counting.timeline import Timeline, timeline
from skill.coach.dialogue import TurnTaken, take_turn
from skill.coach.intents.asked_back import as_meant
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Count
from skill.coach.state import FinishedWorkout, State
from skill.locales.words import load
from skill.store.document import from_document, to_document
from tests.shipped import ENGINE, EXERCISES, RULEBOOK

LOCALE: Final = load()
BEGIN: Final = 1_700_000_000
HOUR_S: Final = 3600
TOO_OLD_S: Final = 2 * HOUR_S + 60
PROVES_NOTHING: Final = frozenset({"off_tempo", "skipped", "interrupted", "ended_by_pain", "chose_to_stop"})
WARNED: Final = frozenset({"say_too_soon", "say_week_is_full"})
DAY_S: Final = 24 * HOUR_S
URGENT: Final = "chest"
OPENS: Final = frozenset(
    {"PainGoneIntent", "FineIntent", "AMAZON.YesIntent", "DoctorIntent", "Launch", "StartExerciseIntent"}
)
NOTHING_HURTS: Final = frozenset({"what_hurts", "does_it_hurt"})
CHOICES: Final = frozenset({"TougherBandIntent", "UseBandIntent", "BrokenBandIntent"})
"""The trainee's own choice of a band; only pain stands against it."""
HARMLESS: Final = frozenset({"SorenessIntent", "EffortIntent"})
ASKED: Final = frozenset({"what_hurts", "where", "tired_or_weak", "does_it_hurt"})


@lru_cache(maxsize=2048)
def _plan(count: Count) -> Timeline:
    """A count laid out by the package's tempo rules, which no test here breaks."""
    return timeline(EXERCISES[count.exercise], count, ENGINE.decide)


class Violated(AssertionError):
    """Something happened that must never happen; the message begins with the invariant's name."""


@dataclass
class Person:
    """One user's document, and what the world remembers of what they said."""

    document: dict[str, Any] = field(default_factory=lambda: to_document(State()))
    written: str = repr(to_document(State()))
    heard: list[tuple[Heard, int, TurnTaken]] = field(default_factory=list)
    hurts: bool = False
    held_on: int | None = None
    needs_a_doctor: bool = False
    said_gone: bool = False
    pains: int = 0
    workout: str = ""
    was_warned: bool = False
    workouts_ended: list[int] = field(default_factory=list)

    @property
    def state(self) -> State:
        """The state as the store would give it back."""
        return from_document(State, self.document)


class World:
    """Two people, one clock, one coach."""

    def __init__(self, rulebook: Rulebook = RULEBOOK, decide: Decide = ENGINE.decide) -> None:
        self.rulebook = rulebook
        self._decide = decide
        self.brain = Brain(
            self._decided,
            EXERCISES,
            LOCALE.speech_ms,
            self._sources,
            _plan,
            day_of=LOCALE.day_of,
            heard_ms=LOCALE.heard_ms,
            asks_back=LOCALE.asks_back,
        )
        self.people: Mapping[str, Person] = {"ann": Person(), "ben": Person()}
        self.now = BEGIN
        self.events = 0

    def wait(self, seconds: int) -> None:
        """Time passes; a negative time is a clock put back."""
        self.now = max(BEGIN, self.now + seconds)

    def say(self, who: str, intent: str, **slots: Any) -> TurnTaken:
        """One person says something; everything that must hold is checked."""
        self.events += 1
        person = self.people[who]
        other = self.people["ben" if who == "ann" else "ann"]
        heard = Heard(intent, request_id=f"{who}.{self.events}", device=f"{who}'s", **slots)
        before = person.state
        taken = take_turn(before, heard, self.now, self.brain)
        known, meant = as_meant(before, heard)
        person.document = to_document(taken.state)
        person.written = repr(person.document)
        person.heard.append((heard, self.now, taken))
        if repr(other.document) != other.written:
            raise Violated(f"records stay apart: {who} changed the other one's record")
        self._remember(person, meant, known)
        self._check_count(person, taken)
        self._check_age(before, taken)
        self._check_bands(person, meant, known, taken)
        self._check_records(before, taken)
        self._check_schedule(person, before, taken)
        LOCALE.paragraph(taken.reply.lines, taken.reply.turn)
        if taken.forgets:
            person.__init__()  # type: ignore[misc]
        return taken

    def _decided(self, facts: Facts, exercise_id: str) -> Decision:
        decision = self._decide(facts, exercise_id)
        try:
            rule = self.rulebook.rule(decision.rule)
        except KeyError:
            raise Violated(f"every decision has a rule: {decision.rule} is none") from None
        if not rule.source or not all(each in self.rulebook.sources for each in rule.source):
            raise Violated(f"every rule has a source: {rule.id} has {rule.source}")
        return decision

    def _sources(self, rule_id: str) -> tuple[str, ...]:
        return self.rulebook.rule(rule_id).source

    def _remember(self, person: Person, heard: Heard, before: State) -> None:
        """Keep what the utterance means, whatever the coach makes of it."""
        asked = before.open_question
        if before.workout is None or before.workout.id != person.workout:
            person.pains = 0
            person.workout = before.workout.id if before.workout else ""
        says_gone = heard.intent == "PainGoneIntent" or (heard.intent, asked) == (
            "AMAZON.YesIntent",
            "has_it_gone",
        )
        has_looked = heard.intent in ("AMAZON.YesIntent", "DoctorIntent") and asked in (
            "doctor",
            "doctor_first",
            "professional",
        )
        is_fine = heard.intent == "FineIntent" and asked in ASKED | {"how_is_it"}
        nothing_hurts = is_fine or (heard.intent == "AMAZON.NoIntent" and asked in NOTHING_HURTS)
        is_harmless = heard.intent in HARMLESS and asked in ASKED
        is_urgent = heard.intent == "EmergencyIntent" or URGENT in (heard.sign, heard.body_part)
        if is_urgent and heard.intent in ("RedFlagIntent", "EmergencyIntent", "PainIntent"):
            self._hold(person, needs_a_doctor=True)
        elif heard.intent == "RedFlagIntent":
            person.hurts, person.said_gone = True, False  # a sign that nobody understood is asked about
        elif heard.intent == "PainIntent":
            person.hurts, person.said_gone = True, False
            person.pains += 1
            if heard.body_part not in ("", "lower_back") or person.held_on is not None:
                self._hold(person, needs_a_doctor=False)
        elif says_gone or has_looked:
            person.needs_a_doctor &= not has_looked
            if says_gone or asked != "doctor_first":  # there it is asked whether it has gone only afterwards
                person.said_gone = not person.needs_a_doctor
            has_rested = person.held_on is not None and self.now // DAY_S - person.held_on >= 2
            if person.said_gone and has_rested:
                person.hurts, person.held_on = False, None
        elif (nothing_hurts or is_harmless) and person.held_on is None:
            person.said_gone = True
            person.pains = max(0, person.pains - 1)  # it was none, after all

    def _hold(self, person: Person, *, needs_a_doctor: bool) -> None:
        person.hurts, person.said_gone = True, False
        person.pains += 1
        person.needs_a_doctor |= needs_a_doctor
        person.held_on = self.now // DAY_S

    def _check_count(self, person: Person, taken: TurnTaken) -> None:
        if taken.reply.count is None:
            return
        if taken.state.pain is not None or (person.hurts and not person.said_gone):
            raise Violated("no count while a pain is open: it hurt, and nobody said clearly that it has gone")
        if person.needs_a_doctor:
            raise Violated(
                "no count while a pain is open: a doctor had to look, and nobody said that one has"
            )
        if person.hurts and person.held_on is not None and self.now // DAY_S - person.held_on < 2:
            raise Violated("a hold lasts until the next training day, and this is none")
        person.hurts, person.held_on = False, None

    def _check_age(self, before: State, taken: TurnTaken) -> None:
        """Whatever the door, a count never goes on with a workout that the rules would close."""
        workout, count = before.workout, taken.reply.count
        if workout is None or count is None or not count.token.startswith(f"{workout.id}."):
            return
        has_begun = bool(workout.sets or workout.counting or workout.ended)
        if has_begun and self.now - workout.touched_at > TOO_OLD_S:
            raise Violated(f"no count on what is too old: {(self.now - workout.touched_at) // 60} minutes")

    def _check_bands(self, person: Person, heard: Heard, before: State, taken: TurnTaken) -> None:
        if taken.forgets:
            return
        for exercise, side, old, new in _moves(before, taken.state):
            if rungs.order(taken.state.ladder, new) <= rungs.order(taken.state.ladder, old):
                continue
            if heard.intent in CHOICES and not ((person.hurts and not person.said_gone) or person.pains):
                continue
            opens = heard.intent in OPENS and before.pain is not None
            if person.hurts or person.pains or opens:
                raise Violated(f"pain never raises a band: {exercise}, {side}, {old} to {new}")
            last = [each["fresh"] for each in _summaries(taken, exercise)]
            shares = all(leg.rung == new for leg in taken.state.records[exercise].legs.values())
            if shares and (not last or set(last[-1].values()) - PROVES_NOTHING):
                continue  # legs share a band, that of the one whose set said so
            ended = [each["fresh"] for each in _summaries(taken, exercise) if side in each["fresh"]]
            if not ended or ended[-1][side] in PROVES_NOTHING:
                raise Violated(
                    f"what proves nothing raises no band: {exercise}, {side}, {old} to {new}, {ended}"
                )

    def _check_records(self, before: State, taken: TurnTaken) -> None:
        """A leg's record changes by its own fresh set only, and only on the exercise at hand."""
        if before.ladder != taken.state.ladder or taken.forgets:
            return
        touched = {record.exercise for record in taken.finished}
        touched |= {before.pain.exercise} if before.pain else set()
        at_hand = {taken.state.exercise or "glute_raise", before.exercise or "glute_raise"}
        for exercise, record in taken.state.records.items():
            old = before.records.get(exercise)
            if old == record or old is None:
                continue
            if exercise not in touched | at_hand:
                raise Violated(f"records stay apart: {exercise} changed while {at_hand} was done")
            for side, leg in record.legs.items():
                fresh = [each["fresh_reps"] for each in _summaries(taken, exercise) if side in each["fresh"]]
                was = old.legs.get(side)
                if fresh and was is not None and leg.fresh_reps not in (fresh[-1][side], was.fresh_reps):
                    raise Violated(f"records stay apart: {exercise}, {side}: {leg.fresh_reps} is not its own")

    def _check_schedule(self, person: Person, before: State, taken: TurnTaken) -> None:
        """A workout without a day in between since another one is not begun without a word about it."""
        said = {line.key for line in taken.reply.lines}
        last = person.workouts_ended[-1] if person.workouts_ended else None
        person.was_warned |= bool(said & WARNED)
        is_first = taken.reply.count is not None and (
            before.workout is None or not (before.workout.sets or before.workout.counting)
        )
        days = LOCALE.day_of(self.now) - LOCALE.day_of(last) if last is not None else 99
        if is_first and 0 <= days < 2 and not person.was_warned:
            raise Violated(
                f"no second workout in silence: {days} days after the last one, and nothing was said"
            )
        if taken.finished:
            person.was_warned = bool(said & WARNED)
        person.workouts_ended += [record["last_set_at"] for record in map(_record, taken.finished)]

    def replay(self) -> None:
        """Live everything again from nothing: each answer and what is known after it must come out the same."""
        for who, person in self.people.items():
            state = State()
            for heard, now, taken in person.heard:
                again = take_turn(state, heard, now, self.brain)
                if again != taken:
                    raise Violated(f"same events, same decisions: {who}'s {heard} was answered in two ways")
                state = again.state


def _moves(before: State, after: State) -> list[tuple[str, str, str, str]]:
    """The legs whose band is another one than before: exercise, side, old and new band."""
    found = []
    for exercise, record in after.records.items():
        old = before.records.get(exercise)
        for side, leg in record.legs.items():
            was = old.legs.get(side) if old else None
            if was is not None and was.rung and leg.rung != was.rung and before.ladder == after.ladder:
                found.append((exercise, side, was.rung, leg.rung))
    return found


def _record(finished: FinishedWorkout) -> dict[str, Any]:
    """A finished workout as the world sees it: when its last set was, how each leg's last fresh set ended."""
    sets = [each for each in finished.sets if each.round == 1]
    return {
        "exercise": finished.exercise,
        "last_set_at": min(finished.ended_at, *(each.at for each in finished.sets[-1:])),
        "fresh": {each.side: each.ended for each in sets},
        "fresh_reps": {each.side: each.reps for each in sets},
    }


def _summaries(taken: TurnTaken, exercise: str) -> list[dict[str, Any]]:
    return [record for record in map(_record, taken.finished) if record["exercise"] == exercise]
