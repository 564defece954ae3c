import pytest

from skill.speaker import hearing
from skill.speaker.conversation.ears import OpenEars
from skill.speaker.hearing.recognise import Recogniser


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    """The real recognisers, loaded once."""
    return hearing.recogniser()


@pytest.fixture(scope="session")
def open_ears(recogniser: Recogniser) -> OpenEars:
    """Ears of the real recognisers."""
    return hearing.ears(recognise=recogniser)
