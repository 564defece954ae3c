"""The bench reports on sentences that chose nothing, and each of them means something."""

from pathlib import Path

import pytest
import yaml

from skill.speaker.model import FALLBACK
from skill.speaker.understand import understand

SETS = yaml.safe_load(Path("bench/hearing_phrases.yaml").read_text("utf-8"))
GROUPS = ("commands", "protects", "unrelated")


def test_no_sentence_is_reported_on_that_rules_were_chosen_by() -> None:
    chosen, reported = ({text for group in GROUPS for text in SETS[name][group]} for name in SETS)
    assert chosen & reported == set()


def test_no_sentence_is_counted_twice() -> None:
    for sentences in SETS.values():
        texts = [text for group in GROUPS for text in sentences[group]]
        assert len(texts) == len(set(texts))


@pytest.mark.parametrize("name", SETS)
def test_every_command_means_something_when_typed_and_talk_is_no_command_word_for_word(name: str) -> None:
    said = [*SETS[name]["commands"], *SETS[name]["protects"]]
    assert [text for text in said if understand(text).intent == FALLBACK] == []
    assert [text for text in SETS[name]["unrelated"] if understand(text).score == 1.0] == []


def test_the_report_has_as_many_clips_and_voices_as_its_goals_ask_for() -> None:
    reported = SETS["reported_on"]
    assert len(reported["unrelated"]) >= 200
    assert len(reported["voices"]) >= 3
    assert len({voice.partition(":")[0] for voice in reported["voices"]}) >= 2
    clips = (len(reported["commands"]) + len(reported["protects"])) * len(reported["voices"]) * 3
    assert clips + len(reported["unrelated"]) >= 600
