"""The screens of a whole workout: Amazon's schema finds nothing in them, and they leave room for the count."""

import json
import re
import subprocess

import pytest

from skill.alexa.apla import RESERVE_BYTES
from skill.app import Settings, build
from tests.alexa.screens import Echo, a_whole_workout
from tests.languages.read import of
from tests.parts import CLIENTS, found, need_clients


@pytest.fixture(scope="module", params=["en-GB", "de-DE"])
def shown(request, tmp_path_factory):
    """Every screen that a British and a German Echo Show got, from the launch to the end and after it."""
    app = build(Settings(store=str(tmp_path_factory.mktemp("shown") / "coach.db")))
    one, screens = Echo(app, locale=request.param), []
    for _ in a_whole_workout(one):
        screens.append(one.screen)
    for words in of(request.param)["questions"]:
        one.say(words, after=60)
        screens.append(one.screen)
    one.say(of(request.param)["say"]["again"], after=3 * 86_400)
    screens.append(one.screen)
    app.store.close()
    assert all(screens), "every answer has its screen"
    return screens


def test_amazons_schema_finds_nothing(shown, tmp_path):
    need_clients()
    documents = {json.dumps(each["document"]) for each in shown}
    (tmp_path / "documents.json").write_text(f"[{','.join(sorted(documents))}]")
    run = [found("node"), CLIENTS / "apl_schema.mjs", tmp_path / "documents.json"]
    out = subprocess.run(run, check=True, capture_output=True, text=True, timeout=120).stdout
    assert out.splitlines() == [json.dumps({"looked_at": len(documents)}, separators=(",", ":"))]


def test_a_screen_takes_no_room_from_the_count(shown):
    assert max(len(json.dumps(each).encode()) for each in shown) < RESERVE_BYTES - 4_000


def test_nothing_that_was_said_or_named_stands_in_a_document_itself(shown):
    for each in shown:
        assert "glute" not in json.dumps(each["document"]).lower()
        assert "grey" not in json.dumps(each["document"])


def test_a_screen_reader_has_words_for_every_picture_and_button(shown):
    for each in shown:
        words = each["datasources"]["payload"]["words"]
        for component in components(each["document"]):
            if component.get("type") in ("VectorGraphic", "TouchWrapper"):
                named = re.fullmatch(r"\$\{payload\.words\.(\w+)\}", component["accessibilityLabel"])
                assert words[named[1]].strip()


def components(tree):
    """Every component of a document, its layouts among them."""
    if isinstance(tree, dict):
        yield tree
    for each in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from components(each)
