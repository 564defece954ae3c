"""Addresses of finished counts: the script itself, which only this deployment can have signed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.audio.address import LONGEST_PACKED, Addresses, AddressRefused, BadAddress
from skill.audio.served_files import Jukebox
from skill.locales.script import Script, SpokenCue

ADDRESSES = Addresses("https://coach.example/", "a secret of the tests")
SCRIPT = Script(
    (SpokenCue(0, "Zwölf, left leg", 3000, 0, "rest"), SpokenCue(3000, "lift", 1000, 1, "concentric")), 4000
)


def name(script: Script = SCRIPT) -> str:
    return ADDRESSES.of(script).rpartition("/")[2]


def test_an_address_holds_the_whole_script():
    assert ADDRESSES.of(SCRIPT).startswith("https://coach.example/audio/")
    assert ADDRESSES.script(name()) == SCRIPT


def test_a_whole_fresh_set_fits_an_address():
    cues = tuple(SpokenCue(1000 * nth, f"word {nth % 40}", 1000, nth // 6, "eccentric") for nth in range(240))
    assert len(ADDRESSES.of(Script(cues, 240_000))) < 8000


def test_a_script_too_long_for_an_address_is_refused():
    import random

    noise = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=2 * LONGEST_PACKED))
    with pytest.raises(AddressRefused, match="too long"):
        ADDRESSES.of(Script((SpokenCue(0, noise, 1000, 0, "rest"),), 1000))


@given(st.text(max_size=60), st.integers(0, 200))
def test_nobody_else_can_make_an_address(text, cut):
    real = name()
    forged = [text, f"{text}.mp3", real[:cut] + text + real[cut:] if text else real[1:], real.upper()]
    for each in forged:
        if each != real:
            with pytest.raises(BadAddress):
                ADDRESSES.script(each)


def test_another_secret_makes_other_addresses():
    other = Addresses("https://coach.example", "another secret of the tests")
    with pytest.raises(BadAddress, match="secret"):
        other.script(name())


def test_a_file_is_made_once_and_only_for_a_true_address():
    made = []
    jukebox = Jukebox(ADDRESSES, lambda script: made.append(script) or b"sound")
    assert jukebox.file(name()) == jukebox.file(name()) == b"sound"
    assert made == [SCRIPT]
    with pytest.raises(BadAddress):
        jukebox.file("x.mp3")


def test_a_file_that_failed_is_made_anew():
    made = []

    def make(script):
        made.append(script)
        if len(made) == 1:
            raise RuntimeError("the voice failed")
        return b"sound"

    jukebox = Jukebox(ADDRESSES, make)
    with pytest.raises(RuntimeError):
        jukebox.file(name())
    assert jukebox.file(name()) == b"sound"
