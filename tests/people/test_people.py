"""Who trains at home: names, the list in the store, the PIN."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from skill.coach.state import State
from skill.people.names import NoName, introduced, named, tidied
from skill.people.person import FIRST, Person
from skill.people.pin import TRIES, WAIT_S, PinGuard, WrongPin, hashed
from skill.people.registry import MOST, Registry, UnknownPerson
from skill.speaker.understanding import language
from skill.store.base import Store
from skill.store.document import to_document
from skill.store.sqlite import SQLiteStore

INTRODUCTIONS = language.load("en-US").settings["introductions"]
HOME = (Person(FIRST, "Ben"), Person("a1", "Anna"), Person("z1", "Zoë Müller"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(SQLiteStore(tmp_path / "coach.db")) as store:
        yield store


@pytest.fixture
def registry(store: Store) -> Registry:
    return Registry(store)


def test_where_nobody_was_added_one_person_without_a_name_trains(registry: Registry) -> None:
    assert registry.people() == (Person(FIRST),)
    assert registry.person("").user == "amzn1.ask.account.local"


def test_what_was_stored_of_the_one_trainee_is_the_first_persons(registry: Registry, store: Store) -> None:
    store.save("amzn1.ask.account.local", to_document(State(turn=7)), 0)
    registry.add("Anna", own_name="Ben")
    ben, anna = registry.people()
    assert store.load(ben.user).document["turn"] == 7
    assert store.load(anna.user).document is None


def test_somebody_new_gets_a_record_and_a_colour_of_their_own(registry: Registry) -> None:
    for name in ("Anna", "Cem", "Dai"):
        registry.add(name, own_name="Ben")
    people = registry.people()
    assert [each.name for each in people] == ["Ben", "Anna", "Cem", "Dai"]
    assert len({each.user for each in people}) == len({each.colour for each in people}) == 4


def test_two_people_of_one_name_cannot_be_told_apart_by_voice_and_are_refused(registry: Registry) -> None:
    registry.add("Anna", own_name="Ben")
    with pytest.raises(NoName, match="Somebody called"):
        registry.add("ANNA")
    with pytest.raises(NoName, match="Somebody called"):
        registry.change(FIRST, name="ánna")


def test_somebody_is_renamed_and_keeps_the_record(registry: Registry) -> None:
    anna = registry.add("Anna", own_name="Ben")
    assert registry.change(anna.id, name="Hannah").user == anna.user
    assert registry.person("hannah").id == anna.id


def test_whoever_is_removed_is_gone_with_everything_and_stays_gone(registry: Registry, store: Store) -> None:
    anna = registry.add("Anna", own_name="Ben")
    store.save(anna.user, to_document(State(turn=3)), 0, [{"id": "w1"}])
    quiet: list[str] = []
    registry.forget(anna.id, lambda: quiet.append("waited"))
    registry.forget(anna.id)
    assert quiet == ["waited"]
    assert store.load(anna.user).document is None
    assert store.workouts(anna.user) == []
    with pytest.raises(UnknownPerson):
        registry.change(anna.id, name="Anna")


def test_when_the_first_person_leaves_the_others_stay(registry: Registry) -> None:
    anna = registry.add("Anna", own_name="Ben")
    registry.forget(FIRST)
    assert [each.id for each in registry.people()] == [anna.id]
    registry.forget(anna.id)
    assert registry.people() == (Person(FIRST),)


def test_two_hundred_people_fit_and_five_hundred_are_enough(registry: Registry) -> None:
    registry.add("Nr 1", own_name="Ben")
    for nth in range(2, 200):
        registry.add(f"Nr {nth}")
    assert registry.person("nr 150").name == "Nr 150"
    assert len(registry.people()) == 200
    assert MOST == 500


def test_people_who_are_added_from_several_devices_at_once_are_all_kept(store: Store) -> None:
    Registry(store).add("Anna", own_name="Ben")
    with ThreadPoolExecutor(8) as devices:
        list(devices.map(lambda nth: Registry(store).add(f"Nr {nth}"), range(24)))
    assert len(Registry(store).people()) == 26


def test_a_list_that_nobody_changes_is_not_pruned_while_the_coach_is_used(tmp_path: Path) -> None:
    now = [1000.0]
    with closing(SQLiteStore(tmp_path / "coach.db", clock=lambda: now[0])) as store:
        registry = Registry(store)
        registry.add("Anna", own_name="Ben")
        now[0] = 5000.0
        registry.touch()
        store.prune(3000)
        assert len(registry.people()) == 2


@pytest.mark.parametrize(
    "name", ["Zoë", "李小龍", "علي", "O'Brien", "Łukasz-Jan", "🏃", "<b>x</b>", "{name}"]
)
def test_a_name_of_any_letters_is_kept_as_it_is(registry: Registry, name: str) -> None:
    registry.add(name, own_name="Ben")
    assert registry.person(name).name == name


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\x00", None, 7, [], "x" * 41, "\u200b"])
def test_what_is_no_name_is_refused(name: object) -> None:
    with pytest.raises(NoName):
        tidied(name)


def test_a_name_is_tidied_of_what_cannot_be_seen() -> None:
    assert tidied("  Anna\u202e  \n Maria ") == "Anna Maria"


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("this is Anna", "Anna"),
        ("This is Anna.", "Anna"),
        ("it's anna", "Anna"),
        ("this is hannah", "Anna"),
        ("I'm Ben", "Ben"),
        ("this is zoe muller", "Zoë Müller"),
        ("this is hard", None),
        ("this is Gregory", None),
        ("anna", None),
        ("it's gone", None),
        ("It's Anna, not Ben.", "Anna"),
        ("I'm not Ben, I'm Anna", "Anna"),
        ("I'm not Ben", None),
        ("it's hard, not easy", None),
        ("it's not gone, it's worse", None),
        ("this is Anna, not sure about my knee", None),
        ("this is Anna, not well", None),
    ],
)
def test_who_is_introduced(said: str, who: str | None) -> None:
    found = introduced(HOME, said, INTRODUCTIONS, "not")
    assert (found.name if found else None) == who


def test_a_name_between_two_much_alike_is_nobodys() -> None:
    both = (Person("a", "Marta"), Person("b", "Marla"))
    assert introduced(both, "this is Marna", INTRODUCTIONS, "not") is None
    assert introduced(both, "this is Marla", INTRODUCTIONS, "not") == both[1]


def test_somebody_is_found_by_id_or_name() -> None:
    assert named(HOME, "a1") == named(HOME, "ANNA") == HOME[1]
    assert named(HOME, "nobody") is None


def test_a_pin_is_never_kept_and_opens_only_with_itself() -> None:
    kept, guard = hashed("2468"), PinGuard()
    assert "2468" not in kept
    guard.check("a1", kept, "2468")
    guard.check("b1", "", None)
    with pytest.raises(WrongPin, match="not the PIN"):
        guard.check("a1", kept, "1111")
    with pytest.raises(WrongPin, match="opens with a PIN"):
        guard.check("a1", kept, None)


def test_after_five_wrong_pins_even_the_right_one_waits_a_minute_and_only_for_that_person() -> None:
    now = [0.0]
    kept, guard = hashed("2468"), PinGuard(lambda: now[0])
    for _ in range(TRIES):
        with pytest.raises(WrongPin, match="not the PIN"):
            guard.check("a1", kept, "1111")
    with pytest.raises(WrongPin, match="wait a minute"):
        guard.check("a1", kept, "2468")
    guard.check("b1", kept, "2468")
    now[0] = WAIT_S + 1
    guard.check("a1", kept, "2468")


@pytest.mark.parametrize("pin", ["123", "123456789", "abcd", "", None, 1234, "12 4", "१२३४"])
def test_what_is_no_pin_is_refused(pin: object) -> None:
    with pytest.raises(ValueError, match="4 to 8 digits"):
        hashed(pin)
