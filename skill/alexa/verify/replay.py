"""Memory of the bodies that were let in while they still count as fresh.

Only signed bodies come here, so strangers cannot fill it. It belongs to one process: run one
(skill/front/gunicorn_conf.py does), or rely on the store, which answers a request id that it knows with the
answer it gave.
"""

import heapq
from datetime import datetime
from threading import Lock

# At 8,192 signed requests in 150 seconds a household is not what is speaking; the memory stays under 2 MB.
KEPT = 8192


class Replays:
    """Digests of bodies, each with the moment from which its timestamp refuses it anyway; thread-safe."""

    def __init__(self, kept: int = KEPT) -> None:
        self._most = kept
        self._lock = Lock()
        self._seen: set[bytes] = set()
        self._by_end: list[tuple[datetime, bytes]] = []

    def __len__(self) -> int:
        return len(self._seen)

    def is_first(self, digest: bytes, until: datetime, now: datetime) -> bool:
        """Whether this body was never let in while fresh; it is remembered from now `until` it is stale."""
        with self._lock:
            while self._by_end and (self._by_end[0][0] < now or len(self._by_end) > self._most):
                self._seen.discard(heapq.heappop(self._by_end)[1])
            if digest in self._seen:
                return False
            self._seen.add(digest)
            heapq.heappush(self._by_end, (until, digest))
            return True

    def forget(self, digest: bytes) -> None:
        """Let this body be heard again."""
        with self._lock:
            self._seen.discard(digest)
