"""The whole endpoint under fire: what must hold of every single answer, whatever was asked."""

import copy
import io
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

from skill.alexa.verify import Verifier
from skill.app import App, Settings, build
from skill.store.base import Body, Conflict, Document, Form, Stored
from skill.store.encoding import DOCUMENTS, FAST, PLAIN_BYTES, from_body
from skill.web import create_app
from tests.alexa.verify.table import SKILL, Table
from tests.fuzz import grammar
from tests.trainee import Trainee

ENVIRON: dict[str, Any] = {
    "REQUEST_METHOD": "POST",
    "SCRIPT_NAME": "",
    "PATH_INFO": "/alexa",
    "QUERY_STRING": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "localhost",
    "REMOTE_ADDR": "127.0.0.1",
    "CONTENT_TYPE": "application/json",
    "wsgi.url_scheme": "http",
    "wsgi.errors": io.StringIO(),
    "wsgi.version": (1, 0),
    "wsgi.multithread": False,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
CHAIN_URL = "https://s3.amazonaws.com/echo.api/a.pem"


class Shelf:
    """A store in memory that keeps documents as text, as every store does, for speed where millions are asked."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Body, int]] = {}
        self.finished: dict[str, list[Body]] = {}

    def load(self, user: str, form: Form = DOCUMENTS) -> Stored:
        body, revision = self.kept.get(user, ("", 0))
        return Stored(form.read(body) if body else None, revision)

    def save(
        self,
        user: str,
        document: Any,
        revision: int,
        finished: Sequence[Any] = (),
        form: Form = DOCUMENTS,
    ) -> int:
        if self.kept.get(user, ("", 0))[1] != revision:
            raise Conflict
        self.kept[user] = (form.write(document, PLAIN_BYTES, FAST), revision + 1)
        self.finished.setdefault(user, []).extend(form.write(one, PLAIN_BYTES, FAST) for one in finished)
        return revision + 1

    def workouts(self, user: str) -> list[Document]:
        return [from_body(one) for one in reversed(self.finished.get(user, []))]

    def forget(self, user: str) -> None:
        self.kept.pop(user, None)
        self.finished.pop(user, None)

    def users(self) -> Iterator[str]:
        return iter(list(self.kept))

    def close(self) -> None:
        """Nothing to give back."""


class _Faults(logging.Handler):
    """Collects what the skill logs as its own fault, which an apology hides from the status."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class Endpoint:
    """The endpoint twice over one store: as the internet sees it, verified, and as this machine does, unverified.

    A trainee, whose user id no fuzzed request bears with a right signature, has a workout half done;
    nothing may touch it.
    """

    def __init__(self, store: Any | None = None) -> None:
        self.coach: App = build(Settings(skill_ids=(SKILL,)))
        self.coach.store = Shelf() if store is None else store
        self.trainee = Trainee(self.coach)
        self._train()
        table = Table(datetime.now(UTC).replace(microsecond=0))

        def verifier(ids: Sequence[str], **options: Any) -> Verifier:
            roots = [table.pki.root.certificate]
            return Verifier(ids, fetch=lambda _: table.pki.chain, roots=roots, **options)

        self.verified = create_app(Settings(skill_ids=(SKILL,)), coach=self.coach, verifier=verifier).wsgi_app
        self.local = create_app(verify=False, coach=self.coach).wsgi_app
        self._faults = _Faults()
        logging.getLogger("skill").addHandler(self._faults)
        self.asked = 0

    def _train(self) -> None:
        for words in (
            "start glute workout",
            "yellow, red and green",
            "ready",
            "I can't do any more",
            "13",
            "yes",
        ):
            self.trainee.say(words, after=90)
        self.before = self._record()
        assert self.before[0] is not None

    def _record(self) -> Any:
        user = self.trainee.user
        return copy.deepcopy((self.coach.store.load(user).document, self.coach.store.workouts(user)))

    def post(self, app: Any, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """One request, straight into the WSGI application; its status and body."""
        environ = ENVIRON | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)} | headers
        status: list[str] = []
        answer = b"".join(app(environ, lambda line, *_: status.append(line)))
        self.asked += 1
        return int(status[0][:3]), answer

    def local_answer_holds(self, body: bytes) -> int:
        """Ask as this machine: no fault, a whole answer, and the trainee's record as it was; the status."""
        status, answer = self.post(self.local, body, {})
        assert status < 500, (status, body)
        assert not self._faults.records, (body, self._faults.records[0].getMessage())
        if status == 200:
            check_speech(answer)
        return status

    def forgery_is_refused(self, body: bytes, signature: str, url: str = CHAIN_URL) -> None:
        """Ask as the internet, unsigned or with a signature of nobody's: an empty refusal."""
        headers = {"HTTP_SIGNATURECERTCHAINURL": url, "HTTP_SIGNATURE_256": signature}
        status, answer = self.post(
            self.verified, body, {name: text for name, text in headers.items() if text}
        )
        assert (400 <= status < 500, answer) == (True, b""), (status, answer, body)

    def forget_strangers(self) -> None:
        """Let go of everybody but the trainee, or a long run ends in a full memory."""
        for user in self.coach.store.users():
            if user != self.trainee.user:
                self.coach.store.forget(user)

    def record_is_untouched(self) -> None:
        assert self._record() == self.before


def check_speech(answer: bytes) -> None:
    """What is spoken is SSML of our own making: well-formed, with no element that we do not use."""
    parsed = json.loads(answer)
    said = (parsed.get("response") or {}).get("outputSpeech")
    if said:
        root = ElementTree.fromstring(said["ssml"])
        assert {each.tag for each in root.iter()} <= {
            "speak",
            "break",
            "prosody",
            "emphasis",
            "s",
            "p",
            "audio",
        }
        assert all("evil" not in each.get("src", "") for each in root.iter("audio"))


def forge(random: Random) -> tuple[str, str]:
    """A signature and an address as an attacker without Amazon's key can make them."""
    signature = random.choice(
        ["", "AAAA" * 86, "AAAA" * 85 + "AA==", "A" * 342 + "==", "not base64", "=" * 344]
    )
    urls = [CHAIN_URL, CHAIN_URL, "", "https://evil.example/echo.api/a", random.choice(grammar.INJECTIONS)]
    return signature, random.choice(urls)


def one_body(endpoint: Endpoint, random: Random) -> None:
    """One made body, asked as this machine, and some forgeries of it, asked as the internet; all that has to hold."""
    body = grammar.body(random)
    if endpoint.trainee.user.encode() not in body:
        endpoint.local_answer_holds(body)
    for _ in range(4):
        endpoint.forgery_is_refused(grammar.mangled(random, body), *forge(random))


CORPUS = Path(__file__).parent / "corpus"
