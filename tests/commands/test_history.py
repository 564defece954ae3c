"""A user's past can be explained and decided again, and an author sees what a change would do before making it."""

from pathlib import Path

import pytest

from skill.cli import main
from tests.commands.trained import USER, trained

BOOK = Path(__file__).parents[2] / "rules" / "book"


@pytest.fixture
def db(tmp_path: Path) -> str:
    trained(tmp_path / "coach.db").store.close()
    return str(tmp_path / "coach.db")


def changed_rules(place: Path, old: str, new: str) -> Path:
    """The package's failure rules with one thing changed, alone in a directory."""
    place.mkdir()
    text = (BOOK / "failure.yaml").read_text("utf-8")
    assert old in text
    (place / "failure.yaml").write_text(text.replace(old, new), "utf-8")
    return place


def test_a_workout_is_explained_as_facts_rules_and_what_others_lacked(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "--user", USER, "--workout", "2", "--db", db]) == 0
    told = capsys.readouterr().out
    assert "Workout 2, glute raise, 2023-11-17" in told
    assert "pain: correct_with_tilt, by PAIN-06" in told
    assert "pain: end_and_hold, by PAIN-04" in told
    assert "because report pain, stands tried" in told
    assert "nearly PAIN-04: end_and_hold; it needs stands is tried, and it was nothing" in told
    assert "Workout 1" not in told


def test_all_workouts_are_explained_oldest_first(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--user", USER, "--db", db]) == 0
    told = capsys.readouterr().out
    assert told.index("Workout 1") < told.index("Workout 2")
    assert "nearly FAIL-08: failed_short; it needs reps less than 12, and it was 13" in told


def test_the_same_rules_decide_the_past_the_same(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--user", USER, "--db", db]) == 0
    total, rest = capsys.readouterr().out.split(" decisions, ")
    assert int(total) > 20
    assert rest == "0 differ\n"


def test_another_rulebook_says_which_decisions_would_differ(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = changed_rules(tmp_path / "mine", '{less_than: "exercise.window.low"}', "{less_than: 14}")
    assert main(["replay", "--user", USER, "--db", db, "--rules", str(rules)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == (
        "workout 1: failure: was failed_in_window by FAIL-10, would be failed_short by FAIL-08 (reps 13)"
    )
    assert told[-1].endswith(", 6 differ")


def test_a_workout_is_explained_with_what_would_decide_today(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = changed_rules(tmp_path / "mine", '{less_than: "exercise.window.low"}', "{less_than: 14}")
    assert main(["explain", "--user", USER, "--workout", "1", "--db", db, "--rules", str(rules)]) == 0
    assert "    today FAIL-08 would decide: failed_short\n    because reps 13\n" in capsys.readouterr().out


def test_rules_that_may_not_be_used_are_refused_before_anything_is_decided(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = changed_rules(tmp_path / "mine", "reps:", "repps:")
    assert main(["replay", "--user", USER, "--db", db, "--rules", str(rules)]) == 1
    assert "did you mean 'reps'?" in capsys.readouterr().err


def test_nobody_and_no_such_workout_are_said(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--user", "nobody", "--db", db]) == 1
    assert "nothing is stored of user nobody" in capsys.readouterr().err
    assert main(["explain", "--user", USER, "--workout", "9", "--db", db]) == 1
    assert "no such workout" in capsys.readouterr().err


def test_decisions_of_another_vocabulary_are_shown_and_not_decided_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coach = trained(tmp_path / "coach.db")
    store = coach.store
    old = {"topic": "pain", "rule": "PAIN-00", "advice": "carry_on", "values": [True]}
    workout = {"id": "old", "exercise": "glute_raise", "ended_at": 1_600_000_000, "decisions": [old]}
    document = store.load(USER)
    assert document.document is not None
    store.save(USER, document.document, document.revision, (workout,))
    store.close()
    assert main(["replay", "--user", USER, "--db", str(tmp_path / "coach.db")]) == 1
    told = capsys.readouterr()
    assert "1 of another version" in told.out
    assert "9 facts now, 1 were kept" in told.err
    assert main(["explain", "--user", USER, "--db", str(tmp_path / "coach.db")]) == 0
    assert "PAIN-00: carry_on (pain has 9 facts now, 1 were kept)" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["explain", "replay"])
def test_a_slip_in_the_path_is_no_empty_record(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slip = tmp_path / "caoch.db"
    assert main([command, "--user", USER, "--db", str(slip)]) == 1
    assert "is the path right?" in capsys.readouterr().err
    assert not slip.exists()
