"""Counts rendered beforehand: the bucket that the template makes, what fills it, and what the function makes of it."""

import json
import shutil
import subprocess
import sys

import pytest

from bench.counting.beats import beats, start_ms, summary, without
from bench.counting.ways import Put, Spoken
from bench.turns.workouts import LADDER, Trainee
from skill.app import Settings, build
from skill.coach.messages.reply import Count
from tests.limits import check_answer
from tests.on_lambda.emulator import Function

pytestmark = pytest.mark.long  # the function is packed first

BASE = "https://bucket.example/counts"


@pytest.fixture
def counting(unpacked, environment):
    """The function of a deployment that has filled its bucket."""
    route = {
        "GLUTE_COACH_COUNT_ROUTE": "mp3",
        "GLUTE_COACH_AUDIO_URL": BASE,
        "GLUTE_COACH_AUDIO_MANIFEST": str(unpacked / "counts.json"),
    }
    running = Function(unpacked, environment | route)
    yield running
    running.close()


def items_of(answer):
    check_answer(answer)
    (directive,) = answer["response"]["directives"]
    return directive["document"]["mainTemplate"]["item"]["items"]


@pytest.fixture
def fetched(counting, built):
    """The file that the function names for a fresh set, and what Alexa does after it."""
    anna = Trainee("counted")
    counting.invoke(anna.says("LaunchRequest"))
    counting.invoke(anna.says("LadderIntent", LADDER))
    items = items_of(counting.invoke(anna.says("ReadyIntent")))
    (source,) = [each["source"] for each in items if each["type"] == "Audio"]
    assert source.startswith(f"{BASE}/")
    return built / "counts" / source.removeprefix(f"{BASE}/"), items[-1]


def test_the_function_names_a_file_as_long_as_the_set_and_alexa_asks_after_it(fetched, built, tmp_path):
    file, after = fetched
    sets = json.loads((built / "counts" / "manifest.json").read_text("utf-8"))["sets"].values()
    (said,) = {each["length_ms"] for each in sets if each["file"] == file.name}
    assert said == fresh_set(tmp_path).length_ms
    assert after["items"][1]["content"].endswith("?")


@pytest.mark.long
def test_the_beats_of_that_file_are_those_of_the_timeline(fetched, tmp_path):
    file, _ = fetched
    expected = fresh_set(tmp_path)
    words = [cue for cue in expected.cues if not is_in_a_form_cue(cue.at_ms)]
    put = [Put(cue.text, cue.at_ms, cue.at_ms) for cue in words]
    assert [cue.text for cue in expected.cues[:4]] == ["three", "two", "one", "lift"]
    assert len(put) > 140
    heard = beats(Spoken(file.read_bytes(), put))
    figures = summary(without(heard, start_ms(heard)))
    assert figures.mean_ms <= 10
    assert figures.worst_ms <= 30
    assert abs(figures.drift_ms) < 1


def is_in_a_form_cue(at_ms):
    """Whether this is in the hold of repetition three, six or nine, where the file has a cue about the form."""
    rep, inside = divmod(at_ms - 3000, 6000)
    return rep + 1 in (3, 6, 9) and 1000 <= inside < 3000


def fresh_set(tmp_path):
    """The first set of a workout, laid out anew."""
    app = build(Settings(store=str(tmp_path / "coach.db")))
    plan = app.plan(Count("glute_raise", "left", True, 0, 0, 0, 1, 25, "x"))
    app.store.close()
    return app.locale.script(plan, [], None)


def test_the_function_needs_no_sound_library_for_it(unpacked):
    names = {each.name for each in unpacked.iterdir()}
    assert "counts.json" in names
    assert not names & {"numpy", "piper", "lameenc", "soundfile", "onnxruntime"}
    assert not list(unpacked.rglob("*.mp3"))


def test_the_manifest_in_the_zip_is_that_of_the_files(built, unpacked):
    inside, beside = (unpacked / "counts.json"), (built / "counts" / "manifest.json")
    assert inside.read_bytes() == beside.read_bytes()
    wanted = {each["file"] for each in json.loads(inside.read_text("utf-8"))["sets"].values()}
    assert wanted == {file.name for file in (built / "counts").glob("*.mp3")}


def test_a_count_that_was_not_rendered_goes_by_alexas_own_voice(counting):
    bert = Trainee("resumed")
    for intent in ("LaunchRequest", "LadderIntent", "ReadyIntent"):
        counting.invoke(bert.says(intent, LADDER if intent == "LadderIntent" else None))
    counting.invoke(bert.says("AMAZON.PauseIntent", after_s=60))
    items = items_of(counting.invoke(bert.says("AMAZON.ResumeIntent")))
    assert not [each for each in items if each["type"] == "Audio"]
    assert len(items) > 50


def test_a_bucket_that_is_encrypted_unlisted_and_closed_until_its_counts_are_wanted(template):
    bucket = template["Resources"]["Counts"]["Properties"]
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    shut = bucket["PublicAccessBlockConfiguration"]
    assert shut["BlockPublicAcls"] is shut["IgnorePublicAcls"] is True
    only_mp3 = {"If": ["ServesCounts", False, True]}
    assert shut["BlockPublicPolicy"] == shut["RestrictPublicBuckets"] == only_mp3
    assert bucket["LifecycleConfiguration"]["Rules"][0]["AbortIncompleteMultipartUpload"]
    assert template["Conditions"]["ServesCounts"] == {"Equals": [{"Ref": "CountRoute"}, "mp3"]}
    assert template["Parameters"]["CountRoute"]["Default"] == "apla"


def test_anybody_may_read_a_count_by_its_name_over_tls_and_nothing_more(template):
    policy = template["Resources"]["CountsAreFetched"]
    assert policy["Condition"] == "ServesCounts"
    allowed, denied = policy["Properties"]["PolicyDocument"]["Statement"]
    assert (allowed["Effect"], allowed["Action"]) == ("Allow", "s3:GetObject")
    assert allowed["Resource"] == {"Sub": "${Counts.Arn}/counts/*"}
    assert (denied["Effect"], denied["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_the_function_is_told_where_the_files_are_and_gets_no_right_to_them(template, unpacked):
    coach = template["Resources"]["Coach"]["Properties"]
    variables = coach["Environment"]["Variables"]
    assert variables["GLUTE_COACH_COUNT_ROUTE"] == {"Ref": "CountRoute"}
    assert variables["GLUTE_COACH_AUDIO_URL"] == {"Sub": "https://${Counts.RegionalDomainName}/counts"}
    place = variables["GLUTE_COACH_AUDIO_MANIFEST"].removeprefix("/var/task/")
    assert (unpacked / place).is_file()
    assert "s3:" not in json.dumps(coach)


def test_cloudformation_finds_no_fault_with_the_template(built):
    cfn_lint = shutil.which("cfn-lint", path=str(sys.prefix) + "/bin")
    assert cfn_lint, "cfn-lint is missing: it comes with what `make test` installs"
    done = subprocess.run([cfn_lint, built / "template.yaml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_the_beats_would_be_missed_were_the_file_that_of_another_set(built, tmp_path):
    sets = json.loads((built / "counts" / "manifest.json").read_text("utf-8"))["sets"].values()
    shortest = min(sets, key=lambda each: each["length_ms"])
    sound = (built / "counts" / shortest["file"]).read_bytes()
    put = [Put(cue.text, cue.at_ms, cue.at_ms) for cue in fresh_set(tmp_path).cues]
    with pytest.raises(ValueError, match="no onset"):
        beats(Spoken(sound, put))
