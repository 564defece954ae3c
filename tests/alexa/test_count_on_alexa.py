"""The count as Alexa would play it: exact slots, nothing cut, nothing past her limits."""

import itertools
import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bench.counting import apla_time
from skill.alexa import apla, ssml
from skill.alexa.lengths import estimated_ms, rate_percent, syllables
from skill.app import Settings, build
from skill.coach.messages.reply import Count, Line
from skill.locales.script import Script, SpokenCue


def script(*cues: tuple[int, str, int, str], length_ms: int) -> Script:
    ends = [cue[0] for cue in cues[1:]] + [length_ms]
    spoken = [
        SpokenCue(at, text, end - at, rep, phase)
        for (at, text, rep, phase), end in zip(cues, ends, strict=True)
    ]
    return Script(tuple(spoken), length_ms)


ONE_REP = script(
    (2000, "Lift", 1, "concentric"),
    (3000, "hold", 1, "isometric_hold"),
    (4000, "two", 1, "isometric_hold"),
    (5000, "lower", 1, "eccentric"),
    (6000, "two", 1, "eccentric"),
    (7000, "one", 1, "eccentric"),
    (8000, "Could you have done another?", 0, "after"),
    length_ms=11_000,
)


def heard(document: dict, lengths=lambda content: estimated_ms(re.sub("<[^>]+>", " ", content))):
    return list(apla_time.placed(document["mainTemplate"]["item"], lengths))


def total_ms(document: dict) -> int:
    return apla_time.length_ms(document["mainTemplate"]["item"], estimated_ms)


def test_every_word_begins_at_its_own_offset_whatever_the_voice_does():
    for length_of_every_word in (1, 400, 5000):
        places = heard(apla.document(ONE_REP), lambda _, ms=length_of_every_word: ms)
        assert [place.at_ms for place in places] == [cue.at_ms for cue in ONE_REP.cues]


def test_a_slot_a_phase_begins_every_phase_on_the_grid():
    places = heard(apla.document(ONE_REP, "phase"))
    assert [place.at_ms for place in places] == [2000, 3000, 5000, 8000]
    assert "two" in places[1].content
    assert "<break" in places[1].content


def test_the_document_lasts_as_long_as_the_script():
    assert total_ms(apla.document(ONE_REP)) == total_ms(apla.document(ONE_REP, "phase")) == 11_000


def test_silent_seconds_are_one_slot_with_the_word_before_them():
    sparse = script((0, "hold", 1, "isometric_hold"), (5000, "lower", 1, "eccentric"), length_ms=9000)
    slots = apla.document(sparse)["mainTemplate"]["item"]["items"]
    assert [slot["items"][0]["duration"] for slot in slots] == [5000, 4000]


def test_a_word_too_long_for_its_slot_is_said_faster_and_not_cut():
    tight = script((0, "seventeen", 17, "eccentric"), (600, "lift", 18, "concentric"), length_ms=1600)
    speech = apla.document(tight)["mainTemplate"]["item"]["items"][0]["items"][1]
    assert speech["contentType"] == "SSML"
    percent = int(re.search(r'rate="(\d+)%"', speech["content"])[1])
    assert estimated_ms("seventeen") * 100 / percent <= 600


def test_the_stand_in_for_the_mixer_notices_a_cut_word():
    assert any(place.is_cut for place in heard(apla.document(ONE_REP), lambda _: 1500))
    assert not any(place.is_cut for place in heard(apla.document(ONE_REP)))


def test_the_stand_in_refuses_a_component_that_it_has_no_rule_for():
    with pytest.raises(ValueError, match="Selector"):
        apla_time.length_ms({"type": "Selector", "items": []}, estimated_ms)


def test_a_count_of_more_than_four_minutes_is_refused_with_the_limit():
    with pytest.raises(ssml.TooLong, match="240 s"):
        apla.document(script((0, "lift", 1, "concentric"), length_ms=240_001))


def test_a_count_that_leaves_no_room_in_120_kilobytes_for_a_screen_is_refused_with_the_limit():
    with pytest.raises(ssml.TooLong, match="80000"):
        apla.document(
            script(*((ms, "x" * 600, 1, "concentric") for ms in range(0, 200_000, 1000)), length_ms=200_000)
        )


def test_a_finished_file_is_played_as_it_is():
    assert (
        apla.audio_document("https://example.org/set.mp3")["mainTemplate"]["item"]["source"]
        == "https://example.org/set.mp3"
    )


def test_ssml_keeps_the_length_of_the_set_by_its_own_estimates():
    document = ElementTree.fromstring(ssml.render(ONE_REP))
    pauses = sum(int(each.get("time").removesuffix("ms")) for each in document if each.get("time") != "10s")
    assert abs(pauses + sum(estimated_ms(cue.text) for cue in ONE_REP.cues) - 11_000) <= 10 * len(
        ONE_REP.cues
    )


def test_a_long_rest_is_made_of_breaks_of_at_most_ten_seconds():
    assert ssml.pause(23_500) == '<break time="10s"/><break time="10s"/><break time="3500ms"/>'
    assert ssml.pause(4) == ""


def test_ssml_that_would_be_too_long_keeps_phases_and_numbers():
    cues = [(ms, f"<&{ms}", ms // 5000 + 1, "eccentric") for ms in range(0, 240_000, 1000)]
    text = ssml.render(script(*cues, length_ms=240_000))
    assert len(text) <= ssml.MOST_CHARACTERS
    assert "&lt;&amp;4000<" in text
    assert "&amp;2000<" not in text


def test_ssml_that_cannot_fit_is_refused_with_the_limit():
    with pytest.raises(ssml.TooLong, match="8000"):
        ssml.render(script((0, "so " * 3000, 0, "after"), length_ms=9000))


@given(st.text(max_size=60))
def test_no_text_of_the_trainee_becomes_markup_or_a_binding(text):
    hostile = script((0, f"x{text}", 1, "concentric"), (400, "lift", 2, "concentric"), length_ms=1400)
    assert ElementTree.fromstring(ssml.render(hostile)).tag == "speak"
    stored = json.dumps(apla.document(hostile))
    assert "${" not in stored
    assert "@" not in stored


def test_longer_words_are_given_more_time():
    assert [
        syllables(word) for word in ("lift", "hold", "three", "lower", "seven", "seventeen", "little", "7")
    ] == [1, 1, 1, 2, 2, 3, 2, 2]
    assert estimated_ms("") == 0
    assert estimated_ms("Red, left leg. Ready") > estimated_ms("Red left leg ready") > estimated_ms("Red")
    assert rate_percent("twelve", 1000) == 100
    assert rate_percent("this is far too long for it", 300) == 200


def test_a_count_in_pieces_that_are_kept_is_the_count_as_a_whole(tmp_path):
    coach = build(Settings(store=str(tmp_path / "unused.db")))
    line, question = Line("done", {"sets": 3}), Line("could_you_do_another", {"count_to": 9})
    for spoken_ms, question_ms, said, asked in itertools.product(
        (0, 4000), (0, 3000), ((line,), ()), (question, None)
    ):
        count = Count("glute_raise", "left", True, 10_000, spoken_ms, question_ms, 1, 9, "t")
        script = coach.locale.script(coach.plan(count), said, asked)
        assert script.runs
        for _ in range(2):
            assert apla.document(script) == apla.document(replace(script, runs=()))
