"""The skill's manifest and icons, as Alexa's console takes them."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from skill.locales.texts import known
from tests.languages.read import of
from tools.icons import SIZES, drawn

pytestmark = pytest.mark.long  # the function is packed first

ROOT = Path(__file__).parents[2]
ARN = "arn:aws:lambda:eu-west-1:123456789012:function:glute-coach"


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "lambda" / "package.py"))


def test_a_skill_begins_without_an_endpoint_since_the_function_is_made_for_its_id(package):
    manifest = json.loads(package["manifest"](None, None))["manifest"]
    assert "endpoint" not in manifest["apis"]["custom"]
    assert "events" not in manifest
    assert "REGION" not in json.dumps(manifest)


def test_once_there_is_a_function_requests_and_the_deletion_event_go_to_it(package):
    manifest = json.loads(package["manifest"](ARN, None))["manifest"]
    assert manifest["apis"]["custom"]["endpoint"] == {"uri": ARN}
    assert manifest["events"]["endpoint"] == {"uri": ARN}
    assert manifest["events"]["subscriptions"] == [{"eventName": "SKILL_DISABLED"}]


def test_a_privacy_policy_stands_in_the_listing_once_it_has_an_address(package):
    assert "privacyPolicyUrl" not in package["manifest"](ARN, None)
    manifest = json.loads(package["manifest"](ARN, "https://example.org/privacy"))["manifest"]
    assert manifest["privacyAndCompliance"]["locales"] == {
        locale: {"privacyPolicyUrl": "https://example.org/privacy"} for locale in known()
    }


@pytest.mark.parametrize("locale", sorted(known()))
def test_every_locale_is_listed_with_its_words_and_the_name_that_its_model_is_called_by(package, locale):
    told = json.loads(package["manifest"](None, None))["manifest"]["publishingInformation"]["locales"][locale]
    assert all(told[each] for each in ("name", "summary", "description", "keywords"))
    model = json.loads((ROOT / "interaction_models" / f"{locale}.json").read_text("utf-8"))
    name = model["interactionModel"]["languageModel"]["invocationName"]
    assert told["examplePhrases"][0].casefold().endswith(name)
    assert of(locale)["disclaims"] in told["description"]


def test_the_icons_have_the_sizes_that_the_console_asks_for_and_lie_where_the_manifest_says(
    package, tmp_path
):
    package["ask_layout"](tmp_path, None, None)
    told = json.loads((tmp_path / "skill-package" / "skill.json").read_text())["manifest"]
    listed = told["publishingInformation"]["locales"].values()
    icons = {
        (each[uri], size) for each in listed for uri, size in (("smallIconUri", 108), ("largeIconUri", 512))
    }
    for uri, size in icons:
        content = (tmp_path / "skill-package" / uri.removeprefix("file://")).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)] == [size, size]


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_the_icons_are_those_of_the_drawing(name, size):
    assert (ROOT / "lambda" / name).read_bytes() == drawn(size)
