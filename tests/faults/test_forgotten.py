"""Whoever asks to be forgotten is forgotten: by word, by disabling the skill, in every store."""

import pytest

from skill.app import Settings, build
from skill.store.transfer import record_of
from skill.web import create_app
from tests.faults.workouts import speech


@pytest.fixture
def say(backend, undisturbed):
    """A coach who has been trained with; what it is told, and by whom."""
    coach = build(Settings(store=backend.address))
    client = create_app(verify=False, coach=coach).test_client()

    def tell(request):
        answer = client.post("/alexa", json=request)
        assert answer.status_code == 200
        return answer.get_json()

    for request in undisturbed.requests[:20]:
        tell(request)
    assert record_of(coach.store, undisturbed.user)["workouts"]
    yield tell
    coach.store.close()


def spoken(like, intent, request_id):
    request = {**like["request"], "type": "IntentRequest", "requestId": request_id}
    request["intent"] = {"name": intent, "confirmationStatus": "NONE", "slots": {}}
    return {**like, "request": request}


def event(like, kind, request_id):
    """Skill events come without a session; the end of a session with one."""
    request = {key: value for key, value in like["request"].items() if key != "intent"}
    told = {**like, "request": {**request, "type": kind, "requestId": request_id, "reason": "USER_INITIATED"}}
    return told if kind == "SessionEndedRequest" else {k: v for k, v in told.items() if k != "session"}


def nothing_is_left(store, backend, user):
    assert record_of(store, user) is None
    assert list(store.users()) == []
    assert backend.set_aside_of(user) == []


def test_a_spoken_wish_is_confirmed_by_a_second_question_and_leaves_nothing(say, store, backend, undisturbed):
    like = undisturbed.requests[19]
    asked = say(spoken(like, "DeleteDataIntent", "delete"))
    assert "?" in speech(asked)
    assert record_of(store, undisturbed.user)["workouts"]
    say(spoken(like, "AMAZON.YesIntent", "yes"))
    nothing_is_left(store, backend, undisturbed.user)


def test_what_comes_late_after_a_deletion_leaves_no_new_record(say, store, backend, undisturbed):
    like = undisturbed.requests[19]
    say(spoken(like, "DeleteDataIntent", "delete"))
    say(spoken(like, "AMAZON.YesIntent", "yes"))
    say(event(like, "SessionEndedRequest", "end"))
    nothing_is_left(store, backend, undisturbed.user)


def test_a_no_keeps_everything(say, store, undisturbed):
    like = undisturbed.requests[19]
    before = record_of(store, undisturbed.user)["workouts"]
    say(spoken(like, "DeleteDataIntent", "delete"))
    say(spoken(like, "AMAZON.NoIntent", "no"))
    assert record_of(store, undisturbed.user)["workouts"] == before


def test_disabling_the_skill_deletes_everything_even_what_was_set_aside(say, store, backend, undisturbed):
    backend.damage(undisturbed.user)
    assert "can't read your record" in speech(say(undisturbed.requests[20]))
    assert backend.set_aside_of(undisturbed.user)
    say(event(undisturbed.requests[19], "AlexaSkillEvent.SkillDisabled", "disabled"))
    nothing_is_left(store, backend, undisturbed.user)
    say(event(undisturbed.requests[19], "AlexaSkillEvent.SkillDisabled", "disabled"))
    nothing_is_left(store, backend, undisturbed.user)
