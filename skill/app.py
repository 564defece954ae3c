"""The one place that chooses the adapters, and the turn: read, decide, save, and only then speak."""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import cache, cached_property, lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from rules.engine import Engine
from rules.files.exercise import Exercise, load_exercises
from rules.rulebook import Rulebook, load_rulebook
from rules.vocabulary.decision import Decision
from rules.vocabulary.domain import Facts
from skill import prebuilt
from skill.alexa.count_delivery import Routes, jukebox_of, routes_of
from skill.audio.served_files import Jukebox
from skill.coach.brain import DEFAULT_EXERCISE, Brain
from skill.coach.counting.timeline import Timeline, timeline
from skill.coach.dialogue import TurnTaken, take_turn
from skill.coach.messages.heard import Heard
from skill.coach.messages.reply import Count, Reply
from skill.coach.state import FinishedWorkout, State
from skill.coach.workout.by_hand import Noted
from skill.history.record import read as read_workout
from skill.locales.loaded import Locales
from skill.locales.texts import DEFAULT
from skill.locales.words import Locale
from skill.settings import Settings
from skill.store.base import Store
from skill.store.choose import open_store
from skill.store.states import States
from skill.watch.watch import current

LOG: Final = logging.getLogger(__name__)
EVENTS: Final = frozenset({"SessionEnded", "PlaybackStopped", "PlaybackFinished", "CountShown"})
"""What says nothing of somebody of whom nothing is known: after a deletion they must not leave a new record."""
TAKEN: Final[ContextVar[TurnTaken | None]] = ContextVar("taken", default=None)
"""The turn that was taken last here, for a door of our own that shows more than an envelope says."""


class App(Struct, dict=True, eq=False):
    """The coach with its store, its rulebook and its words.

    `follows_browser`: nobody has chosen it, so that the page may speak its browser's language.
    """

    store: Store
    locales: Locales
    exercises: Mapping[str, Exercise]
    rulebook: Rulebook
    engine: Engine
    routes: Routes = Routes()
    jukebox: Jukebox | None = None
    card_picture: str = ""
    follows_browser: bool = False

    @property
    def locale(self) -> Locale:
        """The words for requests that name no locale."""
        return self.locales.default

    def locale_of(self, name: object) -> Locale:
        """The words for the locale that a request names."""
        return self.locales.of(name)

    def locale_for(self, languages: Iterable[str]) -> Locale:
        """The words for a page whose browser prefers these languages: the coach's own, if somebody has chosen them."""
        return self.locales.for_languages(languages) if self.follows_browser else self.locale

    @cached_property
    def states(self) -> States:
        """What is known of everybody."""
        return States(self.store)

    @property
    def brain(self) -> Brain:
        """What the coach thinks with where no locale is named."""
        return self.brain_in(self.locale)

    def brain_in(self, locale: Locale) -> Brain:
        """What the coach thinks with: how long words take depends on the language."""
        return self._brain_in(locale.name)

    def plan(self, count: Count) -> Timeline:
        """The timeline of a count."""
        return self._plan(replace(count, token="", side="", band="", round=1))

    def turn(self, user: str, heard: Heard, now: int, locale: Locale | None = None) -> Reply:
        """One whole turn: read, decide, save; `locale` is the one that it is answered in.

        Raises StoreError: the state could not be read or saved; nothing of the turn was kept, or it cannot be known.
        """
        brain, past = self.brain_in(locale or self.locale), self.past(user, heard)

        def decide(known: State | None) -> TurnTaken:
            if known is None and heard.intent in EVENTS:
                taken = TurnTaken(State(), Reply(()), is_new=False)
            else:
                taken = take_turn(known or State(), heard, now, brain, past)
            TAKEN.set(taken)
            return taken

        return self.states.turn(user, decide)

    def past(self, user: str, heard: Heard) -> tuple[FinishedWorkout, ...]:
        """The finished workouts, where they are asked about: they are read for no other turn.

        Raises StoreError: they could not be read.
        """
        if not heard.past:
            return ()
        return tuple(
            each for stored in self.store.workouts(user) if (each := read_workout(stored)) is not None
        )

    def note(self, user: str, noted: Callable[[State, Brain], Noted], locale: Locale) -> Noted:
        """Keep what was written down without a turn of the conversation: read, decide, save.

        Raises NotBelieved: it cannot have been. StoreError: the state could not be read or saved; nothing was kept,
        or it cannot be known.
        """
        made: list[Noted] = []

        def decide(known: State | None) -> TurnTaken:
            made.append(noted(known or State(), self.brain_in(locale)))
            return TurnTaken(made[-1].state, Reply(()), made[-1].finished)

        self.states.turn(user, decide)
        return made[-1]

    def state(self, user: str) -> State:
        """What is known of the user; a fresh state where nothing is.

        Raises StoreError: the state could not be read.
        """
        return self.states.read(user)[0] or State()

    def exercise_of(self, state: State) -> Exercise:
        """What somebody trains now."""
        return self.exercises.get(state.exercise) or self.exercises[DEFAULT_EXERCISE]

    def has_answered(self, user: str, request_id: str) -> bool:
        """Whether this user's document still holds the answer to a request, by its shortened id."""
        known, _ = self.states.read(user)
        return known is not None and bool(request_id) and known.has_answered(request_id)

    @cached_property
    def _brain_in(self) -> Callable[[str], Brain]:
        return cache(self._thinking_in)

    def _thinking_in(self, name: str) -> Brain:
        locale = self.locale_of(name)
        return Brain(
            self._decide,
            self.exercises,
            locale.speech_ms,
            self._sources_of,
            self.plan,
            day_of=locale.day_of,
            heard_ms=locale.heard_ms,
            asks_back=locale.asks_back,
        )

    def _decide(self, facts: Facts, exercise: str) -> Decision:
        decision = self.engine.decide(facts, exercise)
        current().rules.append(decision.rule)
        return decision

    def _sources_of(self, rule_id: str) -> tuple[str, ...]:
        return self.rulebook.rule(rule_id).source

    @cached_property
    def _plan(self) -> Callable[[Count], Timeline]:
        return lru_cache(maxsize=256)(self._timeline)

    def _timeline(self, count: Count) -> Timeline:
        return timeline(self.exercises[count.exercise], count, self.engine.decide)


def build(settings: Settings) -> App:
    """The application that the settings describe.

    Raises Refused: a rule or an exercise is wrong; the message names file, line and cure.
    """
    exercises, rulebook, words = _known(settings)
    locales = Locales(
        settings.locale or DEFAULT, settings.zone, exercises.values(), settings.exercises, words
    )
    jukebox = jukebox_of(settings.count, LOG.warning)
    return App(
        open_store(settings.store),
        locales,
        exercises,
        rulebook,
        Engine(rulebook, exercises),
        routes_of(settings.count, jukebox, LOG.warning),
        jukebox,
        settings.card_picture,
        follows_browser=not settings.locale,
    )


def _known(settings: Settings) -> tuple[Mapping[str, Exercise], Rulebook, Mapping[str, bytes]]:
    """The exercises, rules and words; those that came with a package as they were built, all others read and proved."""
    came = None if settings.exercises or settings.rules else prebuilt.read()
    if came:
        return came.exercises, came.rulebook, came.words
    exercises = load_exercises()
    if settings.exercises:
        exercises |= load_exercises(settings.exercises)
    return (
        exercises,
        load_rulebook(settings.rules, exercises, load_rulebook() if settings.rules else None),
        {},
    )


__all__ = ["App", "Settings", "build"]
