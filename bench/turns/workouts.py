"""The requests of a whole workout, as a small Echo and as an Echo Show would send them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

Kind = Literal["small", "show", "dark show"]

SKILL: Final = "amzn1.ask.skill.bench"
BEGAN: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LADDER: Final = {"band_one": "yellow", "band_two": "red", "band_three": "green"}
SETS: Final = (15, 14, 13, 13, 12, 12)
"""What the trainee says after each set; the sixth ends the workout."""

SMALL_DEVICE: Final = {"supportedInterfaces": {}}
SHOW_DEVICE: Final = {
    "supportedInterfaces": {
        "AudioPlayer": {},
        "Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}},
    }
}
DARK_SHOW_DEVICE: Final = {"supportedInterfaces": {"AudioPlayer": {}}}
DEVICES: Final = {"small": SMALL_DEVICE, "show": SHOW_DEVICE, "dark show": DARK_SHOW_DEVICE}
_CODECS: Final = {"codecs": ["H_264_42", "H_264_41"]}
_MODE: Final = {"shape": "RECTANGLE", "dpi": 213, "canRotate": False}
SHOW_CONTEXT: Final = {
    "AudioPlayer": {"playerActivity": "IDLE"},
    "Display": {},
    "Alexa.Presentation.APL": {
        "token": "",
        "version": "2024.3",
        "componentsVisibleOnScreen": [
            {
                "uid": ":1000",
                "position": "1280x800+0+0:0",
                "type": "mixed",
                "tags": {"viewport": {}},
                "children": [
                    {
                        "id": "set",
                        "uid": ":1002",
                        "position": "640x90+320+500:0",
                        "type": "text",
                        "tags": {"focused": False, "clickable": True},
                        "entities": [],
                    }
                ],
                "entities": [],
            }
        ],
    },
    "Viewport": {
        "experiences": [
            {"arcMinuteWidth": 346, "arcMinuteHeight": 216, "canRotate": False, "canResize": False}
        ],
        "mode": "HUB",
        "shape": "RECTANGLE",
        "pixelWidth": 1280,
        "pixelHeight": 800,
        "dpi": 213,
        "currentPixelWidth": 1280,
        "currentPixelHeight": 800,
        "touch": ["SINGLE"],
        "video": _CODECS,
    },
    "Viewports": [
        {
            "type": "APL",
            "id": "main",
            **_MODE,
            "presentationType": "STANDARD",
            "configuration": {
                "current": {
                    "mode": "HUB",
                    "video": _CODECS,
                    "size": {"type": "DISCRETE", "pixelWidth": 1280, "pixelHeight": 800},
                }
            },
        }
    ],
}


@dataclass
class Trainee:
    """Somebody whose requests we make; `asked` numbers them, `at` is when the next is said."""

    user: str
    kind: Kind = "small"
    at: datetime = BEGAN
    asked: int = 0

    def says(self, intent: str, slots: dict[str, str] | None = None, after_s: int = 5) -> dict[str, Any]:
        """One request; `LaunchRequest` opens a session."""
        self.at += timedelta(seconds=after_s)
        self.asked += 1
        request = {"type": intent} if intent == "LaunchRequest" else _intent(intent, slots or {})
        request |= {
            "requestId": f"amzn1.echo-api.request.{self.user}.{self.asked}",
            "timestamp": self.at.isoformat().replace("+00:00", "Z"),
            "locale": "en-US",
        }
        return self._envelope(request)

    def works_out(self) -> Iterator[dict[str, Any]]:
        """A workout from the launch to the end of the last set; the ladder is named in the first one only."""
        is_first = self.asked == 0
        yield self.says("LaunchRequest", after_s=3 * 86_400)
        if is_first:
            yield self.says("LadderIntent", LADDER)
        yield self.says("ReadyIntent")
        for reps in SETS:
            yield self.says("LogSetIntent", {"reps": str(reps)}, after_s=150)

    def _envelope(self, request: dict[str, Any]) -> dict[str, Any]:
        application = {"applicationId": SKILL}
        user = {"userId": f"amzn1.ask.account.{self.user}"}
        is_show = self.kind != "small"
        device = {"deviceId": f"amzn1.ask.device.{self.user}"} | DEVICES[self.kind]
        system = {"application": application, "user": user, "device": device}
        if is_show:
            system |= {"apiEndpoint": "https://api.amazonalexa.com", "apiAccessToken": "t" * 800}
        session = {
            "new": request["type"] == "LaunchRequest",
            "sessionId": f"amzn1.echo-api.session.{self.user}",
            "application": application,
            "user": user,
        }
        context = {"System": system} | (SHOW_CONTEXT if is_show else {})
        return {"version": "1.0", "session": session, "context": context, "request": request}


def _intent(name: str, slots: dict[str, str]) -> dict[str, Any]:
    filled = {
        slot: {"name": slot, "value": value, "confirmationStatus": "NONE", "source": "USER"}
        for slot, value in slots.items()
    }
    return {
        "type": "IntentRequest",
        "intent": {"name": name, "confirmationStatus": "NONE", "slots": filled},
        "dialogState": "STARTED",
    }
