"""The whole endpoint, asked with requests that are signed as Alexa signs hers."""

import base64
import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

from skill.alexa.verify import Verifier
from skill.app import App, Settings
from skill.web import create_app
from tests.alexa.verify.pki import sign
from tests.alexa.verify.table import SKILL, Table, stamp


class Door:
    """The whole endpoint with a certificate host of the test's; `fetched` is what that was asked for."""

    def __init__(self, table: Table, coach: App, chain: bytes | None = None) -> None:
        self.fetched: list[str] = []
        self.table = table
        self.chain = table.pki.chain if chain is None else chain
        ours = partial(Verifier, fetch=self._fetch, roots=[table.pki.root.certificate])
        self.app = create_app(Settings(skill_ids=(SKILL,)), coach=coach, verifier=ours)
        self.client = self.app.test_client()
        self.asked = 0

    def _fetch(self, path: str) -> bytes:
        self.fetched.append(path)
        return self.chain if path == "/echo.api/a.pem" else b"<Error>NoSuchKey</Error>"

    def body(self, user: str = "amzn1.ask.account.A", **changes: Any) -> bytes:
        """A launch, different from all before."""
        self.asked += 1
        envelope = self.table.envelope()
        envelope["request"]["requestId"] = f"amzn1.echo-api.request.{self.asked}"
        envelope["request"]["timestamp"] = stamp(datetime.now(UTC))
        envelope["context"]["System"]["user"] = {"userId": user}
        envelope["request"] |= changes
        return json.dumps(envelope).encode()

    def post(self, body: bytes, file: str = "a.pem", **options: Any) -> Any:
        """Post a body, signed by Alexa."""
        signature = base64.b64encode(sign(self.table.pki.leaf.key, body)).decode()
        url = f"https://s3.amazonaws.com/echo.api/{file}"
        headers = {"SignatureCertChainUrl": url, "Signature-256": signature} | options.pop("headers", {})
        request = {"data": body, "content_type": "application/json"} | options
        return self.client.open("/alexa", headers=headers, **({"method": "POST"} | request))
