"""The Wyoming server: one handler a connection, which Home Assistant opens anew for each thing it wants.

What is slow (recognising, a turn, a voice) is done beside the loop, so that a second satellite is answered meanwhile.
"""

import asyncio
import logging
from importlib.metadata import version
from typing import Any, Final

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioChunkConverter, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled
from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    Describe,
    HandleModel,
    HandleProgram,
    Info,
    TtsProgram,
    TtsVoice,
)
from wyoming.ping import Ping, Pong
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.conversation.pcm import Pcm
from skill.speaker.satellite.house import House

LOG: Final = logging.getLogger(__name__)

_NAME: Final = "glute-coach"
_LANGUAGES: Final = ["en", "en-US"]
_LONGEST_HEARD_BYTES: Final = 2 * SAMPLE_RATE * 15
_SAMPLES_A_CHUNK: Final = 2048


async def serve(house: House, uri: str) -> None:
    """Serve until cancelled.

    Raises:
        ValueError: the address is none that Wyoming knows.
        OSError: the address is taken or not ours.
    """
    server = AsyncServer.from_uri(uri)
    await server.run(lambda reader, writer: Satellite(house, reader, writer))


class Satellite(AsyncEventHandler):
    """One connection."""

    def __init__(self, house: House, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(reader, writer)
        self._house = house
        self._forget_audio()

    async def handle_event(self, event: Event) -> bool:
        """Answer one event; what fails is told to the other side, and the connection stays."""
        try:
            await self._answer(event)
        except Exception as fault:
            LOG.exception("A satellite's %s failed", event.type)
            await self.write_event(
                Error(text=f"The coach could not do this: {fault}", code=event.type).event()
            )
        return True

    async def _answer(self, event: Event) -> None:
        if Describe.is_type(event.type):
            await self.write_event(description().event())
        elif Ping.is_type(event.type):
            await self.write_event(Pong(text=Ping.from_event(event).text).event())
        elif Transcribe.is_type(event.type) or AudioStart.is_type(event.type):
            self._forget_audio()
        elif AudioChunk.is_type(event.type):
            self._keep(AudioChunk.from_event(event))
        elif AudioStop.is_type(event.type):
            await self._transcribe()
        elif Transcript.is_type(event.type):
            await self._handle(Transcript.from_event(event))
        elif Synthesize.is_type(event.type):
            await self._speak(await asyncio.to_thread(self._house.spoken, Synthesize.from_event(event).text))

    def _forget_audio(self) -> None:
        self._audio = bytearray()
        self._converter = AudioChunkConverter(rate=SAMPLE_RATE, width=2, channels=1)

    def _keep(self, chunk: AudioChunk) -> None:
        """No command takes 15 s: whatever comes after is not kept, however long it goes on."""
        if len(self._audio) < _LONGEST_HEARD_BYTES:
            self._audio += self._converter.convert(chunk).audio

    async def _transcribe(self) -> None:
        pcm = bytes(self._audio)
        self._forget_audio()
        text = await asyncio.to_thread(self._house.heard, pcm) if pcm else ""
        await self.write_event(Transcript(text=text, language="en").event())

    async def _handle(self, said: Transcript) -> None:
        text, is_open = await asyncio.to_thread(self._house.handled, said.text)
        context = dict(said.context or {}) | {"continue_conversation": is_open}
        await self.write_event(Handled(text=text, context=context).event())

    async def _speak(self, sound: Pcm) -> None:
        form: dict[str, Any] = {"rate": sound.rate, "width": 2, "channels": 1}
        await self.write_event(AudioStart(**form).event())
        step = 2 * _SAMPLES_A_CHUNK
        for at in range(0, len(sound.samples), step):
            await self.write_event(AudioChunk(audio=sound.samples[at : at + step], **form).event())
        await self.write_event(AudioStop().event())


def description() -> Info:
    """What this server can do, as Home Assistant asks for it."""
    release = version("hands-free-band-coach")
    owner = Attribution(name="hands-free-band-coach", url="")
    about: dict[str, Any] = {"attribution": owner, "installed": True, "version": release}
    ears = AsrModel(
        name=f"{_NAME}-commands", description="the coach's commands", languages=_LANGUAGES, **about
    )
    coach = HandleModel(name=_NAME, description="a glute workout by voice", languages=_LANGUAGES, **about)
    voice = TtsVoice(name=f"{_NAME}-voice", description="the coach's voice", languages=_LANGUAGES, **about)
    return Info(
        asr=[AsrProgram(name=_NAME, description="hears the coach's commands", models=[ears], **about)],
        handle=[HandleProgram(name=_NAME, description="coaches", models=[coach], **about)],
        tts=[TtsProgram(name=_NAME, description="speaks and counts", voices=[voice], **about)],
    )
