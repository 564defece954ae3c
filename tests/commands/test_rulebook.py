"""`glute-coach rules`: one line a fault and a non-zero exit, or what was proved."""

import re
import shutil
from pathlib import Path

import pytest

from rules.cases.check import Verdict
from skill.cli import main
from skill.coach.messages.reply import Line
from skill.commands import rulebook
from skill.locales.words import load
from tests.shipped import RULEBOOK

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "rules" / "book"
CASES = ROOT / "tests" / "rules"


def test_a_fault_is_one_line_and_the_exit_is_not_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (BOOK / "pain.yaml").read_text("utf-8").replace("body_part:", "body_prat:", 1)
    (tmp_path / "pain.yaml").write_text(text, "utf-8")
    assert main(["rules", "check", str(tmp_path / "pain.yaml"), "--cases", str(CASES)]) == 1
    line, *others = capsys.readouterr().err.splitlines()
    assert line.startswith("pain.yaml:")
    assert "did you mean 'body_part'?" in line
    assert others == []


def test_a_changed_threshold_fails_the_case_that_knew_the_old_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (BOOK / "schedule.yaml").read_text("utf-8").replace('"exercise.per_week"', "3")
    (tmp_path / "schedule.yaml").write_text(text, "utf-8")
    assert main(["rules", "check", str(tmp_path / "schedule.yaml"), "--cases", str(CASES)]) == 1
    assert "rules/schedule.yaml:" in capsys.readouterr().err


def test_a_directory_with_its_own_cases_is_checked_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine" / "cases").mkdir(parents=True)
    for name in ("pain.yaml", "schedule.yaml"):
        shutil.copy(BOOK / name, tmp_path / "mine" / name)
        shutil.copy(CASES / name, tmp_path / "mine" / "cases" / name)
    assert main(["rules", "check", str(tmp_path / "mine")]) == 0
    pain, schedule = capsys.readouterr().out.splitlines()
    assert pain.startswith("pain.yaml: ")
    assert schedule.startswith("schedule.yaml: ")


def test_without_a_file_the_coachs_own_rules_are_checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Path] = []
    monkeypatch.setattr(rulebook, "check", lambda paths, *_: checked.extend(paths) or Verdict())
    assert main(["rules", "check"]) == 0
    assert [path.name for path in checked] == ["book"]
    assert (checked[0] / "pain.yaml").exists()


def test_a_port_beyond_the_last_is_refused_and_not_wrapped_round(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--port", "99999"])
    assert "99999 is no port" in capsys.readouterr().err


def test_a_directory_of_exercises_is_checked_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "rules" / "exercises" / "clamshell.yaml").read_text("utf-8")
    (tmp_path / "clamshell.yaml").write_text(text, "utf-8")
    assert main(["rules", "check", str(tmp_path)]) == 0
    assert "clamshell.yaml: an exercise" in capsys.readouterr().out
    (tmp_path / "clamshell.yaml").write_text(text.replace("cap: 25", 'cap: "25"'), "utf-8")
    assert main(["rules", "check", str(tmp_path)]) == 1
    assert "cap is '25'" in capsys.readouterr().err


def test_an_exercise_without_words_is_named_with_the_words_that_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "rules" / "exercises" / "clamshell.yaml").read_text("utf-8")
    assert 'id: "clamshell"' in text
    for folder in ("mute", "told"):
        (tmp_path / folder / "words").mkdir(parents=True)
        bridge = tmp_path / folder / "bridge.yaml"
        bridge.write_text(text.replace('id: "clamshell"', 'id: "bridge"'), "utf-8")
    assert main(["rules", "check", str(tmp_path / "mute" / "bridge.yaml")]) == 1
    told = capsys.readouterr().err
    assert "bridge.yaml: has no words for 'cue.bridge.welcome'; add them to words/en-US.yaml" in told
    keys = re.findall("'(cue[.]bridge[.][a-z_]+)'", told)
    lines = "".join(f'  {key}: "Words."\n' for key in keys)
    (tmp_path / "told" / "words" / "en-US.yaml").write_text(f"lines:\n{lines}", "utf-8")
    assert main(["rules", "check", str(tmp_path / "told")]) == 0


def test_a_case_that_notices_nothing_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (CASES / "schedule.yaml").read_text("utf-8")
    lone = text.replace("      - {workouts_in_7_days: 3}\n", "")
    assert lone != text
    (tmp_path / "schedule.yaml").write_text(lone, "utf-8")
    assert main(["rules", "check", str(BOOK / "schedule.yaml"), "--cases", str(tmp_path)]) == 1
    assert "no case notices this change: SCHED-04: workouts_in_7_days" in capsys.readouterr().err


def test_a_draft_of_cases_holds_for_the_rules_that_it_was_drafted_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "draft", str(BOOK / "report.yaml"), str(CASES / "report.yaml")]) == 0
    (tmp_path / "report.yaml").write_text(capsys.readouterr().out, "utf-8")
    assert main(["rules", "check", str(BOOK / "report.yaml"), "--cases", str(tmp_path)]) == 0


def test_a_draft_needs_no_cases_and_says_what_it_does_need(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (CASES / "report.yaml").read_text("utf-8")
    begun, normal_only = text.split("\ncases:")[0], tmp_path / "report.yaml"
    normal_only.write_text(begun, "utf-8")
    assert main(["rules", "draft", str(BOOK / "report.yaml"), str(normal_only)]) == 0
    assert 'rule: "REPORT-01"' in capsys.readouterr().out
    for lacking, says in [
        ('topic: "report"\n', "`normal` is missing"),
        (begun.replace('topic: "report"', 'topic: "reports"'), "did you mean 'report'?"),
        (begun.replace('exercise: "glute_raise"', 'exercise: "glute_raises"'), "did you mean 'glute_raise'?"),
    ]:
        normal_only.write_text(lacking, "utf-8")
        assert main(["rules", "draft", str(BOOK / "report.yaml"), str(normal_only)]) == 1
        assert says in capsys.readouterr().err


def test_a_case_file_without_cases_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun = (CASES / "report.yaml").read_text("utf-8").split("\ncases:")[0]
    (tmp_path / "report.yaml").write_text(begun, "utf-8")
    assert main(["rules", "check", str(BOOK / "report.yaml"), "--cases", str(tmp_path)]) == 1
    assert "a list of `cases` is missing" in capsys.readouterr().err


def test_the_page_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    assert main(["rules", "--html", str(tmp_path / "rules.html")]) == 0
    assert "PAIN-01" in (tmp_path / "rules.html").read_text("utf-8")


def test_the_rulebook_is_printed_with_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    told = capsys.readouterr().out
    book = RULEBOOK
    assert all(name in told for name in book.sources)
    assert all(rule.id in told for topic in book.books.values() for rule in topic.rules)


def test_a_rule_without_words_is_named_and_has_a_spoken_answer_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cases").mkdir()
    for source, target in ((BOOK, tmp_path), (CASES, tmp_path / "cases")):
        text = (source / "sides.yaml").read_text("utf-8").replace("SIDE-02", "SIDE-90")
        (target / "sides.yaml").write_text(text, "utf-8")
    assert main(["rules", "check", str(tmp_path / "sides.yaml")]) == 1
    assert 'SIDE-90: has no words for "why"' in capsys.readouterr().err
    assert "A rule of your own" in load().text(Line("because.SIDE-90"))
