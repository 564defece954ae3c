"""The programs of a house under test: the coach of this tree, and whatever else answers over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Final

TREE: Final = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Program:
    """A program that is started, asked whether it is up (over HTTP, or by a port alone), and stopped by its own pid."""

    def __init__(
        self, command: list[str], up: str | int, log: Path, env: dict[str, str] | None = None
    ) -> None:
        self._command, self._up, self._log, self._env = command, up, log, env
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, cwd=self._log.parent, env=self._env
            )
        until = time.monotonic() + 180
        while True:
            try:
                self._ask()
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{self._command[0]} did not come up: {self.log[-3000:]}") from None
                time.sleep(0.3)

    def _ask(self) -> None:
        if isinstance(self._up, int):
            socket.create_connection(("127.0.0.1", self._up), 5).close()
        else:
            urllib.request.urlopen(self._up, timeout=5).close()

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")


def glute_coach(*words: str) -> tuple[list[str], dict[str, str]]:
    """The command of this tree as it is started, and its environment."""
    start = "import sys; from skill.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, *words], os.environ | {"PYTHONPATH": str(TREE)}


class Coach(Program):
    """The coach of this tree as `glute-coach serve --api`."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        command, env = glute_coach("serve", "--api", "--port", str(self.port), "--db", "coach.db")
        super().__init__(command, f"http://127.0.0.1:{self.port}/healthz", folder / "coach.log", env)

    @property
    def token(self) -> str:
        return (self.folder / "coach.db.token").read_text().strip()


class Wyoming(Program):
    """The coach of this tree as `glute-coach wyoming`: ears, mind and voice without an integration."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        uri = f"tcp://127.0.0.1:{self.port}"
        command, env = glute_coach("wyoming", "--uri", uri, "--db", "wyoming.db")
        super().__init__(command, self.port, folder / "wyoming.log", env)
