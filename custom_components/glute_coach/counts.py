"""The counts that play on satellites: one that falls silent early was stopped, and that instant is the rep."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from homeassistant.core import Event, EventStateChangedData, callback
from homeassistant.helpers.event import async_track_state_change_event

from . import speak
from .api import Answer, CoachUnreachable
from .coordinator import CoachEntry, people

_LOGGER = logging.getLogger(__name__)
LATE_MS = 400  # what a satellite takes to begin to play once it is told to
NEARLY_OVER_MS = 2000
GRACE_S = 4.0  # the trainee may say more after a count fell silent; then the coach speaks by itself


@dataclass
class Count:
    """One count on one satellite, from being handed out to its end."""

    answer: Answer
    satellite: str
    unwatch: Callable[[], None]
    began: float | None = None
    heard_ms: int | None = None


class Counts:
    """At most one a room."""

    def __init__(self, entry: CoachEntry) -> None:
        """None plays yet."""
        self._entry = entry
        self._hass = entry.runtime_data.hass
        self._by_room: dict[str, Count] = {}

    def begin(self, room: str, answer: Answer, satellite: str | None) -> None:
        """Watch the satellite that is about to play a count, if it is one."""
        self._end(room)
        if not answer.length_ms or satellite is None:
            return

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            new = event.data["new_state"]
            self._changed(room, new.state if new else "unavailable")

        unwatch = async_track_state_change_event(self._hass, [satellite], changed)
        self._by_room[room] = Count(answer, satellite, unwatch)

    def stopped_ms(self, room: str) -> int | None:
        """How much was heard of a room's count that was stopped; it is told once."""
        count = self._end(room)
        return count.heard_ms if count else None

    def forget(self) -> None:
        """Watch nothing."""
        for room in list(self._by_room):
            self._end(room)

    def _end(self, room: str) -> Count | None:
        if count := self._by_room.pop(room, None):
            count.unwatch()
        return count

    def _changed(self, room: str, state: str) -> None:
        count = self._by_room[room]
        if state == "responding":
            count.began = count.began or time.monotonic()
        elif state == "unavailable":
            self._end(room)  # it left: the coach works the rep out by the clock
        elif count.began is not None and count.heard_ms is None:
            count.heard_ms = max(0, round((time.monotonic() - count.began) * 1000) - LATE_MS)
            if count.heard_ms >= count.answer.length_ms - NEARLY_OVER_MS:
                self._end(room)
                if count.answer.question and state == "idle":
                    self._run(speak(self._hass, count.satellite, count.answer.question, asks=True))
            elif state == "idle":
                self._run(self._stopped(room, count))

    def _run(self, what) -> None:
        self._entry.async_create_background_task(self._hass, what, "glute coach's count")

    async def _stopped(self, room: str, count: Count) -> None:
        """The count fell silent early: unless the trainee speaks at once, say where it stopped and ask."""
        await asyncio.sleep(GRACE_S)
        state = self._hass.states.get(count.satellite)
        if self._by_room.get(room) is not count or state is None or state.state != "idle":
            return
        heard_ms, person = self.stopped_ms(room), count.answer.person
        try:
            answer = await self._entry.runtime_data.coach.turn(
                "stop", room, person, people(self._entry.options), heard_ms
            )
        except CoachUnreachable as fault:
            _LOGGER.warning("The coach was not told that a count stopped: %s", fault)
            return
        self._entry.runtime_data.know(answer.person, answer.state)
        await speak(self._hass, count.satellite, answer.text, asks=answer.continue_conversation)
