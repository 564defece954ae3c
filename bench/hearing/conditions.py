"""How a clip reaches the coach: through a room, beside music or television, by a narrow, soft or clipping channel."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.hearing.clips import Clip, in_noise, spoken
from bench.hearing.rooms import BARE, FAR, NEAR, Room, from_the_floor, from_the_loudspeaker, loudness
from skill.speaker.conversation.ears import SAMPLE_RATE

_SET_AWAY_M = 1.5
_NEWS = (
    "the minister said on monday that the talks would go on until the end of the week",
    "heavy rain is expected in the north and some of the trains are late",
    "the home side had ten men for most of the second half and still won",
    "and now for a look at the markets with our man in the city",
)


@dataclass(frozen=True)
class Condition:
    """A room or none, what plays in it and how far (dB) below the voice, the microphone's band (Hz), and its gain."""

    room: Room | None = None
    noise_db: int | None = None
    behind: str = ""
    behind_db: int = 0
    band_hz: tuple[int, int] | None = None
    gain_db: int = 0


CONDITIONS: Mapping[str, Condition] = {
    "clean": Condition(),
    "20 dB": Condition(noise_db=20),
    "10 dB": Condition(noise_db=10),
    "small room, 1 m": Condition(NEAR),
    "room, 3 m": Condition(FAR),
    "bare room, 4 m": Condition(BARE),
    "room, 3 m, music at 20 dB": Condition(FAR, behind="music", behind_db=20),
    "room, 3 m, music at 10 dB": Condition(FAR, behind="music", behind_db=10),
    "room, 3 m, television at 20 dB": Condition(FAR, behind="television", behind_db=20),
    "room, 3 m, television at 10 dB": Condition(FAR, behind="television", behind_db=10),
    "telephone band": Condition(band_hz=(300, 3400)),
    "laptop's band": Condition(band_hz=(200, 6500)),
    "clipped": Condition(gain_db=14),
    "soft": Condition(gain_db=-30),
}


def in_condition(clip: Clip, name: str, seed: str) -> bytes:
    """The clip with quiet around it as the coach's microphone gives it: 16 kHz, 16-bit, one channel."""
    by = CONDITIONS[name]
    if by.room is not None:
        clip = from_the_floor(clip, by.room)
    if by.band_hz is not None:
        clip = _banded(clip, by.band_hz)
    heard = np.frombuffer(in_noise(clip, by.noise_db, seed), "<i2").astype(np.float32) / 32768
    if by.behind:
        random = np.random.default_rng(zlib.crc32(f"{seed} {by.behind}".encode()))
        other = _music(len(heard), random) if by.behind == "music" else _television(len(heard), random)
        if by.room is not None:
            other = from_the_loudspeaker(other, by.room, _SET_AWAY_M)[: len(heard)]
        heard += other * loudness(clip) / loudness(other) * 10 ** (-by.behind_db / 20)
    loud = np.clip(heard * 10 ** (by.gain_db / 20), -1, 1)
    return (loud * 32767).astype("<i2").tobytes()


def _banded(clip: Clip, band_hz: tuple[int, int]) -> Clip:
    spectrum, hertz = np.fft.rfft(clip), np.fft.rfftfreq(len(clip), 1 / SAMPLE_RATE)
    spectrum[(hertz < band_hz[0]) | (hertz > band_hz[1])] = 0
    return np.fft.irfft(spectrum, len(clip)).astype(np.float32)


def _music(length: int, random: np.random.Generator) -> Clip:
    """Four chords with overtones, a bass and a drum at 120 beats a minute."""
    beat = SAMPLE_RATE // 2
    time_s = np.arange(length) / SAMPLE_RATE
    sound: NDArray[np.float64] = np.zeros(length)
    for nth, begin in enumerate(range(0, length, 4 * beat)):
        now = time_s[begin : begin + 4 * beat] - time_s[begin]
        root = (220.0, 174.6, 261.6, 196.0)[nth % 4]
        tones = [root / 2, root, root * 5 / 4, root * 3 / 2, root * 2]
        for tone in tones:
            for overtone in range(1, 6):
                sound[begin : begin + len(now)] += np.sin(2 * np.pi * tone * overtone * now) / overtone**1.5
    for begin in range(int(random.integers(beat)), length, beat):
        hit = random.standard_normal(min(beat // 4, length - begin))
        sound[begin : begin + len(hit)] += 4 * hit * np.exp(-np.arange(len(hit)) / 400)
    return sound.astype(np.float32)


def television(length: int, seed: str) -> Clip:
    """So many samples of a television that talks without a pause."""
    return _television(length, np.random.default_rng(zlib.crc32(seed.encode())))


def _television(length: int, random: np.random.Generator) -> Clip:
    """One after the other reads the news, without a pause."""
    voices = ("flite:rms", "flite:slt", "piper")
    sound = np.zeros(0, np.float32)
    at = int(random.integers(len(_NEWS)))
    while len(sound) < length:
        sound = np.concatenate([sound, spoken(_NEWS[at % len(_NEWS)], voices[at % len(voices)])])
        at += 1
    return sound[:length]
