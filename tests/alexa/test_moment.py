from datetime import UTC, datetime, timedelta

from skill.alexa.moment import moment

STAMPED = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)


def arriving(seconds: float) -> float:
    return (moment(STAMPED, STAMPED + timedelta(seconds=seconds)) - STAMPED).total_seconds()


def test_the_arrival_tells_where_in_its_second_a_request_was_made():
    assert arriving(0.25) == 0.25


def test_a_request_that_took_its_time_was_made_no_later_than_the_end_of_its_second():
    assert arriving(1.7) == arriving(9) == 0.999


def test_a_clock_that_is_off_changes_nothing():
    assert arriving(-172_800) == arriving(-0.1) == arriving(172_800) == 0
