"""Ctrl-C while a program starts: it ends, also where the code that it fell into took no notice.

Python raises it wherever it is at, and what runs for a module's lock or a dying object ignores whatever is raised.
"""

import signal
import threading
from types import FrameType

_CAME = threading.Event()


def remember() -> None:
    """From here on Ctrl-C is remembered; it is raised as ever. Only a program's main thread hears of it."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupted)


def check() -> None:
    """What starts has started: from here on Ctrl-C is as usual.

    Raises KeyboardInterrupt: it came before, and was ignored.
    """
    if signal.getsignal(signal.SIGINT) is _interrupted:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if _CAME.is_set():
        _CAME.clear()
        raise KeyboardInterrupt


def _interrupted(number: int, frame: FrameType | None) -> None:
    _CAME.set()
    raise KeyboardInterrupt
