"""A word that breaks into the count, where neither recogniser makes it out without being told what to expect."""

from collections.abc import Mapping, Sequence

import pytest

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.judge import judged
from skill.speaker.hearing.opinions import Opinions, Verdict
from skill.speaker.hearing.recognise import thresholds

BY = Agreement.of(thresholds()["agreement"])
PAUSE = {"Pause.": 0.5, "Fause.": 0.03, "Pause!": 0.02, "Force.": 0.01, "Paws.": 0.01}


def heard(
    guesses: Mapping[str, float], likely: float = -2.0, free: Sequence[str] = ("Of course.",)
) -> Verdict:
    """Into the count; whisper finds everything so `likely`, and of its own accord writes what is `free`."""
    told = tuple(guesses.items())
    return judged(
        Opinions(free, "won't", lambda _: likely, lambda _: None, lambda *_: 0.0, interruption=lambda: told),
        BY,
    )


def test_a_pause_pauses_the_count_however_it_is_spelt() -> None:
    assert heard(PAUSE).understood.intent == "AMAZON.PauseIntent"


@pytest.mark.parametrize(
    "guesses",
    [
        {"Pause.": 0.3, "Four.": 0.1, "Force.": 0.05},
        {"Four.": 0.5, "Pause.": 0.4},
        {"Pause.": 0.1, "Pause!": 0.02},
        {},
    ],
)
def test_a_pause_that_only_the_hint_suggests_is_none(guesses: Mapping[str, float]) -> None:
    assert heard(guesses).kind != "command"


def test_who_counts_along_does_not_pause_the_count() -> None:
    assert heard(PAUSE, free=["Four.", "Four?"]).kind != "command"
    assert heard(PAUSE, free=["Forward.", "Four."]).kind != "command"


def test_five_is_no_pause_for_whisper_finds_that_unlikely_without_the_hint() -> None:
    assert heard({"Pause.": 0.26, "Pied.": 0.01}, likely=-3.9).kind != "command"


def test_the_hint_ends_no_set_for_who_counts_along_says_seven() -> None:
    assert heard({"Done.": 0.5, "I'm done.": 0.2}).kind != "command"


def test_what_was_heard_without_a_hint_goes_first() -> None:
    assert heard(PAUSE, free=["That hurts."]).understood.intent == "PainIntent"
