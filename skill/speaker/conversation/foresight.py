"""What will be said in a moment, made beforehand: while the coach counts or speaks, the processor has pauses.

At any place of a count it is known what the coach would answer there to "I'm done", "pause", "stop" or "that hurts".
So the turn is tried on what is known, without being taken: nothing is kept, and nobody hears of it. The voice then
says the sentences to nobody, and remembers them.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from skill.speaker.conversation.envelope import Conversation, Playing, utterance
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.understanding.understand import Understood

LOG: Final = logging.getLogger(__name__)
EVERY_MS: Final = 2_000
"""How often it looks ahead in a count: more often than the shortest repetition ends."""
AHEAD_MS: Final = 4_000
INTO_A_COUNT: Final = ("FailIntent", "AMAZON.PauseIntent", "PainIntent", "AMAZON.StopIntent")
AFTER_A_COUNT: Final = ("AMAZON.YesIntent", "AMAZON.NoIntent")
AFTER_WORDS: Final = ("ReadyIntent", "AMAZON.YesIntent", "AMAZON.NoIntent", "WhichBandIntent")

Imagine = Callable[[Mapping[str, Any]], Spoken]
"""What the coach would answer to an envelope, were it sent now."""


class Foresight:
    """Looks ahead for every conversation with this coach, at one place at a time: it never keeps anybody waiting."""

    def __init__(self, imagine: Imagine, sounds: Sounds) -> None:
        self._imagine = imagine
        self._sounds = sounds
        self._worker = ThreadPoolExecutor(1, "foresight")
        self._work: Future[None] | None = None

    def look(
        self, talk: Conversation, said: Spoken, place_ms: int, voice: str, is_quiet: Callable[[], bool]
    ) -> None:
        """Begin to make what may be answered next to what is `said`, which has come to `place_ms` of its count.

        There is time while it `is_quiet`: not once the trainee speaks, or another turn was taken.
        """
        if self._work is None or self._work.done():
            self._work = self._worker.submit(self._make, talk, said, place_ms, voice, is_quiet)

    def _make(
        self, talk: Conversation, said: Spoken, place_ms: int, voice: str, is_quiet: Callable[[], bool]
    ) -> None:
        for intent, playing in likely(said, place_ms):
            if not is_quiet():
                return
            envelope = utterance(talk, Understood(intent, {}, 1.0), datetime.now(UTC), playing)
            try:
                answer = self._imagine(envelope)
            except Exception as error:  # it costs the trainee a moment later, and nothing now
                LOG.warning("What comes next could not be tried: %s", type(error).__name__)
                return
            self._sounds.warm([answer.text], voice, is_quiet)


def likely(said: Spoken, place_ms: int) -> Iterator[tuple[str, Playing | None]]:
    """What may be said in a moment, likeliest first, and the place of the count at which it would be."""
    if not said.cues:
        yield from ((intent, None) for intent in AFTER_WORDS)
        return
    there = Playing(said.token, place_ms + AHEAD_MS, stopped=True)
    is_over = there.offset_ms >= said.length_ms
    if is_over:
        there = replace(there, offset_ms=said.length_ms)
    yield from ((intent, there) for intent in (AFTER_A_COUNT if is_over else INTO_A_COUNT))
