import numpy as np

from skill.speaker.terminal.loop import Level


def sound(level: float, seconds: float = 1.0) -> bytes:
    noise = np.random.default_rng(1).normal(0, level, int(16_000 * seconds))
    return np.clip(noise, -32_768, 32_767).astype("<i2").tobytes()


def test_a_quiet_room_is_well() -> None:
    level = Level()
    assert {level.feed(sound(5)) for _ in range(20)} == {"well"}


def test_a_muted_microphone_is_found_out_after_five_seconds() -> None:
    level = Level()
    assert [level.feed(sound(0)) for _ in range(6)] == ["well"] * 5 + ["silent"]
    assert level.feed(sound(5)) == "well"


def test_a_microphone_that_clips_is_found_out() -> None:
    assert Level().feed(sound(40_000)) == "clipping"
    assert Level().feed(sound(8_000)) == "well"


def test_no_audio_is_no_fault() -> None:
    assert Level().feed(b"") == "well"
