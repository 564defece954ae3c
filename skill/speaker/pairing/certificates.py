"""What the home's door shows a browser: a certificate of the coach's own authority, or one of one's own."""

import logging
import ssl
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from cryptography import x509

from skill.speaker.pairing.authority import Signed, authority_in, certificate_in

LOG: Final = logging.getLogger(__name__)
LOOKED_AT_S: Final = 30.0


class UnfitCertificate(ValueError):
    """A certificate of one's own that cannot be used; the message says why."""


def _now() -> datetime:
    return datetime.now(UTC)


class OfOurAuthority:
    """Certificates that renew themselves, before they expire and when an address changes.

    `names` gives the names and addresses by which this machine is reached now.
    """

    def __init__(self, folder: Path, names: Callable[[], Sequence[str]]) -> None:
        self._folder, self._names = folder, names
        self._lock = Lock()
        self._shown: Signed | None = None
        self._context: ssl.SSLContext | None = None
        self._looked_at_s = 0.0
        self.authority: Signed = authority_in(folder, names(), _now())
        self.renew()

    def context(self) -> ssl.SSLContext:
        """How to speak TLS with whoever connects now."""
        with self._lock:
            if self._context is None or time.monotonic() - self._looked_at_s > LOOKED_AT_S:
                return self._renewed()
            return self._context

    def renew(self) -> None:
        """Look now whether names have changed or the certificate is to be renewed."""
        with self._lock:
            self._renewed()

    def _renewed(self) -> ssl.SSLContext:
        names, now = self._names(), _now()
        self.authority = authority_in(self._folder, names, now)
        signed = certificate_in(self._folder, self.authority, names, now)
        if self._context is None or signed != self._shown:
            self._shown = signed
            self._context = context_of(self._folder / "server.pem")
        self._looked_at_s = time.monotonic()
        return self._context


class OfOnesOwn:
    """A certificate and key of one's own; read again when their files change.

    Raises UnfitCertificate: they are no pair, cannot be read, or have expired.
    """

    authority: None = None

    def __init__(self, certificate: Path, key: Path) -> None:
        self._files = certificate, key
        self._shown = self._refused = self._stamp()
        self._looked_at_s = 0.0
        self._context = self._read()

    def context(self) -> ssl.SSLContext:
        """How to speak TLS with whoever connects now.

        A renewal that cannot be used is told once and leaves the old one; it is tried again, for what is wrong with it
        (who may read it, the other file) may be put right without a change of the files' times.
        """
        stamp, now_s = self._stamp(), time.monotonic()
        if stamp != self._shown and (stamp != self._refused or now_s - self._looked_at_s > LOOKED_AT_S):
            self._looked_at_s = now_s
            try:
                self._context, self._shown = self._read(), stamp
            except UnfitCertificate as fault:
                if stamp != self._refused:
                    LOG.warning("The certificate from before is shown on: %s", fault)
                self._refused = stamp
        return self._context

    def renew(self) -> None:
        """Nothing: whoever made it renews it."""

    def _stamp(self) -> tuple[int, ...]:
        try:
            return tuple(each.stat().st_mtime_ns for each in self._files)
        except OSError:
            return ()

    def _read(self) -> ssl.SSLContext:
        certificate, key = self._files
        try:
            context = context_of(certificate, key)
            ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
        except (OSError, ValueError) as fault:
            raise UnfitCertificate(f"--cert {certificate} and --key {key} cannot be used: {fault}") from None
        if ends < _now():
            raise UnfitCertificate(f"--cert {certificate} expired on {ends:%d %B %Y}: renew it first")
        return context


def context_of(certificate: Path, key: Path | None = None) -> ssl.SSLContext:
    """TLS 1.2 or newer, HTTP/1.1 within."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(certificate, key)
    return context
