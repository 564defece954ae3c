import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from skill.cli import main
from skill.history.chart import LEFT, LETTER, RIGHT, WIDTH, leg_chart, weeks_chart
from skill.history.record import History, history
from skill.history.report import whole
from skill.history.sheet import INDENT, MOST_LINES, png, sheet
from skill.history.words import Words, load_words
from skill.locales.colours import colour_of
from skill.speaker.conversation.local_trainee import LOCAL_USER
from tests.history.trained import DAY_S, FIRST_DAY, Trainee, half_a_year, trained
from tests.speaker.page.opened import opened

TODAY = date(2026, 11, 23)
IN_WINDOW = {"left": 13, "right": 13}
PAST_WINDOW = {"left": 17, "right": 16}


@pytest.fixture
def trainee(tmp_path: Path) -> Iterator[Trainee]:
    with trained(tmp_path) as trainee:
        yield trainee


def read(trainee: Trainee) -> History:
    coach = trainee.coach
    return history(coach.store.workouts(LOCAL_USER), coach.exercises["glute_raise"], coach.locale)


def words(trainee: Trainee) -> Words:
    return load_words(trainee.coach.locale)


def elements(drawing: str, name: str) -> list[dict[str, str]]:
    found = ElementTree.fromstring(drawing).iter(f"{{http://www.w3.org/2000/svg}}{name}")
    return [dict(each.attrib) | {"said": "".join(each.itertext())} for each in found]


def test_nobody_has_trained_yet_and_the_page_says_so(trainee: Trainee) -> None:
    page = whole(read(trainee), words(trainee), TODAY)
    assert "No finished workout yet" in page
    assert 'class="chart"' not in page


def test_the_report_shows_the_exercise_its_band_at_each_place_and_what_a_sore_back_puts_right(
    trainee: Trainee,
) -> None:
    trainee.train(0, {"left": 12, "right": 14})
    page = whole(read(trainee), words(trainee), TODAY)
    drawn = page.partition("<h2>The exercise</h2>")[2].partition("</section>")[0]
    for caption in ("Band just above the ankles", "Band a hand&#x27;s width higher", "Band around your feet"):
        assert f"<figcaption>{caption}</figcaption>" in drawn
    assert drawn.count('role="img"') == 4
    assert 'class="mistake"' in drawn
    assert "<animate" not in drawn, "a page that is handed on stands still"


def test_a_workout_has_each_legs_fresh_set_and_not_the_later_ones(trainee: Trainee) -> None:
    trainee.train(0, {"left": 12, "right": 14}, later=9)
    (workout,) = read(trainee).workouts
    assert [(side, each.reps, each.band) for side, each in workout.fresh.items()] == [
        ("left", 12, "red"),
        ("right", 14, "red"),
    ]
    assert workout.sets == 6


def test_the_first_band_has_its_reason(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    (workout,) = read(trainee).workouts
    assert [(each.from_band, each.to_band) for each in workout.changes] == [("", "red"), ("", "red")]
    assert all("We don't know yet what fits you" in each.reason for each in workout.changes)


def test_a_tougher_band_has_the_reason_of_the_rule_that_chose_it(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    for day in (3, 7, 10, 14):
        trainee.train(day, {"left": 17, "right": 13})
    changes = [change for workout in read(trainee).workouts[1:] for change in workout.changes]
    assert [(each.side, each.from_band, each.to_band) for each in changes] == [("left", "red", "green@knee")]
    assert "twice in a row you were past fifteen" in changes[0].reason.lower()


def test_a_lighter_band_after_pain_names_the_pain(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    trainee.train(3, IN_WINDOW, hurts=True)
    trainee.recover(5)
    trainee.train(7, IN_WINDOW)
    first, hurt, after = read(trainee).workouts
    assert (first.had_pain, hurt.had_pain, after.had_pain) == (False, True, False)
    page = whole(read(trainee), words(trainee), TODAY)
    assert "red to yellow. Training started again after pain, one band lighter." in page
    assert "24 Sep 2026: you said it hurt." in page


def test_a_dot_lies_in_the_window_exactly_when_its_reps_do(trainee: Trainee) -> None:
    for nth, reps in enumerate((11, 12, 15, 16)):
        trainee.train(nth * 4, {"left": reps, "right": 13})
    chart = leg_chart(read(trainee), "left", words(trainee))
    window = next(
        each for each in elements(chart, "rect") if each.get("fill") == "#d8eef2" and each["x"] == "44"
    )
    top = float(window["y"])
    bottom = top + float(window["height"])
    dots = [float(each["cy"]) for each in elements(chart, "circle")]
    assert [top < y < bottom for y in dots] == [False, True, True, False]


def test_a_dot_has_the_bands_colour_and_says_on_hover_what_happened(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    dot = elements(leg_chart(read(trainee), "left", words(trainee)), "circle")[0]
    assert dot["fill"] == "#d9302c"
    assert dot["said"] == "21 Sep 2026: 13 reps on red, to the limit, on target"


def test_the_names_of_bands_that_change_soon_after_each_other_do_not_run_into_each_other(
    trainee: Trainee,
) -> None:
    trainee.train(0, {"left": 22, "right": 13})
    for day in (3, 6, 9, 12):
        trainee.train(day, {"left": 22, "right": 13})
    trainee.train(170, IN_WINDOW)
    drawn = leg_chart(read(trainee), "left", words(trainee))
    changes = [each for workout in read(trainee).workouts for each in workout.changes if each.side == "left"]
    names = [each for each in elements(drawn, "text") if each["said"] in {one.to_band for one in changes}]
    assert len(changes) >= 3
    assert len(names) >= 2
    for one, other in combinations(names, 2):
        apart = abs(float(one["x"]) - float(other["x"]))
        assert one["y"] != other["y"] or apart >= LETTER * len(one["said"])


def test_the_scale_stands_at_both_ends_for_a_phone_shows_but_one(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    drawn = leg_chart(read(trainee), "left", words(trainee))
    tens = [float(each["x"]) for each in elements(drawn, "text") if each["said"] == "10"]
    assert min(tens) < LEFT
    assert max(tens) > WIDTH - RIGHT


def test_pain_is_marked_on_the_chart(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW, hurts=True)
    marks = [each["said"] for each in elements(leg_chart(read(trainee), "left", words(trainee)), "path")]
    assert marks == ["21 Sep 2026: it hurt"]


def test_weeks_without_a_workout_stand_in_the_chart_as_gaps(trainee: Trainee) -> None:
    for day in (0, 3, 21):
        trainee.train(day, IN_WINDOW)
    said = elements(weeks_chart(read(trainee), words(trainee)), "svg")[0]["aria-label"]
    assert [int(each) for each in re.findall(r"2026: (\d)", said)] == [2, 0, 0, 1]


def test_a_year_and_more_stays_a_chart(trainee: Trainee) -> None:
    documents = _many(trainee, 700)
    past = history(documents, trainee.coach.exercises["glute_raise"], trainee.coach.locale)
    chart = leg_chart(past, "left", words(trainee))
    assert len(elements(chart, "circle")) == 104
    page = whole(past, words(trainee), TODAY)
    assert page.count("<tr>") == 701
    assert "last 104 of 700 workouts" in page
    assert len(sheet(past, words(trainee), TODAY)) < 200_000


def test_what_cannot_be_read_is_left_out_and_said(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    good = trainee.coach.store.workouts(LOCAL_USER)
    bad: list[dict[str, Any]] = [
        {},
        {"ended_at": 5},
        {**good[0], "sets": "many"},
        {**good[0], "ended_at": "now"},
    ]
    past = history([*bad, *good], trainee.coach.exercises["glute_raise"], trainee.coach.locale)
    assert (len(past.workouts), past.unreadable) == (1, 4)
    assert "4 stored workouts couldn" in whole(past, words(trainee), TODAY)


def test_a_decision_of_an_older_rulebook_has_no_reason_and_breaks_nothing(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    (document,) = trainee.coach.store.workouts(LOCAL_USER)
    document["decisions"] = [{**each, "rule": "BAND-99"} for each in document["decisions"]]
    past = history([document], trainee.coach.exercises["glute_raise"], trainee.coach.locale)
    assert [each.reason for each in past.workouts[0].changes] == ["", ""]
    assert "Decided by rule BAND-99 of an earlier version." in whole(past, words(trainee), TODAY)


def test_a_name_that_is_markup_stays_text(trainee: Trainee) -> None:
    trainee.train(0, IN_WINDOW)
    (document,) = trainee.coach.store.workouts(LOCAL_USER)
    document["bands"] = {"left": "<script>", "right": "red"}
    document["sets"] = [{**each, "band": "<script>"} for each in document["sets"]]
    past = history([document], trainee.coach.exercises["glute_raise"], trainee.coach.locale)
    assert "<script" not in whole(past, words(trainee), TODAY)


def test_the_report_is_one_file_that_needs_nothing_beside_it(trainee: Trainee, tmp_path: Path) -> None:
    half_a_year(trainee)
    assert main(["report", "--db", str(tmp_path / "coach.db"), "--out", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "<style>" in page
    assert not re.search(r"(?:src|href)=", page)
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_png_is_made_without_a_browser(trainee: Trainee, tmp_path: Path) -> None:
    half_a_year(trainee)
    assert main(["report", "--db", str(tmp_path / "coach.db"), "--out", str(tmp_path / "r.png")]) == 0
    made = (tmp_path / "r.png").read_bytes()
    assert made.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(made[16:20], "big") == 1440
    empty = png('<svg xmlns="http://www.w3.org/2000/svg" width="720" height="970"/>')
    assert len(made) > 10 * len(empty)


def test_the_sheet_says_the_latest_changes_whole_and_the_pain_among_them_on_as_many_lines_as_it_has(
    trainee: Trainee,
) -> None:
    half_a_year(trainee)
    drawn = sheet(read(trainee), words(trainee), TODAY)
    texts = elements(drawn, "text")
    began = [each for each in texts if each.get("x") == "14"]
    went_on = [each for each in texts if each.get("x") == str(14 + INDENT)]
    titles_and_disclaimer = 6
    lines = len(began) + len(went_on) - titles_and_disclaimer
    assert MOST_LINES - 2 <= lines <= MOST_LINES
    pain, last = (
        drawn.rindex(">12 Nov 2026: it hurt.<"),
        drawn.rindex(">10 Dec 2026, right leg: red to green, a hand"),
    )
    assert pain < last


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "r.pdf"], "neither .html nor .png"),
        (["--out", "r.html", "--exercise", "squat"], "glute_raise"),
        (["--out", "r.html", "--user", "nobody"], "nothing is stored of user nobody"),
    ],
)
def test_a_report_that_cannot_be_made_says_why(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "coach.db").touch()  # for SQLite an empty file is a database
    assert main(["report", "--db", str(tmp_path / "coach.db"), *arguments]) == 1
    assert said in capsys.readouterr().err


def test_the_page_shows_the_progress_of_whoever_trains_here_and_lets_no_script_in(tmp_path: Path) -> None:
    with trained(tmp_path) as trainee:
        trainee.train(0, IN_WINDOW)
    with opened(tmp_path) as page:
        answer = page.client.get("/progress")
        assert "Reps in the first set, left leg" in answer.get_data(as_text=True)
        assert "script" not in answer.headers["Content-Security-Policy"]
        assert "img-src 'self'" in answer.headers["Content-Security-Policy"]  # the icon is an image
        assert page.client.get("/progress.css").mimetype == "text/css"
        assert 'style="' not in answer.get_data(as_text=True)


def test_before_the_first_workout_the_glute_raise_is_shown_whatever_other_exercises_there_are(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as page:
        shown = page.client.get("/progress").get_data(as_text=True)
        assert "No finished workout yet" in shown
        assert "Glute raise" in shown
    assert main(["report", "--db", str(tmp_path / "coach.db"), "--out", str(tmp_path / "r.html")]) == 0
    assert "Glute raise" in (tmp_path / "r.html").read_text("utf-8")


def _many(trainee: Trainee, count: int) -> list[dict[str, Any]]:
    """The trainee's only workout again and again, two days apart, newest first."""
    trainee.train(0, IN_WINDOW)
    (document,) = trainee.coach.store.workouts(LOCAL_USER)
    every = [document | {"id": f"{nth}", "ended_at": FIRST_DAY + nth * 2 * DAY_S} for nth in range(count)]
    return every[::-1]


def test_a_band_worn_elsewhere_keeps_its_colour_and_says_where(trainee: Trainee) -> None:
    said = words(trainee)
    assert said.band("red@knee") not in ("red", "red@knee")
    assert colour_of("red@knee") == colour_of("red")
