"""The bench of people's recordings: who chose the thresholds is never reported on."""

from pathlib import Path

from bench.hearing.people import CHOSE, Result, listed, table

CLIPS = """file\tsource\tspeaker\tsaid\tlicence
fsdd-1_george_4.flac\tfsdd\tgeorge\tone\tCC
fsdd-2_george_5.flac\tfsdd\tgeorge\ttwo\tCC
fsdd-2_theo_5.flac\tfsdd\ttheo\ttwo\tCC
coffee-1.flac\tcoffee\tcrowd\t\tCC
gsc-stop.flac\tgsc\tgsc-stop\tstop\tCC
wake-1.flac\twake\twake\talexa\tCC
"""


def test_a_person_is_chosen_on_or_reported_on_and_a_call_or_a_stop_is_for_the_coach(tmp_path: Path) -> None:
    (tmp_path / "clips.tsv").write_text(CLIPS, "utf-8")
    found = listed(tmp_path)
    assert [each.said for each in found] == ["one", "two", "two", ""]
    numbers = [each for each in found if each.said]
    assert {each.speaker for each in numbers if each.half == "chosen_on"} <= set(CHOSE)
    assert {each.speaker for each in numbers if each.half == "reported_on"} == {"theo"}


def test_every_row_says_of_how_many_clips_it_is() -> None:
    results = [
        Result("numbers", "clean", "theo", "1", "right", "One."),
        Result("numbers", "clean", "theo", "2", "asked", "Do."),
        Result("nobody", "waiting", "crowd", "3", "wrong", "Ten."),
    ]
    rows = table(results).splitlines()
    assert "| numbers alone | clean | all | 2 | 50% (1) | 0% (0) | 50% (1) | 0% (0) |" in rows
    assert "| for nobody | waiting | all | 1 | 0% (0) | 100% (1) | 0% (0) | 0% (0) |" in rows
