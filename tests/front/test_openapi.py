"""The published description and the skill agree, asked by requests that schemathesis makes from the description."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from skill.app import App, build
from skill.settings import Settings
from skill.speaker.api.routes import API, blueprint
from skill.speaker.api.token import new_token
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.hearing.opinions import Verdict
from skill.speaker.house import House
from skill.speaker.page.attach import rooms_of
from skill.speaker.understanding.understand import understand
from skill.web import ALEXA, OPEN, create_app
from tests.front.serving import TREE
from tests.speaker.page.opened import Beep

DESCRIPTION = TREE / "docs" / "openapi.yaml"
WANTED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
BROAD = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    coach: App = build(Settings(store=str(tmp_path_factory.mktemp("openapi") / "coach.db")))
    described = schemathesis.openapi.from_path(DESCRIPTION)
    app = create_app(verify=False, coach=coach, opened=(*OPEN, API))
    token = tmp_path_factory.mktemp("token") / "coach.token"
    house = House(rooms_of(app, coach), lambda _: Verdict("talk", "", understand("")), Sounds(Beep()))
    app.register_blueprint(blueprint(coach, house, token))
    described.app = _from_here(app, new_token(token))
    yield described
    coach.store.close()


def _from_here(app: Any, token: str) -> Any:
    """The application as a program of this machine with the token reaches it; schemathesis gives no address."""
    mine = {"REMOTE_ADDR": "127.0.0.1", "HTTP_AUTHORIZATION": f"Bearer {token}"}
    return lambda environ, start: app(environ | mine, start)


@pytest.mark.parametrize(
    ("path", "method", "mode", "seen"),
    [
        ("/alexa", "POST", GenerationMode.POSITIVE, 200),
        ("/alexa", "POST", GenerationMode.NEGATIVE, 400),
        ("/healthz", "GET", GenerationMode.POSITIVE, 200),
        ("/audio/{name}", "GET", GenerationMode.POSITIVE, 404),
        ("/api/v1/", "GET", GenerationMode.POSITIVE, 200),
        ("/api/v1/turn", "POST", GenerationMode.POSITIVE, 200),
        ("/api/v1/turn", "POST", GenerationMode.NEGATIVE, 400),
        ("/api/v1/state", "GET", GenerationMode.POSITIVE, 200),
        ("/api/v1/speech", "POST", GenerationMode.POSITIVE, 200),
        ("/api/v1/hear", "POST", GenerationMode.POSITIVE, 200),
    ],
)
def test_every_answer_is_one_that_the_description_names(
    schema: Any, path: str, method: str, mode: GenerationMode, seen: int
) -> None:
    operation, checks = schema[path][method], CHECKS.get_by_names(list(WANTED))
    statuses = Counter[int]()

    @settings(max_examples=40, deadline=None, suppress_health_check=BROAD, database=None, derandomize=True)
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        statuses[case.call_and_validate(checks=checks).status_code] += 1

    ask()
    assert statuses[seen] > 0, statuses


def test_every_path_that_is_open_to_all_is_described(schema: Any) -> None:
    assert set(schema.raw_schema["paths"]) == {
        ALEXA,
        *(path if path.endswith("z") else f"{path}{{name}}" for path in OPEN),
        *(f"{API}{each}" for each in ("", "turn", "state", "speech", "hear")),
    }
