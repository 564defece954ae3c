"""What is written of a turn: who waited for what, and nobody's name or words."""

import io
import json
import logging
import re

import pytest

from bench.turns.workouts import Trainee
from skill.alexa.skill import Skill
from skill.app import Settings, build
from skill.store.base import StoreUnavailable
from skill.watch import lines
from skill.watch.metrics import Metrics

RULE = re.compile(r"[A-Z]+-\d+")


@pytest.fixture
def coach(tmp_path):
    made = build(Settings(store=str(tmp_path / "coach.db")))
    yield made
    made.store.close()


@pytest.fixture
def log():
    """Everything that any logger writes, at its most talkative."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    root, turns = logging.getLogger(), lines.LOG
    before = root.level, turns.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    turns.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before[0])
    turns.setLevel(before[1])


def seen_by(coach, *tell):
    return lines.Reporter("a secret", lambda: coach.engine.rebuilds, *tell)


def test_every_turn_is_one_line_with_its_rules_and_the_time_of_each_part(coach, log):
    skill = Skill(coach, seen_by(coach, lines.write))
    for request in Trainee("anna").works_out():
        skill.answer(request)
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [each["intent"] for each in told] == [
        "Launch",
        "LadderIntent",
        "ReadyIntent",
        *["LogSetIntent"] * 6,
    ]
    assert len({each["request"] for each in told}) == 9
    assert len({each["user"] for each in told}) == 1
    assert all(RULE.fullmatch(rule) for each in told for rule in each["rules"])
    assert told[3]["rules"]
    assert all(min(each["ms"].values()) > 0 for each in told)


def test_no_log_holds_an_id_or_a_word_of_the_trainee_whatever_fails(coach, log, monkeypatch):
    skill = Skill(coach, seen_by(coach, lines.write))
    trainee = Trainee("personalpersonal")
    trainee.says("LaunchRequest")
    said = {"band_one": "unutterable", "reps": "unutterable", "place": "unutterable"}

    def fails(*_):
        raise RuntimeError("amzn1.ask.account.personalpersonal said unutterable")

    skill.answer(trainee.says("LadderIntent", said))
    skill.answer(trainee.says("UnutterableIntent", said))
    monkeypatch.setattr(coach.store, "save", fails)
    skill.answer(trainee.says("LadderIntent", said))
    monkeypatch.setattr(coach.store, "load", fails)
    skill.answer(trainee.says("LaunchRequest"))
    written = log.getvalue()
    assert "RuntimeError" in written
    for secret in ("personalpersonal", "nutterable", "amzn1"):
        assert secret not in written


def test_the_cure_for_a_store_that_is_away_is_logged_and_the_fault_counted(coach, log, monkeypatch):
    def is_away(*_):
        raise StoreUnavailable("the disk is full: make room")

    monkeypatch.setattr(coach.store, "load", is_away)
    metrics = Metrics()
    Skill(coach, seen_by(coach, metrics.add)).answer(Trainee("anna").says("LaunchRequest"))
    assert "make room" in log.getvalue()
    assert 'intent="Launch",fault="StoreUnavailable"} 1' in metrics.text()


def test_a_users_hash_leads_back_to_nobody_without_the_secret():
    assert lines.hashed("anna", "a secret") == lines.hashed("anna", "a secret")
    assert lines.hashed("anna", "a secret") != lines.hashed("anna", "another")
    assert lines.hashed("", "a secret") == ""


def test_metrics_add_up_turn_by_turn(coach):
    metrics = Metrics()
    skill = Skill(coach, seen_by(coach, metrics.add))
    for request in Trainee("anna").works_out():
        skill.answer(request)
    samples = {}
    for line in metrics.text().splitlines():
        if not line.startswith("#"):
            name, _, value = re.sub(r'process="\d+",?', "", line).rpartition(" ")
            samples[name] = float(value)
    assert samples['glute_coach_turns_total{intent="LogSetIntent",fault=""}'] == 6
    count = samples["glute_coach_turn_seconds_count{}"]
    assert count == samples['glute_coach_turn_seconds_bucket{le="+Inf"}'] == 9
    buckets = [value for name, value in samples.items() if "_bucket" in name]
    assert buckets == sorted(buckets)
    assert samples["glute_coach_engine_rebuilds_total{}"] == 0
    assert samples["glute_coach_turn_seconds_sum{}"] > 0


def test_a_rebuilt_engine_is_told_of_once(coach):
    told = []
    skill = Skill(coach, seen_by(coach, told.append))
    trainee = Trainee("anna")
    coach.engine.rebuilds = 2
    skill.answer(trainee.says("LaunchRequest"))
    skill.answer(trainee.says("LadderIntent", {"band_one": "red"}))
    assert [line["engine_rebuilds"] for line in told] == [2, 0]


def test_cloudwatch_finds_its_metrics_in_the_line(coach):
    told = []
    Skill(coach, seen_by(coach, told.append)).answer(Trainee("anna").says("LaunchRequest"))
    line = json.loads(lines.text(lines.embedded(told[0], 1_795_417_200_000)))
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert line["_aws"]["Timestamp"] == 1_795_417_200_000
    assert all(isinstance(line[each["Name"]], int | float) for each in directive["Metrics"])
    assert all(line[name] for names in directive["Dimensions"] for name in names)
    assert line["TurnMs"] == pytest.approx(sum(line["ms"].values()), abs=0.01)
