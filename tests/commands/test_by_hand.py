"""At the terminal a person chooses their rests and writes down a workout, as on the page."""

from pathlib import Path

import pytest

from skill.app import Settings, build
from skill.cli import main
from skill.people.registry import Registry
from skill.speaker.conversation.local_trainee import LOCAL_USER
from tests.history.trained import trained


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Somebody with yellow, red and green who has trained, and Anna, who has not."""
    with trained(tmp_path) as trainee:
        trainee.train(0, {"left": 13, "right": 13})
        Registry(trainee.coach.store).add("Anna", own_name="Ben")
    return str(next(tmp_path.glob("*.db")))


def kept(db: str) -> list[tuple[str, int, str]]:
    """The newest workout: leg, reps and where the number came from."""
    coach = build(Settings(store=db))
    try:
        return [
            (each["side"], each["reps"], each["reps_source"])
            for each in coach.store.workouts(LOCAL_USER)[0]["sets"]
        ]
    finally:
        coach.store.close()


def test_each_person_has_rests_of_their_own_within_the_rules_bounds(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rests", "--as", "anna", "--between-rounds", "90", "--db", db]) == 0
    assert "between rounds    90 s  (60 to 120)" in capsys.readouterr().out
    assert main(["rests", "--as", "ben", "--db", db]) == 0
    assert "between rounds    60 s  (60 to 120)" in capsys.readouterr().out
    assert main(["rests", "--between-rounds", "59", "--db", db]) == 1
    assert "60 to 120 s" in capsys.readouterr().err


def test_a_workout_written_down_is_kept_and_the_coach_says_which_band_comes_next(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["note", "--left", "red", "17", "12", "--right", "red", "13", "--db", db]) == 0
    assert capsys.readouterr().out == "Red again next time.\n"
    assert kept(db) == [("left", 17, "by_hand"), ("right", 13, "by_hand"), ("left", 12, "by_hand")]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--left", "pink", "12"], "not one of your bands"),
        (["--left", "red", "120"], "0 to 99"),
        (["--left", "red"], "the band and the reps"),
        (["--left", "red", "12", "--day", "2999-01-01"], "come yet"),
        (["--left", "red", "12", "--day", "yesterday"], "no day"),
        ([], "set"),
    ],
)
def test_what_cannot_have_been_is_refused_and_nothing_is_kept(
    db: str, given: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = kept(db)
    assert main(["note", *given, "--db", db]) == 1
    assert why in capsys.readouterr().err
    assert kept(db) == before
