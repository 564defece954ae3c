"""A word that breaks into the count, where neither recogniser makes it out without being told what to expect."""

from collections.abc import Sequence

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.judge import judged
from skill.speaker.hearing.opinions import Opinions, Verdict
from skill.speaker.hearing.recognise import thresholds

BY = Agreement.of(thresholds()["agreement"])
PAUSE = ("Pause.", "Pause!", "Fause.", "Pause", "Paws.")


def heard(guesses: Sequence[str], likely: float = -2.0, free: Sequence[str] = ("Of course.",)) -> Verdict:
    """Into the count; whisper finds everything so `likely`, and of its own accord writes what is `free`."""
    return judged(
        Opinions(
            free, "won't", lambda _: likely, lambda _: None, lambda *_: 0.0, interruption=lambda: guesses
        ),
        BY,
    )


def test_a_pause_that_most_guesses_are_pauses_the_count() -> None:
    assert heard(PAUSE).understood.intent == "AMAZON.PauseIntent"


def test_a_pause_that_only_the_hint_suggests_is_none() -> None:
    assert heard(["Pause.", "Pause!", "Four.", "Force.", "Course."]).kind != "command"
    assert heard(["Four.", *PAUSE[:4]]).kind != "command"
    assert heard(PAUSE, likely=-3.5).kind != "command"
    assert heard([]).kind != "command"


def test_the_hint_ends_no_set_for_who_counts_along_says_seven() -> None:
    assert heard(["Done.", "Done.", "I'm done.", "I'm done.", "Done."]).kind != "command"


def test_what_was_heard_without_a_hint_goes_first() -> None:
    assert heard(PAUSE, free=["That hurts."]).understood.intent == "PainIntent"
