"""How often an address was refused lately; bounded, so that strangers cannot fill it."""

import ipaddress
from collections import OrderedDict
from threading import Lock

# Amazon's own certification sends some dozens of bad requests from where her good ones come.
ALLOWED = 100
BACK_PER_S = 1.0
REMEMBERED = 2048


class Refusals:
    """Refusals by address: a hundred at once, then one more every second; thread-safe.

    An address past its limit is not shut out, since Alexa may come through the same proxy: its requests are
    let in on what is remembered, and nothing is fetched for them.
    """

    def __init__(self, allowed: int = ALLOWED, remembered: int = REMEMBERED) -> None:
        self._allowed = allowed
        self._remembered = remembered
        self._lock = Lock()
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._spent)

    def refused(self, address: str, at_s: float) -> None:
        """Count one more refusal."""
        who = _network(address)
        with self._lock:
            self._spent[who] = (self._left_of(who, at_s) + 1, at_s)
            self._spent.move_to_end(who)
            if len(self._spent) > self._remembered:
                self._spent.popitem(last=False)

    def too_many(self, address: str, at_s: float) -> bool:
        """Whether this address was refused too often lately."""
        with self._lock:
            return self._left_of(_network(address), at_s) >= self._allowed

    def _left_of(self, who: str, at_s: float) -> float:
        spent, since_s = self._spent.get(who, (0.0, at_s))
        return max(0.0, spent - max(0.0, at_s - since_s) * BACK_PER_S)


def _network(address: str) -> str:
    """An IPv6 household has a whole /64 to knock from, so that counts as one address."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address[:64]
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
