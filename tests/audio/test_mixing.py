"""Words on the grid: on their beat to the sample, never cut, never into each other."""

import numpy as np
import pytest

from skill.audio.files import mp3, pcm, wav
from skill.audio.mix import DoesNotFit, clicks, mixed, placed
from skill.audio.sound import RATE, resampled, samples_of, word
from skill.audio.track import spoken_pcm, track
from skill.audio.words import Words
from skill.locales.script import Script, SpokenCue
from tests.audio.beeps import Beeps


def script(*cues: tuple[int, str], length_ms: int, rep: int = 1) -> Script:
    ends = [at for at, _ in cues[1:]] + [length_ms]
    spoken = [
        SpokenCue(at, text, end - at, rep, "eccentric") for (at, text), end in zip(cues, ends, strict=True)
    ]
    return Script(tuple(spoken), length_ms)


def words() -> Words:
    return Words(Beeps(), None)


def test_each_word_begins_on_its_beat_to_the_sample():
    sound = mixed(placed(script((0, "lift"), (1000, "hold"), (3000, "lower"), length_ms=4000), words()), 4000)
    for second in (1, 3):
        before, after = sound[second * RATE - 600 : second * RATE], sound[second * RATE : second * RATE + 600]
        assert not np.abs(before[:-100]).any()
        assert np.abs(after).max() > 0.05


def test_a_word_too_long_for_its_slot_is_said_faster_not_cut():
    fitted = placed(script((0, "fourteen"), (700, "up"), length_ms=2000), words())
    assert fitted[0].ends_at < fitted[1].starts_at
    assert fitted[0].cue.text == "fourteen"
    assert len(fitted[0].word.samples) > 0.5 * RATE


def test_a_word_that_fits_is_said_at_the_normal_rate():
    voice = Beeps()
    placed(script((0, "up"), (1000, "down"), length_ms=2000), Words(voice, None))
    assert {percent for _, percent in voice.said} == {100}


class Swelling(Beeps):
    """Words that are heard a little before their beat."""

    def say(self, text, percent):
        said = super().say(text, percent)
        return said * np.linspace(0, 1, len(said), dtype=np.float32) ** 4


def test_words_alone_are_the_track_to_the_byte():
    speaker = Words(Swelling(), None)
    assert speaker.word("down").beat > 0
    for cues in (((0, "up"), (700, "fourteen"), (1600, "down")), ((0, " "),), ((400, "loud"),)):
        wanted = script(*cues, length_ms=3333)
        assert spoken_pcm(wanted, speaker) == pcm(track(wanted, speaker))


def test_words_that_no_rate_brings_into_their_slot_are_named():
    with pytest.raises(DoesNotFit, match="a very long sentence"):
        placed(script((0, "a very long sentence, much too long"), (1000, "two"), length_ms=2000), words())


def test_a_cue_without_words_is_silence():
    assert placed(script((0, " "), length_ms=1000), words()) == []


def test_a_click_sounds_on_every_second_of_the_reps_and_nowhere_else():
    sound = clicks(script((2000, "lift"), (4000, "lower"), length_ms=8000))
    heard = [bool(np.abs(sound[second * RATE : (second + 1) * RATE]).any()) for second in range(8)]
    assert heard == [False, False, True, True, True, True, True, True]
    assert not clicks(script((0, "rest"), length_ms=1000, rep=0)).any()


def test_silence_stays_silence():
    nothing = word(np.zeros(1000, np.float32))
    assert len(nothing.samples) == nothing.beat == 0


def test_a_word_is_trimmed_and_its_beat_is_where_it_begins():
    made = word(Beeps().say("lift", 100))
    assert made.beat < samples_of(2)
    assert len(made.samples) - made.beat == pytest.approx(samples_of(400), abs=samples_of(5))


def test_another_sample_rate_keeps_pitch_and_length():
    time = np.arange(22_050) / 22_050
    tone = resampled(np.sin(2 * np.pi * 1000 * time).astype(np.float32), 22_050)
    assert len(tone) == RATE
    assert np.argmax(np.abs(np.fft.rfft(tone))) == 1000


def test_the_files_are_as_long_as_the_script_and_what_alexa_takes():
    import io

    import soundfile

    sound = mixed(placed(script((0, "lift"), length_ms=3000), words()), 3000)
    loaded, rate = soundfile.read(io.BytesIO(wav(sound)))
    assert (rate, len(loaded)) == (24_000, 72_000)
    info = soundfile.info(io.BytesIO(mp3(sound)))
    assert (info.samplerate, info.channels, info.format) == (24_000, 1, "MP3")
    assert 0 <= info.frames - 72_000 < 4000
    assert len(mp3(sound)) == pytest.approx(3 * 48_000 / 8, rel=0.1)
