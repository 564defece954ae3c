"""Somebody out of breath stops in the middle of a sentence: the coach waits for the rest and hears it as one."""

import numpy as np
import pytest

from bench.hearing.clips import in_noise, spoken
from bench.hearing.people import PIECE_BYTES
from skill.speaker.conversation.ears import SAMPLE_RATE, OpenEars, Room
from skill.speaker.hearing.endpoint import FRAME_BYTES, FRAME_MS, Endpointer, Pauses
from skill.speaker.hearing.recognise import thresholds

VOICE, QUIET = b"\xff\x7f" * (FRAME_BYTES // 2), bytes(FRAME_BYTES)


def _length_ms(pcm: bytes) -> float:
    return len(pcm) / FRAME_BYTES * FRAME_MS


def test_a_pause_within_a_sentence_is_short_to_the_recognisers_and_keeps_its_place_in_the_stream() -> None:
    pauses = Pauses(**thresholds()["pauses"])
    endpointer = Endpointer(lambda frame: float(frame == VOICE), pauses)
    stream = VOICE * 20 + QUIET * 22 + VOICE * 20 + QUIET * 40
    (said,) = (utterance for utterance in endpointer.feed(stream) if utterance.kind == "end")
    assert said.ended_ms == round(62 * FRAME_MS)
    assert said.pcm.count(VOICE) == 40
    assert _length_ms(said.pcm) < 40 * FRAME_MS + 2 * pauses.pauses_after_ms + 2 * FRAME_MS


def test_a_word_that_is_spoken_softly_is_heard_to_its_end_while_it_is_awaited() -> None:
    pauses = Pauses(**thresholds()["pauses"])
    soft = pauses.voice_if_awaited
    assert soft < pauses.silence
    stream = [0.0] * 20 + [soft] * 12 + [0.0] * 3 + [soft] * 12 + [0.0] * 40
    likely = iter(stream)
    endpointer = Endpointer(lambda _: next(likely), pauses)
    (said,) = (each for each in endpointer.feed(QUIET * len(stream), is_awaited=True) if each.kind == "end")
    assert said.ended_ms == round(47 * FRAME_MS)


@pytest.mark.parametrize("room", ["awake", "coach_speaks"])
@pytest.mark.parametrize(("first", "then", "meant"), [("i'm", "done", "FailIntent")])
def test_a_sentence_with_a_pause_of_nearly_a_second_is_one(
    open_ears: OpenEars, room: Room, first: str, then: str, meant: str
) -> None:
    pause = np.zeros(int(0.9 * SAMPLE_RATE), np.float32)
    clip = np.concatenate([spoken(first, "piper"), pause, spoken(then, "piper")])
    pcm, listening = in_noise(clip, None, first), open_ears()
    pieces = [pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES)]
    sounds = [sound for piece in pieces for sound in listening.hear(piece, room)]
    assert [sound.understood.intent for sound in sounds if sound.understood] == [meant]
    assert len(sounds) == 1
