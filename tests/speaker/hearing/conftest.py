import pytest

from skill.speaker.ears import OpenEars
from skill.speaker.hearing import ears


@pytest.fixture(scope="session")
def open_ears() -> OpenEars:
    """The real recognisers, loaded once."""
    return ears()
