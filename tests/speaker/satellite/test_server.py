"""A whole turn as Home Assistant makes it, with Wyoming's own client: audio, words, answer, sound."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket

import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled
from wyoming.info import Describe, Info
from wyoming.tts import Synthesize

from bench.hearing.clips import in_noise, spoken
from skill.app import build
from skill.settings import Settings
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.hearing.opinions import Verdict
from skill.speaker.house import House
from skill.speaker.page.attach import rooms_of
from skill.speaker.satellite.server import serve
from skill.speaker.understanding.understand import understand
from skill.web import create_app
from tests.speaker.page.opened import Beep


class Told:
    """A recogniser that hears what the test tells it."""

    def __init__(self) -> None:
        self.next = Verdict("talk", "", understand(""))
        self.heard_bytes = 0

    def __call__(self, pcm: bytes) -> Verdict:
        self.heard_bytes = len(pcm)
        return self.next


@pytest.fixture
def told() -> Told:
    return Told()


@asynccontextmanager
async def served(folder: Path, recognise) -> AsyncIterator[str]:
    coach = build(Settings(store=str(folder / "coach.db")))
    house = House(rooms_of(create_app(verify=False, coach=coach), coach), recognise, Sounds(Beep()))
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = asyncio.create_task(serve(house, f"tcp://127.0.0.1:{port}"))
    try:
        for _ in range(100):
            try:
                (await asyncio.open_connection("127.0.0.1", port))[1].close()
                break
            except OSError:
                await asyncio.sleep(0.05)
        yield port
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        coach.store.close()


async def asked(port, *events, until) -> Event:
    """Send the events on a new connection, as Home Assistant does; the answer of the wanted kind comes back."""
    async with AsyncTcpClient("127.0.0.1", port) as client:
        for event in events:
            await client.write_event(event.event())
        while (answer := await asyncio.wait_for(client.read_event(), 60)) is not None:
            if until.is_type(answer.type):
                return answer
    raise AssertionError("the connection was closed without an answer")


def audio(pcm: bytes, rate: int = 16_000, channels: int = 1) -> list:
    form = {"rate": rate, "width": 2, "channels": channels}
    chunks = [AudioChunk(audio=pcm[at : at + 4096], **form) for at in range(0, len(pcm), 4096)]
    return [Transcribe(), AudioStart(**form), *chunks, AudioStop()]


async def said(port, text: str) -> str:
    return Handled.from_event(await asked(port, Transcript(text=text), until=Handled)).text or ""


def run(test) -> None:
    asyncio.run(asyncio.wait_for(test, 120))


def test_home_assistant_is_told_that_the_coach_hears_handles_and_speaks(tmp_path: Path, told: Told) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:
            info = Info.from_event(await asked(port, Describe(), until=Info))
            assert [len(each) for each in (info.asr, info.handle, info.tts)] == [1, 1, 1]

    run(test())


def test_a_whole_turn_is_heard_handled_and_spoken(tmp_path: Path, recogniser) -> None:
    async def test() -> None:
        async with served(tmp_path, recogniser) as port:
            pcm = in_noise(spoken("start glute workout", "piper"), None, "turn")
            heard = Transcript.from_event(await asked(port, *audio(pcm), until=Transcript))
            assert understand(heard.text).intent == "LaunchRequest"
            answer = await said(port, heard.text)
            assert "bands" in answer.lower()
            sound = AudioStart.from_event(await asked(port, Synthesize(text=answer), until=AudioStart))
            assert (sound.rate, sound.width, sound.channels) == (
                8_000,
                2,
                1,
            )  # as the voice of the tests gives it

    run(test())


def test_a_count_is_spoken_on_its_own_grid(tmp_path: Path, told: Told) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:
            for line in ("start glute workout", "yellow red and green"):
                await said(port, line)
            count = await said(port, "ready")
            assert "lift" in count.lower()
            async with AsyncTcpClient("127.0.0.1", port) as client:
                await client.write_event(Synthesize(text=count).event())
                seconds = 0.0
                while (event := await client.read_event()) and not AudioStop.is_type(event.type):
                    seconds += AudioChunk.from_event(event).seconds if AudioChunk.is_type(event.type) else 0
            assert seconds > 12 * 6

    run(test())


@pytest.mark.parametrize(
    ("kind", "text", "heard"),
    [("command", "skip", "skip"), ("talk", "the dog", ""), ("perhaps", "skim", "(unclear)")],
)
def test_talk_comes_to_nothing_and_unclear_speech_is_asked_again(
    tmp_path: Path, told: Told, kind, text: str, heard: str
) -> None:
    told.next = Verdict(kind, text, understand(text))

    async def test() -> None:
        async with served(tmp_path, told) as port:
            found = Transcript.from_event(await asked(port, *audio(b"\1\0" * 16_000), until=Transcript))
            assert found.text == heard
            assert understand("(unclear)").intent == "AMAZON.FallbackIntent"

    run(test())


def test_a_stereo_microphone_at_48_khz_is_brought_to_16_khz_mono(tmp_path: Path, told: Told) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:
            await asked(port, *audio(b"\1\0\1\0" * 48_000, 48_000, 2), until=Transcript)
            assert told.heard_bytes == pytest.approx(2 * 16_000, rel=0.02)

    run(test())


def test_minutes_of_audio_are_cut_to_what_a_command_takes(tmp_path: Path, told: Told) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:
            await asked(port, *audio(b"\1\0" * 16_000 * 120), until=Transcript)
            assert told.heard_bytes == 2 * 16_000 * 15

    run(test())


def test_what_makes_no_sense_is_told_and_the_connection_stays(tmp_path: Path, told: Told) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port, AsyncTcpClient("127.0.0.1", port) as client:
            await client.write_event(Event(type="transcript", data={}))
            fault = await client.read_event()
            assert fault is not None
            assert "letters was expected" in Error.from_event(fault).text
            await client.write_event(Describe().event())
            answer = await client.read_event()
            assert answer is not None
            assert Info.is_type(answer.type)

    run(test())


def test_an_address_that_is_none_is_refused(tmp_path: Path, told: Told) -> None:
    with pytest.raises(ValueError, match="tcp://"):
        asyncio.run(serve(None, "http://127.0.0.1"))  # type: ignore[arg-type]
