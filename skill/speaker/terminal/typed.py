"""What is typed, line by line, while something else goes on: a thread reads, the conversation asks."""

import queue
import threading
from typing import TextIO


class Typed:
    """Lines of a text stream. None is the end of it."""

    def __init__(self, stream: TextIO) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._waiting: list[str | None] = []
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def line(self) -> str | None:
        """The next line without its end, however long it takes; None at the end of the stream, ever after."""
        line = self._waiting.pop() if self._waiting else self._lines.get()
        if line is None:
            self._waiting.append(None)
        return line

    def is_there_within(self, seconds: float) -> bool:
        """Whether something is typed (or the stream ends) before so many seconds have gone by."""
        if not self._waiting:
            try:
                self._waiting.append(self._lines.get(timeout=max(0.0, seconds)))
            except queue.Empty:
                return False
        return True

    def _read(self, stream: TextIO) -> None:
        for line in stream:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)
