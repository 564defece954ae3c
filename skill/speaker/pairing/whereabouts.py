"""By which names and addresses the home network reaches this machine, now: the only ones that the door answers to."""

import socket
import time
from collections.abc import Callable
from typing import Final

NAME: Final = "glute-coach.local"
LOOKED_AT_S: Final = 10.0
_ANYWHERE: Final = ("10.255.255.255", 9)
"""Never sent to: the machine only says which of its addresses it would send from."""


def home_address() -> str:
    """This machine's address in the home network; its own loopback where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(_ANYWHERE)
            return str(line.getsockname()[0])
        except OSError:
            return "127.0.0.1"


class Whereabouts:
    """The names and addresses of the port where the home's door listens; `address` finds this machine's.

    Further `names` are each `name` or `name:port`, where a proxy on this machine has one.
    """

    def __init__(
        self, port: int, names: tuple[str, ...] = (), address: Callable[[], str] = home_address
    ) -> None:
        self.port = port
        self._names = names
        self._find = address
        self._address = address()
        self._looked_at_s = time.monotonic()

    @property
    def address(self) -> str:
        """This machine's address in the home network."""
        if time.monotonic() - self._looked_at_s > LOOKED_AT_S:
            self.look()
        return self._address

    def look(self) -> None:
        """Find the address again, now."""
        self._address, self._looked_at_s = self._find(), time.monotonic()

    def signed_for(self) -> tuple[str, ...]:
        """What the certificate names."""
        return tuple(dict.fromkeys((NAME, self.address, "127.0.0.1", "localhost")))

    def hosts(self) -> frozenset[str]:
        """The exact values of `Host` that are answered."""
        own = {f"{each}:{self.port}" for each in self.signed_for()}
        plain = set(self.signed_for()) if self.port == 443 else set()
        return frozenset(own | plain | set(self._names))

    @property
    def url(self) -> str:
        """The address to open on a phone: the first further name, for which its certificate holds; else numbers."""
        return f"https://{self._names[0] if self._names else self._numbers}"

    @property
    def plain_url(self) -> str:
        """The address over plain HTTP, for a phone that does not trust the authority yet."""
        return f"http://{self.address}:{self.port}"

    @property
    def _numbers(self) -> str:
        return self.address if self.port == 443 else f"{self.address}:{self.port}"
