import gc
import json
from functools import cache

import pytest
from flask.testing import FlaskClient

from rules.engine import Engine
from skill import prebuilt
from skill.app import Settings, build
from skill.locales.texts import known, text_of
from tests.limits import check_answer
from tests.shipped import EXERCISES, RULEBOOK
from tests.store.servers import Moto, Postgres
from tests.trainee import Trainee

gc.set_threshold(20_000, 20, 50)
"""Models and rulebooks of a whole run are kept: to look through them as often as usual takes a fifth of its time."""


@pytest.hookimpl(trylast=True)  # after what was not asked for has been left out
def pytest_collection_modifyitems(config, items):
    """Each worker of pytest-xdist, which deals out runs of items, begins with what plays in its own time and is long.

    So the end is made of short tests, which are shared out until all are done.
    """
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    own_time = [each for each in items if each.get_closest_marker("real_time")]
    long = [each for each in items if each not in own_time and each.get_closest_marker("long")]
    every = [each for each in items if not each.get_closest_marker("long")]
    for nth in range(workers):
        share = long[len(long) * nth // workers : len(long) * (nth + 1) // workers]
        begins = len(items) * nth // workers
        every[begins:begins] = [*own_time[nth::workers], *share]
    items[:] = every


@pytest.fixture
def app(tmp_path):
    """The whole coach on a real SQLite file."""
    app = build(Settings(store=str(tmp_path / "coach.db")))
    yield app
    app.store.close()


@pytest.fixture
def anna(app):
    """A trainee whom nobody knows yet."""
    return Trainee(app)


@pytest.fixture(scope="session", autouse=True)
def what_is_shipped_is_read_proved_and_decided_once():
    """As on a server that runs: else each of a thousand coaches would prove the rules and ask them all anew."""
    shipped = prebuilt.Built(EXERCISES, RULEBOOK, {name: prebuilt.kept(text_of(name)) for name in known()})
    decided = {}

    def engine(rulebook, exercises):
        made = Engine(rulebook, exercises, memo=200_000)
        if rulebook is RULEBOOK:
            made._memo = decided
        return made

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prebuilt, "read", lambda: shipped)
        patched.setattr("skill.app.Engine", engine)
        yield


@pytest.fixture(scope="session")
def postgres_server():
    """PostgreSQL, started by the first test that needs it; each test has a schema of its own."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def moto_server():
    """An emulated DynamoDB, started by the first test that needs it; each test has a table of its own.

    Its clients share what the SDK reads of its own description, which is half of what a client costs.
    """
    from botocore.loaders import create_loader

    server = Moto()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("botocore.session.create_loader", cache(create_loader))
        yield server
    server.close()


@pytest.fixture(autouse=True)
def every_answer_keeps_the_limits(monkeypatch):
    """Whatever a test is about: each answer of the endpoint to it is checked against the platform's limits."""
    open_ = FlaskClient.open

    def checked(self, *args, **kwargs):
        response = open_(self, *args, **kwargs)
        if args and args[0] == "/alexa" and response.status_code == 200:
            check_answer(json.loads(response.get_data()))
        return response

    monkeypatch.setattr(FlaskClient, "open", checked)
