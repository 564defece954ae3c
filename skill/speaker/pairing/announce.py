"""The coach's name and doors in the home network (mDNS), so that nobody has to know an address."""

import socket
from typing import Any

from skill.speaker.pairing.whereabouts import NAME

PHONES = "_https._tcp.local."
"""The door for paired phones."""
PROGRAMS = "_glute-coach._tcp.local."
"""The API, which Home Assistant's integration looks for (its manifest.json)."""


class Announced:
    """Tells the network that `glute-coach.local` is this machine and has a door of this kind, until it is closed.

    Raises ImportError: the extra `home` is not installed; OSError: there is no network to tell.
    """

    def __init__(self, address: str, port: int, kind: str = PHONES) -> None:
        from zeroconf import Zeroconf

        self._network = Zeroconf(interfaces=[address])
        self._told = self._service(address, port, kind)
        self._network.register_service(self._told, allow_name_change=True)

    def close(self) -> None:
        """Take the name back."""
        self._network.close()

    def _service(self, address: str, port: int, kind: str) -> Any:
        from zeroconf import ServiceInfo

        addresses = [socket.inet_aton(address)]
        return ServiceInfo(kind, f"Glute coach.{kind}", port, addresses=addresses, server=f"{NAME}.")
