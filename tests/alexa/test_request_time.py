from datetime import UTC, datetime, timedelta

from skill.alexa.heard import heard_of
from skill.alexa.reading import read_envelope
from skill.alexa.request_time import moment

STAMPED = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)


def arriving(seconds: float) -> float:
    return (moment(STAMPED, STAMPED + timedelta(seconds=seconds)) - STAMPED).total_seconds()


def test_the_arrival_tells_where_in_its_second_a_request_was_made():
    assert arriving(0.25) == 0.25


def test_a_request_that_took_its_time_was_made_no_later_than_the_end_of_its_second():
    assert arriving(1.7) == arriving(9) == 0.999


def test_a_clock_that_is_off_changes_nothing():
    assert arriving(-172_800) == arriving(-0.1) == arriving(172_800) == 0


def test_the_time_from_the_count_to_the_stop_is_kept_to_the_millisecond(anna):
    for words in ("start glute workout", "yellow, red and green"):
        anna.say(words)
    anna.wait(0.9)
    anna.say("ready")
    began = anna.now
    assert anna.state["workout"]["counting"]["sent_ms"] == 900
    anna.say_at("I'm done", rep=12, second=2, delay=2.4)
    kept = anna.state["workout"].get("ended") or anna.state["workout"]["stop"]
    assert kept["elapsed_ms"] == round((anna.now - began).total_seconds() * 1000)


def test_a_request_in_whole_seconds_is_placed_by_its_arrival_and_one_to_the_millisecond_by_its_stamp():
    def ms(stamp: str) -> int:
        body = {"version": "1.0", "request": {"type": "LaunchRequest", "requestId": "r", "timestamp": stamp}}
        return heard_of(read_envelope(body), {}, STAMPED + timedelta(seconds=0.4)).ms

    assert ms("2026-11-23T07:00:05Z") == 400
    assert ms("2026-11-23T07:00:05.250Z") == 250
