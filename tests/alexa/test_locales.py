"""An Echo's own English: the request's locale decides, in each request, in one process."""

import logging
from dataclasses import replace

import pytest

from skill.app import Settings, build
from skill.locales.loaded import MOST_TOLD
from skill.locales.texts import known
from skill.speaker.understanding.understand import understand
from tests.languages.read import of
from tests.locales.test_reasons import WORDS, a_bridge
from tests.trainee import Trainee

EMERGENCY = {locale: of(locale)["emergency"][locale] for locale in sorted(known())}
CALLS = [(locale, call) for locale in EMERGENCY for call in of(locale)["say"]["call"]]


@pytest.fixture
def britta(app):
    """A trainee whose Echo is a British one."""
    return Trainee(app, account="britta", locale="en-GB")


@pytest.mark.parametrize(("locale", "gray"), [("en-GB", "grey"), ("de-DE", "grau")])
def test_a_trainee_from_elsewhere_goes_through_a_whole_workout(app, locale, gray):
    who, say = Trainee(app, locale=locale), of(locale)["say"]
    who.say(say["begin"])
    assert gray in who.say(say["bands"]).lower()
    who.say(say["ready"])
    for nth in range(6):
        who.say_at(say["failed"], rep=14, second=0)
        who.say(say["yes"])
        if nth < 5:
            assert who.count is not None
    (workout,) = who.workouts
    assert [each["ended"] for each in workout["sets"]] == ["failed_in_window"] * 6


def test_a_locale_that_changes_in_mid_workout_costs_nothing(britta):
    britta.say("start glute workout")
    britta.say("yellow grey and black")
    britta.say("ready")
    before = britta.state["workout"]["id"]
    britta.talk = replace(britta.talk, locale="en-AU")
    britta.say_at("i can't do any more", rep=14, second=0)
    britta.talk = replace(britta.talk, locale="de-DE")
    assert "Wir wissen noch nicht" in britta.send(understand("what band should i use"))
    britta.talk = replace(britta.talk, locale="fr-FR")
    britta.send(understand("yes"))
    assert britta.state["workout"]["id"] == before
    assert [each["reps"] for each in britta.state["workout"]["sets"]] == [13]
    assert britta.count is not None


@pytest.mark.parametrize(("locale", "number"), EMERGENCY.items())
def test_whoever_is_in_danger_hears_the_number_of_their_own_country(app, locale, number):
    who, say = Trainee(app, account=locale.lower(), locale=locale), of(locale)["say"]
    who.say(say["begin"])
    heard = who.say(say["chest"]).lower()
    assert number in heard
    assert not any(other in heard for other in set(EMERGENCY.values()) - {number})


@pytest.mark.parametrize(("locale", "call"), CALLS)
def test_a_call_for_help_is_heard_with_the_number_of_any_country(app, locale, call):
    who = Trainee(app, locale=locale)
    who.say(of(locale)["say"]["begin"])
    assert EMERGENCY[locale] in who.say(call).lower()


@pytest.mark.parametrize("locale", ["en-NZ", "fr-FR", "xx", "en", "EN_gb", "../../etc/passwd", "{color}"])
def test_a_locale_that_nobody_knows_is_answered_and_told_of_once(app, caplog, locale):
    who = Trainee(app, locale=locale)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert "band" in who.send(understand("start glute workout")).lower()
    (told,) = [each.getMessage() for each in caplog.records if each.name == "skill.locales.loaded"]
    assert "answered in en-US" in told
    assert not set("{}/_") & set(told)


def test_a_request_that_names_no_locale_is_answered_in_the_coachs_own(tmp_path):
    app = build(Settings(store=str(tmp_path / "coach.db"), locale="en-GB"))
    who = Trainee(app, locale="")
    who.send(understand("start glute workout"))
    assert "nine nine nine" in who.send(understand("i have chest pain")).lower()
    app.store.close()


def test_made_up_locales_fill_no_log(app, caplog):
    for nth in range(3 * MOST_TOLD):
        app.locale_of(f"en-X{nth}")
    assert len([each for each in caplog.records if each.name == "skill.locales.loaded"]) == MOST_TOLD


def test_words_beside_ones_own_exercise_serve_every_english(tmp_path):
    place = a_bridge(tmp_path / "mine")
    (place / "words").mkdir()
    (place / "words" / "en-US.yaml").write_text(WORDS.replace('"up"', '"gray"'), "utf-8")
    (place / "words" / "en-AU.yaml").write_text(WORDS.replace('"up"', '"skyward"'), "utf-8")
    app = build(Settings(store=str(tmp_path / "coach.db"), exercises=place))
    said = {
        name: app.locale_of(name).data["words"]["cues"]["bridge_up"] for name in ("en-US", "en-GB", "en-AU")
    }
    assert said == {"en-US": "gray", "en-GB": "grey", "en-AU": "skyward"}
    app.store.close()
