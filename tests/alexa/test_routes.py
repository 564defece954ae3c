"""The ways in which a count reaches a device: what was chosen, what can be had, what a device has refused."""

from dataclasses import replace

import pytest

from skill.alexa.routes import CountSettings, Routes, jukebox_of, routes_of
from skill.app import Settings, build
from skill.audio.address import Addresses, AddressRefused
from tests.trainee import Trainee

SECRET = "a secret of the tests"
BASE = "https://coach.example"
ADDRESSES = Addresses(BASE, SECRET)
APLA, PLAY = "Alexa.Presentation.APLA.RenderDocument", "AudioPlayer.Play"


@pytest.fixture
def trainee(tmp_path):
    """Somebody at the first "ready" of a deployment that counts by a given route."""
    opened = []

    def at(route: str, **more) -> Trainee:
        app = build(Settings(store=str(tmp_path / "coach.db")))
        opened.append(app)
        app.routes = Routes(route, address_of=ADDRESSES.of, **more)
        one = Trainee(app)
        for words in ("start glute workout", "yellow, red and green"):
            one.say(words)
        return one

    yield at
    for app in opened:
        app.store.close()


def directive(trainee: Trainee) -> dict:
    (only,) = trainee.answer["response"]["directives"]
    return only


def event(
    trainee: Trainee, kind: str, token: str, after: float = 20, device: str | None = "", **more
) -> dict:
    """A report that the device sends by itself."""
    trainee.wait(after)
    envelope = {
        "version": "1.0",
        "context": {
            "System": {
                "application": {"applicationId": "amzn1.ask.skill.x"},
                "user": {"userId": trainee.user},
                "device": None if device is None else {"deviceId": f"amzn1.ask.device.{trainee.talk.device}"},
            }
        },
        "request": {
            "type": kind,
            "requestId": f"amzn1.echo-api.request.{kind}.{trainee.now.timestamp()}",
            "timestamp": trainee.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "token": token,
            **more,
        },
    }
    answer = trainee._client.post("/alexa", json=envelope)
    assert answer.status_code == 200
    return answer.get_json()["response"]


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


def test_a_stop_after_the_last_rep_leaves_the_question_open(trainee):
    one = trainee("audioplayer")
    one.say("ready")
    event(
        one,
        "AudioPlayer.PlaybackStopped",
        directive(one)["audioItem"]["stream"]["token"],
        200,
        offsetInMilliseconds=239_000,
    )
    assert one.state["workout"]["counting"].get("paused_at_rep", -1) == -1


class TestAudioPlayer:
    """`count_route: audioplayer`: exact offsets, for a closed session."""

    def playing(self, trainee) -> Trainee:
        one = trainee("audioplayer")
        one.say("ready")
        self.token = directive(one)["audioItem"]["stream"]["token"]
        return one

    def stopped(self, one: Trainee, at_ms: int, after: float = 20) -> dict:
        return event(one, "AudioPlayer.PlaybackStopped", self.token, after, offsetInMilliseconds=at_ms)

    def reps_at_ms(self, one: Trainee) -> int:
        script = ADDRESSES.script(directive(one)["audioItem"]["stream"]["url"].rpartition("/")[2])
        return next(cue.at_ms for cue in script.cues if cue.rep == 1)

    def test_the_play_directive_ends_the_session_and_asks_nothing(self, trainee):
        one = self.playing(trainee)
        response = one.answer["response"]
        assert directive(one)["type"] == PLAY
        assert directive(one)["playBehavior"] == "REPLACE_ALL"
        assert response["shouldEndSession"] is True
        assert "reprompt" not in response
        script = ADDRESSES.script(directive(one)["audioItem"]["stream"]["url"].rpartition("/")[2])
        assert not [cue for cue in script.cues if cue.phase == "after"]

    def test_a_stop_in_the_hold_of_rep_12_is_eleven_done_exactly(self, trainee):
        one = self.playing(trainee)
        answer = self.stopped(one, self.reps_at_ms(one) + 11 * 6000 + 2000)
        assert answer == {}
        one.say("start glute workout", after=60)
        one.say("done")
        assert one.state["workout"]["sets"][0]["reps"] == 11
        assert one.state["workout"]["sets"][0]["came_from"] == "measured"

    def test_the_pause_that_goes_with_a_stop_changes_nothing_more(self, trainee):
        one = self.playing(trainee)
        at_ms = self.reps_at_ms(one) + 4 * 6000 + 100
        self.stopped(one, at_ms)
        before = one.state["workout"]["counting"]
        one.say("pause", after=0.2)
        assert one.state["workout"]["counting"] == before
        assert before["paused_at_rep"] == 4

    def test_it_goes_on_from_the_rep_at_hand(self, trainee):
        one = self.playing(trainee)
        self.stopped(one, self.reps_at_ms(one) + 4 * 6000 + 100)
        one.say("resume")
        script = ADDRESSES.script(directive(one)["audioItem"]["stream"]["url"].rpartition("/")[2])
        assert min(cue.rep for cue in script.cues if cue.rep) == 5

    def test_a_late_report_of_older_audio_is_dropped_by_its_token(self, trainee):
        one = self.playing(trainee)
        old = self.token
        self.stopped(one, self.reps_at_ms(one) + 100)
        one.say("resume")
        before = one.state["workout"]["counting"]
        event(one, "AudioPlayer.PlaybackStopped", old, 5, offsetInMilliseconds=90_000)
        assert one.state["workout"]["counting"] == before

    def test_a_file_that_cannot_be_played_sends_the_device_to_ssml(self, trainee):
        one = self.playing(trainee)
        error = {"type": "MEDIA_ERROR_SERVICE_UNAVAILABLE", "message": "no"}
        assert event(one, "AudioPlayer.PlaybackFailed", self.token, 1, error=error) == {}
        one.say("start glute workout")
        one.say("yes")
        assert "<break" in one.answer["response"]["outputSpeech"]["ssml"]


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
    assert routes_of(replace(settings, route="mp3"), None, told.append) == Routes("apla")


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
