"""The coach's API (docs/openapi.yaml), as Home Assistant asks it."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

_TIMEOUT = ClientTimeout(total=120, connect=5)  # its first sentence may take a slow machine long
_SPEAKING = ClientTimeout(total=None, connect=5, sock_read=20)


class CoachUnreachable(Exception):
    """The coach does not answer, or not as one does."""


class TokenRefused(CoachUnreachable):
    """The token is not the coach's, or was withdrawn."""


class CoachTooOld(CoachUnreachable):
    """The coach does not have this version of the API."""


@dataclass(frozen=True)
class Answer:
    """What the coach said; `length_ms` and `question` of a count, which plays behind the words, else 0 and nothing."""

    text: str
    continue_conversation: bool
    person: str
    state: dict[str, Any]
    length_ms: int = 0
    question: str = ""


def answer_of(lines: list[dict[str, Any]]) -> Answer:
    """An answer from its lines; kinds that are not known are left aside."""
    by_kind = {line.get("kind"): line for line in lines}
    words, count, end = by_kind["words"], by_kind.get("count", {}), by_kind["end"]
    asks, person, state = end["continue_conversation"], end["person"], end["state"]
    length_ms, question = count.get("length_ms", 0), count.get("question", "")
    return Answer(words["text"], asks, person, state, length_ms, question)


class Coach:
    """One coach at its address."""

    def __init__(self, session: ClientSession, url: str, token: str) -> None:
        """Nothing is asked yet."""
        self._session = session
        self._base = f"{url.rstrip('/')}/api/v1/"
        self._headers = {"Authorization": f"Bearer {token}"}

    async def about(self) -> dict[str, Any]:
        """Which coach it is."""
        async with self._asked("GET", "") as answer:
            return await answer.json()

    async def state(self, person: str) -> dict[str, Any]:
        """What the cards show of a trainee."""
        async with self._asked("GET", "state", params={"person": person}) as answer:
            return await answer.json()

    async def turn(
        self, text: str, room: str, person: str, people: list[str], stopped_ms: int | None
    ) -> Answer:
        """One thing said in a room."""
        who = {"room": room, "person": person, "people": people}
        body = {"text": text[:400], "stopped_ms": stopped_ms, **who}
        async with self._asked("POST", "turn", json=body) as answer:
            lines = (await answer.text()).splitlines()
        try:
            return answer_of([json.loads(line) for line in lines])
        except (ValueError, KeyError) as fault:
            raise CoachUnreachable("its answer makes no sense") from fault

    async def hear(self, pcm: bytes) -> str:
        """The words of an utterance."""
        async with self._asked("POST", "hear", data=pcm) as answer:
            return (await answer.json())["text"]

    async def speech(self, text: str) -> AsyncGenerator[bytes]:
        """Words as a WAV file, in pieces as they are made."""
        async with self._asked("POST", "speech", json={"text": text}, timeout=_SPEAKING) as answer:
            async for piece in answer.content.iter_chunked(8192):
                yield piece

    @asynccontextmanager
    async def _asked(self, method: str, path: str, **more: Any) -> AsyncGenerator[ClientResponse]:
        more = {"timeout": _TIMEOUT, "headers": self._headers} | more
        try:
            async with self._session.request(method, self._base + path, **more) as answer:
                if answer.status == 401:
                    raise TokenRefused("the token is not the coach's")
                if answer.status in (403, 404):
                    raise CoachTooOld("there is no such API at this address")
                if answer.status != 200:
                    raise CoachUnreachable(f"it answered {answer.status}")
                yield answer
        except (ClientError, TimeoutError, ValueError) as fault:
            raise CoachUnreachable(str(fault) or type(fault).__name__) from fault
