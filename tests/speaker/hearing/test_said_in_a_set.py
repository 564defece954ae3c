"""What people say and groan in a set that is not for the coach does not interrupt it; what is, is heard whole."""

import numpy as np
import pytest

from bench.hearing.clips import LEVEL, Clip, in_noise, spoken
from bench.hearing.people import PIECE_BYTES
from skill.speaker.conversation.ears import SAMPLE_RATE, OpenEars, Sound

pytestmark = pytest.mark.long
VOICES = ["piper", "espeak:en-us"]


def said(clip: Clip, open_ears: OpenEars, own_words: str = "") -> list[Sound]:
    """What the ears make of it while the coach counts."""
    pcm, listening = in_noise(clip, None, f"{len(clip)} in a set"), open_ears()
    pieces = (pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES))
    return [sound for piece in pieces for sound in listening.hear(piece, "coach_speaks", own_words)]


def groan(hertz: float, seconds: float) -> Clip:
    """A voice without words: a falling tone with overtones and breath."""
    time_s = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * hertz * (time_s - 0.15 * time_s**2 / seconds)
    tone = sum(np.sin(nth * phase) / nth**1.3 for nth in range(1, 12))
    breath = np.random.default_rng(3).standard_normal(len(time_s)) * 0.2
    sound = (tone + breath) * np.sin(np.pi * time_s / seconds) ** 0.5
    return (sound / np.abs(sound).max() * LEVEL).astype(np.float32)


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize(
    "words",
    [
        "one more",
        "just one more",
        "two more",
        "come on",
        "okay okay",
        "nearly there",
        "seven",
        "eight",
        "nine",
        "lift hold lower",
        "oh boy",
        "phew",
    ],
)
def test_whoever_counts_along_or_spurs_themselves_on_is_not_interrupted(
    open_ears: OpenEars, voice: str, words: str
) -> None:
    assert said(spoken(words, voice), open_ears) == []


@pytest.mark.parametrize("hertz", [110, 180, 240])
@pytest.mark.parametrize("seconds", [0.4, 0.9, 1.8])
def test_whoever_groans_is_not_interrupted(open_ears: OpenEars, hertz: float, seconds: float) -> None:
    assert said(groan(hertz, seconds), open_ears) == []


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("pause_s", [0.4, 0.7, 1.0, 1.3])
def test_im_done_is_one_sentence_however_short_of_breath(
    open_ears: OpenEars, voice: str, pause_s: float
) -> None:
    pause = np.zeros(int(pause_s * SAMPLE_RATE), np.float32)
    clip = np.concatenate([spoken("I'm", voice), pause, spoken("done", voice)])
    (sound,) = said(clip, open_ears)
    assert sound.understood is not None
    assert sound.understood.intent == "FailIntent"
    assert sound.began_ms < 700


def test_one_more_then_im_done_ends_the_set_once(open_ears: OpenEars) -> None:
    pause = np.zeros(int(1.2 * SAMPLE_RATE), np.float32)
    sounds = said(
        np.concatenate([spoken("one more", "piper"), pause, spoken("I'm done", "piper")]), open_ears
    )
    assert [sound.understood.intent for sound in sounds if sound.understood] == ["FailIntent"]
