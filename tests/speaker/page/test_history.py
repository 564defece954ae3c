"""The history on the page: a number put right by tapping, a workout written down by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from skill.people.person import FIRST, Person
from tests.speaker.page.opened import Page, at, opened

ME = Person(FIRST).user


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with opened(tmp_path) as page:
        page.say("start glute workout")
        page.say("yellow red and green")
        yield page


def train(page: Page, reps: int) -> None:
    """A whole workout, each set ended after so many reps."""
    answer = page.say("start glute workout")
    for _ in range(3):
        if answer["count"]:
            break
        answer = page.say("ready" if answer["offers"]["after"]["question"] == "ready" else "yes")
    while answer["count"]:
        count = answer["count"]
        place = {"token": count["token"], "at_ms": at(count, reps + 1, "eccentric"), "stopped": True}
        answer = page.say("I'm done", place)


def finished(page: Page) -> list[dict[str, Any]]:
    return page.coach.store.workouts(ME)


def bands(page: Page) -> dict[str, str]:
    return {side: leg.rung for side, leg in page.coach.state(ME).records["glute_raise"].legs.items()}


def put_right(page: Page, workout: str, side: str, round_: Any, reps: Any) -> Any:
    what = {"workout": workout, "side": side, "round": round_, "reps": reps}
    return page.post("/speaker/history/number", what)


def day(ago: int) -> str:
    return (datetime.now(UTC) - timedelta(days=ago)).date().isoformat()


def write_down(page: Page, on: Any, left: list[Any], right: list[Any], band: str = "red") -> Any:
    sets = [
        {"side": side, "band": band, "reps": reps}
        for side, all_ in (("left", left), ("right", right))
        for reps in all_
    ]
    return page.post("/speaker/history/workout", {"day": on, "sets": sets})


def test_a_first_set_put_right_in_the_history_changes_the_next_band_as_a_spoken_number_does(
    page: Page,
) -> None:
    train(page, 13)
    before = bands(page)
    (workout,) = finished(page)
    for side in ("left", "right"):
        answer = put_right(page, workout["id"], side, 1, 8)
        assert answer.status_code == 200, answer.get_data(as_text=True)
    assert before == {"left": "red", "right": "red"}
    assert bands(page) == {"left": "red@knee", "right": "red@knee"}
    (workout,) = finished(page)
    firsts = [each for each in workout["sets"] if each["round"] == 1]
    assert [(each["reps"], each["reps_source"], each["ended"]) for each in firsts] == [
        (8, "corrected", "failed_short")
    ] * 2
    assert "8 reps" in answer.get_json()["html"]


def test_a_tapped_number_that_the_count_had_no_time_for_is_kept_and_judges_nothing(page: Page) -> None:
    train(page, 8)
    before = bands(page)
    put_right(page, finished(page)[0]["id"], "left", 1, 15)
    assert finished(page)[0]["sets"][0]["ended"] == "off_tempo"
    assert bands(page)["right"] == before["right"]


def test_an_older_workout_is_put_right_in_the_record_and_the_bands_stay(page: Page) -> None:
    assert write_down(page, day(9), [13, 12], [13, 12]).status_code == 200
    assert write_down(page, day(2), [13, 12], [13, 12]).status_code == 200
    before = page.coach.state(ME).records
    answer = put_right(page, finished(page)[-1]["id"], "left", 2, 9).get_json()
    assert page.coach.state(ME).records == before
    assert "Your bands stay as they are" in answer["said"]
    assert sorted(each["sets"][2]["reps"] for each in finished(page)) == [9, 12]


@pytest.mark.parametrize("reps", [-1, 100, 10**18, "12", 12.5, None, True])
def test_a_number_that_no_set_can_have_is_refused_and_nothing_is_changed(page: Page, reps: Any) -> None:
    train(page, 8)
    before = finished(page)
    answer = put_right(page, before[0]["id"], "left", 1, reps)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "Reps are a number from 0 to 99.")
    assert finished(page) == before


@pytest.mark.parametrize(("side", "round_"), [("middle", 1), ("left", 9), ("left", "1"), (None, 1)])
def test_a_set_that_was_never_done_cannot_be_put_right(page: Page, side: Any, round_: Any) -> None:
    train(page, 8)
    answer = put_right(page, finished(page)[0]["id"], side, round_, 12)
    assert (answer.status_code, "That set can't be changed" in answer.get_json()["error"]) == (400, True)


def test_a_set_of_another_person_cannot_be_put_right(page: Page) -> None:
    train(page, 8)
    anna = page.post("/speaker/people/add", {"name": "Anna", "own_name": "Ben"}).get_json()["id"]
    what = {"person": anna, "workout": finished(page)[0]["id"], "side": "left", "round": 1, "reps": 12}
    assert page.post("/speaker/history/number", what).status_code == 400


def test_a_workout_by_hand_is_kept_as_such_and_decides_the_next_band(page: Page) -> None:
    answer = write_down(page, day(0), [8, 7, 6], [8, 7])
    assert answer.status_code == 200, answer.get_data(as_text=True)
    (workout,) = finished(page)
    assert {each["reps_source"] for each in workout["sets"]} == {"by_hand"}
    assert [(each["side"], each["round"], each["reps"]) for each in workout["sets"]] == [
        ("left", 1, 8),
        ("right", 1, 8),
        ("left", 2, 7),
        ("right", 2, 7),
        ("left", 3, 6),
    ]
    assert bands(page) == {"left": "red@knee", "right": "red@knee"}
    assert len(page.coach.state(ME).recent_workouts) == 1


def test_the_same_day_written_down_again_takes_the_place_of_what_stood_there(page: Page) -> None:
    write_down(page, day(3), [12], [12])
    write_down(page, day(3), [10], [11])
    (workout,) = finished(page)
    assert [each["reps"] for each in workout["sets"]] == [10, 11]
    assert len(page.coach.state(ME).recent_workouts) == 1


def test_a_workout_of_an_earlier_day_stands_before_the_newer_one_and_changes_no_band(page: Page) -> None:
    write_down(page, day(2), [13], [13])
    before = bands(page)
    html = write_down(page, day(20), [19], [19], band="yellow").get_json()["html"]
    assert bands(page) == before
    titles = [line for line in html.split("<summary>") if "left leg 1" in line]
    assert ["left leg 13" in titles[0], "left leg 19" in titles[1]] == [True, True]
    assert "You wrote this workout down yourself" in html


@pytest.mark.parametrize(
    ("on", "left", "band", "why"),
    [
        (day(-2), [12], "red", "That day hasn't come yet."),
        (day(2000), [12], "red", "That's more than three years ago."),
        ("2026-02-30", [12], "red", "That's no day."),
        ("9999-12-31", [12], "red", "That day hasn't come yet."),
        ("0001-01-01", [12], "red", "That's more than three years ago."),
        (None, [12], "red", "That's no day."),
        (day(1), [], "red", "A workout needs at least one set."),
        (day(1), [12] * 4, "red", "That's more sets than a workout has."),
        (day(1), [100], "red", "Reps are a number from 0 to 99."),
        (day(1), [-1], "red", "Reps are a number from 0 to 99."),
        (day(1), ["a"], "red", "Reps are a number from 0 to 99."),
        (day(1), [12], "plaid", "That's not one of your bands."),
    ],
)
def test_nonsense_by_hand_is_refused_in_plain_words(
    page: Page, on: Any, left: Any, band: str, why: str
) -> None:
    answer = write_down(page, on, left, [], band)
    assert (answer.status_code, answer.get_json()["error"]) == (400, why)
    assert finished(page) == []


def test_nothing_is_written_down_by_hand_while_a_set_runs(page: Page) -> None:
    page.say("ready")
    answer = write_down(page, day(1), [12], [12])
    assert answer.get_json()["error"] == "Finish the workout you're in first."


def test_pain_on_hold_keeps_the_bands_whatever_is_written_down(page: Page) -> None:
    page.say("my foot is numb")
    before = page.coach.state(ME)
    assert "Your bands stay" in write_down(page, day(0), [19], [19]).get_json()["said"]
    assert page.coach.state(ME).records == before.records
    assert page.coach.state(ME).pain == before.pain


def test_a_history_behind_a_pin_takes_nothing_without_it(page: Page) -> None:
    page.post("/speaker/people/change", {"new_pin": "2468"})
    assert write_down(page, day(1), [12], [12]).status_code == 401
    assert finished(page) == []


def test_one_rep_is_a_rep_and_not_reps(page: Page) -> None:
    html = write_down(page, day(1), [1], [12]).get_json()["html"]
    assert "1 rep on red" in html
    assert "1 reps" not in html


def test_the_rest_that_somebody_chose_is_what_their_count_waits_for_and_nobody_elses(page: Page) -> None:
    anna = page.post("/speaker/people/add", {"name": "Anna", "own_name": "Ben"}).get_json()["id"]
    chosen = page.post("/speaker/people/rests", {"rests_s": {"between_sides": 70}}).get_json()
    assert chosen["rests_s"]["between_sides"]["now"] == 70
    count = page.say("ready")["count"]
    place = {"token": count["token"], "at_ms": at(count, 9, "eccentric"), "stopped": True}
    page.say("I'm done", place)
    workout = page.coach.state(ME).workout
    assert workout is not None
    assert workout.counting is not None
    assert workout.counting.count.rest_ms == 70_000
    others = page.post("/speaker/people/style", {"person": anna}).get_json()
    assert others["rests_s"]["between_sides"]["now"] == 10


@pytest.mark.parametrize(
    "wanted", [{"between_sides": 5}, {"between_rounds": 121}, {"naps": 60}, {"between_sides": True}, 7]
)
def test_a_rest_outside_the_exercises_bounds_is_refused(page: Page, wanted: Any) -> None:
    assert page.post("/speaker/people/rests", {"rests_s": wanted}).status_code == 400
    assert page.coach.state(ME).rests_s == {}
