"""An endpoint that verifies, with a store of its own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skill.app import App, Settings, build
from tests.alexa.verify.table import SKILL, Table
from tests.front.door import Door


@pytest.fixture(scope="module")
def table() -> Table:
    return Table(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[App]:
    made = build(Settings(store=str(tmp_path / "door.db"), skill_ids=(SKILL,)))
    yield made
    made.store.close()


@pytest.fixture
def door(table: Table, coach: App) -> Door:
    return Door(table, coach)
