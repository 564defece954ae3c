"""The servers behind the stores, started by the tests themselves on loopback and ended with them."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.parts import found, need


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, process: subprocess.Popen, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{process.args} does not listen on port {port} after {seconds} s")


class Postgres:
    """A private cluster in a folder of its own; it refuses to run as root, so then as somebody else."""

    def __init__(self) -> None:
        need("initdb")
        self.bin = found("initdb").parent
        self.folder = Path(tempfile.mkdtemp(prefix="coach-postgres-"))
        self.as_user = {}
        if os.getuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.data = self.folder / "data"
        options = ["-D", str(self.data), "-U", "coach", "--auth=trust", "-E", "UTF8", "--no-sync"]
        self._run(self.bin / "initdb", *options)
        self.port = free_port()
        self.start()

    def _run(self, *command) -> None:
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self.as_user)
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "shared_buffers": "32MB",
            "max_connections": 60,
        }
        command = [self.bin / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, cwd=self.folder, stderr=log, **self.as_user)
        log.close()
        wait_for_port(self.port, self.process)
        ask = [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ask).returncode != 0:
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self, how: int = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown, SIGQUIT the one that looks like a crash."""
        self.process.send_signal(how)
        self.process.wait(60)

    def close(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def conninfo(self, schema: str) -> str:
        options = f"-c%20search_path%3D{schema}"
        return f"postgresql://coach@127.0.0.1:{self.port}/postgres?options={options}"


class Moto:
    """An emulated DynamoDB in a process of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        program = str(Path(__file__).with_name("moto_server.py"))
        command = [sys.executable, "-W", "ignore", program, str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, **quiet)
        wait_for_port(self.port, self.process)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(60)
