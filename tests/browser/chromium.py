"""Debian's Chromium on the coach's page, driven by playwright-core."""

import contextlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.parts import CLIENTS, need, need_clients

LONGEST_S = 840


def before_others(process: int = 0) -> None:
    """Puts a process (0: this one) before other work of this machine, where that is allowed.

    For what is measured: a sound card has a clock of its own and waits for nobody. Linux shares the processors out by
    session, so that only a real-time priority counts.
    """
    with contextlib.suppress(OSError):
        os.sched_setscheduler(process, os.SCHED_RR, os.sched_param(1))


def session_before_others() -> None:
    """Gives a process about to start a session of its own that goes before the others, where that is allowed."""
    os.setsid()
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text("-10")


def seen(
    script: str,
    *arguments: str,
    environment: dict[str, str] | None = None,
    is_measured: bool = False,
) -> Any:
    """What a Node script of `tests/clients` saw, as it printed it.

    `is_measured`: it goes before other work of this machine.

    Raises:
        RuntimeError: it failed.
    """
    need("chromium")
    need_clients()
    done = subprocess.run(
        ["node", script, *arguments],
        cwd=CLIENTS,
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
        preexec_fn=before_others if is_measured else None,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{script} {' '.join(arguments)}: {done.stderr[-1500:]}")
    return json.loads(done.stdout)
