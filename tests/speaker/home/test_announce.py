"""The coach's name and doors in the home network, asked for by another program."""

import argparse
import json
import socket
from contextlib import closing
from pathlib import Path

import pytest
from zeroconf import Zeroconf

from skill.commands.serve import announced
from skill.speaker.home.announce import PHONES, PROGRAMS, Announced
from skill.speaker.home.whereabouts import NAME

MANIFEST = Path(__file__).parents[3] / "custom_components" / "glute_coach" / "manifest.json"


@pytest.mark.parametrize("kind", [PHONES, PROGRAMS])
def test_the_name_leads_to_the_coachs_address_and_port(kind: str) -> None:
    with closing(Announced("127.0.0.1", 8443, kind)), closing(Zeroconf(interfaces=["127.0.0.1"])) as asking:
        found = asking.get_service_info(kind, f"Glute coach.{kind}", timeout=20_000)
    assert found is not None
    assert (found.server, found.port) == (f"{NAME}.", 8443)
    assert found.addresses == [socket.inet_aton("127.0.0.1")]


def test_home_assistant_looks_for_what_the_coach_announces() -> None:
    assert json.loads(MANIFEST.read_text())["zeroconf"] == [PROGRAMS]


def test_serve_announces_the_api_where_the_network_is_let_in_and_nowhere_else() -> None:
    """Another address of this machine stands for the network."""
    for api, host, is_told in (
        (True, "127.0.0.2", True),
        (True, "127.0.0.1", False),
        (False, "127.0.0.2", False),
    ):
        with (
            announced(argparse.Namespace(api=api, host=host), 8081),
            closing(Zeroconf(interfaces=["127.0.0.2"])) as asking,
        ):
            timeout = 20_000 if is_told else 1_500
            found = asking.get_service_info(PROGRAMS, f"Glute coach.{PROGRAMS}", timeout=timeout)
        assert (found is not None) is is_told
