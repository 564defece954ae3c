"""The conversations of all rooms of a house: each has its own, and a trainee's workout goes on in one of them only."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from skill.locales.texts import DEFAULT
from skill.people.names import key_of
from skill.people.person import FIRST, Person
from skill.speaker.conversation.endpoint import Endpoint
from skill.speaker.conversation.local_trainee import LONGEST_NAME, account_of, named
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Answer, Talk
from skill.speaker.understanding.model import LAUNCH
from skill.speaker.understanding.understand import SAFETY, understand

K = TypeVar("K")
V = TypeVar("V")
MOST_ROOMS: Final = 64
HELD_S: Final = 1800
"""Seconds after which a room that has fallen silent holds its trainee's workout no more."""
FROM_ANYWHERE: Final = frozenset({LAUNCH, *SAFETY})
"""What is taken from any room: a launch brings the workout there, and pain and a stop make it safer."""


@dataclass(frozen=True)
class _Held:
    room: str
    at: float


class Rooms:
    """The talks of the rooms; of many, the one that was silent longest is forgotten.

    A trainee's turns are taken one after the other, and nobody waits for another trainee's.

    A room is named by its satellite, its device or its conversation. While a trainee's workout is open in one room,
    an answer from another ("yes", "ten") is no answer to the coach's question there: `elsewhere` is said to it.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        elsewhere: str,
        clock: Callable[[], float] = time.monotonic,
        locale: str = DEFAULT,
    ) -> None:
        self._endpoint = endpoint
        self._locale = locale
        self._elsewhere = elsewhere
        self._clock = clock
        self._open: OrderedDict[tuple[str, str], Talk] = OrderedDict()
        self._named: OrderedDict[str, str] = OrderedDict()
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()
        self._lock = Lock()

    def say(
        self,
        room: str,
        text: str,
        person: str = "",
        people: Sequence[str] = (),
        stopped_ms: int | None = None,
    ) -> tuple[Answer, str]:
        """What was said in a room, and the coach's answer with the person who it is for.

        `room` is the satellite's, device's or conversation's id. `person` trains there unless one of `people` was
        named ("this is Anna"). `stopped_ms` is how far the count had been heard when it was stopped, None where that
        is not known.
        """
        who, text = self._who(room, text, person, people)
        account = account_of(who)
        with self._turn_of(account):
            if self._is_elsewhere(account, room, text):
                return Answer(text, Spoken(self._elsewhere), "", is_open=False), who
            talk = self._talk(room, account, Person(key_of(who[:LONGEST_NAME]) or FIRST))
            answer = talk.say(text, talk.stopped_at(stopped_ms) if stopped_ms is not None else None)
            self._hold(account, room, answer.is_open)
            return answer, who

    def _turn_of(self, account: str) -> Lock:
        """What is held during a turn of this trainee's, and of nobody else's; it is forgotten when nobody needs it."""
        with self._lock:
            return self._turns.setdefault(account, Lock())

    def _who(self, room: str, text: str, person: str, people: Sequence[str]) -> tuple[str, str]:
        name, left = named(text, people, self._locale)
        with self._lock:
            if name:
                _put(self._named, room, name)
            return self._named.get(room, person), left

    def _is_elsewhere(self, account: str, room: str, text: str) -> bool:
        with self._lock:
            held = self._held.get(account)
        if held is None or held.room == room or self._clock() - held.at > HELD_S:
            return False
        return understand(text, self._locale).intent not in FROM_ANYWHERE

    def _talk(self, room: str, account: str, person: Person) -> Talk:
        key = (room, account)
        with self._lock:
            talk = self._open.get(key) or Talk(self._endpoint, f"room-{room}", person, locale=self._locale)
            _put(self._open, key, talk)
        return talk

    def _hold(self, account: str, room: str, is_open: bool) -> None:
        with self._lock:
            if is_open:
                _put(self._held, account, _Held(room, self._clock()))
            else:
                self._held.pop(account, None)
                self._named.pop(room, None)


def _put(known: OrderedDict[K, V], key: K, value: V) -> None:
    """Keep what is newest; of more than there are rooms, what was kept longest ago is forgotten."""
    known[key] = value
    known.move_to_end(key)
    while len(known) > MOST_ROOMS:
        known.popitem(last=False)
