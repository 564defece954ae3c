"""A real Home Assistant, headless, with the integration of this tree, and a coach of this tree that it talks to.

The virtual environment (1 GB, some minutes to build) lies outside the tree and is kept; `build` makes it if need be.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final

TREE: Final = Path(__file__).parents[2]
RELEASE: Final = "2025.4.4"
NEEDS: Final = (
    f"homeassistant=={RELEASE}",
    "home-assistant-frontend==20250411.0",
    "home-assistant-intents==2025.3.28",
    "hassil==2.2.3",
    "pymicro-vad==1.0.1",
    "pyspeex-noise==1.0.2",
    "mutagen==1.47.0",
    "imageio-ffmpeg",
    "zlib_ng",
    "isal",
    "ha-ffmpeg==3.2.2",
    "PyTurboJPEG==1.7.5",
)
"""What pip would fetch at the start; `--skip-pip` leaves it to us."""
CONFIGURATION: Final = """
homeassistant: {{name: Home of the tests, time_zone: UTC, internal_url: "http://127.0.0.1:{port}"}}
http: {{server_host: 127.0.0.1, server_port: {port}}}
frontend:
api:
websocket_api:
config:
conversation:
assist_pipeline:
assist_satellite:
fake_satellite:
diagnostics:
logger: {{default: warning}}
"""


def environment() -> Path:
    """Where the virtual environment lies, or is to lie."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    default = cache / "glute-coach" / f"ha-{RELEASE}"
    return Path(os.environ.get("GLUTE_COACH_HOME_ASSISTANT", default))


def python() -> str | None:
    """A Python 3.13, which this release of Home Assistant needs: the one that is named, else the one on the path."""
    return os.environ.get("GLUTE_COACH_PYTHON_313") or shutil.which("python3.13")


def build() -> Path:
    """The virtual environment, made if it is not there.

    Raises:
        RuntimeError: there is no Python 3.13 to make it with.
    """
    folder = environment()
    if (folder / "ready").is_file():
        return folder
    with_python = python()
    if with_python is None:
        raise RuntimeError(
            f"Home Assistant {RELEASE} needs Python 3.13: put it on the path, or name it in GLUTE_COACH_PYTHON_313"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([with_python, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin" / "pip"), "install", "-q", *NEEDS], check=True)
    found = next((folder / "lib").glob("python*/site-packages/imageio_ffmpeg/binaries/ffmpeg*"))
    (folder / "bin" / "ffmpeg").symlink_to(found)
    (folder / "ready").touch()
    return folder


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Program:
    """A program that is started, asked over HTTP whether it is up, and stopped by its own pid."""

    def __init__(self, command: list[str], up: str, log: Path, env: dict[str, str] | None = None) -> None:
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
                urllib.request.urlopen(self._up, timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"{self._command[0]} did not come up: {self.log[-3000:]}") from None
                time.sleep(0.3)

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


class Coach(Program):
    """The coach of this tree as `glute-coach serve --api`."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        start = "import sys; from skill.cli import main; sys.exit(main())"
        command = [
            sys.executable,
            "-c",
            start,
            "serve",
            "--api",
            "--port",
            str(self.port),
            "--db",
            "coach.db",
        ]
        env = os.environ | {"PYTHONPATH": str(TREE)}
        super().__init__(command, f"http://127.0.0.1:{self.port}/healthz", folder / "coach.log", env)

    @property
    def token(self) -> str:
        return (self.folder / "coach.db.token").read_text().strip()


class Home(Program):
    """Home Assistant with the integration and a satellite that is none, onboarded and logged in."""

    def __init__(self, folder: Path) -> None:
        self.port, self.config = free_port(), folder / "config"
        venv = build()
        (self.config / "custom_components").mkdir(parents=True)
        shutil.copytree(TREE / "custom_components/glute_coach", self.config / "custom_components/glute_coach")
        shutil.copytree(
            TREE / "tests/home_assistant/fake_satellite", self.config / "custom_components/fake_satellite"
        )
        (self.config / "configuration.yaml").write_text(CONFIGURATION.format(port=self.port))
        env = os.environ | {"PATH": f"{venv / 'bin'}:{os.environ['PATH']}"}
        env.pop("PYTHONPATH", None)
        command = [str(venv / "bin" / "hass"), "--skip-pip", "-c", str(self.config)]
        super().__init__(command, f"http://127.0.0.1:{self.port}/api/", folder / "home.log", env)
        self._token = ""

    def onboard(self) -> None:
        """Make the owner and log in."""
        client = f"http://127.0.0.1:{self.port}/"
        who = {"name": "Anna", "username": "anna", "password": "secret-of-the-tests", "language": "en"}
        code = self.ask("POST", "/api/onboarding/users", who | {"client_id": client})["auth_code"]
        form = f"grant_type=authorization_code&code={code}&client_id={client}".encode()
        request = urllib.request.Request(f"{client}auth/token", form)
        with urllib.request.urlopen(request, timeout=30) as answer:
            self._refresh = json.load(answer)["refresh_token"]
        self.log_in()

    def log_in(self) -> None:
        """A fresh token for a login that outlives a restart."""
        client = f"http://127.0.0.1:{self.port}/"
        form = f"grant_type=refresh_token&refresh_token={self._refresh}&client_id={client}".encode()
        with urllib.request.urlopen(f"{client}auth/token", form, timeout=30) as answer:
            self._token = json.load(answer)["access_token"]
        until = time.monotonic() + 60
        while self.ask("GET", "/api/config")["state"] != "RUNNING" and time.monotonic() < until:
            time.sleep(0.3)

    @property
    def token(self) -> str:
        return self._token

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as fault:
            raise RuntimeError(f"{method} {path}: {fault.code} {fault.read().decode()}") from fault

    def add_coach(self, coach: Coach) -> dict[str, Any]:
        """The integration's own flow, with address and token."""
        flow = self.ask("POST", "/api/config/config_entries/flow", {"handler": "glute_coach"})
        given = {"url": f"http://127.0.0.1:{coach.port}", "token": coach.token}
        done: dict[str, Any] = self.ask("POST", f"/api/config/config_entries/flow/{flow['flow_id']}", given)
        return done

    def assign(self, entry: str, who: dict[str, str]) -> Any:
        """The options: who trains where."""
        flow = self.ask("POST", "/api/config/config_entries/options/flow", {"handler": entry})
        return self.ask("POST", f"/api/config/config_entries/options/flow/{flow['flow_id']}", who)

    def state(self, entity: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("GET", f"/api/states/{entity}")
        return found

    def do(self, service: str, **data: Any) -> Any:
        domain, _, name = service.partition(".")
        return self.ask("POST", f"/api/services/{domain}/{name}", data)


class Pipelines:
    """Assist pipelines of one Home Assistant, by its websocket."""

    def __init__(self, home: Home) -> None:
        command = [str(environment() / "bin" / "python"), str(Path(__file__).with_name("pipelines.py"))]
        address = f"http://127.0.0.1:{home.port}"
        self._process = subprocess.Popen(
            [*command, address, home.token], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.devices: dict[str, str] = self._answer()["devices"]

    def say(self, text: str, room: str, *, sound: bool = False) -> dict[str, Any]:
        """One turn through the pipeline, as a satellite's device would have it."""
        assert self._process.stdin is not None
        asked = {"text": text, "device": self.devices[room], "sound": sound}
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the pipelines ended; what they said stands above")
        answer: dict[str, Any] = json.loads(line)
        return answer
