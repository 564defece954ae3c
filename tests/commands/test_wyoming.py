import signal
import socket
import sys
from pathlib import Path

import pytest
import yaml

from skill.cli import main
from tests.commands.interruptible import started


def test_the_sentence_file_is_printed_for_home_assistant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wyoming", "--sentences"]) == 0
    printed = yaml.load(capsys.readouterr().out, yaml.CSafeLoader)
    assert printed["language"] == "en"
    assert "that {hurting}" in printed["intents"]["PainIntent"]["data"][0]["sentences"]
    assert "hurts" in [
        each["in"] if isinstance(each, dict) else each for each in printed["lists"]["hurting"]["values"]
    ]


def test_a_missing_protocol_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "skill.speaker.satellite.server", raising=False)
    monkeypatch.setitem(sys.modules, "wyoming.asr", None)
    assert main(["wyoming"]) == 1
    assert "pip install 'hands-free-band-coach[wyoming" in capsys.readouterr().err


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "import sys; from skill.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", start, "wyoming", "--uri", f"tcp://127.0.0.1:{port}", "--db", "coach.db"]
    serving = started(command, cwd=tmp_path)
    assert serving.stdout is not None
    try:
        told = [serving.stdout.readline(), serving.stdout.readline()]
        assert f"listens for Home Assistant: tcp://127.0.0.1:{port}" in told[1], told
    finally:
        serving.send_signal(signal.SIGINT)
        assert serving.wait(60) == 130
        serving.stdout.close()


@pytest.mark.parametrize("uri", ["foo", "tcp://", "http://127.0.0.1:80", "tcp://127.0.0.1"])
def test_an_address_that_is_none_is_refused_before_anything_is_loaded(
    uri: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["wyoming", "--uri", uri])
    assert "write tcp://ADDRESS:PORT or unix://PATH" in capsys.readouterr().err
