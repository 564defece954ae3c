"""The tables spoken by two voices: pain stops the count, nothing opens a hold, nothing is taken for another thing."""

import pytest

from bench.said.spoken import STOPS, VOICES, figures, heard_as
from skill.speaker.conversation.ears import OpenEars

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
EVERY = 30


def share(figure: str) -> float:
    part, of = figure.split("(")[0].split(" of ")
    return int(part) / int(of)


def test_spoken_pain_stops_the_count_and_nothing_spoken_opens_a_hold(open_ears: OpenEars) -> None:
    found = dict(figures(EVERY, open_ears, in_turn=True))
    print(found)
    assert share(found["pain spoken in the count: stopped or asked about"]) >= 0.6
    assert share(found["pain spoken in the rest: stopped or asked about"]) >= 0.8
    assert [value for name, value in found.items() if "opens a hold" in name] == ["0", "0"]
    assert share(found["sentences spoken while the coach waits: right"]) >= 0.4
    assert share(found["sentences spoken while the coach waits: wrong"]) <= 0.07


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("say", ["emergency", "call an ambulance", "that hurts", "my hip popped"])
def test_what_is_most_urgent_is_heard_into_the_count_without_a_call(
    open_ears: OpenEars, say: str, voice: str
) -> None:
    assert {intent for intent, _ in heard_as(say, voice, "coach_speaks", open_ears)} & set(STOPS)
