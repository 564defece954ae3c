from collections.abc import Mapping, Sequence

import pytest

from skill.speaker.hearing.agree import Agreement, Opinions, Verdict, judged
from skill.speaker.hearing.recognise import thresholds

BY = Agreement(**thresholds()["agreement"])
SURE, HARDLY, NEVER = -0.2, -2.7, -9.0


def verdict(
    free: Sequence[str], grammar: str, likelihood: float = NEVER, fits: Mapping[str, float] | None = None
) -> Verdict:
    return judged(Opinions(free, grammar, lambda _: likelihood, (fits or {}).get), BY)


def test_a_command_that_both_heard_is_acted_on() -> None:
    both = verdict(["Skip this set."], "skip this set")
    assert (both.kind, both.understood.intent) == ("command", "SkipIntent")


def test_the_same_command_in_other_words_is_the_same_command() -> None:
    assert verdict(["How fast should I go?"], "how slow should i go").understood.intent == "TempoIntent"


def test_the_grammars_command_counts_where_whisper_misspells_it_but_finds_it_likely() -> None:
    misspelt = verdict(["Start loot where cut."], "start glute workout", SURE)
    assert (misspelt.kind, misspelt.understood.intent) == ("command", "LaunchRequest")


def test_a_command_heard_into_talk_is_not_acted_on() -> None:
    assert (
        verdict(["There are eleven players on a team."], "there's numbness in my groin", NEVER).kind == "talk"
    )


def test_a_command_that_may_have_been_said_is_asked_again() -> None:
    assert verdict(["That's a ford, then."], "that was forty", HARDLY).kind == "perhaps"


@pytest.mark.parametrize(("likelihood", "kind"), [(-0.5, "command"), (-1.5, "perhaps")])
def test_a_number_must_be_surer_than_a_plain_command(likelihood: float, kind: str) -> None:
    assert verdict(["I did well, man."], "i did twelve", likelihood).kind == kind
    assert verdict(["Carried on."], "carry on", likelihood).kind == "command"


def test_two_different_numbers_are_not_acted_on_unless_the_sound_decides() -> None:
    assert verdict(["No 13."], "no thirty").kind == "perhaps"
    decided = verdict(["No 13."], "no thirty", fits={"No 13.": 0.1})
    assert decided.understood.slots["reps"]["value"] == "13"


def test_a_mere_beginning_is_never_a_command() -> None:
    assert verdict(["Remove the rug."], "remove my", SURE).kind == "talk"


def test_the_likely_beginning_of_a_longer_sentence_is_not_the_sentence() -> None:
    assert verdict(["It was easy to find the house."], "it was easy", SURE).kind == "talk"


@pytest.mark.parametrize("said", ["Glute workout.", "I did twelve reps."])
def test_whispers_own_hint_is_not_taken_from_whisper_alone(said: str) -> None:
    assert verdict([said], "delete the").kind == "perhaps"


def test_a_sentence_known_only_nearly_is_not_taken_from_whisper_alone() -> None:
    assert verdict(["I can do any more."], "i can't", fits={"I can do any more.": 0.2}).kind == "perhaps"


def test_a_single_word_is_not_taken_from_whisper_alone() -> None:
    assert verdict(["Go."], "").kind == "perhaps"
    assert verdict(["No idea."], "").kind == "command"


@pytest.mark.parametrize("said", ["Stop.", "It hurts.", "Ouch!", "My leg is numb."])
def test_pain_and_stop_are_taken_from_whisper_alone(said: str) -> None:
    assert verdict([said], "skip the set").kind == "command"


def test_pain_is_taken_from_the_grammar_where_whisper_finds_it_barely_likely() -> None:
    assert verdict(["That hertz."], "that hurts", -2.3).understood.intent == "PainIntent"
    assert verdict(["Knit socks."], "next set", -2.3).kind == "perhaps"


def test_stop_among_the_guesses_outweighs_a_start_at_their_head() -> None:
    assert verdict(["Start the set.", "Stop the set."], "").understood.intent == "AMAZON.StopIntent"


def test_nothing_heard_is_nothing_said() -> None:
    assert verdict([], "").kind == "talk"
