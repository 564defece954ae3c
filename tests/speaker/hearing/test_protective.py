"""Pain and stop that neither recogniser heard word for word, and what is left of them where they were not said."""

from collections.abc import Mapping, Sequence

import pytest

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.judge import judged
from skill.speaker.hearing.opinions import Opinions, Verdict
from skill.speaker.hearing.protective import outright
from skill.speaker.hearing.recognise import thresholds
from skill.speaker.understanding.understand import SAFETY

THRESHOLDS = thresholds()
BY = Agreement.of(THRESHOLDS["agreement"])
NEVER = -9.0


def verdict(
    free: Sequence[str], alike: Mapping[str, float], likely: float = -1.5, fit: float | None = 0.1
) -> Verdict:
    """Whisper is quite sure (-0.3) of what it wrote, and finds every other sentence so `likely`."""

    def likelihood(text: str) -> float:
        return -0.3 if text in free else likely

    return judged(
        Opinions(free, "silver the", likelihood, lambda _: fit, lambda *_: 0.0, lambda _: alike), BY
    )


@pytest.mark.parametrize(
    ("written", "said", "intent"),
    [
        ("Stop, then wear a cut.", "stop the workout", "AMAZON.StopIntent"),
        ("My head really hooks.", "my hip really hurts", "PainIntent"),
        ("I'm feeling busy.", "i'm feeling dizzy", "RedFlagIntent"),
    ],
)
def test_pain_and_stop_count_where_they_only_sound_like_what_was_written(
    written: str, said: str, intent: str
) -> None:
    assert verdict([written], {said: 0.8}).understood.intent == intent


def test_talk_that_sounds_like_pain_is_less_likely_than_pain_to_whisper() -> None:
    assert verdict(["There is a hole in my sock."], {"there's pain in my leg": 0.74}, -3.1).kind == "talk"
    assert verdict(["I'm feeling busy."], {"i'm feeling dizzy": 0.95}, -2.3).kind == "talk"


@pytest.mark.parametrize("fit", [None, 0.0])
def test_what_sounds_like_pain_must_fit_the_sound_itself(fit: float | None) -> None:
    assert verdict(["I'm feeling busy."], {"i'm feeling dizzy": 0.95}, fit=fit).kind == "talk"


def test_a_long_sentence_is_talk_whatever_it_sounds_like() -> None:
    said = "I did my bed and then I went to my aunt."
    assert verdict([said], {"i hit my head": 0.9}).kind == "talk"


def test_the_likeliest_of_the_sentences_that_sound_alike_is_taken() -> None:
    def likelihood(text: str) -> float:
        return {"I did my head.": -0.3, "i hit my head": -1.2}.get(text, -2.0)

    alike = {"my hit my head": 0.9, "i hit my head": 0.8}
    opinions = Opinions(["I did my head."], "", likelihood, lambda _: 0.1, lambda *_: 0.0, lambda _: alike)
    assert judged(opinions, BY).text == "i hit my head"


def test_a_warning_sign_goes_before_pain_that_was_only_nearly_heard() -> None:
    assert verdict(["I am just pain."], {"i have chest pain": 0.9}).understood.intent == "RedFlagIntent"
    assert verdict(["I am just pain."], {}).understood.intent == "PainIntent"
    assert verdict(["It hurts."], {"my heart hurts": 0.9}).understood.intent == "PainIntent"


def test_pain_that_is_nearly_one_of_the_later_guesses_counts() -> None:
    guesses = ["I did a lot of pane.", "I'm in a lot of pain."]
    assert verdict(guesses, {}, NEVER).understood.intent == "PainIntent"
    assert verdict(guesses[:1], {}, NEVER).kind != "command"


@pytest.mark.parametrize("written", ["The pain is gone on.", "Rain is gone.", ""])
def test_what_opens_a_hold_is_never_taken_from_the_grammar_alone(written: str) -> None:
    def heard(free: Sequence[str]) -> Verdict:
        likely = lambda _: -0.3  # noqa: E731
        return judged(Opinions(free, "the pain is gone", likely, lambda _: 0.1, lambda *_: 1.0), BY)

    assert heard([written] if written else []).understood.intent != "PainGoneIntent"
    assert heard(["The pain is gone."]).understood.intent == "PainGoneIntent"


@pytest.mark.parametrize(
    ("said", "is_stop"), [("Stop right mirror.", True), ("Stop signs are usually red.", False)]
)
def test_a_few_words_that_begin_with_stop_are_a_stop(said: str, is_stop: bool) -> None:
    found = verdict([said], {}, NEVER)
    assert (found.understood.intent == "AMAZON.StopIntent") is is_stop


@pytest.mark.parametrize(("said", "kind"), [("Better off.", "talk"), ("Hurts of.", "command")])
def test_a_few_words_that_begin_with_how_pain_has_changed_are_talk(said: str, kind: str) -> None:
    assert verdict([said], {}).kind == kind


def test_a_few_words_that_begin_with_another_command_are_none() -> None:
    assert verdict(["Skip right mirror."], {}, NEVER).kind != "command"


def test_nothing_heard_sounds_like_nothing() -> None:
    assert verdict([], {"my hip hurts": 1.0}).kind == "talk"


def test_a_filler_before_what_only_sounds_like_pain_is_no_part_of_the_likeness() -> None:
    def sounds_like(text: str) -> Mapping[str, float]:
        return {"my knee hurts": 0.8} if text == "my knee birds" else {}

    opinions = Opinions(
        ["Oh, my knee birds."], "silver the", lambda _: -1.0, lambda _: 0.1, lambda *_: 0.0, sounds_like
    )
    heard = judged(opinions, BY)
    assert heard.understood.intent == "PainIntent"
    assert heard.text == "oh my knee hurts"


@pytest.mark.parametrize(
    ("likely", "fit", "alike", "kind"),
    [
        (-2.3, 0.1, 0.7, "command"),
        (-3.5, 0.1, 0.7, "talk"),
        (-2.3, 0.01, 0.7, "talk"),
        (-2.3, 0.1, 0.5, "talk"),
    ],
)
def test_a_lone_word_that_sounds_like_quit_stops(likely: float, fit: float, alike: float, kind: str) -> None:
    def likelihood(text: str) -> float:
        return likely if text == "quit" else -9.0

    def sounds(one: str, other: str) -> float:
        return alike if "quit" in (one, other) else 0.0

    def heard(written: str) -> Verdict:
        return judged(Opinions([written], "can we", likelihood, lambda _: fit, sounds), BY)

    assert heard("Glute.").kind == kind
    assert heard("Glute bridge.").kind == "talk"


def test_a_stop_is_not_lost_where_whisper_writes_glute_every_time() -> None:
    def heard(fits: Mapping[str, float]) -> Verdict:
        free = ["Glute."] * 5
        sounds = lambda one, other: 0.7 if "quit" in (one, other) else 0.0  # noqa: E731
        return judged(Opinions(free, "can we", lambda _: -2.5, fits.get, sounds), BY)

    assert heard({"Glute.": 0.2, "quit": 0.1}).understood.intent == "AMAZON.StopIntent"
    assert heard({"Glute.": 0.2}).understood.intent == "BodyPlaceIntent"


@pytest.mark.parametrize("said", ["stop", "Stop.", "that hurts", "I heard a pop", "my foot is numb"])
@pytest.mark.parametrize("by_the_other", ["", "ready", "twelve reps", "skip the rest"])
def test_what_is_outright_pain_or_a_stop_is_what_both_recognisers_together_would_make_of_it(
    said: str, by_the_other: str
) -> None:
    found = outright([said, "Start."], BY, "en-US")
    assert found is not None
    both = judged(Opinions([said, "Start."], by_the_other, lambda _: -0.1, lambda _: 1.0, lambda *_: 1.0), BY)
    assert (both.kind, both.text, both.understood) == ("command", *found)


@pytest.mark.parametrize("said", [[], ["ready"], ["Stopwatch.", "Stop."], ["um that hurts, I think, a bit"]])
def test_everything_else_is_for_both_recognisers(said: list[str]) -> None:
    assert outright(said, BY, "en-US") is None


def test_whatever_protects_the_trainee_is_heeded_by_either_ear_and_into_the_count() -> None:
    assert set(BY.protective_intents) == set(SAFETY)
    assert set(SAFETY) <= set(THRESHOLDS["through_the_count"])
    assert set(SAFETY) <= set(THRESHOLDS["agreement"]["interruption"]["intents"])


@pytest.mark.parametrize("said", ["Emergency.", "Help, I fell.", "Call an ambulance."])
def test_a_call_for_help_needs_no_second_ear(said: str) -> None:
    assert verdict([said], {}).understood.intent == "EmergencyIntent"
