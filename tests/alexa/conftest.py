import pytest

from skill.alexa.count_delivery import Routes
from skill.app import Settings, build
from tests.alexa.deployed import ADDRESSES
from tests.trainee import Trainee


@pytest.fixture
def trainee(tmp_path):
    """Somebody at the first "ready" of a deployment that counts by a given route."""
    opened = []

    def at(route: str, **more) -> Trainee:
        app = build(Settings(store=str(tmp_path / "coach.db")))
        opened.append(app)
        app.routes = Routes(route, address_of=ADDRESSES.of, **more)
        one = Trainee(app)
        for words in ("start glute workout", "yellow, red and green"):
            one.say(words)
        return one

    yield at
    for app in opened:
        app.store.close()
