"""A deployment that counts by a chosen route, what it answers, and what devices report of it by themselves."""

from skill.audio.address import Addresses
from tests.trainee import Trainee

SECRET = "a secret of the tests"
BASE = "https://coach.example"
ADDRESSES = Addresses(BASE, SECRET)
APLA, PLAY = "Alexa.Presentation.APLA.RenderDocument", "AudioPlayer.Play"


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
