"""Signatures, headers, times and bodies: what is wrong with a request although its certificate is Alexa's."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from tests.alexa.verify.pki import sign
from tests.alexa.verify.table import LET_IN, SKILL, Table

URL = ("SignatureCertChainUrl", "{url}")
SIGNATURE = ("Signature-256", "{signature}")


def add_messages(table: Table) -> None:
    _headers(table)
    _signatures(table)
    _signature_forms(table)
    _tampered(table)
    _ages(table)
    _stamps(table)
    _readable(table)
    _unreadable(table)
    _applications(table)


def _headers(table: Table) -> None:
    lower, upper = ("signaturecertchainurl", "{url}"), ("SIGNATURE-256", "{signature}")
    table.add("headers in other cases", headers=[lower, upper])
    table.add("headers among others", headers=[("Host", "x"), URL, ("Signature", "AAAA"), SIGNATURE])
    table.add("no address", "header-missing", headers=[SIGNATURE])
    table.add("no signature", "header-missing", headers=[URL])
    table.add("neither header", "header-missing", headers=[])
    table.add("only the old signature", "header-missing", headers=[URL, ("Signature", "{signature}")])
    table.add("empty address", "header-missing", headers=[("SignatureCertChainUrl", ""), SIGNATURE])
    table.add("empty signature", "header-missing", headers=[URL, ("Signature-256", "")])
    table.add("address twice", "header-twice", headers=[URL, URL, SIGNATURE])
    table.add("address twice, in two cases", "header-twice", headers=[lower, URL, SIGNATURE])
    table.add("signature twice", "header-twice", headers=[URL, SIGNATURE, SIGNATURE])
    table.add(
        "another address first", "header-twice", headers=[("signaturecertchainurl", "x"), URL, SIGNATURE]
    )
    table.add("very long signature", "header-length", signature="A" * 1028)


def _signatures(table: Table) -> None:
    leaf, body = table.pki.leaf.key, table.body()
    pss = leaf.sign(body, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    wrong = {
        "SHA-1": sign(leaf, body, hashes.SHA1()),
        "SHA-512": sign(leaf, body, hashes.SHA512()),
        "PSS padding": pss,
        "the key of another": sign(table.pki.stranger.key, body),
        "the key of the authority": sign(table.pki.between.key, body),
        "another body": sign(leaf, body + b" "),
        "zeros": bytes(256),
        "ones": b"\xff" * 256,
        "one bit turned": bytes([sign(leaf, body)[0] ^ 1]) + sign(leaf, body)[1:],
        "a length of 384": bytes(384),
    }
    for name, made in wrong.items():
        table.add(
            f"signature with {name}", "signature-wrong", body=body, signature=base64.b64encode(made).decode()
        )


def _signature_forms(table: Table) -> None:
    leaf, body = table.pki.leaf.key, table.body()
    good = base64.b64encode(sign(leaf, body)).decode()
    forms = {
        "url-safe base64": "-_" + good[2:],
        "blank inside": good[:8] + " " + good[8:],
        "line break inside": good[:64] + "\n" + good[64:],
        "no padding": good.rstrip("="),
        "too much padding": good + "=",
        "rubbish after it": good + "!",
        "rubbish": "not base64 at all",
        "one byte less": base64.b64encode(sign(leaf, body)[:-1]).decode()[:-4],
        "hexadecimal with its mark": "0x" + sign(leaf, body).hex() + "h",
        "a name before it": "sha256=" + good,
        "a letter outside ASCII": "é" + good[1:],
        "two joined by a comma": f"{good},{good}",
    }
    for name, text in forms.items():
        table.add(f"signature: {name}", "signature-form", body=body, signature=text)


def _tampered(table: Table) -> None:
    body = table.body()
    signature = base64.b64encode(sign(table.pki.leaf.key, body)).decode()
    changes: dict[str, bytes] = {
        "a blank after it": body + b" ",
        "a line break before it": b"\n" + body,
        "a byte order mark": b"\xef\xbb\xbf" + body,
        "the last byte gone": body[:-1],
        "nothing left": b"",
        "written again": json.dumps(json.loads(body), separators=(",", ":")).encode(),
        "keys in another order": json.dumps(json.loads(body), sort_keys=True).encode(),
        "another intent": body.replace(b"LaunchRequest", b"IntentRequest"),
        "another skill": body.replace(b"000000000001", b"000000000002"),
        "a NUL after it": body + b"\0",
        "a second body after it": body + body,
    }
    for place in range(0, len(body), max(1, len(body) // 12)):
        changes[f"bit turned at byte {place}"] = body[:place] + bytes([body[place] ^ 4]) + body[place + 1 :]
    for name, changed in changes.items():
        table.add(f"tampered: {name}", "signature-wrong", body=changed, signature=signature)


def _ages(table: Table) -> None:
    event = "AlexaSkillEvent.SkillDisabled"
    for age, expected in (
        (0, LET_IN),
        (60, LET_IN),
        (120, LET_IN),
        (155, "stale"),
        (3000, "stale"),
        (9e6, "stale"),
    ):
        table.add(f"{age:.0f} s old", expected, body=table.body(age_s=age))
    for ahead, expected in ((60, LET_IN), (140, LET_IN), (165, "future"), (3000, "future"), (9e6, "future")):
        table.add(f"{ahead:.0f} s ahead", expected, body=table.body(age_s=-ahead))
    for age, expected in (
        (100, LET_IN),
        (155, LET_IN),
        (3000, LET_IN),
        (3500, LET_IN),
        (3700, "stale"),
        (-3000, "future"),
    ):
        table.add(f"skill event {age} s old", expected, body=table.body(event, age))
    table.add("late, but no skill event", "stale", body=table.body("AlexaSkillEventX.SkillDisabled", 3000))


def _stamps(table: Table) -> None:
    forms: dict[str, tuple[object, str]] = {
        "with an offset": ((table.now + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S+02:00"), LET_IN),
        "with milliseconds": (table.now.strftime("%Y-%m-%dT%H:%M:%S.123Z"), LET_IN),
        "without a zone": (table.now.strftime("%Y-%m-%dT%H:%M:%S"), "timestamp-form"),
        "as a number": (int(table.now.timestamp() * 1000), LET_IN),
        "as a number of seconds": (int(table.now.timestamp()), LET_IN),
        "as an old number": (int(table.now.timestamp() * 1000) - 3_600_000, "stale"),
        "as a number beyond all years": (10**18, "timestamp-form"),
        "as a truth": (True, "timestamp-form"),
        "as null": (None, "timestamp-form"),
        "empty": ("", "timestamp-form"),
        "a list": ([table.now.strftime("%Y-%m-%dT%H:%M:%SZ")], "timestamp-form"),
        "a day alone": (table.now.strftime("%Y-%m-%d"), "timestamp-form"),
        "no date": ("now", "timestamp-form"),
        "February 30": ("2026-02-30T00:00:00Z", "timestamp-form"),
        "the end of time": ("9999-12-31T23:59:59-23:59", "timestamp-form"),
    }
    for name, (written, expected) in forms.items():
        request = table.envelope()["request"] | {"timestamp": written}
        table.add(f"timestamp {name}", expected, body=table.body(request=request))
    table.add("no timestamp", "timestamp-form", body=table.body(request={"type": "LaunchRequest"}))
    table.add("no request", "timestamp-form", body=table.body(request=None))
    table.add("request is a list", "timestamp-form", body=table.body(request=[]))
    table.add("no type", "body-shape", body=table.body(request=table.envelope()["request"] | {"type": None}))


def _readable(table: Table) -> None:
    nested: object = "deep"
    for _ in range(30):
        nested = [nested]
    table.add("unknown fields", body=table.body(future={"a": [1, 2.5, None, True]}, other="x"))
    table.add(
        "names outside ASCII", body=json.dumps(table.envelope(name="Zoë 🦵"), ensure_ascii=False).encode()
    )
    table.add("escaped surrogate pair", body=json.dumps(table.envelope(name="🦵")).encode())
    table.add("blanks round it", body=b"\r\n " + table.body() + b"\t\n")
    table.add("nested 31 deep", body=table.body(deep=nested))
    table.add("as large as is read", body=table.body(filling="x" * 250_000))
    table.add("whole numbers of 64 bits", body=table.body(number=2**63 - 1))


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a half surrogate": (lambda b: b[:-1] + b', "a": "\\ud83e"}', "body-text"),
    "an escaped NUL": (lambda b: b[:-1] + b', "a": "\\u0000"}', "body-text"),
    "no UTF-8": (lambda b: b[:-1] + b', "a": "\xe9"}', "body-text"),
    "UTF-16": (lambda b: b.decode().encode("utf-16"), "body-text"),
    "a byte order mark": (lambda b: b"\xef\xbb\xbf" + b, "body-json"),
    "a name twice": (lambda b: b[:-1] + b', "version": "2.0"}', "body-json"),
    "an object twice": (lambda b: b[:-1] + b', "request": {}}', "body-json"),
    "NaN": (lambda b: b[:-1] + b', "a": NaN}', "body-number"),
    "Infinity": (lambda b: b[:-1] + b', "a": -Infinity}', "body-number"),
    "1e999": (lambda b: b[:-1] + b', "a": 1e999}', "body-number"),
    "a number of 5,000 digits": (lambda b: b[:-1] + b', "a": ' + b"9" * 5000 + b"}", "body-number"),
    "nesting of 33": (lambda b: b[:-1] + b', "a": ' + b"[" * 33 + b"]" * 33 + b"}", "body-depth"),
    "nesting of 100,000": (
        lambda b: b[:-1] + b', "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "body-depth",
    ),
    "a comma too many": (lambda b: b[:-1] + b",}", "body-json"),
    "single quotes": (lambda b: b.replace(b'"', b"'"), "body-json"),
    "two objects": (lambda b: b + b, "body-json"),
    "a line break in a string": (lambda b: b[:-1] + b', "a": "\n"}', "body-json"),
    "a list round it": (lambda b: b"[" + b + b"]", "body-shape"),
    "a string": (lambda b: b'"text"', "body-shape"),
    "null": (lambda b: b"null", "body-shape"),
    "XML": (lambda b: b"<request/>", "body-json"),
    "nothing": (lambda b: b"", "body-json"),
    "too much": (lambda b: b + b" " * 262_144, "body-size"),
}


def _unreadable(table: Table) -> None:
    for name, (change, expected) in SPOILT.items():
        table.add(f"signed body: {name}", expected, body=change(table.body()))


def _applications(table: Table) -> None:
    def session(skill: object) -> dict[str, object]:
        return {"application": {"applicationId": skill}}

    table.add("session for the skill too", body=table.body(session=session(SKILL)))
    table.add("session is null", body=table.body(session=None))
    wrong: dict[str, dict[str, object]] = {
        "another skill": {"context": {"System": session(SKILL[:-1] + "2")}},
        "the id in capitals": {"context": {"System": session(SKILL.upper())}},
        "the id and a blank": {"context": {"System": session(SKILL + " ")}},
        "the id in a list": {"context": {"System": session([SKILL])}},
        "an empty id": {"context": {"System": session("")}},
        "no id": {"context": {"System": {}}},
        "no context": {"context": None},
        "context of words": {"context": "System"},
        "another skill in the session": {"session": session(SKILL[:-1] + "2")},
        "ours in the session, another in the context": {
            "context": {"System": session("amzn1.ask.skill.other")},
            "session": session(SKILL),
        },
    }
    for name, changes in wrong.items():
        table.add(f"application: {name}", "application", body=table.body(**changes))
