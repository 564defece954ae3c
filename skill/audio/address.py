"""The address of a count's finished file: the whole script, packed and signed, so that any server can make it.

Nothing is stored. Only who knows the secret can make an address, so nobody can have the server say what they like.
"""

import base64
import hashlib
import hmac
import json
import zlib
from typing import Final
from urllib.parse import urlsplit

from skill.locales.script import Script, SpokenCue

PREFIX: Final = "/audio/"
SUFFIX: Final = ".mp3"
SHORTEST_SECRET: Final = 16
LONGEST_PACKED: Final = 7000
LONGEST_SCRIPT: Final = 100_000
_SIGNATURE: Final = 22


class BadAddress(ValueError):
    """No address that this server made; the message says why, for the log only."""


class AddressRefused(ValueError):
    """The settings cannot serve files; the message says what is wrong with them."""


def https_base(url: str) -> str:
    """The address below which files are fetched, without its last slash.

    Raises AddressRefused: it is no https address.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise AddressRefused(f"{url!r} is no https address: Alexa plays files over HTTPS only")
    return url.rstrip("/")


class Addresses:
    """Addresses under one base URL, signed with one secret."""

    def __init__(self, base_url: str, secret: str) -> None:
        """Check what the deployment gave.

        Raises AddressRefused: the base is no https URL, or the secret is too short to be one.
        """
        base = https_base(base_url)
        if len(secret) < SHORTEST_SECRET:
            raise AddressRefused(
                f"the secret for audio addresses has fewer than {SHORTEST_SECRET} characters"
            )
        self._base = base
        self._key = secret.encode()

    def of(self, script: Script) -> str:
        """The address of the script's file. Raises AddressRefused: the script is too long for an address."""
        packed = _pack(script)
        if len(packed) > LONGEST_PACKED:
            raise AddressRefused(f"a count of {len(script.cues)} words makes too long an address")
        return f"{self._base}{PREFIX}{self._sign(packed)}{packed}{SUFFIX}"

    def script(self, name: str) -> Script:
        """The script of an address's last part. Raises BadAddress: it was not made with this secret."""
        body = name.removesuffix(SUFFIX)
        signature, packed = body[:_SIGNATURE], body[_SIGNATURE:]
        if not name.endswith(SUFFIX) or not body.isascii() or len(packed) > LONGEST_PACKED:
            raise BadAddress("not of an address's form")
        if not hmac.compare_digest(signature, self._sign(packed)):
            raise BadAddress("not signed with this server's secret")
        return _unpack(packed)

    def _sign(self, packed: str) -> str:
        digest = hmac.new(self._key, packed.encode("ascii"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode()[:_SIGNATURE]


def _pack(script: Script) -> str:
    cues = [[cue.at_ms, cue.text, cue.slot_ms, cue.rep, cue.phase] for cue in script.cues]
    plain = json.dumps([script.length_ms, cues], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def _unpack(packed: str) -> Script:
    data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    plain = zlib.decompressobj().decompress(data, LONGEST_SCRIPT)
    length_ms, cues = json.loads(plain)
    return Script(tuple(SpokenCue(*cue) for cue in cues), length_ms)
