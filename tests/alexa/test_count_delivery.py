"""The ways in which a count reaches a device: what was chosen, what can be had, what a device has refused."""

from dataclasses import replace

import pytest
from msgspec import structs

from skill.alexa.count_delivery import CountSettings, Routes, jukebox_of, routes_of
from skill.app import Settings
from skill.audio.address import AddressRefused
from tests.alexa.deployed import ADDRESSES, APLA, BASE, SECRET, directive, event


def test_the_usual_route_is_alexas_own_voice_on_a_grid_of_seconds(trainee):
    one = trainee("apla")
    one.say("ready")
    assert directive(one)["type"] == APLA
    assert "lift" in one.heard


def test_one_slot_a_phase_is_a_setting(trainee):
    per_second, per_phase = trainee("apla"), trainee("apla", grid="phase")
    per_second.say("ready")
    slots = len(directive(per_second)["document"]["mainTemplate"]["item"]["items"])
    per_phase.talk = replace(per_phase.talk, user="bert")
    for words in ("start glute workout", "red", "ready"):
        per_phase.say(words)
    assert len(directive(per_phase)["document"]["mainTemplate"]["item"]["items"]) < 0.7 * slots


def test_a_finished_file_is_played_inside_the_open_session(trainee):
    one = trainee("mp3")
    one._listen = lambda heard: None
    one.say("ready")
    source = directive(one)["document"]["mainTemplate"]["item"]["source"]
    assert source.startswith(f"{BASE}/audio/")
    script = ADDRESSES.script(source.rpartition("/")[2])
    assert next(cue.text for cue in script.cues if cue.rep == 1) == "lift"
    assert one.answer["response"]["shouldEndSession"] is False


def test_ssml_is_a_route_too(trainee):
    one = trainee("ssml")
    one.say("ready")
    assert "directives" not in one.answer["response"]
    assert '<break time="' in one.answer["response"]["outputSpeech"]["ssml"]


def test_a_device_that_cannot_play_apla_hears_ssml_from_then_on_and_the_count_begins_anew(trainee):
    one = trainee("apla")
    one.say("ready")
    answer = event(one, "Alexa.Presentation.APLA.RuntimeError", directive(one)["token"], after=1, errors=[])
    assert answer == {}
    assert one.state["workout"]["counting"]["paused_at_rep"] == 0
    one.say("ready")
    assert "<break" in one.answer["response"]["outputSpeech"]["ssml"]
    assert "directives" not in one.answer["response"]
    one.talk = replace(one.talk, device="another echo")
    one.say("pause")
    one.say("resume")
    assert directive(one)["type"] == APLA


def test_nothing_may_be_said_to_a_fault_so_the_reprompt_says_how_to_begin_anew(trainee):
    one = trainee("apla")
    one.say("ready")
    assert "If you heard no count, say ready" in one.answer["response"]["reprompt"]["outputSpeech"]["ssml"]
    fault = {"type": "RENDER_ERROR", "reason": "INTERNAL_SERVER_ERROR", "message": "no"}
    token = directive(one)["token"]
    assert event(one, "Alexa.Presentation.APLA.RuntimeError", token, 1, errors=[fault]) == {}
    one.say("ready", after=8)
    assert "<break" in one.answer["response"]["outputSpeech"]["ssml"]
    assert one.state["workout"]["counting"]["count"]["from_rep"] == 1


def test_a_file_that_alexa_could_not_fetch_leaves_the_device_the_grid_in_her_own_voice(trainee):
    one = trainee("mp3")
    one._listen = lambda heard: None
    one.say("ready")
    fault = {"type": "AUDIO_SOURCE_ERROR", "reason": "SSL_HANDSHAKE_ERROR", "message": "no"}
    for token, plays in ((directive(one)["token"], "apla"), ("", "ssml")):
        token = token or directive(one)["token"]
        event(one, "Alexa.Presentation.APLA.RuntimeError", token, 1, errors=[fault])
        assert one.state["devices"][0]["plays"] == plays
        one.say("ready")
        assert ("directives" in one.answer["response"]) == (plays == "apla")
    assert "<break" in one.answer["response"]["outputSpeech"]["ssml"]


def test_a_fault_of_a_kind_that_the_sdk_does_not_know_is_a_fault_all_the_same(trainee):
    one = trainee("apla")
    one.say("ready")
    fault = {"type": "COFFEE_ERROR", "reason": "COLD", "message": "no"}
    event(one, "Alexa.Presentation.APLA.RuntimeError", directive(one)["token"], 1, errors=[fault])
    assert one.state["devices"][0]["plays"] == "ssml"


def test_a_count_that_was_gone_on_with_and_not_heard_goes_on_from_the_same_rep(trainee):
    one = trainee("apla")
    one.say("ready")
    one.say("pause", after=60)
    one.say("resume")
    from_rep = one.state["workout"]["counting"]["count"]["from_rep"]
    assert from_rep > 5
    event(one, "Alexa.Presentation.APLA.RuntimeError", directive(one)["token"], 1, errors=[])
    one.say("ready")
    assert one.state["workout"]["counting"]["count"]["from_rep"] == from_rep


def test_a_file_that_no_address_can_hold_goes_by_alexas_own_voice(trainee):
    one = trainee("mp3")

    def refuses(_):
        raise AddressRefused("too long")

    one.app.routes = Routes("mp3", address_of=refuses)
    one.say("ready")
    assert "lift" in one.heard


def test_a_route_of_files_without_addresses_goes_by_alexas_own_voice(trainee):
    one = trainee("mp3")
    one.app.routes = Routes("audioplayer")
    one.say("ready")
    assert directive(one)["type"] == APLA
    assert one.answer["response"]["shouldEndSession"] is False


def test_a_report_of_a_player_about_nothing_known_changes_nothing(trainee):
    one = trainee("apla")
    before = one.state["workout"]
    event(one, "AudioPlayer.PlaybackStopped", "some other skill's", 1, offsetInMilliseconds=5)
    event(one, "Alexa.Presentation.APLA.RuntimeError", "unknown", 1, errors=[])
    event(one, "AudioPlayer.PlaybackStopped", "nothing", 1)
    assert one.state["workout"] == before


def test_a_device_without_a_name_cannot_be_remembered_and_its_count_still_begins_anew(trainee):
    one = trainee("apla")
    one.say("ready")
    event(one, "Alexa.Presentation.APLA.RuntimeError", directive(one)["token"], 1, device=None, errors=[])
    assert "plays" not in str(one.state.get("devices"))
    assert one.state["workout"]["counting"]["paused_at_rep"] == 0


def test_what_cannot_be_had_is_told_and_the_next_best_taken():
    told: list[str] = []
    assert routes_of(CountSettings(route="mp3"), None, told.append) == Routes("apla")
    assert routes_of(CountSettings(route="telepathy", grid="minute"), None, told.append) == Routes("apla")
    assert [part in " ".join(told) for part in ("needs audio files", "telepathy", "minute")] == [True] * 3


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (CountSettings(audio_url="http://coach.example", audio_secret=SECRET), "is no https address"),
        (CountSettings(audio_url="coach", audio_secret=SECRET), "is no https address"),
        (CountSettings(audio_url=BASE, audio_secret="short"), "fewer than 16"),
        (CountSettings(audio_url=BASE, audio_secret=SECRET, voice="samantha"), "samantha"),
    ],
)
def test_settings_that_cannot_serve_files_are_told_and_leave_the_count(settings, reason):
    told: list[str] = []
    assert jukebox_of(settings, told.append) is None
    assert reason in told[0]
    assert routes_of(structs.replace(settings, route="mp3"), None, told.append) == Routes("apla")


def test_the_environment_chooses_the_route(monkeypatch):
    environment = {
        "GLUTE_COACH_COUNT_ROUTE": "audioplayer",
        "GLUTE_COACH_APLA_GRID": "phase",
        "GLUTE_COACH_AUDIO_URL": BASE,
        "GLUTE_COACH_AUDIO_SECRET": SECRET,
        "GLUTE_COACH_VOICE": "espeak",
    }
    settings = Settings.from_environment(environment).count
    assert SECRET not in repr(settings)
    jukebox = jukebox_of(settings, pytest.fail)
    routes = routes_of(settings, jukebox, pytest.fail)
    assert (routes.route, routes.grid) == ("audioplayer", "phase")
    assert Settings.from_environment({}).count == CountSettings()


def test_no_deployment_has_files_unless_it_asks():
    assert jukebox_of(CountSettings(), pytest.fail) is None
