from datetime import UTC, datetime, timedelta

from skill.alexa.moment import moment

STAMPED = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)


def arriving(seconds: float) -> float:
    return (moment(STAMPED, STAMPED + timedelta(seconds=seconds)) - STAMPED).total_seconds()


def test_the_arrival_tells_where_in_its_second_a_request_was_made():
    assert arriving(0.25) == 0.25


def test_no_clock_moves_a_request_out_of_the_second_that_alexa_stamped():
    assert arriving(-172_800) == 0
    assert arriving(1.7) == arriving(172_800) == 0.999
