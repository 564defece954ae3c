from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.speaker.pairing.household import Household, at_home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Household]:
    with at_home(tmp_path) as home:
        yield home
