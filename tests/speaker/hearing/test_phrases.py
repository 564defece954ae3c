"""The bench reports on sentences that chose nothing, and each of them means something."""

from itertools import combinations
from pathlib import Path

import pytest
import yaml

from skill.speaker.understanding import match
from skill.speaker.understanding import model as models
from skill.speaker.understanding.model import FALLBACK
from skill.speaker.understanding.understand import understand

SETS = yaml.load(Path("bench/hearing/phrases.yaml").read_text("utf-8"), yaml.CSafeLoader)
GROUPS = ("commands", "protects", "unrelated")


def test_no_sentence_is_reported_on_that_rules_were_chosen_by() -> None:
    for one, other in combinations(SETS, 2):
        first, second = ({text for group in GROUPS for text in SETS[name][group]} for name in (one, other))
        assert first & second == set()


def test_no_sentence_is_counted_twice() -> None:
    for sentences in SETS.values():
        texts = [text for group in GROUPS for text in sentences[group]]
        assert len(texts) == len(set(texts))


@pytest.mark.parametrize("name", SETS)
def test_every_command_means_something_when_typed_and_talk_is_no_command_word_for_word(name: str) -> None:
    said = [*SETS[name]["commands"], *SETS[name]["protects"]]
    assert [text for text in said if understand(text).intent == FALLBACK] == []
    model = models.load("en-US")
    assert [
        text for text in SETS[name]["unrelated"] if any(match.exact(model, model.language.words(text)))
    ] == []


def test_each_report_has_voices_of_two_engines_and_the_newest_one_that_chose_nothing() -> None:
    for reported in (sentences for name, sentences in SETS.items() if name != "chosen_on"):
        assert len(reported["voices"]) >= 3
        assert len({voice.partition(":")[0] for voice in reported["voices"]}) >= 2
    used = {voice for name in SETS if name != "reported_on" for voice in SETS[name]["voices"]}
    assert len(set(SETS["reported_on"]["voices"]) - used) >= 2


def test_the_newest_report_has_as_many_clips_as_its_goals_ask_for() -> None:
    newest = SETS["reported_on"]
    assert len(newest["unrelated"]) >= 200
    said = (len(newest["commands"]) + len(newest["protects"])) * len(newest["voices"]) * 2
    assert said + len(newest["unrelated"]) >= 600
