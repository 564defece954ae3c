from contextlib import closing

import pytest

from skill.speaker.conversation.ears import EarsMissing
from skill.speaker.hearing.own_process import RecogniserProcess
from tests.speaker.hearing.odd_recognisers import CRASH, NOISE, loaded, missing


def test_noise_without_an_end_and_a_crash_are_asked_again_and_the_next_pain_is_heard() -> None:
    with closing(RecogniserProcess(loaded, limit_s=6)) as recognise:
        for sound in (NOISE, CRASH):
            assert recognise(sound).kind == "perhaps"
            found = recognise(b"\1\0" * 1600)
            assert (found.kind, found.understood.intent) == ("command", "PainIntent")
        assert (recognise.alike("aching", "eighteen"), recognise.alike("four", "fore")) == (0.0, 1.0)


def test_recognisers_that_are_not_installed_say_so() -> None:
    with pytest.raises(EarsMissing, match="nothing is installed"):
        RecogniserProcess(missing)
