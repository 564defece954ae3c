"""The coach's name in the home network (mDNS), so that nobody has to know an address."""

import socket
from typing import Any

from skill.speaker.home.whereabouts import NAME

KIND = "_https._tcp.local."


class Announced:
    """Tells the network that `glute-coach.local` is this machine, until it is closed.

    Raises:
        ImportError: the extra `home` is not installed.
        OSError: there is no network to tell.
    """

    def __init__(self, address: str, port: int) -> None:
        from zeroconf import Zeroconf

        self._port = port
        self._network = Zeroconf(interfaces=[address])
        self._told = self._service(address)
        self._network.register_service(self._told, allow_name_change=True)

    def close(self) -> None:
        """Take the name back."""
        self._network.close()

    def _service(self, address: str) -> Any:
        from zeroconf import ServiceInfo

        return ServiceInfo(
            KIND, f"Glute coach.{KIND}", self._port, addresses=[socket.inet_aton(address)], server=f"{NAME}."
        )
