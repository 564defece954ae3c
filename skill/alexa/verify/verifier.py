"""The verifier: everything of this package in its order."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from cryptography.x509 import Certificate

from skill.alexa.verify import body, claims, signature
from skill.alexa.verify.chain import Chain, trusted_roots, verify_chain
from skill.alexa.verify.chains import Chains
from skill.alexa.verify.fetch import fetch_chain
from skill.alexa.verify.headers import Headers, pick
from skill.alexa.verify.refused import Code, Refused
from skill.alexa.verify.replay import Replays
from skill.alexa.verify.urls import path_of


def _never(_envelope: body.Envelope) -> bool:
    return False


class Verifier:
    """Lets Alexa's requests for these skills in, each once, and nobody else's; safe to use from many threads.

    `fetch` gives the text at a path of Amazon's certificate host; certifi's roots are trusted unless others are
    given. `answered` says whether the store still holds the answer to an envelope's request id. Only then may a body
    be heard a second time: it gets that answer, and nothing is counted twice.
    """

    def __init__(
        self,
        application_ids: Iterable[str],
        *,
        fetch: Callable[[str], bytes] = fetch_chain,
        roots: Sequence[Certificate] | None = None,
        answered: Callable[[body.Envelope], bool] = _never,
    ) -> None:
        self._ours = frozenset(application_ids)
        if not self._ours or not all(self._ours):
            raise ValueError("the verifier needs the id of the skill (amzn1.ask.skill...) to compare with")
        self._fetch = fetch
        self._roots = trusted_roots() if roots is None else list(roots)
        self._answered = answered
        self._chains = Chains(self._load)
        self._replays = Replays()

    def verify(self, headers: Headers, raw: bytes, now: datetime, known_only: bool = False) -> body.Envelope:
        """The envelope in a request's body, once everything about the request has been found in order.

        `now` is this machine's clock: the one place where it, and not the request, tells the time. With `known_only`
        no chain is fetched from where no good one lay before; for whoever was refused too often.

        Raises Refused: with the reason; nothing of the body has gone anywhere.
        """
        if len(raw) > body.LARGEST:
            raise Refused(Code.BODY_SIZE)
        url, encoded = pick(headers)
        path, signed = path_of(url), signature.decode(encoded)
        signature.check(self._chains.get(path, now, known_only).key, signed, raw)
        envelope = body.read(raw)
        fresh_until = claims.check_freshness(envelope, now)
        claims.check_application(envelope, self._ours)
        digest = hashlib.sha256(raw).digest()
        if not self._replays.is_first(digest, fresh_until, now) and not self._answered(envelope):
            raise Refused(Code.REPLAY)
        return envelope

    def not_served(self, raw: bytes) -> None:
        """Take back the memory of a body whose turn failed, so that Amazon's next try of it is heard."""
        self._replays.forget(hashlib.sha256(raw).digest())

    def _load(self, path: str, now: datetime) -> Chain:
        return verify_chain(self._fetch(path), self._roots, now)
