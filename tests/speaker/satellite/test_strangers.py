"""Whoever reaches the Wyoming port is a stranger: nothing they send grows, stands still or is said twice."""

import asyncio
import json
import logging
import threading
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled
from wyoming.info import Describe, Info
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped

from skill.speaker.satellite import bounds, server
from tests.speaker.satellite.test_server import Told, asked, run, said, served

LONGEST_S = 45
"""Long for a busy machine, and shorter than the minute after which any silent line is closed."""


@pytest.fixture
def told() -> Told:
    return Told()


@asynccontextmanager
async def line(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def hung_up(port, sent: bytes) -> bool:
    async with line(port) as (reader, writer):
        writer.write(sent)
        try:
            return await asyncio.wait_for(reader.read(), LONGEST_S) == b""
        except ConnectionResetError:  # what was sent had not been read
            return True


def chunk(payload: int = 0, **form) -> Event:
    return Event("audio-chunk", {"rate": 16_000, "width": 2, "channels": 1} | form, bytes(payload) or None)


@pytest.mark.parametrize(
    "event",
    [
        chunk(8000, rate=1),
        chunk(8000, rate=7999),
        chunk(8000, rate=48_001),
        chunk(8000, rate="16000"),
        chunk(8000, rate=True),
        chunk(8000, width=0),
        chunk(8000, width=5),
        chunk(8000, channels=0),
        chunk(8000, channels=3),
        chunk(8001),
        Event("audio-chunk", {}, b"ab"),
    ],
    ids=lambda event: json.dumps(event.data),
)
def test_sound_that_no_microphone_makes_is_refused_before_anything_is_made_of_it(
    tmp_path: Path, told: Told, event: Event
) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port, AsyncTcpClient("127.0.0.1", port) as client:
            await client.write_event(event)
            refused = await client.read_event()
            assert refused is not None
            assert "sample" in Error.from_event(refused).text
            await client.write_event(AudioStop().event())
            heard = await client.read_event()
            assert heard is not None
            assert Transcript.from_event(heard).text == ""
            assert told.heard_bytes == 0

    run(test())


@pytest.mark.parametrize(
    "sent",
    [
        b'{"type":"audio-chunk","payload_length":60000000}\n' + b"x" * 1000,
        b'{"type":"audio-chunk","data_length":100000}\n',
        b'{"type":"audio-chunk","payload_length":-1}\n',
        b'{"type":"audio-chunk","payload_length":"9"}\n',
        b'{"type":7}\n',
        b'{"type":"transcript","data":[1]}\n',
        b"GET / HTTP/1.1\r\n\r\n",
        b"[" * 60_000 + b"\n",
        b"x" * 200_000,
        b'{"type":"transcript","data_length":3}\n[1]',
        b"\xff\xfe\n",
    ],
)
def test_what_is_no_event_or_past_all_bounds_is_hung_up_on_unread(
    tmp_path: Path, told: Told, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:
            with suppress(ConnectionResetError):  # hung up on, with bytes that nobody read
                assert await hung_up(port, sent)
            assert "bands" in (await said(port, "start glute workout")).lower()

    with caplog.at_level(logging.WARNING):
        run(test())
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None


def test_a_connection_that_says_nothing_is_closed(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("IDLE_S", "EVENT_S"):
        monkeypatch.setattr(bounds, limit, 0.2)

    async def test() -> None:
        async with served(tmp_path, told) as port:
            assert await hung_up(port, b"")
            assert await hung_up(port, b'{"type":"audio-chunk","payload_length":9}\n1234')

    run(test())


def test_only_so_many_connections_are_held_and_the_next_is_taken_when_one_leaves(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 2)

    async def test() -> None:
        async with served(tmp_path, told) as port:
            async with AsyncExitStack() as held:
                taken = 0
                while taken < 2:
                    one = await held.enter_async_context(AsyncTcpClient("127.0.0.1", port))
                    with suppress(OSError):
                        await one.write_event(Describe().event())
                        taken += await one.read_event() is not None
                assert await hung_up(port, b'{"type":"describe"}\n')
            answer = ""
            while not answer:  # until the server has seen that they left
                with suppress(AssertionError, OSError):
                    answer = await said(port, "start glute workout")
            assert "bands" in answer.lower()

    run(test())


def test_a_connection_full_of_faults_gets_few_answers_and_one_line_in_the_log(
    tmp_path: Path, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port, line(port) as (reader, writer):
            writer.write(b'{"type":"transcript","data":{"text":{"secret":"words"}}}\n' * 40)
            answers = (await asyncio.wait_for(reader.read(), LONGEST_S)).decode()
            assert answers.count('"error"') == 8
            assert "secret" not in answers

    with caplog.at_level(logging.WARNING):
        run(test())
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None
    assert "secret" not in caplog.text


@pytest.mark.parametrize("context", [[1], "x", {"a": "b" * 5000}])
def test_a_bad_context_is_refused_before_the_turn_is_done(tmp_path: Path, told: Told, context) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port, AsyncTcpClient("127.0.0.1", port) as client:
            data = {"text": "start glute workout", "context": context}
            await client.write_event(Event("transcript", data))
            refused = await client.read_event()
            assert refused is not None
            assert "context" in Error.from_event(refused).text
            await client.write_event(Transcript(text="start glute workout").event())
            answer = await client.read_event()
            assert answer is not None
            assert "I'm no doctor" in (Handled.from_event(answer).text or "")  # as at the very first turn

    run(test())


def test_a_turn_is_answered_while_another_satellites_noise_is_recognised(tmp_path: Path) -> None:
    release = asyncio.Event()
    loop: list[asyncio.AbstractEventLoop] = []

    hears = threading.Event()

    def noise(pcm: bytes):
        hears.set()
        asyncio.run_coroutine_threadsafe(release.wait(), loop[0]).result()
        return Told().next

    async def test() -> None:
        loop.append(asyncio.get_running_loop())
        sound = [Transcribe(), AudioStart(16_000, 2, 1), AudioChunk(16_000, 2, 1, bytes(32_000)), AudioStop()]
        async with served(tmp_path, noise) as port:
            hearing = [asyncio.create_task(asked(port, *sound, until=Transcript)) for _ in range(20)]
            await asyncio.to_thread(hears.wait)
            assert "bands" in (await said(port, "start glute workout")).lower()
            assert not any(each.done() for each in hearing)
            release.set()
            await asyncio.gather(*hearing)

    run(test())


def test_rooms_are_told_apart_by_what_home_assistant_says_of_them(tmp_path: Path, told: Told) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:

            async def say(text: str, **context) -> Handled:
                event = Transcript(text=text, context=context)
                return Handled.from_event(await asked(port, event, until=Handled))

            for text in ("start glute workout", "yellow red and green"):
                answer = await say(text, conversation_id="kitchen")
                assert answer.context == {"conversation_id": "kitchen", "continue_conversation": True}
            assert "another room" in ((await say("ready", satellite_id="cellar")).text or "")
            count = await say("ready", conversation_id="kitchen")
            assert count.context is not None
            assert not count.context["continue_conversation"]

    run(test())


def test_text_in_pieces_is_spoken_whole_with_the_words_before_the_count_first(
    tmp_path: Path, told: Told
) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:
            for text in ("start glute workout", "yellow red and green"):
                await said(port, text)
            count = await said(port, "ready")
            async with AsyncTcpClient("127.0.0.1", port) as client:
                await client.write_event(SynthesizeStart().event())
                for at in range(0, len(count), 50):
                    await client.write_event(SynthesizeChunk(text=count[at : at + 50]).event())
                await client.write_event(Synthesize(text=count).event())
                await client.write_event(SynthesizeStop().event())
                kinds, seconds = [], 0.0
                while (event := await client.read_event()) and not SynthesizeStopped.is_type(event.type):
                    kinds.append(event.type)
                    seconds += AudioChunk.from_event(event).seconds if AudioChunk.is_type(event.type) else 0
            assert kinds.count("audio-start") == kinds.count("audio-stop") == 1
            assert seconds > 12 * 6

    run(test())


def test_the_voices_name_carries_its_version(tmp_path: Path, told: Told) -> None:
    async def test() -> None:
        async with served(tmp_path, told) as port:
            info = Info.from_event(await asked(port, Describe(), until=Info))
            assert info.tts[0].supports_synthesize_streaming
            assert info.tts[0].voices[0].name == "glute-coach-beep"

    run(test())
