"""What a runner's other tools read of the record, read here by other people's software."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import fitdecode
import icalendar
import ics
import pytest

from skill.app import Settings, build
from skill.cli import main
from skill.history.exports.activity import activity
from skill.history.exports.diary import ALARM, due_at
from skill.history.exports.done import LONGEST_REST_S, Done, done
from skill.speaker.conversation.local_trainee import LOCAL_USER
from tests.history.trained import DAY_S, FIRST_DAY, Trainee, trained

REP_S = 6


@pytest.fixture
def trainee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainee]:
    monkeypatch.chdir(tmp_path)
    with trained(tmp_path) as trainee:
        yield trainee


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main([words[0], "--db", "coach.db", *words[1:]])
    return (code, *capsys.readouterr())


def messages(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """What somebody else's decoder makes of a file, by kind; it refuses one whose sums are wrong."""
    found: dict[str, list[dict[str, Any]]] = {}
    with fitdecode.FitReader(io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE) as frames:
        for each in frames:
            if isinstance(each, fitdecode.FitDataMessage):
                fields = {field.name: field.value for field in each.fields if field.value is not None}
                found.setdefault(each.name, []).append(fields)
    return found


def workouts(trainee: Trainee) -> list[Done]:
    return done(trainee.coach.store.workouts(LOCAL_USER), trainee.coach.exercises)


def calendar(capsys: pytest.CaptureFixture[str]) -> icalendar.Calendar:
    code, out, _ = run(capsys, "export", "--format", "ics")
    assert code == 0
    assert ics.Calendar(out).events  # a second parser, by others, takes it too
    return icalendar.Calendar.from_ical(out)


def test_a_workout_is_a_strength_training_of_six_sets_in_garmins_format(trainee, capsys, tmp_path):
    trainee.train(0, {"left": 13, "right": 12}, later=10)
    code, out, _ = run(capsys, "export", "--format", "fit", "--out", "fit")
    assert code == 0
    (name,) = out.splitlines()
    assert name.startswith("fit/2026-09-21-")
    assert name.endswith("-glute-raise.fit")
    found = messages((tmp_path / name).read_bytes())
    (session,) = found["session"]
    assert (session["sport"], session["sub_sport"]) == ("training", "strength_training")
    sets = [each for each in found["set"] if each["set_type"] == "active"]
    assert [each["repetitions"] for each in sets] == [13, 12, 10, 10, 10, 10]
    assert {(each["category"], each["category_subtype"]) for each in sets} == {("hip_stability", 0)}
    assert [each["duration"] for each in sets] == [each["repetitions"] * REP_S for each in sets]
    legs = [found["workout_step"][each["wkt_step_index"]]["wkt_step_name"] for each in sets]
    assert legs == ["left leg, red", "right leg, red"] * 3


def test_rests_fill_the_time_between_the_sets_and_nothing_overlaps(trainee, capsys, tmp_path):
    trainee.train(0, {"left": 13, "right": 12})
    (workout,) = workouts(trainee)
    found = messages(activity(workout, lambda one: one.side, "Glute raise"))
    sets = found["set"]
    assert [each["set_type"] for each in sets] == ["active", "rest"] * 5 + ["active"]
    assert [each["message_index"] for each in sets] == list(range(11))
    for one, following in pairwise(sets):
        assert one["start_time"] + timedelta(seconds=one["duration"]) == following["start_time"]
    assert sum(each["duration"] for each in sets) == found["session"][0]["total_elapsed_time"]
    stamps = [each["timestamp"] for each in found["record"]]
    assert stamps == sorted(stamps)


@pytest.mark.parametrize(
    ("exercise", "category", "name"),
    [
        ("glute_raise", "hip_stability", 0),
        ("clamshell", "banded_exercises", 6),
        ("standing_hip_abduction", "hip_stability", 28),
        ("step_up", "unknown", None),
    ],
)
def test_each_exercise_goes_by_its_name_in_garmins_profile(trainee, exercise, category, name):
    trainee.train(0, {"left": 13, "right": 12})
    (workout,) = workouts(trainee)
    other = Done(workout.id, exercise, workout.sets, workout.had_pain)
    (title,) = messages(activity(other, lambda one: one.side, "Title"))["exercise_title"]
    assert (title["exercise_category"], title.get("exercise_name")) == (category, name)
    assert title["wkt_step_name"] == "Title"


def test_a_workout_cut_short_by_pain_has_the_sets_that_were_done(trainee):
    trainee.train(0, {"left": 13, "right": 12}, hurts=True)
    (workout,) = workouts(trainee)
    assert [each.reps for each in workout.sets][:3] == [13, 12, 10]
    assert workout.had_pain
    found = messages(activity(workout, lambda one: one.side, "Glute raise"))
    assert sum(each["set_type"] == "active" for each in found["set"]) == len(workout.sets)


def test_a_workout_whose_every_set_was_skipped_is_no_activity(trainee, capsys):
    trainee.train(0, {"left": 13, "right": 12})
    document = trainee.coach.store.workouts(LOCAL_USER)[0]
    skipped = document | {"sets": [each | {"ended": "skipped"} for each in document["sets"]]}
    assert done([skipped], trainee.coach.exercises) == []


def test_an_export_of_nobody_says_so_in_every_form(trainee, capsys):
    trainee.train(0, {"left": 13, "right": 12})
    for form in ("csv", "fit", "ics", "json"):
        code, out, err = run(capsys, "export", "--format", form, "--user", "ben", "--out", "x")
        assert (code, out) == (1, "")
        assert "nothing is stored of user ben" in err


def shifted(document: dict[str, Any], *by_s: int) -> dict[str, Any]:
    """The workout as a clock would have stamped it that was off by so much at each of its first sets."""
    sets = [
        each | {"at": each["at"] + (by_s[nth] if nth < len(by_s) else 0)}
        for nth, each in enumerate(document["sets"])
    ]
    return document | {"sets": sets}


@pytest.mark.parametrize("off_s", [3600, DAY_S, -FIRST_DAY, -LONGEST_REST_S - DAY_S])
def test_a_clock_that_was_put_right_in_the_middle_leaves_a_workout_in_order_and_no_longer_than_it_was(
    trainee, off_s
):
    trainee.train(0, {"left": 13, "right": 12})
    (document,) = trainee.coach.store.workouts(LOCAL_USER)
    (straight,) = done([document], trainee.coach.exercises)
    (crooked,) = done([shifted(document, off_s, off_s)], trainee.coach.exercises)
    times = [at for each in crooked.sets for at in (each.starts_at, each.ends_at)]
    assert times == sorted(times)
    assert crooked.sets[2:] == straight.sets[2:]
    assert crooked.ends_at - crooked.starts_at <= straight.ends_at - straight.starts_at + 2 * 60
    messages(activity(crooked, lambda one: one.side, "Glute raise"))


def test_a_workout_of_a_clock_at_zero_is_left_out_by_name_and_the_others_are_written(trainee, capsys):
    trainee.train(0, {"left": 13, "right": 12})
    trainee.train(3, {"left": 13, "right": 12})
    state = trainee.coach.store.load(LOCAL_USER)
    (last, _) = trainee.coach.store.workouts(LOCAL_USER)
    lost = last | {
        "id": "lost",
        "ended_at": 1000,
        "sets": [each | {"at": nth * 100} for nth, each in enumerate(last["sets"])],
    }
    trainee.coach.store.save(LOCAL_USER, state.document, state.revision, [lost])
    code, out, err = run(capsys, "export", "--format", "fit", "--out", "fit")
    assert (code, len(out.splitlines())) == (1, 2)
    assert "is left out: FIT files hold no time before 1990" in err


def test_a_second_export_writes_the_very_same_files(trainee, capsys, tmp_path):
    for day in (0, 3, 6):
        trainee.train(day, {"left": 13, "right": 12})
    run(capsys, "export", "--format", "fit", "--out", "fit")
    first = {each.name: each.read_bytes() for each in (tmp_path / "fit").iterdir()}
    run(capsys, "export", "--format", "fit", "--out", "fit")
    assert {each.name: each.read_bytes() for each in (tmp_path / "fit").iterdir()} == first
    assert len(first) == 3


def test_fit_files_need_a_folder_and_one_that_cannot_be_made_is_said_plainly(trainee, capsys, tmp_path):
    trainee.train(0, {"left": 13, "right": 12})
    assert "name a folder" in run(capsys, "export", "--format", "fit")[2]
    (tmp_path / "file").write_text("no folder")
    code, _, err = run(capsys, "export", "--format", "fit", "--out", "file")
    assert (code, "file cannot be made" in err) == (1, True)


def test_a_table_has_a_row_for_each_set_in_the_trainees_own_time(trainee, capsys):
    trainee.train(0, {"left": 13, "right": 12})
    code, out, _ = run(capsys, "export", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(each["side"], each["reps"]) for each in rows[:3]] == [
        ("left", "13"),
        ("right", "12"),
        ("left", "10"),
    ]
    began = datetime.fromisoformat(rows[0]["started"])
    assert began.utcoffset() is not None
    assert 0 < began.timestamp() - FIRST_DAY < 300
    assert {each["pain"] for each in rows} == {"no"}


@pytest.mark.parametrize("name", ["=1+1", "+red", "-red"])
def test_a_band_whose_name_is_a_formula_is_not_calculated(trainee, capsys, name, tmp_path):
    trainee.train(0, {"left": 13, "right": 12})
    record = json.loads(run(capsys, "export")[1])
    record["user"] = "amy"
    for each in record["workouts"][0]["sets"]:
        each["band"] = name
    (tmp_path / "amy.json").write_text(json.dumps(record))
    assert run(capsys, "import", "amy.json")[0] == 0
    out = run(capsys, "export", "--format", "csv", "--user", "amy")[1]
    cells = {cell for row in csv.reader(io.StringIO(out)) for cell in row}
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_calendar_holds_what_was_done_and_what_is_due_with_an_alarm(trainee, capsys):
    trainee.train(0, {"left": 13, "right": 12})
    events = calendar(capsys).walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in events] == ["Glute workout, 6 sets", "Glute workout"]
    past, due = events
    assert "Round 1, left leg: 13 reps, red" in past["DESCRIPTION"]
    assert past["DTSTART"].dt.tzinfo is not None
    (workout,) = workouts(trainee)
    assert past["DTEND"].dt == datetime.fromtimestamp(workout.ends_at, UTC)
    assert not past.walk("VALARM")
    (alarm,) = due.walk("VALARM")
    assert alarm["TRIGGER"].dt == ALARM
    assert alarm["ACTION"] == "DISPLAY"


def test_a_workout_is_due_on_the_first_good_day_at_the_usual_time(trainee):
    coach = trainee.coach
    trainee.train(0, {"left": 13, "right": 12})
    exercise, state, day_of = coach.exercises["glute_raise"], coach.state(LOCAL_USER), coach.locale.day_of
    ended = state.recent_workouts[0]
    due = due_at(state, exercise, ended + 60, day_of)
    assert due is not None
    assert 0 <= due - (ended + exercise.recovery_days * DAY_S) < 300
    late = due_at(state, exercise, ended + 9 * DAY_S + 3600, day_of)
    assert late is not None
    assert 0 <= late - (ended + 10 * DAY_S) < 300


def test_nothing_is_due_while_pain_has_shut_the_exercise(trainee, capsys):
    trainee.train(0, {"left": 13, "right": 12}, hurts=True)
    (past,) = calendar(capsys).walk("VEVENT")
    assert "Pain was reported." in past["DESCRIPTION"]
    trainee.recover(3)
    assert len(calendar(capsys).walk("VEVENT")) == 2


def test_each_workout_keeps_its_identity_so_that_a_second_import_doubles_nothing(trainee, capsys):
    trainee.train(0, {"left": 13, "right": 12})
    first = {str(each["UID"]) for each in calendar(capsys).walk("VEVENT")}
    trainee.train(3, {"left": 13, "right": 12})
    second = {str(each["UID"]) for each in calendar(capsys).walk("VEVENT")}
    assert len(first) == 2
    assert len(second) == 3
    assert first < second


def test_whoever_has_not_trained_has_an_empty_calendar(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    coach = build(Settings(store="coach.db"))
    assert (
        due_at(coach.state(LOCAL_USER), coach.exercises["glute_raise"], FIRST_DAY, coach.locale.day_of)
        is None
    )
    coach.store.close()
