"""The packaged function, really run: AWS's emulator and runtime, an emulated table, a client that nobody here wrote."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from bench.turns.workouts import Trainee
from skill import prebuilt as built_from
from skill.store.dynamodb import DynamoDBStore
from tests.languages.read import of
from tests.limits import check_answer
from tests.on_lambda.emulator import ROOT, SKILL_ID
from tests.parts import found, need_clients

pytestmark = pytest.mark.long  # the function is packed first


def test_virtual_alexa_trains_on_lambda_from_launch_to_summary(function, table):
    need_clients()
    script = ROOT / "tests" / "clients" / "virtual_workout.mjs"
    model = ROOT / "interaction_models" / "en-US.json"
    done = subprocess.run(
        [found("node"), script, function.url, model, json.dumps(of("en-US")["workout"]), SKILL_ID],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode == 0, done.stderr + function.log.read_text("utf-8")
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    for turn in turns:
        check_answer(turn["answer"])
    store: DynamoDBStore = table.open()
    kept = [workout for user in store.users() for workout in store.workouts(user)]
    store.close()
    sets = [(each["side"], each["reps"]) for each in kept[0]["sets"]]
    assert sets == [("left", 13), ("right", 13)] * 3
    seen = [line for line in function.lines() if "_aws" in line]
    assert len(seen) == len(turns)
    assert all(line["SaveMs"] > 0 and not line["fault"] for line in seen)


def test_a_request_for_another_skill_is_not_answered(function):
    request = Trainee("anna").says("LaunchRequest")
    request["context"]["System"]["application"]["applicationId"] = "amzn1.ask.skill.other"
    assert function.invoke(request)["errorType"] == "BadRequest"
    assert "anna" not in function.log.read_text("utf-8")


def test_the_zip_needs_nothing_but_python_and_loads_and_makes_nothing_that_is_slow(unpacked):
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]; import os\n"
        "os.environ['GLUTE_COACH_SKILL_IDS'] = 'amzn1.ask.skill.x'; import lambda_function\n"
        "heavy = ('boto3', 'botocore', 'flask', 'cryptography', 'yaml', 'numpy')\n"
        "heavy += ('difflib', 'html', 'tempfile', 'zipfile')\n"
        "ours = [each for name, each in sys.modules.items() if name.split('.')[0] in ('rules', 'skill')]\n"
        "made = {each for module in ours for each in vars(module).values() if isinstance(each, type)}\n"
        "print(*(name for name in sys.modules if name.split('.')[0] in heavy))\n"
        "print(*(each for each in made if hasattr(each, '__dataclass_fields__')))"
    )
    alone = [sys.executable, "-I", "-S", "-c", code, str(unpacked)]
    done = subprocess.run(alone, capture_output=True, text=True, cwd=unpacked)
    assert done.returncode == 0, done.stderr
    assert not done.stdout.strip(), "slow to load; and a dataclass compiles its methods, a struct does not"


def test_what_was_worked_out_at_the_build_is_what_the_yaml_of_the_zip_comes_to(unpacked):
    assert pickle.loads((unpacked / "skill" / "built.pickle").read_bytes()) == built_from.work_out()
    for ours in [*ROOT.glob("rules/**/*.yaml"), *ROOT.glob("skill/**/*.yaml")]:
        packed = unpacked / ours.relative_to(ROOT)
        assert not packed.exists() or packed.read_bytes() == ours.read_bytes()


def test_the_zip_is_small_compiled_without_the_aws_sdk_and_the_same_each_time(built, unpacked, tmp_path):
    zip_file = built / "lambda.zip"
    assert zip_file.stat().st_size < 25e6
    names = {str(each.relative_to(unpacked)) for each in unpacked.rglob("*")}
    assert not {name for name in names if name.split("/")[0] in ("boto3", "botocore", "moto", "tests")}
    assert any(name.startswith("durable_rules_engine") and name.endswith(".so") for name in names)
    modules = {name for name in names if name.endswith(".py")}
    tag = sys.implementation.cache_tag
    compiled = {str(Path(m).parent / "__pycache__" / f"{Path(m).stem}.{tag}.pyc") for m in modules}
    assert compiled <= names
    subprocess.run(
        [sys.executable, ROOT / "lambda" / "package.py", "--out", tmp_path], check=True, cwd=tmp_path
    )
    assert (tmp_path / "lambda.zip").read_bytes() == zip_file.read_bytes()


def test_only_this_skill_may_call_the_function_and_the_function_may_touch_only_its_table(template):
    coach = template["Resources"]["Coach"]["Properties"]
    assert coach["Events"] == {"Alexa": {"Type": "AlexaSkill", "Properties": {"SkillId": {"Ref": "SkillId"}}}}
    (statement,) = coach["Policies"][0]["Statement"]  # and so none that touches the bucket
    assert statement["Resource"] == {"GetAtt": "Table.Arn"}
    assert not [each for each in statement["Action"] if "*" in each or "Table" in each]
    assert coach["Runtime"] == f"python{sys.version_info[0]}.{sys.version_info[1]}"


def test_the_table_is_backed_up_billed_by_use_and_outlives_the_stack(template):
    table = template["Resources"]["Table"]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    keys = [each["AttributeName"] for each in table["Properties"]["KeySchema"]]
    assert keys == ["user", "item"]


def test_what_is_watched_is_what_the_function_writes(template, function):
    function.invoke(Trainee("watched").says("LaunchRequest"))
    line = next(line for line in function.lines() if "_aws" in line)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    written = {each["Name"] for each in directive["Metrics"]}
    alarms = [
        each["Properties"]
        for each in template["Resources"].values()
        if each["Type"] == "AWS::CloudWatch::Alarm" and each["Properties"]["Namespace"] == "GluteCoach"
    ]
    assert {each["MetricName"] for each in alarms} == {"Apologies", "EngineRebuilds"} <= written
    assert all(each["Dimensions"] == [{"Name": "Service", "Value": line["Service"]}] for each in alarms)
    body = template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Sub"]
    widgets = json.loads(body.replace("${", "").replace('}"', '"'))["widgets"]
    shown = {m[1] for w in widgets for m in w["properties"]["metrics"] if m[0] in ("GluteCoach", ".")}
    assert {"Turns", "Apologies", "EngineRebuilds", "TurnMs"} <= shown & written


def test_the_alexa_console_gets_the_models_of_this_tree_and_a_disclaimer(built):
    resources = json.loads((built / "ask" / "ask-resources.json").read_text("utf-8"))
    package = built / "ask" / resources["profiles"]["default"]["skillMetadata"]["src"]
    manifest = json.loads((package / "skill.json").read_text("utf-8"))["manifest"]
    assert "endpoint" not in manifest["apis"]["custom"], (
        "the function is made for the skill's id, so it comes later"
    )
    ours = {
        each.stem: json.loads(each.read_text("utf-8"))
        for each in (ROOT / "interaction_models").glob("*.json")
    }
    theirs = package / "interactionModels" / "custom"
    assert {each.stem: json.loads(each.read_text("utf-8")) for each in theirs.glob("*.json")} == ours
    told = manifest["publishingInformation"]["locales"]
    assert set(told) == set(ours)
    for locale, each in told.items():
        assert of(locale)["disclaims"] in each["description"], locale
    name = ours["en-US"]["interactionModel"]["languageModel"]["invocationName"]
    assert f"Alexa, open {name}" in told["en-US"]["examplePhrases"]
