"""The sound card by PortAudio, with a PortAudio that the test plays: machines of the tests have none."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from skill.speaker.conversation.pcm import Pcm
from skill.speaker.terminal import sound_card as cards
from skill.speaker.terminal.sound_card import LocalCard, NoSoundCard


class PortAudioError(Exception):
    pass


class CallbackStop(Exception):
    pass


class Stream:
    """A stream that moves when the test says so."""

    latency = 0.05

    def __init__(self, callback: Any, **form: Any) -> None:
        self.callback = callback
        self.form = form
        self.active = False

    def start(self) -> None:
        self.active = True

    def close(self) -> None:
        self.active = False

    def move(self, frames: int) -> bytes:
        out = bytearray(2 * frames)
        try:
            self.callback(out, frames, None, None)
        except CallbackStop:
            self.active = False
        return bytes(out)


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    made: list[Stream] = []

    def opened(**form: Any) -> Stream:
        made.append(Stream(**form))
        return made[-1]

    fake = SimpleNamespace(
        PortAudioError=PortAudioError,
        CallbackStop=CallbackStop,
        RawInputStream=opened,
        RawOutputStream=opened,
        streams=made,
    )
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


def test_the_microphone_is_read_in_pieces(device: SimpleNamespace) -> None:
    card = LocalCard()
    device.streams[0].callback(b"\1\0" * 2048, 2048, None, None)
    assert card.read() == b"\1\0" * 2048
    assert device.streams[0].form["samplerate"] == 16_000


def test_an_unplugged_microphone_is_noticed(device: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "_GIVES_UP_AFTER_S", 0.01)
    assert LocalCard().read() is None


def test_the_place_is_what_was_heard_and_not_what_waits_in_the_card(device: SimpleNamespace) -> None:
    card = LocalCard()
    assert card.place_ms() is None
    card.play(Pcm(24_000, b"\2\0" * 24_000))
    speaker = device.streams[1]
    assert card.place_ms() == 0
    assert speaker.move(12_000) == b"\2\0" * 12_000
    assert card.place_ms() == 450
    assert speaker.form["samplerate"] == 24_000


def test_a_sound_that_ends_is_followed_by_silence_and_has_no_place(device: SimpleNamespace) -> None:
    card = LocalCard()
    card.play(Pcm(24_000, b"\2\0" * 100))
    card.ends()
    speaker = device.streams[1]
    assert speaker.move(150) == b"\2\0" * 100 + b"\0\0" * 50
    speaker.move(150)
    assert card.place_ms() is None


def test_what_follows_a_sound_is_heard_behind_it_without_a_break_and_has_its_place_in_the_whole(
    device: SimpleNamespace,
) -> None:
    card = LocalCard()
    card.play(Pcm(24_000, b"\2\0" * 2400))
    card.follow(Pcm(24_000, b"\3\0" * 2400))
    card.ends()
    assert device.streams[1].move(4800) == b"\2\0" * 2400 + b"\3\0" * 2400
    assert card.place_ms() == 150


def test_until_what_follows_is_there_the_card_is_silent_and_its_place_stands_still(
    device: SimpleNamespace,
) -> None:
    card = LocalCard()
    card.play(Pcm(24_000, b"\2\0" * 4800))
    assert device.streams[1].move(9600) == b"\2\0" * 4800 + b"\0\0" * 4800
    device.streams[1].move(4800)
    assert card.place_ms() == 150
    card.follow(Pcm(24_000, b"\3\0" * 2400))
    card.ends()
    assert device.streams[1].move(2400) == b"\3\0" * 2400
    device.streams[1].move(100)
    assert card.place_ms() is None


def test_the_trainee_is_not_spoken_over(device: SimpleNamespace) -> None:
    card = LocalCard()
    card.play(Pcm(24_000, b"\2\0" * 24_000))
    card.stop()
    assert not device.streams[1].active
    assert card.place_ms() is None


def test_without_a_sound_library_the_trainee_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(NoSoundCard, match="apt-get install libportaudio2"):
        LocalCard()


@pytest.mark.parametrize("missing", ["RawInputStream", "RawOutputStream"])
def test_without_a_microphone_or_loudspeaker_the_trainee_is_sent_to_the_keys(
    device: SimpleNamespace, missing: str
) -> None:
    def refuses(**_: object) -> None:
        raise PortAudioError("Error querying device -1")

    setattr(device, missing, refuses)
    with pytest.raises(NoSoundCard, match="Without one: glute-coach talk"):
        LocalCard().play(Pcm(24_000, b""))


def test_the_loudspeaker_gets_the_coach_at_the_volume_that_was_chosen(device: SimpleNamespace) -> None:
    card = LocalCard(50)
    card.play(Pcm(24_000, (1000).to_bytes(2, "little") * 4))
    assert device.streams[-1].move(2) == (500).to_bytes(2, "little") * 2
