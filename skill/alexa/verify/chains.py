"""Memory of verified chains: few, for an hour at most, and never past the end of any certificate in them.

Only a chain that was verified is kept, so nobody without a certificate for Alexa's name can fill it or
push one out. A request for a chain that is being fetched waits for that fetch; at most four are under way,
a fifth is refused, so that strangers who name addresses that do not exist can hold four of the server's
threads and no more.
"""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from skill.alexa.verify.chain import Chain
from skill.alexa.verify.refused import Code, Refused

KEPT = 8
KEPT_FOR = timedelta(hours=1)
FETCHES = 4
WAIT_S = 3.0


@dataclass(frozen=True)
class _Kept:
    chain: Chain
    since: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it may be used at `now`; a clock that went back is treated like one that went on."""
        young = self.since <= now < self.since + KEPT_FOR
        return young and self.chain.not_before <= now <= self.chain.not_after


class Chains:
    """Verified chains by path; safe to use from many threads."""

    def __init__(self, load: Callable[[str, datetime], Chain]) -> None:
        self._load = load
        self._lock = Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._fetches: dict[str, Future[Chain]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, path: str, now: datetime, known_only: bool = False) -> Chain:
        """The chain at a path that `urls.path_of` gave, verified within the last hour.

        With `known_only` it is fetched only if a good chain lay there before.

        Raises Refused: it cannot be fetched or verified, or too many others are being fetched.
        """
        with self._lock:
            kept = self._kept.get(path)
            if kept is not None and kept.holds(now):
                self._kept.move_to_end(path)
                return kept.chain
            if known_only and kept is None:
                raise Refused(Code.FETCH_WITHHELD)
            fetch = self._fetches.get(path)
            if fetch is None:
                mine = self._begin_fetch(path)
        return self._fetch(path, now, mine) if fetch is None else _wait(fetch)

    def _begin_fetch(self, path: str) -> "Future[Chain]":
        if len(self._fetches) >= FETCHES:
            raise Refused(Code.FETCH_BUSY)
        fetch: Future[Chain] = Future()
        self._fetches[path] = fetch
        return fetch

    def _fetch(self, path: str, now: datetime, fetch: "Future[Chain]") -> Chain:
        try:
            chain = self._load(path, now)
        except BaseException as error:
            fetch.set_exception(error if isinstance(error, Refused) else Refused(Code.FETCH_FAILED))
            raise
        else:
            fetch.set_result(chain)
            self._keep(path, _Kept(chain, now))
            return chain
        finally:
            with self._lock:
                del self._fetches[path]

    def _keep(self, path: str, kept: _Kept) -> None:
        with self._lock:
            self._kept[path] = kept
            self._kept.move_to_end(path)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def _wait(fetch: "Future[Chain]") -> Chain:
    try:
        return fetch.result(WAIT_S)
    except Refused as refused:
        raise Refused(refused.code, refused.detail) from None
    except TimeoutError:
        raise Refused(Code.FETCH_SLOW) from None
