"""The package's own exercises and rules: read and proved once for all the tests of a process."""

from typing import Final

from rules.engine import Engine
from rules.files.exercise import load_exercises
from rules.rulebook import load_rulebook

EXERCISES: Final = load_exercises()
RAISE: Final = EXERCISES["glute_raise"]
RULEBOOK: Final = load_rulebook(exercises=EXERCISES)
ENGINE: Final = Engine(RULEBOOK, EXERCISES, memo=200_000)
