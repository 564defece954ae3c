from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from skill.speaker.conversation.ears import EarsMissing
from skill.speaker.hearing.opinions import Verdict
from skill.speaker.hearing.own_process import RecogniserProcess
from tests.speaker.hearing.odd_recognisers import CRASH, NOISE, loaded, loaded_at_times, missing

PAIN = b"\1\0" * 1600


def until_heard(recognise: RecogniserProcess) -> Verdict:
    """Ask until the next pain is heard: each time somebody has an answer, or the reason why there is none."""
    for _ in range(200):
        with suppress(EarsMissing):
            found = recognise(PAIN)
            if found.kind == "command":
                return found
    raise AssertionError("it is never heard again")


def test_noise_without_an_end_and_a_crash_are_asked_again_and_the_next_pain_is_heard() -> None:
    with closing(RecogniserProcess(loaded, limit_s=2)) as recognise:
        for sound in (NOISE, CRASH):
            assert recognise(sound).kind == "perhaps"
            assert until_heard(recognise).understood.intent == "PainIntent"
        assert (recognise.alike("aching", "eighteen"), recognise.alike("four", "fore")) == (0.0, 1.0)


def test_recognisers_that_are_not_installed_say_so() -> None:
    with pytest.raises(EarsMissing, match="nothing is installed"):
        RecogniserProcess(missing)


@pytest.mark.parametrize("then", ["fails", "hangs"])
def test_recognisers_that_do_not_start_anew_are_started_once_more_and_nobody_waits_for_ever(
    then: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = partial(loaded_at_times, tmp_path / "diary", then)
    with closing(RecogniserProcess(load, limit_s=1)) as recognise:
        assert recognise(CRASH).kind == "perhaps"
        if then == "hangs":
            assert recognise(PAIN).kind == "perhaps", "it may still be loading"
            monkeypatch.setattr(recognise, "_load_s", 0)
            assert recognise(PAIN).kind == "perhaps"
            monkeypatch.undo()
        until_heard(recognise)


def test_recognisers_that_are_never_loaded_say_so(tmp_path: Path) -> None:
    (tmp_path / "diary").write_text(".")
    with pytest.raises(EarsMissing, match="not loaded after"):
        RecogniserProcess(partial(loaded_at_times, tmp_path / "diary", "hangs"), load_s=0.1)
