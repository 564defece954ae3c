"""How much somebody has spent of what they may: refusals by address, requests by device; bounded and thread-safe."""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

# Amazon's own certification sends some dozens of bad requests from where her good ones come.
ALLOWED = 100
BACK_PER_S = 1.0
REMEMBERED = 2048


@dataclass(frozen=True)
class Allowance:
    """So much at once, and so much more every second."""

    at_once: float
    per_s: float


class Spending:
    """What has been spent of one allowance, by those who spent last: `most` of them are remembered."""

    def __init__(self, allowance: Allowance, most: int) -> None:
        self._allowance, self._most = allowance, most
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._spent)

    def left(self, who: str, at_s: float) -> float:
        """What is left to somebody at a time (s); less than nothing where more was taken."""
        spent, since_s = self._spent.get(who, (0.0, at_s))
        return self._allowance.at_once - max(0.0, spent - max(0.0, at_s - since_s) * self._allowance.per_s)

    def spend(self, who: str, at_s: float, amount: float = 1, *, beyond: bool = False) -> bool:
        """Take an amount; False, and nothing is taken, where there is not so much left, unless it may go `beyond`."""
        with self._lock:
            left = self.left(who, at_s) - amount
            if left < 0 and not beyond:
                return False
            self._spent[who] = self._allowance.at_once - left, at_s
            self._spent.move_to_end(who)
            if len(self._spent) > self._most:
                self._spent.popitem(last=False)
            return True


class Refusals:
    """Refusals by address: a hundred at once, then one more every second.

    An address past its limit is not shut out, since Alexa may come through the same proxy: its requests are
    let in on what is remembered, and nothing is fetched for them.
    """

    def __init__(self, allowed: int = ALLOWED, remembered: int = REMEMBERED) -> None:
        self._spending = Spending(Allowance(allowed, BACK_PER_S), remembered)

    def __len__(self) -> int:
        return len(self._spending)

    def refused(self, address: str, at_s: float) -> None:
        """Count one more refusal."""
        self._spending.spend(_network(address), at_s, beyond=True)

    def too_many(self, address: str, at_s: float) -> bool:
        """Whether this address was refused too often lately."""
        return self._spending.left(_network(address), at_s) <= 0


def _network(address: str) -> str:
    """An IPv6 household has a whole /64 to knock from, so that counts as one address."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address[:64]
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
