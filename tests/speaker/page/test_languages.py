"""The page speaks the language of its browser, unless somebody has chosen one for the coach or for themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from skill.app import Settings, build
from skill.people.person import FIRST
from skill.people.registry import Registry
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.page.attach import attach
from skill.web import create_app
from tests.speaker.page.opened import Beep, Page, Prompter, at

GERMAN = "de-AT,de;q=0.9,en;q=0.5"


class Browser(Page):
    """A page whose browser prefers these languages."""

    def __init__(self, folder: Path, languages: str, locale: str = "", sounds: Sounds | None = None) -> None:
        coach = build(Settings(store=str(folder / "coach.db"), locale=locale))
        app = create_app(verify=False, coach=coach)
        attach(app, coach, Prompter, sounds or Sounds(Beep()))
        self.languages = languages
        super().__init__(app, coach)
        self.html = self.client.get("/", headers=self.prefers).get_data(as_text=True)

    @property
    def prefers(self) -> dict[str, str]:
        return {"Accept-Language": self.languages}

    def post(self, address: str, content: dict[str, Any]) -> Any:
        headers = self.headers | self.prefers
        return self.client.post(address, json={"page": self.name} | content, headers=headers)


@pytest.fixture
def german(tmp_path: Path) -> Iterator[Browser]:
    page = Browser(tmp_path, GERMAN)
    yield page
    page.coach.store.close()


def labels(answer: dict[str, Any], stage: str = "after") -> list[str]:
    return [each["label"] for each in answer["offers"][stage]["choices"]]


def test_a_german_browser_gets_the_page_in_german(german: Browser) -> None:
    assert '<html lang="de-DE">' in german.html
    assert ">Optionen<" in german.html
    assert 'data-hears="no"' in german.html
    assert "{{" not in german.html


def test_a_whole_german_workout_is_tapped_and_typed(german: Browser) -> None:
    assert "kein Arzt" in german.say("starte po training")["text"]
    ready = german.say("gelb, rot und grün")
    assert labels(ready) == ["Bereit", "Warum dieses Band?", "Wie geht die Übung?"]
    count = german.say("bereit")
    assert count["count"]["picture"]["band"] == "Rot"
    assert labels(count, "counting") == ["Ich bin fertig", "Das tut weh", "Satz auslassen"]
    for nth in range(6):
        begun = count["count"]
        place = {"token": begun["token"], "at_ms": at(begun, 14, "concentric"), "stopped": True}
        count = answer = german.say("ich kann nicht mehr", place)
        assert (count["count"] is None) == (nth == 5)
    assert [leg["side"] for leg in answer["card"]["legs"]] == ["linkes Bein", "rechtes Bein"]
    history = german.post("/speaker/history", {}).get_json()["html"]
    assert "Deine Bänder, und warum sie gewechselt haben" in history
    assert "Wiederholungen" in german.client.get("/progress", headers=german.prefers).get_data(as_text=True)


def test_pain_is_tapped_in_german(german: Browser) -> None:
    german.say("starte po training")
    german.say("gelb, rot und grün")
    german.say("bereit")
    hurt = german.say("das tut weh")
    assert labels(hurt) == ["Unterer Rücken", "Hüfte", "Knie", "Po", "Woanders"]
    assert labels(german.say("mein Knie tut weh")) == ["Es ist weg", "Tut noch weh"]


@pytest.mark.parametrize(("languages", "locale"), [("fr-FR,fr", ""), ("", ""), (GERMAN, "en-GB")])
def test_a_language_that_nobody_speaks_here_and_a_chosen_locale_leave_it_english(
    tmp_path: Path, languages: str, locale: str
) -> None:
    page = Browser(tmp_path, languages, locale)
    assert '<html lang="en-' in page.html
    assert "no doctor" in page.say("start glute workout")["text"]
    page.coach.store.close()


def test_a_coach_that_was_started_in_german_speaks_it_to_every_browser(tmp_path: Path) -> None:
    page = Browser(tmp_path, "en-US", "de-DE")
    assert '<html lang="de-DE">' in page.html
    assert "Ich bin kein Arzt" in page.say("starte po training")["text"]
    page.coach.store.close()


def test_whoever_has_chosen_a_language_is_answered_in_it(german: Browser) -> None:
    registry = Registry(german.coach.store)
    registry.change(FIRST, language="en-GB")
    assert "no doctor" in german.say("start glute workout")["text"]
    assert replace(registry.person(FIRST), language="") != registry.person(FIRST)


def test_a_language_is_chosen_in_the_settings_and_the_page_is_written_in_it(german: Browser) -> None:
    chosen = german.post("/speaker/people/change", {"language": "en-GB"}).get_json()
    assert chosen["language"] == "en-GB"
    assert "en-GB" in german.post("/speaker/people", {}).get_json()["languages"]
    assert "no doctor" in german.say("start glute workout")["text"]
    german.client.set_cookie("coach-language", "en-GB")
    html = german.client.get("/", headers=german.prefers).get_data(as_text=True)
    assert '<html lang="en-GB">' in html
    assert ">Settings<" in html
    german.client.set_cookie("coach-language", "../x")
    assert '<html lang="de-DE">' in german.client.get("/", headers=german.prefers).get_data(as_text=True)


@pytest.mark.parametrize("language", ["fr-FR", "de", 3, None, "../../etc"])
def test_a_language_that_nobody_speaks_here_cannot_be_chosen(german: Browser, language: object) -> None:
    refused = german.post("/speaker/people/change", {"language": language})
    assert refused.status_code == 400
    assert german.post("/speaker/people", {}).get_json()["people"][0]["language"] == ""


def test_the_app_is_called_as_the_page_is(german: Browser) -> None:
    told = german.client.get("/speaker/coach.webmanifest", headers=german.prefers).get_json()
    assert (told["name"], told["lang"]) == ("Po-Coach", "de-DE")
    assert told["icons"]


def test_a_browser_whose_language_changes_goes_on_in_the_middle_of_a_workout(german: Browser) -> None:
    german.say("starte po training")
    german.say("gelb, rot und grün")
    german.languages = "en-US"
    assert german.say("ready")["count"]["picture"]["band"] == "red"
    assert german.coach.state(LOCAL_USER).ladder == ("yellow", "red", "green")


def test_german_is_spoken_by_a_german_voice_and_not_heard_by_english_ears(german: Browser) -> None:
    heard = german.client.post(
        "/speaker/hear",
        data=b"\0\0" * 512,
        query_string={"page": german.name, "room": "asleep"},
        headers=german.headers | german.prefers,
    )
    assert heard.status_code == 503
    assert "schreib" in heard.get_json()["error"]


@pytest.mark.parametrize(
    ("address", "content", "status", "said"),
    [
        ("people/add", {"name": " ", "own_name": "Ben"}, 400, "mindestens einen Buchstaben"),
        ("people/add", {"name": "n" * 99, "own_name": "Ben"}, 400, "höchstens 40 Buchstaben"),
        ("people/add", {"name": "Ben", "own_name": "ben"}, 400, "trainiert schon jemand, der ben heißt"),
        ("people/change", {"new_pin": "12"}, 400, "4 bis 8 Ziffern"),
        ("people/change", {"settings": {"voice": "nobody's"}}, 400, "Diese Stimme"),
        ("people/rests", {"rests_s": {"between_rounds": 1}}, 400, "dauert 60 bis 120 Sekunden"),
        ("say", {"person": "nobody", "text": "bereit"}, 410, "wurde gelöscht"),
    ],
)
def test_what_is_not_done_is_told_in_german(
    german: Browser, address: str, content: dict[str, Any], status: int, said: str
) -> None:
    refused = german.post(f"/speaker/{address}", content)
    assert refused.status_code == status
    assert said in refused.get_json()["error"]


def test_a_wrong_pin_and_a_page_of_an_earlier_start_are_told_in_german(german: Browser) -> None:
    german.post("/speaker/people/change", {"new_pin": "1234"})
    for pin, said in (("", "öffnet sich mit einer PIN"), ("9999", "nicht die PIN")):
        assert said in german.post("/speaker/history", {"pin": pin}).get_json()["error"]
    german.headers = {**german.headers, "X-Coach-Token": "another"}
    refused = german.post("/speaker/people", {})
    assert refused.status_code == 403
    assert "neu gestartet" in refused.get_json()["error"]


def test_that_no_voice_speaks_is_told_in_german_with_the_reason(tmp_path: Path) -> None:
    page = Browser(tmp_path, GERMAN, sounds=Sounds(None, "piper is not installed"))
    fault = page.say("starte po training")["fault"]
    assert "steht auf der Seite" in fault
    assert "piper is not installed" in fault
    page.coach.store.close()


def test_whoever_asks_for_a_person_who_is_not_there_is_not_told_who_is(german: Browser) -> None:
    german.post("/speaker/people/add", {"name": "Anna", "own_name": "Ben"})
    refused = german.post("/speaker/people/style", {"person": "nobody"}).get_data(as_text=True)
    assert "Anna" not in refused
    assert "Ben" not in refused
