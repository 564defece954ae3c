"""When a request was made, to better than the whole second that Alexa stamps it with."""

from datetime import UTC, datetime, timedelta
from typing import Final

LAST_OF_A_SECOND: Final = timedelta(milliseconds=999)
LATEST: Final = timedelta(seconds=10)
"""A request that arrives later than this, or before it was made, is a replay or meets a clock that is off."""


def moment(stamped: datetime, arrived: datetime) -> datetime:
    """Where inside its stamped second the request was made, judged by its arrival here (both aware).

    The stamp stays in charge: a clock that is off, a cold start or a replayed request moves the answer by less than
    one second and never out of the stamped one. It is what lets three settled sets name the rep (docs/count.md).
    """
    is_live = stamped <= arrived <= stamped + LATEST
    return min(arrived, stamped + LAST_OF_A_SECOND) if is_live else stamped


LATEST_S: Final = 100_000_000_000
"""A larger timestamp is in milliseconds: in seconds it would lie in the year 5138."""


def from_number(stamp: int) -> datetime:
    """A timestamp that is a number: seconds since 1970, or milliseconds.

    Raises ValueError, OverflowError: it lies outside all years.
    """
    return datetime.fromtimestamp(stamp / 1000 if stamp > LATEST_S else stamp, UTC)
