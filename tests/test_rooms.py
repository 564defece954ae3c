"""The house: a room knows only the floors below it (docs/architecture.md)."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = [
    {"rules.vocabulary"},
    {"rules.files"},
    {"rules.proof"},
    {"rules.rulebook"},
    {"rules.engine", "rules.cases"},
    {"rules.views"},
    {"skill.coach.value", "skill.watch"},
    {"skill.coach.messages"},
    {"skill.coach.state", "skill.coach.counting"},
    {"skill.coach.brain", "skill.coach.open_questions"},
    {"skill.coach.turn"},
    {"skill.coach.bands"},
    {"skill.coach.workout"},
    {"skill.coach.intents"},
    {"skill.coach.dialogue"},
    {"skill.locales", "skill.store"},
    {"skill.drawings"},
    {"skill.audio", "skill.people", "skill.simulate", "skill.prebuilt", "skill.history"},
    {"skill.alexa"},
    {"skill.settings"},
    {"skill.app"},
    {"skill.front"},
    {"skill.speaker.understanding"},
    {"skill.speaker.conversation"},
    {"skill.speaker.hearing", "skill.speaker.pairing", "skill.speaker.page"},
    {"skill.speaker.house"},
    {"skill.speaker.api", "skill.speaker.satellite", "skill.speaker.terminal"},
    {"skill.web", "skill.lambda_entry"},
    {"skill.commands"},
    {"skill.cli"},
    {"skill.__main__"},
]
PACKAGES = {"rules", "skill", "skill.coach", "skill.speaker"}
"""Folders that hold rooms and are none themselves: their `__init__` imports nothing of ours."""
FILES = sorted([*ROOT.glob("skill/**/*.py"), *ROOT.glob("rules/**/*.py")])


def floor_of(module):
    """The room (its longest known prefix) and floor of a module, or None for what is not ours."""
    rooms = [(room, nth) for nth, floor in enumerate(FLOORS) for room in floor]
    fitting = [each for each in rooms if module == each[0] or module.startswith(each[0] + ".")]
    return max(fitting, default=None, key=lambda each: len(each[0]))


@cache
def imports(file):
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def arrows_up(file, module):
    here = floor_of(module)
    for target in imports(file):
        there = floor_of(target)
        if there is None or there[0] == here[0]:
            continue
        if there[1] >= here[1]:
            yield f"{module} -> {target}"


def module_of(file):
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_arrow_runs_upwards_or_round(file):
    module = module_of(file)
    if module in PACKAGES:
        assert [each for each in imports(file) if each.split(".")[0] in PACKAGES] == []
        return
    assert floor_of(module) is not None, (
        f"{module} stands in no room: give it one in docs/architecture.md and here"
    )
    assert list(arrows_up(file, module)) == []


def test_no_arrows_run_in_a_circle_within_a_room_either():
    ours = {module_of(file): file for file in FILES}
    packages = {module_of(file) for file in FILES if file.name == "__init__.py"}
    arrows = {module: set(imports(file)) & set(ours) - packages for module, file in ours.items()}
    TopologicalSorter(arrows).prepare()


def test_only_the_engine_imports_durable():
    users = {file.name for file in FILES if any(each.split(".")[0] == "durable" for each in imports(file))}
    assert users == {"engine.py"}


@pytest.mark.parametrize("file", sorted((ROOT / "skill" / "coach").rglob("*.py")), ids=lambda file: file.stem)
def test_the_core_has_no_clock_no_chance_and_no_door(file):
    doors = {
        "time",
        "datetime",
        "random",
        "os",
        "io",
        "sqlite3",
        "json",
        "socket",
        "pathlib",
        "logging",
        "flask",
    }
    assert {each.split(".")[0] for each in imports(file)} & doors == set()


@pytest.mark.parametrize(
    "file",
    [each for each in FILES if "alexa" not in each.parts],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_the_sdk_stays_at_the_outer_edge(file):
    allowed = {"web.py", "lambda_entry.py"}
    sdk = [each for each in imports(file) if each.startswith("ask_sdk")]
    assert not sdk or file.name in allowed
