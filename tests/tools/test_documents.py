"""The documents name what there is: files, places on pages, commands and their options, benches, tests."""

import argparse
import re
from functools import cache
from pathlib import Path

import pytest

from skill.cli import parser
from skill.settings import NAMES

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])
OF_TODAY = [each for each in PAGES if each.name not in ("logbook.md", "CHANGELOG.md")]
"""What was done then may name what is gone since."""
FOLDERS = "bench|docs|interaction_models|lambda|rules|server|skill|tests|tools|custom_components|blueprints"
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(rf"`((?:{FOLDERS})/[\w./-]+)`")
MODULE = re.compile(r"python3? -m ((?:bench|tools|rules|skill)(?:\.\w+)*)")
TESTED = re.compile(r"(?<!\S)(tests/[\w./-]+)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
STANDS_FOR = re.compile(r"[A-Z]{4}|en-NZ|fr-FR")
"""What stands in a name for one that the reader will give."""
COMMAND = re.compile(r"(?:^|`|\$ |bin/)glute-coach(?: (?!-)([a-z]+))?((?: [^`\n|#;]*)?)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")


def pages(these):
    return pytest.mark.parametrize("page", these, ids=lambda page: str(page.relative_to(ROOT)))


@cache
def heading_marks(page: Path) -> set[str]:
    """What a page's headings can be linked by."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pages(PAGES)
def test_every_link_leads_to_something(page):
    dead = []
    for link in LINK.findall(page.read_text("utf-8")):
        path, _, mark = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if "://" in link or link.startswith("mailto:"):
            continue
        if not target.exists() or (mark and mark not in heading_marks(target)):
            dead.append(link)
    assert not dead


@pages(OF_TODAY)
def test_every_file_that_is_named_is_there(page):
    text = page.read_text("utf-8")
    named = {*FILE.findall(text), *TESTED.findall(text)}
    named = {each.rstrip(".,:;)").partition("::")[0] for each in named if not STANDS_FOR.search(each)}
    assert not [each for each in sorted(named) if not (ROOT / each).exists()]


@pages(OF_TODAY)
def test_every_module_that_is_to_be_run_is_there(page):
    missing = []
    for name in MODULE.findall(page.read_text("utf-8")):
        path = ROOT / name.replace(".", "/")
        if not (path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()):
            missing.append(name)
    assert not missing


@cache
def commands() -> dict[str, set[str]]:
    """Each command of glute-coach with its options, those of its own commands among them."""
    return {name: options(each) for name, each in below(parser()).items()} | {"": options(parser())}


def below(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of a command."""
    found = [each.choices for each in of._actions if isinstance(each, argparse._SubParsersAction)]
    return dict(found[0]) if found else {}


def options(of: argparse.ArgumentParser) -> set[str]:
    """Every option that a command takes."""
    own = {name for action in of._actions for name in action.option_strings}
    return own.union(*(options(each) for each in below(of).values()))


@pages(OF_TODAY)
def test_every_command_and_each_of_its_options_is_one(page):
    unknown = []
    code = "\n".join(CODE.findall(page.read_text("utf-8")))
    for name, rest in COMMAND.findall(code):
        if name and name not in commands():
            unknown.append(name)
        known = commands().get(name, set())
        unknown += [f"{name} {each}" for each in OPTION.findall(rest) if each not in known]
    assert not unknown


@pages(OF_TODAY)
def test_every_setting_that_is_named_is_one(page):
    assert not set(re.findall(r"GLUTE_COACH_[A-Z_]*[A-Z]", page.read_text("utf-8"))) - NAMES
