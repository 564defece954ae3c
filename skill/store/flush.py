"""The log's flush to the disk, taken out of the turn: once an interval, however many saves there were."""

import logging
import os
import threading
from contextlib import suppress
from pathlib import Path


class Flusher:
    """A thread that begins with the first save, so that it lives in the worker and not in its parent."""

    def __init__(self, path: Path, interval_s: float) -> None:
        self._path = path
        self._interval_s = interval_s
        self._starting = threading.Lock()
        self._process = 0

    def saved(self) -> None:
        """Something was written: have it on the disk within the interval."""
        if self._process != os.getpid():
            self._start()
        if not self._unflushed.is_set():
            self._unflushed.set()

    def close(self) -> None:
        """Flush what is left and end the thread."""
        if self._process == os.getpid():
            self._process = 0
            self._closing.set()
            self._unflushed.set()
            self._thread.join()

    def _start(self) -> None:
        with self._starting:
            if self._process == os.getpid():
                return
            self._unflushed = threading.Event()
            self._closing = threading.Event()
            self._thread = threading.Thread(target=self._run, name="store-flush", daemon=True)
            self._thread.start()
            self._process = os.getpid()

    def _run(self) -> None:
        unflushed, closing = self._unflushed, self._closing
        while not closing.is_set():
            unflushed.wait()
            closing.wait(self._interval_s)
            unflushed.clear()
            self._flush()

    def _flush(self) -> None:
        """A log that is gone was folded into the database, which SQLite flushes itself while doing so.

        SQLite holds its locks on the database and the `-shm` file; closing the log here drops none of them.
        """
        with suppress(FileNotFoundError):
            log = os.open(self._path, os.O_RDONLY)
            try:
                os.fsync(log)
            except OSError as fault:
                logging.getLogger(__name__).warning(
                    "flushing %s: %s; the disk may be failing", self._path, fault
                )
            finally:
                os.close(log)
