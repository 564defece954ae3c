"""The recognisers in a process of their own, with a time limit: no noise from one room holds up the coach elsewhere.

Nor does their work hold up the sound that a server sends meanwhile, as it would within one interpreter.
"""

import contextlib
import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

from skill.speaker.conversation.ears import EarsMissing, Expected
from skill.speaker.hearing.opinions import Recognise, Verdict
from skill.speaker.understanding.understand import by_its_words

LOG: Final = logging.getLogger(__name__)
LIMIT_S: Final = 10.0
"""Seconds for one utterance. A command takes one or two, beside much other work five; what takes longer is none."""
LOAD_S: Final = 180.0
"""Seconds in which the recognisers are loaded, on the slowest machine too. They take four on most."""
UNCLEAR: Final = "(unclear)"
"""Stands for speech that may have been a command: understood as nothing, so that the coach asks again."""

Load = Callable[[], Recognise]


class RecogniserProcess:
    """A recogniser that is called like any other; what takes too long is asked again and the process made anew."""

    def __init__(self, load: Load, limit_s: float = LIMIT_S, load_s: float = LOAD_S) -> None:
        """Start the process and wait until it can hear.

        Args:
            load: opens the recogniser; a function of a module, since another process calls it.
            limit_s: seconds that one utterance may take.
            load_s: seconds that loading the recogniser may take.

        Raises:
            EarsMissing: a package or its model is not there.
        """
        self._load = load
        self._limit_s, self._load_s = limit_s, load_s
        self._turn = threading.Lock()
        self._line, self._process = self._started()
        self._is_ready = False
        try:
            if not self._becomes_ready(load_s):
                raise EarsMissing(
                    f"The coach cannot hear: the recognisers are not loaded after {load_s:.0f} s."
                )
        except EarsMissing:
            self.close()
            raise

    def __call__(self, pcm: bytes, expected: Expected = "", /) -> Verdict:
        """What 16 kHz 16-bit mono audio says; unclear speech, where that cannot be found out in time."""
        found = self._asked("__call__", pcm, expected)
        return found if isinstance(found, Verdict) else Verdict("perhaps", UNCLEAR, by_its_words(UNCLEAR))

    def alike(self, one: str, other: str) -> float:
        """How alike two sentences sound: 1 where they sound the same; 0 where that cannot be found out in time."""
        found = self._asked("alike", one, other)
        return found if isinstance(found, float) else 0.0

    def _asked(self, method: str, *arguments: bytes | str) -> Any:
        """What the recogniser answers; None where it does not in time, and then it starts anew.

        Raises EarsMissing: it could not be loaded again; it is tried once more for the next utterance.
        """
        with self._turn:
            try:
                if self._becomes_ready(self._limit_s):
                    self._line.send((method, arguments))
                    if self._line.poll(self._limit_s):
                        return self._line.recv()
                elif time.monotonic() - self._started_at < self._load_s:
                    return None  # it is being loaded again
            except (EOFError, OSError):
                pass  # the process has ended
            except EarsMissing:
                self._start_anew()
                raise
            LOG.warning("An utterance could not be recognised in time; the recognisers start anew")
            self._start_anew()
            return None

    def close(self) -> None:
        """End the process."""
        self._line.close()
        self._process.kill()
        self._process.join()

    def _start_anew(self) -> None:
        self.close()
        self._is_ready = False
        self._line, self._process = self._started()

    def _started(self) -> tuple[Connection, BaseProcess]:
        self._started_at = time.monotonic()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(self._load, theirs), daemon=True, name="recognisers")
        # Ctrl-C ends the coach, and with it this line; the process inherits from this thread that it does not hear it.
        resource_tracker.ensure_running()  # which would open this thread's ears again
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        theirs.close()
        return ours, process

    def _becomes_ready(self, limit_s: float) -> bool:
        """Whether the recognisers are loaded, or are in this time. Raises EarsMissing: they cannot be."""
        if self._is_ready or not self._line.poll(limit_s):
            return self._is_ready
        try:
            fault = self._line.recv()
        except (EOFError, OSError):
            fault = "The coach cannot hear: the recognisers ended while they were loaded."
        if fault:
            raise EarsMissing(fault)
        self._is_ready = True
        return True


def _serve(load: Load, line: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):  # the coach has ended
        try:
            recognise = load()
        except EarsMissing as fault:
            line.send(str(fault))
            return
        line.send("")
        while True:
            method, arguments = line.recv()
            line.send(getattr(recognise, method)(*arguments))
