"""`count_route: audioplayer`: exact offsets, for a closed session; its reports, and how its end is answered."""

from tests.alexa.deployed import ADDRESSES, PLAY, directive, event
from tests.trainee import Trainee

THREE_HOURS_S = 3 * 3600


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
        (question,) = [cue for cue in script.cues if cue.phase == "after"]
        assert "tell glute workout, I could do more" in question.text
        assert "alexa" not in question.text.lower(), "the loudspeaker must not call its own device"
        assert script.length_ms - question.at_ms == question.slot_ms > 8000

    def test_a_stop_in_the_hold_of_rep_12_is_eleven_done_exactly(self, trainee):
        one = self.playing(trainee)
        answer = self.stopped(one, self.reps_at_ms(one) + 11 * 6000 + 2000)
        assert answer == {}
        one.say("start glute workout", after=60)
        one.say("done")
        assert one.state["workout"]["sets"][0]["reps"] == 11
        assert one.state["workout"]["sets"][0]["reps_source"] == "measured"

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

    def failed(self, one: Trainee, token: str, at_ms: int = 0) -> dict:
        error = {"type": "MEDIA_ERROR_SERVICE_UNAVAILABLE", "message": "no"}
        state = {"token": token, "offsetInMilliseconds": at_ms, "playerActivity": "STOPPED"}
        kind = "AudioPlayer.PlaybackFailed"
        return event(one, kind, token, 1, error=error, currentPlaybackState=state)

    def test_a_file_that_could_not_be_fetched_is_sent_once_more_without_a_word(self, trainee):
        one = self.playing(trainee)
        answer = self.failed(one, self.token)
        assert set(answer) == {"directives"}
        stream = answer["directives"][0]["audioItem"]["stream"]
        assert stream["url"].startswith("https://")
        assert stream["token"] == one.state["workout"]["counting"]["count"]["token"] != self.token
        assert one.state["workout"]["counting"].get("paused_at_rep", -1) == -1
        self.token = stream["token"]
        self.stopped(one, self.reps_at_ms(one) + 2 * 6000 + 100)
        assert one.state["workout"]["counting"]["paused_at_rep"] == 2

    def test_a_file_lost_in_mid_set_goes_on_where_it_broke_off(self, trainee):
        one = self.playing(trainee)
        answer = self.failed(one, self.token, at_ms=40_000)
        assert answer["directives"][0]["audioItem"]["stream"]["offsetInMilliseconds"] == 40_000

    def test_a_second_failure_sends_the_device_to_ssml(self, trainee):
        one = self.playing(trainee)
        again = self.failed(one, self.token)["directives"][0]["audioItem"]["stream"]["token"]
        assert self.failed(one, again) == {}
        assert one.state["workout"]["counting"]["paused_at_rep"] == 0
        one.say("start glute workout")
        one.say("yes")
        assert "<break" in one.answer["response"]["outputSpeech"]["ssml"]

    def test_a_second_failure_in_mid_set_keeps_the_reps_that_were_done(self, trainee):
        one = self.playing(trainee)
        again = self.failed(one, self.token)["directives"][0]["audioItem"]["stream"]["token"]
        assert self.failed(one, again, self.reps_at_ms(one) + 5 * 6000 + 100) == {}
        assert one.state["workout"]["counting"]["paused_at_rep"] == 5

    def test_a_failure_of_some_other_audio_is_not_answered(self, trainee):
        one = self.playing(trainee)
        before = one.state["workout"]
        assert self.failed(one, "some other") == {}
        assert one.state["workout"] == before


class TestTheEnd:
    """A count that was heard to its end, with nobody in the session to be asked."""

    playing, stopped = TestAudioPlayer.playing, TestAudioPlayer.stopped

    def heard_out(self, trainee) -> Trainee:
        one = self.playing(trainee)
        assert event(one, "AudioPlayer.PlaybackFinished", self.token, 170, offsetInMilliseconds=164_000) == {}
        return one

    def sets(self, one: Trainee) -> list[tuple[int, str]]:
        at_hand = one.state.get("workout") or one.workouts[0]
        return [(each["reps"], each["ended"]) for each in at_hand.get("sets", [])]

    def test_it_is_no_set_until_somebody_says_how_it_was(self, trainee):
        one = self.heard_out(trainee)
        assert self.sets(one) == []
        assert one.state["workout"]["counting"]["paused_at_rep"] == 25

    def test_it_can_be_answered_by_the_skills_name(self, trainee):
        for said, ended in (("i could do more", "could_do_more"), ("i'm done", "failed_past_window")):
            one = self.heard_out(trainee)
            one.say(said, after=20)
            assert self.sets(one) == [(25, ended)]
            assert directive(one)["type"] == PLAY, "and the next leg follows"
            one.app.store.forget(one.user)

    def test_a_number_said_by_the_skills_name_is_the_count(self, trainee):
        one = self.heard_out(trainee)
        one.say("i did fourteen", after=60)
        assert self.sets(one) == [(14, "failed_in_window")]

    def test_the_next_launch_asks(self, trainee):
        one = self.heard_out(trainee)
        one.say("start glute workout", after=300)
        assert "another" in one.heard.lower() or "one more" in one.heard.lower()
        assert "25" in one.heard or "twenty-five" in one.heard
        assert one.is_listening
        one.say("yes")
        assert self.sets(one) == [(25, "could_do_more")]

    def test_a_launch_after_the_end_was_reported_by_its_place_asks_too(self, trainee):
        one = self.playing(trainee)
        self.stopped(one, 170_000, after=180)
        one.say("start glute workout", after=300)
        one.say("no")
        assert self.sets(one) == [(25, "failed_past_window")]

    def test_never_answered_it_is_kept_as_just_that_and_judges_no_band(self, trainee):
        one = self.heard_out(trainee)
        one.say("start glute workout", after=THREE_HOURS_S)
        assert [(each["reps"], each["ended"]) for each in one.workouts[0]["sets"]] == [(25, "not_known")]
        leg = one.state["records"]["glute_raise"]["legs"]["left"]
        assert leg.get("outcome", "not_judged") == "not_judged"
        assert leg["band"] == "red"
        assert not leg.get("ran_out_streak")
        assert one.workouts[0]["ended_at"] == one.workouts[0]["sets"][0]["at"] < one.now.timestamp() - 9000

    def test_leaving_does_not_lose_it(self, trainee):
        one = self.heard_out(trainee)
        one.say("start glute workout", after=300)
        one.say("cancel")
        one.say("start glute workout", after=60)
        assert "another" in one.heard.lower() or "one more" in one.heard.lower()

    def test_a_report_of_the_end_that_comes_after_the_answer_changes_nothing(self, trainee):
        one = self.playing(trainee)
        one.say("i'm done", after=170)
        before = one.state["workout"]
        event(one, "AudioPlayer.PlaybackFinished", self.token, 1, offsetInMilliseconds=164_000)
        assert one.state["workout"] == before
