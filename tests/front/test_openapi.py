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

from skill.app import App, Settings, build
from skill.web import ALEXA, OPEN, create_app
from tests.front.serving import TREE

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
    described.app = _from_here(create_app(verify=False, coach=coach))
    yield described
    coach.store.close()


def _from_here(app: Any) -> Any:
    """The application as a program of this machine reaches it; schemathesis gives no address of its own."""
    return lambda environ, start: app(environ | {"REMOTE_ADDR": "127.0.0.1"}, start)


@pytest.mark.parametrize(
    ("path", "method", "mode", "seen"),
    [
        ("/alexa", "POST", GenerationMode.POSITIVE, 200),
        ("/alexa", "POST", GenerationMode.NEGATIVE, 400),
        ("/healthz", "GET", GenerationMode.POSITIVE, 200),
        ("/audio/{name}", "GET", GenerationMode.POSITIVE, 404),
    ],
)
def test_every_answer_is_one_that_the_description_names(
    schema: Any, path: str, method: str, mode: GenerationMode, seen: int
) -> None:
    operation, checks = schema[path][method], CHECKS.get_by_names(list(WANTED))
    statuses = Counter[int]()

    @settings(max_examples=80, deadline=None, suppress_health_check=BROAD, database=None, derandomize=True)
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
    }
