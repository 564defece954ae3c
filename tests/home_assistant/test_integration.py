"""What Home Assistant's own checker (hassfest) and HACS ask of an integration, as far as it can be seen offline."""

import ast
import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.speaker.api.routes import API, LONGEST_TEXT
from skill.speaker.satellite.description import description, languages

TREE = Path(__file__).parents[2]
PART = TREE / "custom_components" / "glute_coach"
MODULES = sorted(PART.glob("*.py"))
WORDS: dict[str, Any] = json.loads((PART / "translations" / "en.json").read_text())
MANIFEST: dict[str, Any] = json.loads((PART / "manifest.json").read_text())
MOST_LINES = 600


def source(name: str) -> str:
    return (PART / name).read_text()


def constants(name: str) -> dict[str, Any]:
    """The plain values that a module gives names to."""
    found = {}
    for node in ast.parse(source(name)).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def lines_of_code(file: Path) -> int:
    """Lines without the empty ones and what is told of the code."""
    text = file.read_text()
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if file.suffix != ".py":
        return lines
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, documented) and ast.get_docstring(node) is not None:
            told = node.body[0]
            lines -= (told.end_lineno or told.lineno) - told.lineno + 1
    return lines


def test_the_manifest_has_all_that_a_custom_integration_must_say() -> None:
    wanted = {"domain", "name", "codeowners", "config_flow", "dependencies", "documentation", "iot_class"}
    assert wanted | {"integration_type", "requirements", "version"} <= MANIFEST.keys()
    assert MANIFEST["domain"] == PART.name == constants("const.py")["DOMAIN"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", MANIFEST["version"])
    assert f'version = "{MANIFEST["version"]}"' in (TREE / "pyproject.toml").read_text()
    assert list(MANIFEST) == ["domain", "name", *sorted(set(MANIFEST) - {"domain", "name"})]
    assert MANIFEST["requirements"] == []


def test_hacs_finds_its_file_and_an_icon_that_is_no_brands() -> None:
    hacs = json.loads((TREE / "hacs.json").read_text())
    assert hacs["name"]
    assert re.fullmatch(r"2025\.4\.\d", hacs["homeassistant"])
    head = (PART / "brand" / "icon.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (256, 256)


def test_every_step_field_and_fault_of_the_flow_has_words() -> None:
    flow = source("config_flow.py")
    faults = set(re.findall(r'return "(\w+)"', flow)) | set(re.findall(r'else "(\w+)"', flow))
    assert faults == set(WORDS["config"]["error"])
    steps = set(re.findall(r'step_id="(\w+)"', flow))
    assert steps == set(WORDS["config"]["step"]) | set(WORDS["options"]["step"])
    assert set(re.findall(r'vol\.Required\("(\w+)"', flow)) == set(WORDS["config"]["step"]["user"]["data"])


@pytest.mark.parametrize("platform", ["sensor", "binary_sensor"])
def test_every_card_has_a_name(platform: str) -> None:
    keys = set(re.findall(r'translation_key="(\w+)"', source(f"{platform}.py")))
    assert keys == set(WORDS["entity"][platform])


def test_the_service_is_described_as_it_is_registered() -> None:
    described = yaml.safe_load(source("services.yaml"))
    registered = re.findall(r'async_register\(DOMAIN, "(\w+)"', source("__init__.py"))
    assert list(described) == registered == list(WORDS["services"])
    schema = set(re.findall(r'vol\.(?:Required|Optional)\("(\w+)"', source("__init__.py")))
    for name in described:
        assert set(described[name]["fields"]) == schema == set(WORDS["services"][name]["fields"])


def test_every_platform_has_its_module() -> None:
    platforms = re.findall(r"Platform\.([A-Z_]+)", source("const.py"))
    assert [name for name in platforms if not (PART / f"{name.lower()}.py").is_file()] == []


def test_the_blueprint_uses_the_service_and_inputs_that_exist() -> None:
    text = (TREE / "blueprints/automation/glute_coach/training_day.yaml").read_text()
    assert f"action: {MANIFEST['domain']}.start_workout" in text
    inputs = set(re.findall(r"^    (\w+):$", text, re.MULTILINE))
    assert set(re.findall(r"!input (\w+)", text)) == inputs


def test_the_integration_asks_the_api_that_the_coach_has() -> None:
    assert f"}}{API}" in source("api.py")
    assert f"text[:{LONGEST_TEXT}]" in source("api.py")
    assert constants("const.py")["API_VERSION"] == 1
    asked = set(re.findall(r'_asked\("\w+", "(\w*)"', source("api.py")))
    described = yaml.safe_load((TREE / "docs" / "openapi.yaml").read_text())["paths"]
    assert {f"{API}{each}" for each in asked} == {each for each in described if each.startswith(API)}


def test_a_pipeline_in_any_language_of_the_coach_can_choose_it() -> None:
    assert constants("const.py")["LANGUAGES"] == languages()
    parts = description("voice")
    models = [each for asr in parts.asr for each in asr.models] + [
        each for tts in parts.tts for each in tts.voices
    ]
    models += [each for handle in parts.handle for each in handle.models]
    assert {"en", "en-GB", "en-US"} <= set(languages())
    assert [each.languages for each in models] == [languages()] * 3


def test_it_stays_small() -> None:
    files = [*MODULES, *PART.glob("*.json"), *PART.glob("*.yaml"), *PART.glob("translations/*.json")]
    assert sum(map(lines_of_code, files)) < MOST_LINES


def test_no_log_line_holds_what_was_said_or_who_trains() -> None:
    logged = re.findall(r"_LOGGER\.\w+\((.*)\)", "\n".join(map(Path.read_text, MODULES)))
    assert logged
    assert [line for line in logged if re.search(r"text|person|token|room", line)] == []


def test_the_sentence_for_a_coach_that_is_away_is_there_as_sound() -> None:
    """48 kbit/s: the coach's voice takes three to eight seconds for it. Other words need another file."""
    spoken = (PART / "unreachable.mp3").read_bytes()
    assert spoken[0] == 0xFF
    assert spoken[1] & 0xE0 == 0xE0
    assert 3 < len(spoken) * 8 / 48_000 < 8
    told = "I can't reach the coach just now. Your sets are kept. Say it again in a moment."
    assert constants("const.py")["UNREACHABLE"] == told
