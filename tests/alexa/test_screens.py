"""An Echo with a screen shows what it says, and nobody hears a difference."""

import json
from dataclasses import replace

import pytest

from skill.app import Settings, build
from tests.alexa.screens import APL, Echo, a_whole_workout, to_count
from tests.languages.read import of


@pytest.fixture
def echo(tmp_path):
    opened = []

    def of(version="2024.3", locale="en-US", **settings):
        app = build(Settings(store=str(tmp_path / f"{len(opened)}.db"), **settings))
        opened.append(app)
        one = Echo(app, locale=locale)
        one.version = version
        return one

    yield of
    for app in opened:
        app.store.close()


def without_screen(answer):
    answer = json.loads(json.dumps(answer))
    directives = [each for each in answer["response"].get("directives", []) if each["type"] != APL]
    answer["response"].pop("directives", None)
    if directives:
        for each in directives:
            each["token"] = ""
        answer["response"]["directives"] = directives
    return answer


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_a_whole_workout_is_spoken_alike_with_a_screen_and_without(echo, locale):
    shown, spoken = echo(locale=locale), echo("", locale=locale)
    for _ in zip(a_whole_workout(shown), a_whole_workout(spoken), strict=True):
        assert without_screen(shown.answer) == without_screen(spoken.answer)
        assert shown.screen is not None
        assert spoken.screen is None
    assert [each["reps"] for each in shown.workouts[0]["sets"]] == [13] * 6


def test_pain_is_spoken_alike_with_a_screen_and_without(echo):
    shown, spoken = to_count(echo()), to_count(echo(""))
    for words in ("it hurts", "my knee"):
        shown.say(words)
        spoken.say(words)
        assert without_screen(shown.answer) == without_screen(spoken.answer)


@pytest.mark.parametrize("version", ["1.3", "1.0", "soon", ""])
def test_a_screen_that_is_too_old_stays_dark(echo, version):
    assert to_count(echo(version)).screen is None


def test_a_set_shows_its_band_its_leg_and_its_target(echo):
    screen = to_count(echo("1.4")).screen
    words = screen["datasources"]["payload"]["words"]
    assert screen["document"]["version"] == "1.4"
    assert (words["leg"], words["band"], words["window"]) == ("Left leg", "red", "Target 12 to 15")


def test_before_a_set_the_screen_says_how_to_go_on(echo):
    one = echo()
    one.say("start glute workout")
    one.say("yellow, red and green")
    said = one.screen["datasources"]["payload"]["said"]
    assert said.startswith("Band just above the ankles. ")
    assert "ready" in said


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_after_the_workout_each_set_of_each_leg_is_a_bar(echo, locale):
    one = echo(locale=locale)
    for _ in a_whole_workout(one):
        pass
    shown, legs = one.screen["document"], one.screen["datasources"]["payload"]["names"]
    (items,) = [each["items"] for each in shown["graphics"].values()]
    written = [each["text"] for each in items if each["type"] == "text"]
    assert written == ["13"] * 3 + ["${name0}"] + ["13"] * 3 + ["${name1}"]
    assert len({*legs}) == 2


def test_in_the_rest_its_button_skips_it_and_after_that_does_nothing_more(echo):
    one = to_count(echo())
    one.say("I can't do any more", after=80)
    one.say("yes")
    before = one.state["workout"]["counting"]["count"]
    assert "SkipRestIntent" in json.dumps(one.screen["document"])
    one.wait(1)
    one.touch("touched", "SkipRestIntent", before["token"])
    after = one.state["workout"]["counting"]["count"]
    assert after["rest_ms"] < before["rest_ms"]
    assert one.touch("touched", "SkipRestIntent", before["token"]) == {}
    assert one.state["workout"]["counting"]["count"] == after


def test_a_button_means_what_its_words_mean(echo):
    one = to_count(echo())
    token = one.screen["datasources"]["payload"]["token"]
    one.wait(60)
    assert "outputSpeech" in one.touch("touched", "AMAZON.PauseIntent", token)
    assert one.state["workout"]["counting"]["paused_at_rep"] > 0


SLOW_S = 8
"""How late the count of a slow network begins."""


def stop_in_rep(one, rep, tells):
    """Stop a count that began late, in this rep; what is settled then."""
    say = of(one.talk.locale)["say"]
    for words in (say["again"], say["bands"], say["ready"]):
        one.say(words)
    place_ms = one.offset_ms(rep, 0)
    if tells is not None:
        tells(one, place_ms)
    one.say_at_ms(say["failed"], place_ms, delay=SLOW_S + 2.5)
    one.on_screen = None
    one.say(say["yes"])
    return one.state["workout"]["sets"][0]["reps"]


def shows_its_place(one, place_ms):
    one.shows(place_ms + 2500)


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_a_stop_knows_its_rep_by_the_screen_where_a_slow_network_misleads_the_clock(echo, locale):
    assert stop_in_rep(echo(locale=locale), 10, None) > 9
    assert stop_in_rep(echo(locale=locale), 10, shows_its_place) == 9


def odd_screens():
    """What tells no place of this count that can be believed."""
    yield lambda one, place_ms: one.shows(place_ms, token="another count")
    yield lambda one, place_ms: one.shows(place_ms + SLOW_S * 1000 + 6000)  # later than the request itself
    yield lambda one, place_ms: one.shows(5000)  # long before it
    for time in (None, "9000", -1, 1e300, [], {}):
        yield lambda one, place_ms, time=time: one.shows(time)
    for shown in ({}, [], "x", 3, {"token": 3}, {"componentsVisibleOnScreen": {}}):
        yield lambda one, place_ms, shown=shown: setattr(one, "on_screen", shown)
    for parts in (
        [None],
        [{}],
        [{"tags": None}],
        [{"tags": {"viewport": None}}],
        [{"tags": {"viewport": {}}}],
    ):
        yield lambda one, place_ms, parts=parts: setattr(
            one, "on_screen", {"token": one.screen["token"], "componentsVisibleOnScreen": parts}
        )


@pytest.mark.parametrize("tells", [*odd_screens()])
def test_what_a_screen_tells_is_passed_over_where_it_cannot_be_so(echo, tells):
    assert stop_in_rep(echo(), 10, tells) == stop_in_rep(echo(), 10, None)


def test_a_button_tells_its_own_place_in_the_count(echo):
    one = to_count(echo())
    place_ms = one.offset_ms(10, 3)
    one.wait(place_ms / 1000 + SLOW_S)
    one.touch("touched", "FailIntent", one.screen["token"], place_ms)
    one.say("yes")
    assert one.state["workout"]["sets"][0]["reps"] == 9


@pytest.mark.parametrize("time", [None, "9000", -1, {}, 1e300])
def test_a_button_that_tells_an_odd_place_means_what_its_words_mean(echo, time):
    one = to_count(echo())
    token = one.screen["token"]
    one.wait(60)
    one.touch("touched", "FailIntent", token, time)
    assert one.state["workout"]["counting"]["count"]["token"] != token


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_the_end_of_a_count_is_told_by_its_screen_once_and_nothing_is_said(echo, locale):
    one, say = echo(locale=locale), of(locale)["say"]
    for words in (say["again"], say["bands"], say["ready"]):
        one.say(words)
    token, before = one.screen["token"], one.state["workout"]["counting"]
    one.wait(one.count.length_ms / 1000)
    for _ in range(2):
        assert one.touch("count_over", "", token) == {}
        assert one.state["workout"]["counting"]["paused_at_rep"] == before["count"]["count_to"]
    assert one.is_listening
    one.say(say["no"])
    assert one.state["workout"]["sets"][0]["reps"] == before["count"]["count_to"]


@pytest.mark.parametrize(("token", "after"), [("of another count", 200), (None, 30)])
def test_an_end_that_cannot_be_that_of_the_count_is_passed_over(echo, token, after):
    one = to_count(echo())
    before = one.state["workout"]
    one.wait(after)
    assert one.touch("count_over", "", token or one.screen["token"]) == {}
    assert one.state["workout"] == before


def test_the_ring_does_not_go_on_turning_when_the_count_stands_still(echo):
    one = to_count(echo())
    assert "ring" in one.screen["document"]["graphics"]
    one.say("pause", after=60)
    assert "ring" not in one.screen["document"]["graphics"]


@pytest.mark.parametrize(
    "viewport",
    [{}, {"shape": "ROUND"}, {"pixelWidth": 0, "pixelHeight": 0}, {"pixelWidth": None, "mode": "KITCHEN"}],
)
def test_a_viewport_without_a_size_costs_neither_the_screen_nor_the_count(echo, viewport):
    one = echo()
    one.viewport = viewport
    assert to_count(one).screen is not None
    assert one.count is not None


def test_a_second_touch_and_one_of_an_earlier_count_change_nothing(echo):
    one = to_count(echo())
    token = one.screen["datasources"]["payload"]["token"]
    one.wait(60)
    one.touch("touched", "FailIntent", token)
    before = one.state
    assert "outputSpeech" not in one.touch("touched", "FailIntent", token)
    assert one.state == before


def test_that_it_hurts_is_heard_however_late(echo):
    one = to_count(echo())
    one.wait(30)
    assert "outputSpeech" in one.touch("touched", "PainIntent", "long ago")
    assert one.state["pain"]


@pytest.mark.parametrize(
    "arguments", [[], ["touched"], ["touched", "DeleteDataIntent", "t"], [1, 2, 3], ["x", "FailIntent", {}]]
)
def test_arguments_that_are_not_ours_do_nothing(echo, arguments):
    one = to_count(echo())
    before = one.state
    assert "outputSpeech" not in one.touch(*arguments)
    assert one.state == before


def test_a_screen_that_failed_is_left_alone_from_then_on_and_the_workout_goes_on(echo):
    one = to_count(echo())
    one.event("RuntimeError", errors=[{"type": "UNKNOWN", "reason": "OTHER", "message": "x"}])
    one.say("I can't do any more", after=60)
    one.say("yes")
    assert one.screen is None
    assert one.count is not None


def test_only_the_screen_that_failed_goes_dark(echo):
    one = to_count(echo())
    assert one.event("RuntimeError", errors=[{"type": "SCREEN_ERROR", "reason": "x", "message": "x"}]) == {}
    one.say("pause", after=60)
    assert one.screen is None
    one.talk = replace(one.talk, device="another echo")
    one.say("open glute workout", after=60)
    assert one.screen is not None


@pytest.mark.parametrize("errors", [None, [], [{"type": "NEW_KIND"}], [None]])
def test_a_failure_that_says_nothing_of_itself_turns_the_screen_off_too(echo, errors):
    one = to_count(echo())
    before = one.state["workout"]
    one.event("RuntimeError", errors=errors)
    assert one.state["workout"] == before
    one.say("pause", after=60)
    assert one.screen is None


def test_a_touch_that_comes_when_the_workout_is_over_changes_nothing(echo):
    one = to_count(echo())
    token = one.screen["datasources"]["payload"]["token"]
    one.say("I can't do any more", after=80)
    for words in ("yes", "end the workout", "yes"):
        one.say(words)
    done = one.workouts
    one.wait(600)
    for intent in ("FailIntent", "AMAZON.PauseIntent"):
        assert "outputSpeech" not in one.touch("touched", intent, token)
    assert one.touch("count_over", "", token) == {}
    assert one.workouts == done


def test_the_finished_workout_stands_on_a_card(echo):
    one = to_count(echo())
    one.say("I can't do any more", after=80)
    one.say("yes")
    one.say("end the workout")
    one.say("yes")
    assert one.answer["response"]["card"] | {"content": ""} == {
        "type": "Simple",
        "title": "Workout done",
        "content": "",
    }


def test_the_card_has_the_picture_that_the_deployment_names(echo):
    picture = "https://coach.example.org/leg-raise.png"
    one = echo(card_picture=picture)
    for _ in a_whole_workout(one):
        pass
    card = one.answer["response"]["card"]
    assert card["type"] == "Standard"
    assert card["image"] == {"smallImageUrl": picture, "largeImageUrl": picture}
    assert "Six sets" in card["text"]


@pytest.mark.parametrize(
    ("locale", "said"), [("en-US", "tailbone is tucked"), ("de-DE", "nach hinten gekippt")]
)
def test_the_wrong_pelvis_and_the_right_one_are_shown_when_the_lower_back_hurts(echo, locale, said):
    one = echo(locale=locale)
    words = of(locale)["say"]
    for each in (words["again"], words["bands"], words["ready"]):
        one.say(each)
    one.say({"en": "my lower back hurts", "de": "mein unterer Rücken tut weh"}[locale[:2]])
    assert said in one.screen["datasources"]["payload"]["words"]["mistake"]
    assert [each for each in one.screen["document"]["graphics"]] == ["mistake"]
    one.say({"en": "why", "de": "warum"}[locale[:2]])
    assert "mistake" in one.screen["document"]["graphics"]
