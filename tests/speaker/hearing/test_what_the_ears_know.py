"""The shortest commands are among the samples that the ears' grammar has time for."""

import pytest

from skill.speaker.understanding import model as models

SHORTEST = [
    ("ReadyIntent", "ready"),
    ("FailIntent", "i'm done"),
    ("AMAZON.StopIntent", "stop"),
    ("AMAZON.PauseIntent", "pause"),
    ("AMAZON.YesIntent", "yes"),
    ("AMAZON.NoIntent", "no"),
    ("AMAZON.RepeatIntent", "repeat"),
    ("PainGoneIntent", "the pain has gone"),
    ("SkipIntent", "skip"),
]


@pytest.mark.parametrize(("intent", "said"), SHORTEST)
def test_the_shortest_way_to_say_it_is_in_the_grammar(intent: str, said: str) -> None:
    known = {" ".join(each.literals) for each in models.load("en-US").common_samples if each.intent == intent}
    assert said in known
