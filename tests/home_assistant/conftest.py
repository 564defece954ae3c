from collections.abc import Iterator

import pytest

from tests.home_assistant.environment import RELEASE, build
from tests.home_assistant.house import House
from tests.home_assistant.interpreter import NotToBeHad
from tests.parts import missing


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of its own for each file; its environment is built where it is not there."""
    try:
        build()
    except NotToBeHad as fault:
        missing(f"Home Assistant {RELEASE}", str(fault))
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()
