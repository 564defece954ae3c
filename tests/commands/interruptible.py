"""A command of ours as a person starts it: Ctrl-C reaches it, even where the tests themselves run in the background."""

import signal
import subprocess
from typing import Any


def started(command: list[Any], **options: Any) -> subprocess.Popen[str]:
    """The command, with its output to read. A shell makes what it runs behind itself deaf to Ctrl-C; this one hears."""
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        **options,
    )
