"""The coach's name in the home network, asked for by another program."""

import socket
from contextlib import closing

from zeroconf import Zeroconf

from skill.speaker.home.announce import KIND, Announced
from skill.speaker.home.whereabouts import NAME


def test_the_name_leads_to_the_coachs_address_and_port() -> None:
    with closing(Announced("127.0.0.1", 8443)), closing(Zeroconf(interfaces=["127.0.0.1"])) as asking:
        found = asking.get_service_info(KIND, f"Glute coach.{KIND}", timeout=20_000)
    assert found is not None
    assert (found.server, found.port) == (f"{NAME}.", 8443)
    assert found.addresses == [socket.inet_aton("127.0.0.1")]
