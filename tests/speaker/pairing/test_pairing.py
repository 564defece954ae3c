"""A code pairs one device, for two minutes, and guessing leads nowhere."""

from itertools import pairwise

import pytest

from skill.speaker.pairing.devices import MOST_DEVICES
from skill.speaker.pairing.pairing import CODE_S, FIRST_WAIT_S, TRIES, NotPaired, TooEarly
from tests.speaker.pairing.household import Household, Phone


def test_a_code_pairs_one_device_and_no_second(home: Household) -> None:
    code = home.code()
    assert Phone(home.door).pair(code).status_code == 200
    assert Phone(home.door, "192.168.1.21").pair(code).status_code == 403


def test_a_code_is_typed_with_spaces_too(home: Household) -> None:
    code = home.code()
    assert Phone(home.door).pair(f"{code[:4]} {code[4:]}").status_code == 200


def test_a_code_that_comes_late_is_refused(home: Household) -> None:
    first = home.code()
    home.clock.now_s += CODE_S - 1
    assert Phone(home.door).pair(first).status_code == 200
    late = home.code()
    home.clock.now_s += CODE_S
    assert Phone(home.door).pair(late).status_code == 403


def test_a_new_code_ends_the_one_before(home: Household) -> None:
    before, code = home.code(), home.code()
    assert Phone(home.door).pair(before).status_code == 403
    assert Phone(home.door).pair(code).status_code == 200


def test_five_wrong_tries_by_whomever_end_a_code(home: Household) -> None:
    code = home.code()
    for nth in range(TRIES):
        assert Phone(home.door, f"192.168.1.{100 + nth}").pair("00000000x").status_code == 403
    assert Phone(home.door).pair(code).status_code == 403
    assert Phone(home.door).pair(home.code()).status_code == 200, "a new one is taken"


def test_who_guesses_waits_longer_each_time_and_others_do_not(home: Household) -> None:
    waited = []
    for _ in range(TRIES + 3):
        try:
            home.pairing.swap("1", "x", "192.168.1.66", home.clock())
        except TooEarly as early:
            waited.append(early.wait_s)
            home.clock.now_s += early.wait_s
            with pytest.raises(NotPaired, match="wrong"):
                home.pairing.swap("1", "x", "192.168.1.66", home.clock())
        except NotPaired:
            pass
    assert waited[0] > FIRST_WAIT_S
    assert all(later > 1.9 * before for before, later in pairwise(waited))
    assert Phone(home.door, "192.168.1.66").pair(home.code()).status_code == 429
    assert home.phone()


def test_tokens_and_codes_are_kept_as_hashes(home: Household) -> None:
    phone, code = home.phone(), home.code()
    folder = next(home.pairing.devices._file.parent.parent.glob("*.home"))
    kept = b"".join(each.read_bytes() for each in folder.iterdir())
    assert phone.cookie.value.encode() not in kept
    assert code.encode() not in kept


def test_of_too_many_devices_the_one_unused_longest_goes(home: Household) -> None:
    first = home.phone()
    for nth in range(MOST_DEVICES):
        home.clock.now_s += 1
        home.phone(f"192.168.2.{nth}")
    assert first.ask("/progress").status_code == 401
    assert len(home.pairing.devices.all(home.clock())) == MOST_DEVICES


@pytest.mark.parametrize(
    ("given", "shown"), [("\x1b[31mAnna\n", "[31mAnna"), ("", "a device"), ("x" * 500, "x" * 40)]
)
def test_a_devices_name_is_fit_for_a_terminal(home: Household, given: str, shown: str) -> None:
    Phone(home.door).pair(home.code(), given)
    assert home.pairing.devices.all(home.clock())[0].name == shown
