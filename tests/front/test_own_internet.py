"""A whole workout by virtual-alexa, signed as Alexa signs, through a skill in which nothing is patched or replaced."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.front.serving import TREE
from tests.parts import missing, need, need_clients


@pytest.fixture(scope="module")
def heard() -> Any:
    """What was heard in a network and a mount namespace of its own (unshare, of util-linux)."""
    need("unshare", "ip")
    need_clients()
    unshare = ["unshare", "--net", "--mount", "--map-root-user"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
        missing("the right to a network of one's own", "run the tests where `unshare --net` is allowed")
    scenes = [*unshare, sys.executable, "-m", "tests.front.own_internet"]
    done = subprocess.run(scenes, cwd=TREE, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.long
def test_a_signed_workout_passes_the_verifier_from_launch_to_goodbye(heard: Any) -> None:
    said = {turn["said"]: turn.get("heard", "") for turn in heard["workout"]}
    assert all(said.values()), heard["workout"]
    assert "Tell me your bands" in said["start"]
    assert "Say ready" in said["yellow red and green"]
    assert "Alexa.Presentation.APLA.RenderDocument" in said["ready"]
    assert "How many" in said["i did 12"]  # nobody does twelve in no time
    assert "Stop there" in said["that hurts"]
    assert heard["ended"] == 0


@pytest.mark.long
@pytest.mark.parametrize("scene", ["unsigned", "tampered", "stranger", "another host"])
def test_what_alexa_did_not_sign_so_is_refused(heard: Any, scene: str) -> None:
    assert "400" in heard[scene]["refused"]


@pytest.mark.long
def test_only_the_two_chains_were_fetched_each_from_the_one_host(heard: Any) -> None:
    assert [host for host, _ in heard["asked"]] == ["s3.amazonaws.com"] * len(heard["asked"])
    assert {path for _, path in heard["asked"]} == {"/echo.api/echo-api-cert.pem", "/echo.api/stranger.pem"}
    assert len(heard["asked"]) == 2
