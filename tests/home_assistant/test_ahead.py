"""The integration recognises a sentence in the silence that ends it, and loses nothing that is said after a pause."""

import asyncio
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from skill.speaker.conversation.ears import SAMPLE_RATE

FILE = Path(__file__).parents[2] / "custom_components/glute_coach/ahead.py"
VAD_S = 0.7
"""The silence by which Home Assistant knows the end."""
CHUNK = 160


def part_of_the_integration() -> ModuleType:
    """The module alone: it needs nothing of Home Assistant."""
    spec = spec_from_file_location("ahead", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sound(*parts: tuple[float, float]) -> bytes:
    """A voice, or what goes for one: seconds and loudness (1 is full) of each part."""
    chance = np.random.default_rng(15)
    made = [chance.uniform(-1, 1, round(length * SAMPLE_RATE)) * level for length, level in parts]
    return (np.concatenate(made) * 32_000).astype("<i2").tobytes()


class Listened:
    """Takes a sound as it comes; `passes` are the seconds of it that each pass of the recognisers was given."""

    def __init__(self, pcm: bytes, pass_takes_chunks: int = 20) -> None:
        self.passes: list[float] = []
        self.begun_at: list[float] = []
        self._pass_takes = pass_takes_chunks
        self._taken = 0
        self.text = asyncio.run(self._listen(pcm))

    async def _listen(self, pcm: bytes) -> str:
        ahead = part_of_the_integration().Ahead(self._hear)
        for at in range(0, len(pcm), 2 * CHUNK):
            self._taken += 1
            ahead.take(pcm[at : at + 2 * CHUNK])
            await asyncio.sleep(0)
        return str(await ahead.text())

    async def _hear(self, pcm: bytes) -> str:
        self.passes.append(len(pcm) / 2 / SAMPLE_RATE)
        self.begun_at.append(self._taken * CHUNK / SAMPLE_RATE)
        for _ in range(self._pass_takes):
            await asyncio.sleep(0)
        return f"{len(pcm) / 2 / SAMPLE_RATE:.2f} s"


def test_a_sentence_is_recognised_once_and_before_home_assistant_knows_its_end() -> None:
    listened = Listened(sound((0.5, 0.001), (0.8, 0.5), (VAD_S, 0.001)))
    assert listened.passes == pytest.approx([1.6], abs=0.03)
    assert listened.begun_at == pytest.approx([1.6], abs=0.03)


def test_what_is_said_after_a_pause_is_heard_with_what_was_said_before_it() -> None:
    whole = sound((0.8, 0.5), (0.4, 0.001), (0.8, 0.5), (VAD_S, 0.001))
    listened = Listened(whole)
    assert len(listened.passes) == 2
    assert listened.passes[-1] == pytest.approx(2.3, abs=0.03)
    assert listened.text == f"{listened.passes[-1]:.2f} s"


def test_pain_that_is_told_under_the_breath_is_not_taken_for_silence() -> None:
    listened = Listened(sound((0.8, 0.6), (0.4, 0.001), (0.6, 0.06), (0.2, 0.001)))
    assert listened.text == "2.00 s"


def test_where_home_assistant_heard_more_than_silence_all_of_it_is_recognised() -> None:
    listened = Listened(sound((0.8, 0.9), (2.5, 0.02)))
    assert listened.text == "3.30 s"


def test_music_in_the_room_costs_the_head_start_and_nothing_else() -> None:
    listened = Listened(sound((0.5, 0.1), (0.8, 0.5), (VAD_S, 0.1)))
    assert listened.passes == [2.0]


def test_a_slow_machine_is_given_nothing_more_in_a_second_lull_but_all_of_it_at_the_end() -> None:
    listened = Listened(sound((0.8, 0.5), (0.35, 0.001), (0.1, 0.5), (0.4, 0.001)), pass_takes_chunks=500)
    assert len(listened.passes) == 2
    assert listened.text == "1.65 s"


def test_nobody_who_said_anything_is_heard_as_that() -> None:
    assert Listened(b"").passes == [0.0]
    assert Listened(bytes(2 * SAMPLE_RATE)).passes == [1.0]


def test_half_a_sample_and_a_sound_without_end_are_taken_as_far_as_they_go() -> None:
    assert Listened(b"\x01" * 321).passes == [0.01]
    assert Listened(sound((20, 0.5))).passes == [15.0]
