"""A rulebook that is wrong is refused with the line, the rule and the cure, and with little work."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.cases.check import check
from rules.files.exercise import load_exercises
from rules.files.fault import Refused
from rules.files.reading import read_text
from rules.rulebook import load_rulebook
from tests.shipped import RULEBOOK

BOOK = Path(__file__).parents[2] / "rules" / "book"
CASES = Path(__file__).parent

PAIN = """topic: "pain"
rules:
  - id: "PAIN-01"
    title: "A red flag ends everything"
    source: ["OWN-09"]
    safety: true
    when: {was_looked_at: {is: true}}
    then: {advise: "stop_and_name_urgent_care"}
  - id: "PAIN-02"
    title: "The second pain"
    source: ["SRC-06"]
    safety: true
    when: {is_training: {is: true}, reports_this_workout: {at_least: 2}}
    then: {advise: "end_and_hold"}
  - id: "PAIN-03"
    title: "No pain"
    source: ["SRC-06"]
    when: {}
    then: {advise: "carry_on"}
"""
FIRST_RULE = PAIN[PAIN.index('  - id: "PAIN-01"') : PAIN.index('  - id: "PAIN-02"')]

# what is changed, what it becomes, the line of the fault, what the fault must say
CHANGES = {
    "an unknown topic": ('topic: "pain"', 'topic: "pian"', 1, "did you mean 'pain'?"),
    "an unknown fact": ("was_looked_at:", "was_looked_ats:", 7, "did you mean 'was_looked_at'?"),
    "an unknown operator": ("at_least: 2", "at_leest: 2", 13, "did you mean 'at_least'?"),
    "an operator that does not fit": (
        '{is: true}}\n    then: {advise: "stop',
        '{at_least: 1}}\n    then: {advise: "stop',
        7,
        "does not fit",
    ),
    "an unknown advice": ("end_and_hold", "end_and_hald", 14, "did you mean 'end_and_hold'?"),
    "an unknown exercise field": (
        "at_least: 2",
        'at_least: "exercise.window.hihg"',
        13,
        "did you mean 'exercise.window.high'?",
    ),
    "an unknown key": ('title: "No pain"', 'titel: "No pain"', 16, "did you mean 'title'?"),
    "a missing source": ('source: ["OWN-09"]', "source: []", 5, "no source, no rule"),
    "an unknown source": ("OWN-09", "OWN-99", 5, "no source is called 'OWN-99'"),
    "a duplicate id": ('id: "PAIN-02"', 'id: "PAIN-01"', 9, "this id is taken"),
    "a number as text": ("at_least: 2", 'at_least: "2"', 13, "write the number without quotes"),
    "a number out of its domain": ("at_least: 2", "at_least: 12", 13, "a whole number from 0 to 9"),
    "a number that is not whole": ("at_least: 2", "at_least: 2.5", 13, "numbers are whole"),
    "an octal number": ("at_least: 2", "at_least: 02", 13, "numbers are whole and plain"),
    "a bare yes": ("was_looked_at: {is: true}", "was_looked_at: {is: yes}", 7, "write true or false"),
    "a bare no": ("was_looked_at: {is: true}", "was_looked_at: {is: no}", 7, "write true or false"),
    "a bare word": ('advise: "carry_on"', "advise: carry_on", 19, "put text in quotes"),
    "nothing where a value belongs": ('title: "No pain"', "title:", 16, "put the word in quotes"),
    "a tab": ('    title: "No pain"', '\ttitle: "No pain"', 16, "spaces"),
    "a duplicate key": ('title: "No pain"', 'id: "PAIN-03"', 16, "stands twice"),
    "an anchor": ('topic: "pain"', 'topic: &a "pain"', 1, "write the value out"),
    "a tag": ('topic: "pain"', "topic: !!python/name:os.system x", 1, "write plain values"),
    "two documents": ('topic: "pain"', 'topic: "pain"\n---\nother: "x"', 0, "one document"),
    "broken YAML": ("rules:", "rules: [", 0, "YAML"),
    "a rule that no value satisfies": (
        "reports_this_workout: {at_least: 2}",
        "reports_this_workout: {at_least: 5, less_than: 4}",
        9,
        "no value of reports_this_workout",
    ),
    "a rule shadowed by another": (
        "when: {was_looked_at: {is: true}}",
        "when: {}",
        9,
        "PAIN-01 always decides before it",
    ),
    "no answer for some facts": ("when: {}", "when: {is_training: {is: false}}", 15, "when: {}"),
    "a number that nothing asked for": (
        'advise: "carry_on"',
        'advise: "carry_on", rest_s: 5',
        19,
        "has no use for 'rest_s'",
    ),
    "a safety rule that is outranked": (
        "safety: true\n    when: {was_looked",
        "when: {was_looked",
        8,
        "move PAIN-02 before PAIN-01",
    ),
    "safety that is text": ("safety: true", 'safety: "true"', 6, "write true"),
}


def refusal(place: Path, topic: str, text: str) -> Refused:
    (place / f"{topic}.yaml").write_text(text, "utf-8")
    with pytest.raises(Refused) as raised:
        load_rulebook(place, base=RULEBOOK, promises=())
    return raised.value


@pytest.mark.parametrize("what", CHANGES)
def test_the_refusal_names_line_and_cure(what: str, tmp_path: Path) -> None:
    old, new, line, says = CHANGES[what]
    assert PAIN.count(old) >= 1
    refused = refusal(tmp_path, "pain", PAIN.replace(old, new, 1))
    assert any(says in fault.what for fault in refused.faults), str(refused)
    fault = next(fault for fault in refused.faults if says in fault.what)
    assert fault.file == "pain.yaml"
    assert line in (0, fault.line), str(refused)


def test_the_rulebook_of_these_tests_is_right_before_it_is_spoiled(tmp_path: Path) -> None:
    (tmp_path / "pain.yaml").write_text(PAIN, "utf-8")
    assert len(load_rulebook(tmp_path, base=RULEBOOK, promises=()).books["pain"].rules) == 3


def test_rules_that_together_cover_another_are_named(tmp_path: Path) -> None:
    first = FIRST_RULE
    second = FIRST_RULE.replace("PAIN-01", "PAIN-08").replace(
        "when: {was_looked_at: {is: true}}",
        "when: {was_looked_at: {is: false}, is_training: {is: true}}",
    )
    covered = FIRST_RULE.replace("PAIN-01", "PAIN-10").replace("was_looked_at", "is_training")
    text = PAIN.replace(FIRST_RULE, first + second + covered)
    refused = refusal(tmp_path, "pain", text)
    assert "PAIN-01, PAIN-08 together always decide before it" in str(refused)


def test_rules_of_one_priority_may_not_disagree(tmp_path: Path) -> None:
    text = PAIN.replace("    when: {was", "    priority: 1\n    when: {was").replace(
        "    when: {is_", "    priority: 1\n    when: {is_"
    )
    refused = refusal(tmp_path, "pain", text.replace("    when: {}", "    priority: 2\n    when: {}"))
    assert "PAIN-02: and PAIN-01 have one priority and advise end_and_hold and stop_and_name" in str(refused)
    assert "was_looked_at true" in str(refused), "a witness is shown"


def test_rules_of_one_priority_that_never_meet_are_welcome(tmp_path: Path) -> None:
    text = PAIN.replace("when: {is_training", "when: {was_looked_at: {is: false}, is_training")
    text = text.replace("    when: {was", "    priority: 1\n    when: {was").replace(
        "    when: {is_", "    priority: 1\n    when: {is_"
    )
    (tmp_path / "pain.yaml").write_text(
        text.replace("    when: {}", "    priority: 2\n    when: {}"), "utf-8"
    )
    assert len(load_rulebook(tmp_path, base=RULEBOOK, promises=()).books["pain"].rules) == 3


def test_a_source_that_nothing_rests_on_is_named(tmp_path: Path) -> None:
    shutil.copytree(BOOK, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write('OWN-98: {title: "a whim", says: "Always on Mondays.", because: "It is so."}\n')
    with pytest.raises(Refused, match="OWN-98: no rule and no exercise rests on it"):
        load_rulebook(tmp_path)


def test_a_topic_without_a_file_is_missed(tmp_path: Path) -> None:
    shutil.copytree(BOOK, tmp_path, dirs_exist_ok=True)
    (tmp_path / "pain.yaml").unlink()
    with pytest.raises(Refused, match=r"pain.yaml: is missing; without it nothing answers"):
        load_rulebook(tmp_path)


@pytest.mark.parametrize("kind", ["fires", "just_below", "blocked"])
def test_a_rule_without_one_kind_of_case_is_refused(kind: str, tmp_path: Path) -> None:
    cases = (CASES / "pain.yaml").read_text("utf-8")
    start = cases.index('  - rule: "PAIN-04"')
    end = cases.index('  - rule: "PAIN-31"')
    kept = [line for line in _blocks(cases[start:end]) if not line.startswith(f"    {kind}:")]
    (tmp_path / "pain.yaml").write_text(cases[:start] + "".join(kept) + cases[end:], "utf-8")
    verdict = check([BOOK / "pain.yaml"], cases=tmp_path)
    assert any(fault.rule == "PAIN-04" and f"has no case '{kind}'" in fault.what for fault in verdict.faults)


def _blocks(text: str) -> list[str]:
    """Lines, each with the lines that belong under it."""
    blocks: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("      "):
            blocks[-1] += line
        else:
            blocks.append(line)
    return blocks


def test_a_rulebook_without_cases_is_told_where_to_write_them(tmp_path: Path) -> None:
    shutil.copy(BOOK / "sets.yaml", tmp_path)
    verdict = check([tmp_path / "sets.yaml"])
    assert [fault.rule for fault in verdict.faults] == [rule.id for rule in RULEBOOK.books["sets"].rules]
    assert "cases/sets.yaml (a draft" in verdict.faults[0].what


def bomb() -> str:
    levels = "".join(f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 9))
    return 'a0: &a0 ["lol"]\n' + levels


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a YAML bomb": lambda: bomb().encode(),
    "ten megabytes of rules": lambda: (PAIN * 20_000).encode()[: 10 * 1024 * 1024],
    "a nest of brackets": lambda: b"topic: " + b"[" * 100_000,
    "a thousand rules": lambda: (PAIN[: PAIN.index("  - id")] + FIRST_RULE * 1000).encode(),
    "no text": lambda: bytes(range(256)),
    "another encoding": lambda: 'topic: "päin"'.encode("latin-1"),
    "nothing": lambda: b"",
    "a list": lambda: b'- "pain"\n',
    "only a comment": lambda: b"# nothing\n",
    "control characters": lambda: b'topic: "\x00"',
    "a huge number": lambda: b"topic: " + b"9" * 5000,
    "a mapping as a key": lambda: b'? {a: 1}\n: "x"\n',
}


def steps_of(work: Callable[[], object]) -> int:
    """How many calls and returns some work takes: the same on every machine, however busy."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return steps


@pytest.fixture(scope="module")
def own_steps() -> int:
    """What the coach's own rulebook takes."""
    return steps_of(load_rulebook)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_with_less_work_than_the_coachs_own_rules_take(
    what: str, tmp_path: Path, own_steps: int
) -> None:
    (tmp_path / "pain.yaml").write_bytes(HOSTILE[what]())

    def refused() -> None:
        with pytest.raises(Refused) as raised:
            load_rulebook(tmp_path, base=RULEBOOK)
        faults.append(str(raised.value))

    faults: list[str] = []
    assert steps_of(refused) < own_steps
    assert "pain.yaml:" in faults[0] or "bytes in all" in faults[0]
    assert len(faults[0]) < 20_000


def test_ten_megabytes_in_many_files_are_not_even_read(tmp_path: Path, own_steps: int) -> None:
    for number in range(50):
        (tmp_path / f"pain{number}.yaml").write_bytes((PAIN * 400).encode()[: 200 * 1024])

    def refused() -> None:
        with pytest.raises(Refused, match="bytes in all"):
            load_rulebook(tmp_path)

    assert steps_of(refused) < own_steps / 10


def test_a_link_that_leaves_the_directory_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(PAIN, "utf-8")
    inside = tmp_path / "book"
    inside.mkdir()
    (inside / "pain.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(Refused, match=r"pain.yaml: is a link that leaves its directory"):
        load_rulebook(inside, base=RULEBOOK)


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such directory"):
        load_rulebook(tmp_path / "nowhere")
    with pytest.raises(Refused, match=r"0 \.yaml files here"):
        load_exercises(tmp_path)


def test_reading_gives_plain_data_with_its_lines() -> None:
    data = read_text('a: "yes"\nb: [1, -2, true]\nc: {d: "1:30"}\n', "x.yaml")
    assert data == {"a": "yes", "b": [1, -2, True], "c": {"d": "1:30"}}
    assert data.line_of("c") == 3
