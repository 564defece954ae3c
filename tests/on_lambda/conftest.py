"""The packaged function: built once, unpacked, and started with whatever environment a test wants."""

import zipfile

import pytest
import yaml

from bench.turns.workouts import SKILL
from tests.on_lambda.emulator import SKILL_ID, Function
from tests.on_lambda.packaged import packaged
from tests.store.backends import DynamoDBBackend


class Template(yaml.SafeLoader):
    """CloudFormation's YAML: its functions (!Ref, !Sub ...) become {name: value}."""


def _function(loader, suffix, node):
    make = {yaml.ScalarNode: loader.construct_scalar, yaml.SequenceNode: loader.construct_sequence}
    return {suffix: make[type(node)](node)}


Template.add_multi_constructor("!", _function)


@pytest.fixture(scope="session")
def template(built):
    return yaml.load((built / "template.yaml").read_text("utf-8"), Template)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """What `make package` builds."""
    return packaged(tmp_path_factory)


@pytest.fixture(scope="session")
def unpacked(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked") / "task"
    with zipfile.ZipFile(built / "lambda.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def table(moto_server):
    """An emulated table, with the function's view of AWS in its environment."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patched.setenv(name, "none")
        yield DynamoDBBackend(moto_server, "packaged")


@pytest.fixture
def environment(table):
    """What the template sets, with an emulated table."""
    return {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "GLUTE_COACH_STORE": table.address,
        "GLUTE_COACH_SKILL_IDS": f"{SKILL_ID},{SKILL}",
        "GLUTE_COACH_LOG_SECRET": "a secret of the tests",
    }


@pytest.fixture
def function(unpacked, environment):
    running = Function(unpacked, environment)
    yield running
    running.close()
