"""The coach's name and doors in the home network, asked for by another program."""

import argparse
import json
import socket
import threading
from contextlib import closing
from pathlib import Path

import pytest
from zeroconf import ServiceBrowser, ServiceInfo, ServiceStateChange, Zeroconf

from skill.commands.serve import announced
from skill.speaker.pairing.announce import PHONES, PROGRAMS, Announced
from skill.speaker.pairing.whereabouts import NAME
from tests.front.serving import free_port

MANIFEST = Path(__file__).parents[3] / "custom_components" / "glute_coach" / "manifest.json"


def doors(kind: str, port: int, on: str, timeout_s: float) -> list[ServiceInfo]:
    """What the network tells of a door with this port. Other coaches of this machine may be announced, too."""
    found: list[ServiceInfo] = []
    is_found = threading.Event()

    def seen(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        info = None if state_change is ServiceStateChange.Removed else zeroconf.get_service_info(kind, name)
        if info is not None and info.port == port:
            found.append(info)
            is_found.set()

    with closing(Zeroconf(interfaces=[on])) as asking:
        ServiceBrowser(asking, kind, handlers=[seen])
        is_found.wait(timeout_s)
    return found


@pytest.mark.parametrize("kind", [PHONES, PROGRAMS])
def test_the_name_leads_to_the_coachs_address_and_port(kind: str) -> None:
    port = free_port()
    with closing(Announced("127.0.0.1", port, kind)):
        door = doors(kind, port, "127.0.0.1", timeout_s=60)[0]
    assert door.server == f"{NAME}."
    assert socket.inet_aton("127.0.0.1") in door.addresses


def test_home_assistant_looks_for_what_the_coach_announces() -> None:
    assert json.loads(MANIFEST.read_text())["zeroconf"] == [PROGRAMS]


def test_serve_announces_the_api_where_the_network_is_let_in_and_nowhere_else() -> None:
    """Another address of this machine stands for the network."""
    for api, host, is_told in (
        (True, "127.0.0.2", True),
        (True, "127.0.0.1", False),
        (False, "127.0.0.2", False),
    ):
        port = free_port()
        with announced(argparse.Namespace(api=api, host=host), port):
            found = doors(PROGRAMS, port, "127.0.0.2", timeout_s=60 if is_told else 1.5)
        assert bool(found) is is_told
