"""The Wyoming server: one handler a connection, which Home Assistant opens anew for each thing it wants.

What is slow (recognising, a turn, a voice) is done beside the loop, each in threads of its own, so that no satellite
waits for another's. What comes in is bounded first (`bounds`).
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioChunkConverter, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled
from wyoming.info import Describe
from wyoming.ping import Ping, Pong
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.house import House, is_asking
from skill.speaker.satellite import bounds
from skill.speaker.satellite.bounds import NotWyoming, Unfit
from skill.speaker.satellite.description import description

LOG: Final = logging.getLogger(__name__)
MOST_CONNECTIONS: Final = 64
_LONGEST_HEARD_BYTES: Final = 2 * SAMPLE_RATE * 15
_SAMPLES_A_CHUNK: Final = 2048
_SLOWEST_S: Final = 30.0
"""Seconds in which the other side has to take what it is sent."""
_MOST_FAULTS: Final = 8
_FAILED: Final = "The coach could not do this. Say it again."
T = TypeVar("T")


async def serve(house: House, uri: str) -> None:
    """Serve until cancelled.

    Raises ValueError: the address is none that Wyoming knows; OSError: the address is taken or not ours.
    """
    shared = Shared(house)
    await AsyncServer.from_uri(uri).run(partial(Satellite, shared))


class Shared:
    """What the connections share: the house, the threads that work for each of its three parts, and their number."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.connections = 0
        self.ears, self.coach, self.voice = (
            ThreadPoolExecutor(number, name) for number, name in ((1, "ears"), (2, "coach"), (4, "speaking"))
        )


class Satellite(AsyncEventHandler):
    """One connection."""

    def __init__(self, shared: Shared, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(reader, writer)
        self._shared = shared
        self._house = shared.house
        self._faults = 0
        self._text: list[str] | None = None
        self._forget_audio()

    async def run(self) -> None:
        """Answer events until the other side leaves, falls silent, or sends what is none."""
        self._shared.connections += 1
        try:
            if self._shared.connections <= MOST_CONNECTIONS:
                while (event := await bounds.read_event(self.reader)) and await self.handle_event(event):
                    pass
        except NotWyoming as fault:
            LOG.warning("A satellite's connection was closed: %s", fault)
        except (OSError, TimeoutError):
            pass  # the other side left, or does not take what it is sent
        finally:
            self._shared.connections -= 1
            self.writer.close()

    async def write_event(self, event: Event) -> None:
        """Send an event to an other side that takes it."""
        await asyncio.wait_for(super().write_event(event), _SLOWEST_S)

    async def handle_event(self, event: Event) -> bool:
        """Answer one event; what fails is told to the other side. False for one who sends little else."""
        try:
            await self._answer(event)
        except (OSError, TimeoutError):
            raise
        except Unfit as fault:
            await self._refuse(event, str(fault), fault)
        except Exception as fault:
            await self._refuse(event, _FAILED, fault)
        return self._faults < _MOST_FAULTS

    async def _refuse(self, event: Event, told: str, fault: Exception) -> None:
        """Tell the other side, and the log once a connection: without what was said, in one line."""
        self._faults += 1
        if self._faults == 1:
            LOG.warning("A satellite's %s failed: %s", ascii(event.type)[1:41], type(fault).__name__)
        await self.write_event(Error(text=told, code=event.type[:40]).event())

    async def _answer(self, event: Event) -> None:
        kind = event.type
        if Describe.is_type(kind):
            await self.write_event(description(self._house.voice).event())
        elif Ping.is_type(kind):
            await self.write_event(Pong(text=str(event.data.get("text") or "")[:100]).event())
        elif Transcribe.is_type(kind) or AudioStart.is_type(kind):
            self._forget_audio()
        elif AudioChunk.is_type(kind):
            self._keep(bounds.audio_of(event))
        elif AudioStop.is_type(kind):
            await self._transcribe()
        elif Transcript.is_type(kind):
            await self._handle(event)
        else:
            await self._answer_text(event)

    async def _answer_text(self, event: Event) -> None:
        """Text to be spoken, whole or in pieces; who sends pieces sends the whole as well, for older servers."""
        kind = event.type
        if SynthesizeStart.is_type(kind):
            self._text = []
        elif SynthesizeChunk.is_type(kind) and self._text is not None:
            so_far = sum(map(len, self._text))
            self._text.append(bounds.text_of(event, bounds.LONGEST_TEXT - so_far))
        elif Synthesize.is_type(kind) and self._text is None:
            await self._speak(bounds.text_of(event, bounds.LONGEST_TEXT))
        elif SynthesizeStop.is_type(kind) and self._text is not None:
            text, self._text = "".join(self._text), None
            await self._speak(text)
            await self.write_event(SynthesizeStopped().event())

    def _forget_audio(self) -> None:
        self._audio = bytearray()
        self._converter = AudioChunkConverter(rate=SAMPLE_RATE, width=2, channels=1)

    def _keep(self, chunk: AudioChunk) -> None:
        """No command takes 15 s: whatever comes after is not kept, however long it goes on."""
        room = _LONGEST_HEARD_BYTES - len(self._audio)
        if room > 0:
            self._audio += self._converter.convert(chunk).audio[:room]

    async def _transcribe(self) -> None:
        pcm = bytes(self._audio)
        self._forget_audio()
        text = await _beside(self._shared.ears, self._house.heard, pcm) if pcm else ""
        await self.write_event(Transcript(text=text, language="en").event())

    async def _handle(self, event: Event) -> None:
        context = bounds.context_of(event)  # before the turn: what is wrong with it must not cost its answer
        said = bounds.text_of(event, bounds.LONGEST_SENTENCE)
        room, person = bounds.room_of(context), bounds.person_of(context)
        text, answer, _ = await _beside(self._shared.coach, self._house.handled, room, said, person)
        context |= {"continue_conversation": is_asking(answer)}
        await self.write_event(Handled(text=text, context=context).event())

    async def _speak(self, text: str) -> None:
        pieces = self._house.spoken(text)
        form: dict[str, Any] = {}
        while (sound := await _beside(self._shared.voice, next, pieces, None)) is not None:
            if not form:
                form = _form(sound)
                await self.write_event(AudioStart(**form).event())
            await self._send(sound, form)
        if not form:
            await self.write_event(AudioStart(**_form(Pcm(SAMPLE_RATE, b""))).event())
        await self.write_event(AudioStop().event())

    async def _send(self, sound: Pcm, form: dict[str, Any]) -> None:
        step = 2 * _SAMPLES_A_CHUNK
        for at in range(0, len(sound.samples), step):
            await self.write_event(AudioChunk(audio=sound.samples[at : at + step], **form).event())


def _form(sound: Pcm) -> dict[str, Any]:
    return {"rate": sound.rate, "width": 2, "channels": 1}


async def _beside(pool: ThreadPoolExecutor, do: Callable[..., T], *given: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, do, *given)
