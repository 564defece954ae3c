"""What learns to tell the numbers apart: one matrix chooses as it was taught, and each run hears the same sounds."""

import numpy as np
import pytest

from skill.speaker.hearing.probe import ELSE
from tools import number_probe
from tools.number_probe import cut_out, learned, said, somewhere


def test_one_matrix_chooses_what_was_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number_probe, "COMPONENTS", 8)
    random = np.random.default_rng(1)
    labels = np.repeat([ELSE, 3, 14], 40)
    middles = {label: random.normal(5, 3, 20) for label in (ELSE, 3, 14)}
    rows = np.stack([middles[label] + random.normal(0, 0.5, 20) for label in labels]).astype(np.float32)
    kept = learned(rows * 100, labels)
    scores = (rows * 100) @ kept["weights"].astype(np.float32) + kept["bias"]
    assert np.array_equal(kept["labels"][scores.argmax(axis=1)], labels)


def test_each_number_and_other_words_are_said() -> None:
    labels = [label for label, _ in said()]
    assert {*range(61)} == {label for label in labels if label != ELSE}
    assert labels.count(ELSE) > 100


def test_a_sound_comes_from_somewhere_else_each_time_and_is_the_same_in_each_run() -> None:
    tone = (0.3 * np.sin(np.arange(8000) / 5)).astype(np.float32)
    random = np.random.default_rng(4)
    first, second = somewhere(tone, random), somewhere(tone, random)
    assert first != second
    assert somewhere(tone, np.random.default_rng(4)) == first


def test_silence_is_no_utterance() -> None:
    assert cut_out(bytes(64_000)) is None
