"""One turn under a stopwatch: how long each part took, which rules spoke, whether anything went wrong.

The watch of the turn at hand belongs to the thread that works on it; rooms that know nothing of logs or metrics
call `current().lap("load")`, and where nobody watches that costs next to nothing.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from time import perf_counter_ns
from typing import Final

PARTS: Final = ("parse", "load", "decide", "save", "render")


class Watch:
    """A turn as it is seen from outside. What was said never comes here, nor an id as it was sent.

    Attributes:
        request: the request's id, shortened to an opaque one.
        user: the user's key; only its keyed hash is ever written (`lines.line_of`).
        intent: what was asked for, one of the coach's own names.
        rules: the ids of the rules that decided.
        conflicts: how often the turn was done again because another device had spoken.
        fault: the kind of the error for which the trainee heard an apology; "" where there was none.
    """

    __slots__ = ("_at", "_ns", "conflicts", "fault", "intent", "request", "rules", "user")

    def __init__(self) -> None:
        self.request = self.user = self.intent = self.fault = ""
        self.rules: list[str] = []
        self.conflicts = 0
        self._ns: dict[str, int] = {}
        self._at = perf_counter_ns()

    def lap(self, part: str) -> None:
        """The time since the last lap belongs to this part."""
        now = perf_counter_ns()
        self._ns[part] = self._ns.get(part, 0) + now - self._at
        self._at = now

    @property
    def ms(self) -> Mapping[str, float]:
        """Milliseconds of every part, to the microsecond."""
        ns = self._ns.get
        return {part: (ns(part, 0) + 500) // 1000 / 1000 for part in PARTS}


_CURRENT: Final[ContextVar[Watch | None]] = ContextVar("watch", default=None)


def begin() -> Watch:
    """A watch for the turn that begins now, in this thread."""
    watch = Watch()
    _CURRENT.set(watch)
    return watch


def current() -> Watch:
    """The watch of the turn at hand; one that nobody reads where none was begun."""
    return _CURRENT.get() or Watch()
