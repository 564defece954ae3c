"""A turn as one line of JSON, for a log that says who waited for what and names nobody."""

import hmac
import logging
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec

from skill.watch.watch import PARTS, Watch

Sink = Callable[[Watch], None]
Line = dict[str, Any]

LOG: Final = logging.getLogger("skill.turns")
NAMESPACE: Final = "GluteCoach"
SERVICE: Final = "glute-coach"
METRICS: Final = {part: f"{part.capitalize()}Ms" for part in PARTS}
COUNTS: Final = ("Turns", "Apologies", "Conflicts", "EngineRebuilds")
DIRECTIVE: Final[Mapping[str, Any]] = {
    "Namespace": NAMESPACE,
    "Dimensions": [["Service"]],
    "Metrics": [
        *({"Name": name, "Unit": "Milliseconds"} for name in (*METRICS.values(), "TurnMs")),
        *({"Name": name, "Unit": "Count"} for name in COUNTS),
    ],
}
"""What CloudWatch is to make metrics of."""
WRITTEN: Final = msgspec.Raw(msgspec.json.encode([DIRECTIVE]))
"""The same in every line, and so written once."""


def line_of(watch: Watch, secret: str, engine_rebuilds: int = 0) -> Line:
    """What is written of a turn; without the `secret` nobody can tell whose line it is, even with the user's id.

    `engine_rebuilds` is how often the rules engine had to be made anew since the last line.
    """
    return {
        "request": watch.request,
        "user": hashed(watch.user, secret),
        "intent": watch.intent,
        "rules": watch.rules,
        "ms": watch.ms,
        "conflicts": watch.conflicts,
        "fault": watch.fault,
        "engine_rebuilds": engine_rebuilds,
    }


@lru_cache(maxsize=512)
def hashed(user: str, secret: str) -> str:
    """The user as the log knows them: the same for the same person and secret, and leading back to nobody."""
    return hmac.digest(secret.encode(), user.encode(), "sha256").hex()[:16] if user else ""


def embedded(line: Line, at_ms: int) -> Line:
    """The line in CloudWatch's embedded metric format: Lambda's log becomes metrics by itself, at no call's cost."""
    metrics = {METRICS[part]: ms for part, ms in line["ms"].items()}
    metrics["TurnMs"] = round(sum(metrics.values()), 3)
    told = (1, int(bool(line["fault"])), line["conflicts"], line["engine_rebuilds"])
    counts = dict(zip(COUNTS, told, strict=True))
    about: Mapping[str, Any] = {"_aws": {"Timestamp": at_ms, "CloudWatchMetrics": WRITTEN}}
    return {**about, "Service": SERVICE, **line, **metrics, **counts}


class Reporter:
    """Makes the line of each turn, its user hashed by the `secret`, and hands it on.

    `rebuilds` gives how often the rules engine was made anew since the process began.
    """

    def __init__(self, secret: str, rebuilds: Callable[[], int], *tell: Callable[[Line], None]) -> None:
        self._secret = secret
        self._rebuilds = rebuilds
        self._tell = tell
        self._told = 0

    def __call__(self, watch: Watch) -> None:
        """One turn is over."""
        rebuilds = self._rebuilds()
        line = line_of(watch, self._secret, rebuilds - self._told)
        self._told = rebuilds
        for each in self._tell:
            each(line)


def text(line: Line) -> str:
    """A line as it is written: JSON, its names and numbers being the coach's own."""
    return msgspec.json.encode(line).decode()


def write(line: Line) -> None:
    """To the log `skill.turns`, which is silent until a server asks for it (`to_stdout`)."""
    if LOG.isEnabledFor(logging.INFO):
        LOG.info(text(line))


def to_stdout() -> None:
    """Let every turn be seen on standard output, where systemd and containers look for a log."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.handlers = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
