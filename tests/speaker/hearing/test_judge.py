from collections.abc import Mapping, Sequence

import pytest

from skill.speaker.hearing.agreement import Agreement
from skill.speaker.hearing.judge import judged
from skill.speaker.hearing.opinions import Opinions, Verdict
from skill.speaker.hearing.recognise import thresholds

BY = Agreement.of(thresholds()["agreement"])
SURE, HALF, HARDLY, NEVER = -0.2, -0.9, -2.7, -9.0


def verdict(
    free: Sequence[str],
    grammar: str,
    likelihood: float = NEVER,
    fits: Mapping[str, float] | None = None,
    own: float = SURE,
    alike: float = 0.0,
) -> Verdict:
    """`likelihood` is the grammar's sentence's, `own` that of what whisper wrote."""
    likely = lambda text: own if text in (*free, *(fits or {})) else likelihood  # noqa: E731
    return judged(Opinions(free, grammar, likely, (fits or {}).get, lambda *_: alike), BY)


def test_a_command_that_both_heard_is_acted_on() -> None:
    both = verdict(["Skip this set."], "skip this set")
    assert (both.kind, both.understood.intent) == ("command", "SkipIntent")


def test_the_same_command_in_other_words_is_the_same_command() -> None:
    assert verdict(["How fast should I go?"], "how slow should i go").understood.intent == "TempoIntent"


def test_the_grammars_command_counts_where_whisper_misspells_it_but_finds_it_likely() -> None:
    misspelt = verdict(["Start loot where cut."], "start glute workout", SURE)
    assert (misspelt.kind, misspelt.understood.intent) == ("command", "LaunchRequest")


def test_what_whisper_wrote_only_nearly_is_no_command_where_it_is_sure_of_what_it_wrote() -> None:
    said, heard = ["I baught a blue band."], "i bought a blue band"
    assert verdict(said, heard, -2.7, own=-0.1).kind == "perhaps"
    assert verdict(said, heard, -1.2, own=-0.5).understood.intent == "AddBandIntent"
    assert verdict(["I bought a blue kettle."], heard, -1.2, own=-0.5).kind != "command"


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


def test_a_command_with_a_word_more_is_talk() -> None:
    assert verdict(["What was that noise?"], "what was that", SURE).kind == "talk"
    assert verdict(["What was that, please?"], "what was that", SURE).kind == "command"


@pytest.mark.parametrize("said", ["Glute workout.", "I did fourteen reps.", "So what now?"])
def test_whispers_own_hint_is_not_taken_from_whisper_alone(said: str) -> None:
    assert verdict([said], "delete the").kind == "perhaps"
    assert verdict([said], "delete the", fits={said: 0.1}).kind == "command"


def test_a_command_that_whisper_writes_of_a_cough_is_none() -> None:
    assert verdict(["No idea."], "", own=-2.0).kind == "perhaps"
    assert verdict(["No idea."], "", own=HALF).kind == "command"


def test_a_sentence_known_only_nearly_is_not_taken_from_whisper_alone() -> None:
    assert (
        verdict(["I baught a blue band."], "i can't", fits={"I baught a blue band.": 0.2}).kind == "perhaps"
    )


def test_a_later_guess_that_is_but_the_beginning_of_the_first_is_none() -> None:
    guesses = ["That was easy to assemble.", "That was easy."]
    assert verdict(guesses, "that was easy please", SURE, fits={guesses[1]: 0.1}).kind == "talk"
    assert verdict(["Stop the musing.", "Stop."], "").understood.intent == "AMAZON.StopIntent"


def test_fillers_around_a_command_do_not_make_it_less_of_one() -> None:
    said = "Please pause the count."
    assert verdict([said], "green the", fits={said: 0.1}).understood.intent == "AMAZON.PauseIntent"
    assert verdict([said], "green the", fits={said: 0.01}).kind == "perhaps"
    assert verdict(["Now done."], "how high", fits={"Now done.": 0.1}).kind == "perhaps"


def test_the_grammar_hears_a_command_with_fillers_around_it() -> None:
    said = "so how many reps please"
    assert verdict(["So how many wraps, please?"], said, SURE).understood.intent == "DoseIntent"


def test_a_long_command_that_whisper_is_sure_of_needs_no_sound_to_bear_it_out() -> None:
    said = "What color should I use?"
    assert verdict([said], "silver the", fits={said: 0.01}).understood.intent == "WhichBandIntent"
    assert verdict([said], "silver the", fits={said: 0.01}, own=-1.4).kind == "perhaps"
    assert verdict(["How many reps?"], "silver the", fits={"How many reps?": 0.01}).kind == "perhaps"
    assert (
        verdict(["I did fourteen reps."], "silver the", fits={"I did fourteen reps.": 0.01}).kind == "perhaps"
    )


def test_which_filler_was_said_hardly_matters() -> None:
    def likely(text: str) -> float:
        return {"At only ten.": -0.9, "only ten": -1.0}.get(text, -2.6)

    opinions = Opinions(["At only ten."], "um only ten", likely, lambda _: None, lambda *_: 0.8)
    assert judged(opinions, BY).understood.intent == "LogSetIntent"


def test_a_command_that_is_but_spelt_otherwise_may_stay_further_behind() -> None:
    def spelt(alike: float) -> Verdict:
        return verdict(["Okay, I'll set."], "ok all set", -2.3, own=-0.3, alike=alike)

    assert spelt(0.95).understood.intent == "ReadyIntent"
    assert spelt(0.85).kind == "perhaps"


def test_a_colour_that_was_as_likely_another_is_asked_again() -> None:
    guesses = ["I have yellow and blue.", "I have yellow and black."]

    def heard(black: float, likely: float = -0.5) -> Verdict:
        fits = {guesses[0]: 0.1, guesses[1]: black}
        likelihood = lambda text: SURE if text == guesses[0] else likely  # noqa: E731
        return judged(Opinions(guesses, "hold the", likelihood, fits.get, lambda *_: 0.0), BY)

    assert heard(black=0.1).kind == "perhaps"
    assert heard(black=0.05).understood.slots["band_two"]["value"] == "blue"
    assert heard(black=0.1, likely=-1.5).understood.slots["band_two"]["value"] == "blue"


@pytest.mark.parametrize(
    "said", ["Give me a large light roast Americano.", "Make me a small light rose cappuccino."]
)
def test_an_order_of_coffee_is_no_list_of_bands_however_well_the_sound_bears_it_out(said: str) -> None:
    assert verdict([said], "medium teal light red heavy teal no", fits={said: 0.5}).kind == "perhaps"
    assert verdict(["Yellow, light green."], "red", fits={"Yellow, light green.": 0.5}).kind == "command"


def test_the_beginning_of_a_list_of_bands_is_no_other_list() -> None:
    guesses = ["Yellow, red and green.", "Yellow."]
    assert verdict(guesses, "yellow red and green", fits=dict.fromkeys(guesses, 0.1)).kind == "command"


def test_a_colour_that_both_heard_and_that_fits_the_sound_better_is_acted_on() -> None:
    guesses = ["I have yellow and blue.", "I have yellow and black."]
    fits = {guesses[0]: 0.1, guesses[1]: 0.12}
    found = verdict(guesses, "i have yellow and black", HALF, fits=fits)
    assert found.understood.slots["band_two"]["value"] == "black"


def test_forty_reps_are_asked_about_where_fourteen_fits_the_sound_as_well() -> None:
    fits = {"I did 40.": 0.1, "i did forty": 0.1}
    assert (
        verdict(["I did 40."], "i did forty", SURE, fits={**fits, "i did fourteen": 0.11}).kind == "perhaps"
    )
    sure = verdict(["I did 40."], "i did forty", SURE, fits={**fits, "i did fourteen": 0.05})
    assert sure.understood.slots["reps"]["value"] == "40"


def test_pain_in_another_place_is_pain_all_the_same() -> None:
    guesses = ["My left hip hurts.", "My hip hurts."]
    assert verdict(guesses, "", fits=dict.fromkeys(guesses, 0.1)).understood.intent == "PainIntent"


@pytest.mark.parametrize(
    ("first", "later", "grammar"),
    [
        ("I didn't.", "I do.", "abdomen"),
        ("Very good.", "Okay, good.", "red and"),
        ("Is it?", "That's it.", "this felt a"),
        ("Cool.", "Two more.", "delete"),
        ("Let's grow.", "Let's go.", ""),
        ("Glute band.", "Blue band.", "move on"),
    ],
)
def test_what_changes_the_workout_is_not_taken_from_a_later_guess_of_whispers_alone(
    first: str, later: str, grammar: str
) -> None:
    fits = {later: 0.5}
    assert verdict([first, later], grammar, fits=fits).kind == "perhaps"
    assert verdict([later, first], grammar, fits=fits).kind == "command"
    assert verdict([first, later], later.lower().rstrip("."), fits=fits).kind == "command"


def test_a_single_word_is_not_taken_from_whisper_alone() -> None:
    assert verdict(["Go."], "").kind == "perhaps"
    assert verdict(["No idea."], "").kind == "command"


@pytest.mark.parametrize("said", ["Stop.", "It hurts.", "Ouch!", "My leg is numb.", "Call an ambulance."])
def test_pain_and_stop_are_taken_from_whisper_alone(said: str) -> None:
    assert verdict([said], "skip the set").kind == "command"


def test_pain_is_taken_from_the_grammar_where_whisper_finds_it_barely_likely() -> None:
    assert verdict(["That hertz."], "that hurts", -2.3, own=HALF).understood.intent == "PainIntent"
    assert verdict(["Knit socks."], "next set", -2.3, own=HALF).kind == "perhaps"


def test_a_command_that_sounds_like_what_whisper_misspelt_needs_less() -> None:
    def misspelt(alike: float) -> Verdict:
        return verdict(["Let's do layer grazes."], "let's do leg raises", -1.5, own=HALF, alike=alike)

    assert misspelt(0.85).understood.intent == "StartExerciseIntent"
    assert misspelt(0.5).kind == "perhaps"


def test_talk_that_begins_like_a_command_stays_further_behind_what_whisper_wrote() -> None:
    assert verdict(["Come a gain soon."], "come again", -2.1, own=SURE, alike=0.76).kind == "perhaps"
    assert verdict(["Come a gain some."], "come again", -2.1, own=-1.2, alike=0.76).kind == "command"


def test_a_likely_command_is_let_be_where_whisper_is_sure_of_something_else() -> None:
    assert verdict(["Never mine it all."], "never mind", -1.9, own=-0.1).kind == "perhaps"
    assert verdict(["Never mine it all."], "never mind", -1.9, own=HALF).kind == "command"


def test_stop_is_taken_where_it_sounds_like_what_was_written_though_hardly_likely() -> None:
    assert verdict(["Start, start."], "stop stop", -3.1, own=-1.1, alike=0.75).kind == "command"
    assert verdict(["Star light."], "stop stop", -3.1, own=-1.1, alike=0.4).kind == "talk"


def test_a_later_guess_that_the_sound_bears_out_is_acted_on() -> None:
    guesses = ["Built in the glute workout.", "Open the glute workout."]
    assert verdict(guesses, "brown tan the", fits={guesses[1]: 0.1}).understood.intent == "LaunchRequest"
    assert verdict(guesses, "brown tan the", fits={guesses[1]: 0.01}).kind == "perhaps"


def test_a_single_word_counts_where_nearly_every_guess_repeats_it_and_the_sound_bears_it_out() -> None:
    same, fits = ["Yeah.", "Yes.", "Yeah!", "Yeah...", "Yeah"], {"Yeah.": 0.12}
    assert verdict(same, "the an", fits=fits).understood.intent == "AMAZON.YesIntent"
    assert verdict(same, "the an").kind == "perhaps"
    assert verdict([same[0], "Gear.", "Near.", "Ear.", "Yea"], "the an", fits=fits).kind == "perhaps"
    assert verdict(same, "forty", fits=fits).kind == "perhaps"
    assert verdict(["Bye."] * 5, "don't", fits={"Bye.": 0.12}).kind == "perhaps"
    assert verdict(["None."] * 5, "the it", fits={"None.": 0.12}).kind == "perhaps"


def test_stop_among_the_guesses_outweighs_a_start_at_their_head() -> None:
    assert verdict(["Start the set.", "Stop the set."], "").understood.intent == "AMAZON.StopIntent"


def test_nothing_heard_is_nothing_said() -> None:
    assert verdict([], "").kind == "talk"


def test_a_pain_in_a_place_that_nobody_knows_is_pain_and_no_crash() -> None:
    heard = verdict(["Trees.", "My three hurts."], "my knee hurts")
    assert (heard.kind, heard.understood.intent) == ("command", "PainIntent")
