"""Who follows the README on a bare machine has all that the tests need."""

import re
from pathlib import Path

from tests.parts import PACKAGES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
TOLD = {name for line in re.findall(r"^sudo apt install ([^#\n]+)", README, re.M) for name in line.split()}


def test_the_readme_names_every_package_that_ci_installs_and_no_other() -> None:
    listed = re.search(r"^packages=\(([^)]+)\)", (ROOT / ".ci" / "run").read_text("utf-8"), re.M)
    assert listed is not None
    assert set(listed[1].split()) == TOLD


def test_the_readme_names_every_package_whose_programs_the_tests_start() -> None:
    assert {name for names in PACKAGES.values() for name in names.split()} - TOLD == set()
