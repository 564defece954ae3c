"""What the canceller swallows of a word is looked at again, with nothing but the coach taken out."""

import numpy as np
import pytest

from bench.hearing.barge_in import Count, barge_in, scenes
from bench.hearing.clips import spoken
from bench.hearing.rooms import LIVING, Room, from_the_loudspeaker
from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing import ears
from skill.speaker.hearing.echo import canceller
from skill.speaker.hearing.listen import Listener
from skill.speaker.hearing.recognise import Recogniser, thresholds
from skill.speaker.hearing.second_look import Samples, without_echo
from tests.speaker.hearing.test_listen import QUIET, UTTERANCE, VOICE, Spoken, Woken, stretch, texts

_PIECE_MS = 100


def _track() -> Samples:
    words = [
        spoken(word, "piper") for word in ("one", "two", "three", "four", "five", "six", "seven", "eight")
    ]
    return np.concatenate([np.pad(word, (0, SAMPLE_RATE - len(word))) for word in words])


def _louder_db(one: Samples, other: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(one)) / np.mean(np.square(other))))


def _said(length: int, began: int) -> Samples:
    word = spoken("stop", "piper") / 4
    return np.pad(word, (began, length - began - len(word)))


def test_the_coach_is_taken_out_and_the_trainee_stays_whole() -> None:
    track = _track()
    echo = from_the_loudspeaker(track, LIVING)[: len(track)]
    began, ended = 6 * SAMPLE_RATE, 7 * SAMPLE_RATE
    said = _said(len(track), began)
    left = without_echo(echo + said, track, began, ended)
    assert left is not None
    assert _louder_db(echo[began:ended], said[began:ended]) > 10
    assert _louder_db(left - said[began:ended], said[began:ended]) < -5


def test_nothing_is_told_of_a_coach_whose_track_it_is_not() -> None:
    track = _track()
    assert without_echo(from_the_loudspeaker(track, LIVING)[: len(track)], track[::-1].copy(), 0, 100) is None


def test_the_canceller_gives_the_stretch_that_was_asked_for() -> None:
    track, began = _track(), 6 * SAMPLE_RATE
    said = _said(len(track), began)
    heard = from_the_loudspeaker(track, LIVING)[: len(track)] / 4 + said
    pcm = (np.clip(heard, -1, 1) * 32767).astype("<i2").tobytes()
    echo, step = canceller(), 2 * SAMPLE_RATE * _PIECE_MS // 1000
    echo.plays(track)
    for number, at in enumerate(range(0, len(pcm), step)):
        echo.without(pcm[at : at + step], number * _PIECE_MS)
    again = echo.again(2010, 1010)
    assert again is not None
    found = np.frombuffer(again, "<i2") / 32768
    assert len(found) == SAMPLE_RATE
    aligned = said[began - 2 * SAMPLE_RATE // 100 : began + SAMPLE_RATE - 2 * SAMPLE_RATE // 100]
    assert np.corrcoef(found, aligned)[0, 1] > 0.8
    assert echo.again(60_000, 59_000) is None


def test_a_silent_coach_is_not_looked_behind() -> None:
    echo, word = canceller(), spoken("stop", "piper")
    padded = np.pad(word, (0, 2 * SAMPLE_RATE - len(word)))
    echo.without((padded * 32767).astype("<i2").tobytes(), None)
    assert echo.again(400, 100) is None


def _listening(*said: str, again: bytes | None = VOICE) -> tuple[Listener, Spoken, list[tuple[int, int]]]:
    recognise, asked = Spoken(*said), list[tuple[int, int]]()

    def looked(began_ms: int, ended_ms: int) -> bytes | None:
        asked.append((began_ms, ended_ms))
        return again

    likelihood = lambda frame: 0.9 if frame.startswith(VOICE) else 0.1  # noqa: E731
    return Listener(recognise, likelihood, Woken(), thresholds(), again=looked), recognise, asked


@pytest.mark.parametrize("said", ["stop", "pause", "i'm done", "that hurts"])
def test_a_word_that_breaks_in_is_taken_from_the_second_look(said: str) -> None:
    listening, _, asked = _listening("yeah", said)
    assert texts(listening.hear(UTTERANCE, "coach_speaks")) == [("understood", said)]
    ((began_ms, ended_ms),) = asked
    assert began_ms - ended_ms == pytest.approx(960 + 224 + 200, abs=70)


@pytest.mark.parametrize(
    "said",
    [
        "a shot latte with breath pain",
        "it's wrong",
        "that's it",
        "skip",
        "five",
        "he was done with it by noon",
    ],
)
def test_nothing_else_is_taken_from_it(said: str) -> None:
    listening, recognise, _ = _listening("yeah", said)
    assert listening.hear(UTTERANCE, "coach_speaks") == []
    assert recognise.texts == []  # it was looked at, once


def test_what_was_heard_at_once_needs_no_second_look() -> None:
    listening, _, asked = _listening("that hurts")
    assert texts(listening.hear(UTTERANCE, "coach_speaks")) == [("understood", "that hurts")]
    assert asked == []


def test_what_the_coach_was_saying_is_not_taken_from_it() -> None:
    listening, recognise, asked = _listening("yeah", "stop")
    assert listening.hear(UTTERANCE, "coach_speaks", "and stop") == []
    assert len(asked) == 1
    assert recognise.texts == []


def test_nobody_looks_again_while_the_coach_is_silent() -> None:
    listening, _, asked = _listening("yeah")
    listening.hear(UTTERANCE + stretch(QUIET, 640), "awake")
    assert asked == []


def test_where_no_second_look_is_to_be_had_nothing_comes_of_it() -> None:
    listening, recognise, asked = _listening("yeah", "stop", again=None)
    assert listening.hear(UTTERANCE, "coach_speaks") == []
    assert len(asked) == 1
    assert recognise.texts == ["stop"]


@pytest.mark.long
def test_words_that_the_canceller_swallows_are_heard(recogniser: Recogniser) -> None:
    count = Count(Room((3.4, 4.6), 0.35, 2.3))
    (said,) = (scene for scene in scenes(["hibari"], None) if scene.phrase == "i'm done")
    echo = canceller()
    assert barge_in(said, 10, canceller(), ears(recogniser)(), count) == "not heard"
    assert barge_in(said, 10, echo, ears(recogniser, echo.again)(), count) == "heard"
