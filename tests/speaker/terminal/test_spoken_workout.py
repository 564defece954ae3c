"""A workout by voice alone in a simulated room: the coach counts into its own microphone, the trainee breaks in.

The room's clock is the samples that the ears were given. So nothing here depends on how busy the machine is.
"""

import time
from pathlib import Path

import pytest

from skill.app import App, Settings, build
from skill.audio.voices import voice
from skill.audio.words import Words
from skill.speaker.conversation.endpoint import endpoint_of
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.speech import LocalSpeech
from skill.speaker.conversation.talks import Talk
from skill.speaker.hearing import ears
from skill.speaker.hearing.echo import canceller
from skill.speaker.hearing.recognise import Recogniser
from skill.speaker.terminal.loop import Loop
from skill.speaker.terminal.sound_card import PIECE_MS
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import understand
from skill.web import create_app
from tests.said.table import heard
from tests.short_raise import ROUNDS, short_raise
from tests.speaker.terminal.in_a_room import RoomCard
from tests.speaker.terminal.test_loop import CountedSounds

pytestmark = [pytest.mark.long, pytest.mark.real_time, pytest.mark.timeout(900)]

WHO = "piper:lively"
DONE = "i'm done"
NUMBERS = ("four", "five", "six", "seven", "eight", "nine")
BEGINS = ("start glute workout", "yellow red and green", "i am ready")
THINKS_MS, WAITS_MS, GIVES_UP_AFTER = 700, 4_000, 4
INTO_THE_REP_MS = 2_500


def meant(text: str) -> tuple[str, dict[str, str]]:
    """What a sentence is taken for, with its slots: one band heard of three is no list of three."""
    found = understand(text)
    return found.intent, heard(found)


class Trainee:
    """Lies on the floor of the room, answers when the coach has finished, and breaks into the count."""

    def __init__(self, folder: Path, recogniser: Recogniser, louder_db: float) -> None:
        self.coach: App = build(
            Settings(store=str(folder / "coach.db"), exercises=short_raise(folder / "exercises"))
        )
        self.card = RoomCard(louder_db)
        self.sounds = CountedSounds(LocalSpeech(Words(voice("piper"), None)))
        self.told: list[str] = []
        talk = Talk(endpoint_of(create_app(verify=False, coach=self.coach), self.coach), "terminal")
        echo = canceller()
        hears = ears(recogniser, echo.again)
        self._conversation = Loop(talk, hears, self.sounds, self.card, self.told.append, echo)

    @property
    def understood(self) -> list[str]:
        """What the coach took for said."""
        return [line.removeprefix("> ") for line in self.told if line.startswith("> ")]

    def answers(self, text: str) -> None:
        """Say it when the coach is quiet, until it answers."""
        while self.card.place_ms() is not None:
            self._listen()
        self._wait(THINKS_MS)
        self._says(text)

    def ends_the_set_after(self, number: str) -> int:
        """Say "I'm done" in the rep after this number, again if nobody heard; returns the reps that were counted."""
        while self._conversation._is_coming:
            self._listen()
        (counted,) = (cue.at_ms for cue in self.sounds.cues if cue.text == number)
        while (place_ms := self.card.place_ms()) is not None and place_ms < counted + INTO_THE_REP_MS:
            self._listen()
        assert place_ms is not None, f"no count was begun: {self.told}"
        return self._says(DONE)

    def sets(self) -> list[tuple[str, int, str]]:
        """What the coach keeps of the workout."""
        document = self.coach.store.load(LOCAL_USER).document or {}
        sets = document.get("workout", {}).get("sets") or self.coach.store.workouts(LOCAL_USER)[0]["sets"]
        return [(each["side"], each["reps"], each["reps_source"]) for each in sets]

    def _says(self, text: str) -> int:
        for _ in range(GIVES_UP_AFTER):
            before, counted = len(self.understood), self._counted()
            self.card.say(text, WHO)
            self._wait(WAITS_MS, before)
            if meant(" ".join(self.understood[before:])) == meant(text):
                return counted
            while len(self.understood) > before and self.card.place_ms() is not None:
                self._listen()  # asked again: nobody talks into the question
            self._wait(THINKS_MS)
        raise AssertionError(f"{text!r} was not heard: {self.told}")

    def _counted(self) -> int:
        """The number that the count has come to."""
        place_ms = self.card.place_ms() or 0
        said = [cue.text for cue in self.sounds.cues if cue.at_ms <= place_ms]
        return max((NUMBERS.index(each) + 4 for each in said if each in NUMBERS), default=0)

    def _wait(self, ms: int, unless_more_than: int = 1_000) -> None:
        for _ in range(ms // PIECE_MS + 1):
            if len(self.understood) > unless_more_than:
                return
            self._listen()

    def _listen(self) -> None:
        coming = self._conversation  # samples are the clock: a sound is made in no time
        while coming._is_coming and coming._coming.empty():
            time.sleep(0.001)
        self._conversation.step(self.card.read())


@pytest.mark.parametrize(("louder_db", "sets"), [(0, 2 * ROUNDS), (10, 2)])
def test_every_set_is_ended_by_i_m_done_said_into_the_count_of_a_loudspeaker(
    louder_db: float, sets: int, tmp_path: Path, recogniser: Recogniser
) -> None:
    trainee = Trainee(tmp_path, recogniser, louder_db)
    for said in BEGINS:
        trainee.answers(said)
    counted = [trainee.ends_the_set_after("five") for _ in range(sets)]
    sides = (["left", "right"] * ROUNDS)[:sets]
    kept = trainee.sets()
    trainee.coach.store.close()
    assert kept == [(side, reps, "measured") for side, reps in zip(sides, counted, strict=True)]
    meant = {understand(text).intent for text in (*BEGINS, DONE)} | {FALLBACK}
    assert {understand(heard).intent for heard in trainee.understood} <= meant
