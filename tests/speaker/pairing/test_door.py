"""What the home's door lets in: the page's addresses, for paired devices, and nothing else."""

import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from skill.speaker.conversation.open_pages import MOST_PAGES_OF_ONE, Talks
from skill.speaker.pairing.devices import DAY_S, TOKEN_DAYS
from skill.speaker.pairing.door import COOKIE
from skill.speaker.pairing.limits import TURNS
from skill.speaker.pairing.pairing import TRIES
from skill.speaker.pairing.whereabouts import Whereabouts
from tests.speaker.pairing.household import ADDRESS, HERE, Household, Phone

GUARDED = ("/", "/progress", "/speaker/page.css", "/speaker/sound/x.wav", "/metrics", "/alexa", "/healthz")
REBINDING = (
    *("evil.example", f"evil.example:{8443}", f"{ADDRESS}.evil.example:8443", f"{ADDRESS}:8443.evil.example"),
    *(
        f"{ADDRESS}:8444",
        ADDRESS,
        f"{ADDRESS}:8443/x",
        f"x@{ADDRESS}:8443",
        "glute-coach.local",
        "192.168.1.6:8443",
    ),
)
ORIGINS = (
    "https://evil.example",
    "null",
    f"http://{ADDRESS}:8443",
    f"https://{ADDRESS}",
    "https://glute-coach.local:8443",
)


class Behind:
    """Stands behind the door and counts who got through."""

    def __init__(self) -> None:
        self.let_in = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.let_in += 1
        start("200 OK", [])
        return [b""]


@pytest.mark.parametrize("seed", [17, *(pytest.param(each, marks=pytest.mark.long) for each in (18, 19, 20))])
def test_of_10000_requests_of_strangers_none_is_let_in(home: Household, seed: int) -> None:
    """A quarter of them with each seed."""
    behind, chance = Behind(), random.Random(seed)
    door = home.around(behind)
    withdrawn, paired = home.phone(), home.phone()
    kept = [each.cookie.value for each in (withdrawn, paired)]
    devices = home.pairing.devices
    devices.withdraw(devices.all(home.clock())[0].id)
    devices.withdraw(devices.all(home.clock())[0].id)
    paired = home.phone()
    strangers = [Phone(door, f"192.168.1.{nth}", keeps_cookies=False) for nth in range(100, 140)]
    for nth in range(2_500):
        stranger, path = chance.choice(strangers), chance.choice((*GUARDED, "/speaker/say", "/speaker/hear"))
        method = chance.choice(("GET", "POST", "HEAD", "PUT", "OPTIONS"))
        own = {"Cookie": f"{COOKIE}={paired.cookie.value}"}
        match nth % 5:
            case 0:
                stranger.ask(path, method)
            case 1:
                token = chance.choice((*kept, "", "x" * 43, paired.cookie.value[:-1], '"\\"'))
                stranger.ask(path, method, headers={"Cookie": f"{COOKIE}={token}"})
            case 2:
                if nth % 100 == 2:
                    home.code()
                home.clock.now_s += 1
                answer = stranger.pair(f"{chance.randrange(10**8):08}")
                assert "Set-Cookie" not in answer.headers
            case 3:
                stranger.ask(path, method, headers=own | {"Origin": chance.choice(ORIGINS)})
            case _:
                stranger.ask(path, method, headers=own | {"Host": chance.choice(REBINDING)})
    assert behind.let_in == 0
    Phone(door, keeps_cookies=False).ask("/", headers={"Cookie": f"{COOKIE}={paired.cookie.value}"})
    assert behind.let_in == 1, "and whoever is paired gets through the same door"


@pytest.mark.parametrize("path", GUARDED)
def test_whoever_is_not_paired_gets_nothing_but_the_page_where_a_code_is_typed(
    home: Household, path: str
) -> None:
    answer = Phone(home.door).ask(path)
    assert (answer.status_code, answer.headers.get("Location")) in ((401, None), (303, "/pair"))
    assert b"Code" in Phone(home.door).ask("/pair").data


@pytest.mark.parametrize(
    "path", ["/metrics", "/alexa", "/healthz", "/api/v1/state", "/audio/x.mp3", "//alexa"]
)
def test_alexas_endpoint_and_the_metrics_are_not_there_even_for_the_paired(
    home: Household, path: str
) -> None:
    phone = home.phone()
    for method in ("GET", "POST"):
        assert phone.ask(path, method, json={}).status_code == 404


def test_a_paired_phone_trains_and_sees_its_progress(home: Household) -> None:
    phone = home.phone()
    for text in ("start glute workout", "yellow red and green"):
        assert phone.say(text).status_code == 200
    assert phone.say("ready").get_json()["count"]
    assert home.open_set
    assert phone.ask("/progress").status_code == 200


def test_the_cookie_is_out_of_reach_for_scripts_other_sites_and_plain_http(home: Household) -> None:
    answer = Phone(home.door).pair(home.code())
    kept = {each.strip().lower() for each in answer.headers["Set-Cookie"].split(";")[1:]}
    assert {"secure", "httponly", "samesite=strict", "path=/"} <= kept
    assert answer.headers["Set-Cookie"].startswith("__Host-")
    assert not any(each.startswith("domain") for each in kept)


@pytest.mark.parametrize("origin", ORIGINS)
def test_another_sites_page_uses_no_phones_cookie(home: Household, origin: str) -> None:
    phone = home.phone()
    assert phone.ask("/progress", headers={"Origin": origin}).status_code == 403
    assert phone.ask("/speaker/say", "POST", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("host", REBINDING)
def test_a_name_that_is_not_the_coachs_is_not_answered(home: Household, host: str) -> None:
    phone = home.phone()
    assert phone.ask("/", headers={"Host": host}).status_code == 421
    assert phone.ask("/pair", headers={"Host": host}).status_code == 421


def test_a_proxys_name_is_answered_to_where_it_was_named(home: Household) -> None:
    own = {"Cookie": f"{COOKIE}={home.phone().cookie.value}", "Host": "coach.example.org"}
    proxy = Phone(home.door, "127.0.0.1", keeps_cookies=False)
    assert proxy.ask("/progress", headers=own).status_code == 421
    home.where = Whereabouts(8443, ("coach.example.org",), lambda: ADDRESS)
    behind = Behind()
    proxy = Phone(home.around(behind), "127.0.0.1", keeps_cookies=False)
    proxy.ask("/progress", headers=own | {"Origin": "https://coach.example.org"})
    assert behind.let_in == 1
    assert proxy.ask("/progress", headers={"Host": "coach.example.org"}).status_code == 401


def test_the_token_of_one_devices_page_is_none_of_anothers(home: Household) -> None:
    anna, ben = home.phone(), home.phone("192.168.1.21")
    anna.say("help")
    ben.token = anna.token
    assert ben.say("help").status_code == 403


def test_a_withdrawn_device_in_mid_set_is_refused_and_the_set_is_kept(home: Household) -> None:
    phone = home.phone()
    for text in ("start glute workout", "yellow red and green", "ready"):
        phone.say(text)
    before = home.open_set
    assert before is not None
    home.pairing.devices.withdraw(home.pairing.devices.all(home.clock())[0].id)
    assert phone.say("I'm done").status_code == 401
    assert home.open_set == before


def test_a_token_expires(home: Household) -> None:
    phone = home.phone()
    home.clock.now_s += TOKEN_DAYS * DAY_S - 1
    assert phone.ask("/").status_code == 200
    home.clock.now_s += 2
    assert phone.ask("/progress").status_code == 401


def test_a_device_that_asks_too_much_is_told_to_wait_and_no_other_is(home: Household) -> None:
    guest, trainee = home.phone(), home.phone("192.168.1.21")
    answers = [guest.say("help").status_code for _ in range(int(TURNS.at_once) * 3)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert trainee.say("help").status_code == 200


def test_a_device_sends_no_more_sound_than_a_microphone_gives(home: Household) -> None:
    guest, trainee = home.phone(), home.phone("192.168.1.21")
    for phone in (guest, trainee):
        phone.say("help")

    def hear(phone: Phone) -> int:
        query = {"page": "page-of-a-phone", "room": "asleep"}
        headers = {"X-Coach-Token": phone.token}
        answer = phone.ask("/speaker/hear", "POST", data=bytes(90_000), query_string=query, headers=headers)
        return int(answer.status_code)

    assert 429 in [hear(guest) for _ in range(40)]
    assert hear(trainee) == 200


def test_a_guests_pages_push_out_none_of_the_trainees() -> None:
    talks = Talks(lambda envelope: envelope)
    trainees = talks.of("the-trainees-page")
    guests = talks.of("the-guests-page", owner="guest")
    for nth in range(MOST_PAGES_OF_ONE):
        talks.of(f"page-{nth}", owner="guest")
    assert talks.of("the-trainees-page") is trainees
    assert talks.of("the-guests-page", owner="guest") is not guests
    assert talks.of("the-trainees-page", owner="guest") is not trainees, "nor is it reached by its name"


def test_pairing_takes_json_of_the_own_page_only(home: Household) -> None:
    stranger, code = Phone(home.door), home.code()
    assert stranger.ask("/pair", "POST", data={"code": code, "name": "x"}).status_code == 415
    assert (
        stranger.ask(
            "/pair", "POST", json={"code": code}, headers={"Origin": "https://evil.example"}
        ).status_code
        == 403
    )
    assert stranger.ask("/pair", "POST", data=b"[" * 900, content_type="application/json").status_code == 403
    assert stranger.ask("/pair", "POST", data=b" " * 2000, content_type="application/json").status_code == 413
    assert (
        stranger.ask("/pair", "POST", json={"code": code, "name": ""}, headers={"Origin": HERE}).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}, "nicht mehr gekoppelt"),
        ({"Accept-Language": "en-US", "Cookie": "coach-language=de-DE"}, "nicht mehr gekoppelt"),
        ({"Accept-Language": "fr"}, "not paired"),
        ({"Accept-Language": "de", "Cookie": "coach-language=../x"}, "nicht mehr gekoppelt"),
    ],
)
def test_whoever_is_turned_away_is_told_so_in_the_language_of_their_page(
    home: Household, headers: dict[str, str], said: str
) -> None:
    stranger = Phone(home.door, keeps_cookies=False)
    answer = stranger.ask("/speaker/say", "POST", json={}, headers=headers)
    assert answer.status_code == 401
    assert said in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("language", "trust", "pair", "wrong", "early"),
    [
        ("de-AT", "Das Zertifikat laden", "Koppeln</button>", "ist falsch", "Zu viele falsche Codes"),
        ("en", "Load the certificate", "Pair</button>", "is wrong", "Too many wrong codes"),
    ],
)
def test_how_to_trust_and_to_pair_is_told_in_the_browsers_language(
    home: Household, language: str, trust: str, pair: str, wrong: str, early: str
) -> None:
    stranger = Phone(home.door)
    headers = {"Accept-Language": language}
    pages = {path: stranger.ask(path, headers=headers) for path in ("/trust", "/pair")}
    assert trust in pages["/trust"].get_data(as_text=True)
    assert pair in pages["/pair"].get_data(as_text=True)
    assert all("{" not in each.get_data(as_text=True) for each in pages.values())
    assert all(each.headers["Vary"] == "Accept-Language" for each in pages.values())
    told = [
        stranger.ask("/pair", "POST", json={"code": "00000000", "name": "x"}, headers=headers).get_json()[
            "error"
        ]
        for _ in range(TRIES + 1)
    ]
    assert wrong in told[0]
    assert early in told[-1]
