"""The nursery from the test's side: begin lives, end them, and send to whoever lives."""

import os
import signal
import subprocess
import sys
from pathlib import Path

TREE = Path(__file__).parents[2]


class Lives:
    def __init__(self, address: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", address],
            cwd=TREE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        self.living: list[int] = []

    def begin(self) -> int:
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.living.append(int(self._process.stdout.readline()))
        return self.living[-1]

    def kill(self, pid: int) -> None:
        self.living.remove(pid)
        os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        for pid in list(self.living):
            self.kill(pid)
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(60)
