"""Several people on one coach: each with a conversation and a record of their own, nothing crossed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skill.audio.espeak_voice import Espeak
from skill.audio.words import Words
from skill.locales.script import Script
from skill.people.person import FIRST, Person
from skill.speaker.conversation.ears import Sound
from skill.speaker.conversation.sounds import Sounds, silent_wav
from skill.speaker.conversation.speech import LocalSpeech
from tests.speaker.page.opened import Beep, Page, Prompter, at, opened


@pytest.fixture
def ben(tmp_path: Path) -> Iterator[Page]:
    with opened(tmp_path) as page:
        yield page


@pytest.fixture
def anna_id(ben: Page) -> str:
    added = ben.post("/speaker/people/add", {"name": "Anna", "own_name": "Ben", "colour": "pink"})
    assert added.status_code == 200, added.get_data(as_text=True)
    made: str = added.get_json()["id"]
    return made


def other(page: Page, name: str) -> Page:
    return Page(page.client.application, page.coach, name)


def say(page: Page, person: str, text: str, playing: Any = None) -> Any:
    return page.post("/speaker/say", {"text": text, "person": person, "playing": playing})


def reps(page: Page, person: str) -> list[tuple[str, int]]:
    workout = page.coach.state(Person(person).user).workout
    return [(each.side, each.reps) for each in workout.sets] if workout else []


def begin(page: Page, person: str, bands: str) -> dict[str, Any]:
    for text in ("start glute workout", bands, "ready"):
        answer: dict[str, Any] = say(page, person, text).get_json()
    return answer


def test_one_person_sees_nothing_of_people(ben: Page) -> None:
    (person,) = ben.post("/speaker/people", {}).get_json()["people"]
    assert (person["id"], person["name"], person["has_pin"]) == (FIRST, "", False)


def test_two_people_train_at_once_and_nothing_is_crossed(ben: Page, anna_id: str) -> None:
    anna = other(ben, "page-of-anna")
    bens, annas = (
        begin(ben, FIRST, "red and green")["count"],
        begin(anna, anna_id, "yellow and blue")["count"],
    )
    say(ben, FIRST, "I'm done", {"token": bens["token"], "at_ms": at(bens, 9, "eccentric"), "stopped": True})
    say(
        anna,
        anna_id,
        "I'm done",
        {"token": annas["token"], "at_ms": at(annas, 13, "eccentric"), "stopped": True},
    )
    assert reps(ben, FIRST) == [("left", 8)]
    assert reps(ben, anna_id) == [("left", 12)]
    assert ben.coach.state(Person(FIRST).user).ladder == ("red", "green")
    assert ben.coach.state(Person(anna_id).user).ladder == ("yellow", "blue")


def test_another_person_on_the_same_page_begins_a_conversation_of_their_own(ben: Page, anna_id: str) -> None:
    count = begin(ben, FIRST, "red and green")["count"]
    place = {"token": count["token"], "at_ms": at(count, 9, "eccentric"), "stopped": True}
    ben.post("/speaker/left", {"person": FIRST, "reason": "USER_INITIATED", "playing": place})
    said = say(ben, anna_id, "start glute workout").get_json()
    assert said["offers"]["after"]["question"] == "bands"
    assert said["person"] == anna_id
    assert begin(ben, FIRST, "yes")["where"]["row"][0]["reps"] == 8


def test_two_devices_of_one_person_lose_no_set(ben: Page) -> None:
    phone, tablet = ben, other(ben, "page-on-the-tablet")
    first = phone.begin()["count"]
    phone.say("I'm done", {"token": first["token"], "at_ms": at(first, 9, "eccentric"), "stopped": True})
    tablet.say("start glute workout")
    second = tablet.say("yes")["count"]
    tablet.say("I'm done", {"token": second["token"], "at_ms": at(second, 8, "eccentric"), "stopped": True})
    assert [each[:2] for each in phone.sets] == [("left", 8), ("right", 7)]


def test_whoever_is_removed_while_training_is_told_so_and_leaves_nothing_behind(
    ben: Page, anna_id: str
) -> None:
    anna = other(ben, "page-of-anna")
    begin(anna, anna_id, "yellow and blue")
    assert ben.post("/speaker/people/forget", {"person": anna_id}).status_code == 200
    answer = say(anna, anna_id, "I'm done")
    assert answer.status_code == 410
    assert ben.coach.store.load(Person(anna_id).user).document is None
    assert ben.post("/speaker/people/forget", {"person": anna_id}).status_code == 410


def test_typing_this_is_anna_begins_with_anna(ben: Page, anna_id: str) -> None:
    ben.say("start glute workout")
    answer = ben.say("this is anna")
    assert answer["person"] == anna_id
    assert answer["offers"]["after"]["question"] == "bands"


def test_saying_this_is_anna_begins_with_anna(tmp_path: Path) -> None:
    ears = Prompter()
    with opened(tmp_path, lambda _: ears) as page:
        made = page.post("/speaker/people/add", {"name": "Anna", "own_name": "Ben"}).get_json()["id"]
        ears.next.append([Sound("unsure", 0, 400, "this is Hannah")])
        heard = page.hear(b"\0\0" * 512, "awake").get_json()
        assert heard["answer"]["person"] == made
        ears.next.append([Sound("unsure", 0, 400, "this is Ben")])
        assert page.hear(b"\0\0" * 512, "coach_speaks", person=made).get_json()["answer"] is None


def test_a_command_is_never_taken_for_a_name(ben: Page) -> None:
    ben.post("/speaker/people/add", {"name": "Done", "own_name": "Ben"})
    ben.begin()
    assert ben.say("I'm done")["person"] == FIRST


def test_the_history_of_a_person_with_a_pin_opens_only_with_it(ben: Page, anna_id: str) -> None:
    assert ben.post("/speaker/people/change", {"person": anna_id, "new_pin": "2468"}).get_json()["has_pin"]
    for address in ("/speaker/history", "/speaker/people/export", "/speaker/people/forget"):
        assert ben.post(address, {"person": anna_id}).status_code == 401
        assert ben.post(address, {"person": anna_id, "pin": "1111"}).status_code == 401
    assert ben.client.get(f"/progress?person={anna_id}").status_code == 403
    assert ben.client.get("/progress").status_code == 200


def test_the_right_pin_opens_it_and_takes_itself_away(ben: Page, anna_id: str) -> None:
    ben.post("/speaker/people/change", {"person": anna_id, "new_pin": "2468"})
    assert (
        "No finished workout"
        in ben.post("/speaker/history", {"person": anna_id, "pin": "2468"}).get_json()["html"]
    )
    assert ben.post("/speaker/people/change", {"person": anna_id, "new_pin": ""}).status_code == 401
    gone = ben.post("/speaker/people/change", {"person": anna_id, "new_pin": "", "pin": "2468"})
    assert gone.get_json()["has_pin"] is False


def test_settings_are_a_persons_own(ben: Page, anna_id: str) -> None:
    ben.post(
        "/speaker/people/change", {"person": anna_id, "settings": {"click_volume": 140, "captions": False}}
    )
    people = ben.post("/speaker/people", {}).get_json()["people"]
    assert [each["settings"]["click_volume"] for each in people] == [0, 100]
    assert [each["settings"]["captions"] for each in people] == [True, False]


class Whisper(Beep):
    """Another voice: whatever it says lasts for one millisecond."""

    def sentence(self, text: str) -> bytes:
        return silent_wav(1)

    def track(self, script: Script) -> bytes:
        return silent_wav(1)


def test_each_person_hears_the_voice_that_they_chose(tmp_path: Path) -> None:
    with opened(tmp_path, sounds=Sounds(Beep(), others={"whisper": Whisper})) as page:
        anna = page.post("/speaker/people/add", {"name": "Anna", "own_name": "Ben"}).get_json()["id"]
        assert page.post("/speaker/people", {}).get_json()["voices"] == ["whisper"]
        page.post("/speaker/people/change", {"person": anna, "settings": {"voice": "whisper"}})
        said = {who: say(page, who, "start glute workout").get_json()["sounds"][0] for who in (FIRST, anna)}
        rep = page.post("/speaker/practice", {"person": anna}).get_json()["sounds"][0]
        counted = begin(page, anna, "yellow and blue")["sounds"][0]
        heard = {
            name: page.client.get(sound).data
            for name, sound in {**said, "rep": rep, "counted": counted}.items()
        }
    assert heard[anna] == heard["rep"] == heard["counted"] == silent_wav(1)
    assert heard[FIRST] != silent_wav(1)


def test_a_voice_that_does_not_speak_here_cannot_be_chosen(ben: Page) -> None:
    assert ben.post("/speaker/people/change", {"settings": {"voice": "whisper"}}).status_code == 400


def test_the_microphone_listens_for_the_word_of_whoever_trains(tmp_path: Path) -> None:
    called: list[str] = []

    def open_ears(wake_word: str) -> Prompter:
        called.append(wake_word)
        return Prompter()

    with opened(tmp_path, open_ears) as page:
        page.hear(b"\0\0" * 512, "asleep")
        page.post("/speaker/people/change", {"settings": {"wake_word": "okay_nabu"}})
        page.hear(b"\0\0" * 512, "asleep")
        page.hear(b"\0\0" * 512, "asleep")
    assert called == ["alexa", "okay_nabu"]


def test_each_person_is_spoken_to_at_their_own_speed(tmp_path: Path) -> None:
    with opened(tmp_path, sounds=Sounds(LocalSpeech(Words(Espeak("en-us"), None)))) as page:
        anna = page.post("/speaker/people/add", {"name": "Anna", "own_name": "Ben"}).get_json()["id"]
        page.post("/speaker/people/change", {"person": anna, "settings": {"voice_speed": 130}})
        page.post("/speaker/people/change", {"person": FIRST, "settings": {"voice_speed": 80}})
        sounds = {who: say(page, who, "start glute workout").get_json()["sounds"][0] for who in (FIRST, anna)}
        lengths = {who: len(page.client.get(sound).data) for who, sound in sounds.items()}
    assert lengths[FIRST] > 1.3 * lengths[anna]


@pytest.mark.parametrize(
    "odd",
    [
        *({"volume": 3}, {"click_volume": "loud"}, {"captions": 1}, {"voice": 3}, [], "x", None),
        *({"wake_word": "computer"}, {"wake_word": ""}, {"voice_speed": "fast"}),
    ],
)
def test_a_setting_that_does_not_exist_is_refused(ben: Page, odd: object) -> None:
    assert ben.post("/speaker/people/change", {"settings": odd}).status_code == 400


@pytest.mark.parametrize("name", ["", "x" * 41, None, 7, "Ben"])
def test_a_name_that_cannot_be_taken_is_refused_with_the_reason(ben: Page, name: object) -> None:
    answer = ben.post("/speaker/people/add", {"name": name, "own_name": "Ben"})
    assert answer.status_code == 400
    assert answer.get_json()["error"]


def test_a_record_is_saved_as_a_file_that_import_takes(ben: Page) -> None:
    ben.begin()
    record = ben.post("/speaker/people/export", {}).get_json()
    assert record["format"] == "glute-coach-export/1"
    assert record["document"]["ladder"] == ["yellow", "red", "green"]


def test_names_of_any_letters_come_back_as_they_were_given(ben: Page) -> None:
    for name in ("<script>alert(1)</script>", "李小龍", 'O\'Brien "Bo"'):
        assert ben.post("/speaker/people/add", {"name": name, "own_name": "Ben"}).get_json()["name"] == name
