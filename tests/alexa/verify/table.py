"""The table of generated requests, good and forged, on which our verifier and others have to agree."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.alexa.verify.pki import Authority, Made, authority, sign

LET_IN = "let-in"
SKILL = "amzn1.ask.skill.00000000-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Served:
    """What the certificate host answers, and how: `drip_s` seconds pass before each of its last `drips` bytes."""

    text: bytes = b""
    status: int = 200
    location: str = ""
    drip_s: float = 0.0
    drips: int = 8
    cut_short: bool = False


@dataclass(frozen=True)
class Case:
    """One request; `expected` is `let-in` or the code of the refusal."""

    name: str
    expected: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    file: str
    served: Served


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Table:
    """Cases as they are added; every one gets a certificate file of its own, as verifiers remember what
    they fetched."""

    now: datetime
    pki: Authority = field(init=False)
    cases: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pki = authority(self.now)

    def envelope(self, kind: str = "LaunchRequest", age_s: float = 0, **changes: Any) -> dict[str, Any]:
        application = {"application": {"applicationId": SKILL}}
        request: dict[str, Any] = {
            "type": kind,
            "requestId": f"amzn1.echo-api.request.{len(self.cases)}",
            "timestamp": stamp(self.now - timedelta(seconds=age_s)),
            "locale": "en-US",
        }
        whole = {"version": "1.0", "context": {"System": application}, "request": request}
        return whole | changes

    def body(self, *arguments: Any, **changes: Any) -> bytes:
        return json.dumps(self.envelope(*arguments, **changes)).encode()

    def add(
        self,
        name: str,
        expected: str = LET_IN,
        *,
        url: str = "https://s3.amazonaws.com/echo.api/{file}",
        served: Served | bytes | None = None,
        signer: Made | None = None,
        body: bytes | None = None,
        signature: str | None = None,
        headers: list[tuple[str, str]] | None = None,
    ) -> None:
        """Add a case; whatever is not given is as Amazon would have it. `{file}`, `{url}`, `{signature}`
        are filled in."""
        file = f"case-{len(self.cases)}.pem"
        body = self.body() if body is None else body
        answer = self.pki.chain if served is None else served
        if signature is None:
            signature = base64.b64encode(sign((signer or self.pki.leaf).key, body)).decode()
        url = url.replace("{file}", file)
        pairs = (
            headers
            if headers is not None
            else [("SignatureCertChainUrl", "{url}"), ("Signature-256", "{signature}")]
        )
        filled = tuple((n, v.replace("{url}", url).replace("{signature}", signature)) for n, v in pairs)
        text = answer if isinstance(answer, Served) else Served(answer)
        self.cases.append(Case(name, expected, filled, body, file, text))
