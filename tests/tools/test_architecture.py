"""docs/architecture.md shows the rooms as they are."""

from pathlib import Path

import pytest

from tools.rooms import HOUSES, arrows_of, floors_of, summary

PAGE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8")


@pytest.mark.parametrize("house", HOUSES)
def test_the_page_tells_the_rooms_floors_and_arrows_that_there_are(house: str) -> None:
    assert summary(house) in PAGE


@pytest.mark.parametrize("house", HOUSES)
def test_the_page_draws_every_floor(house: str) -> None:
    for floor in floors_of(arrows_of(house)):
        assert "  ".join(floor) in PAGE
