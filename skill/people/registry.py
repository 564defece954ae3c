"""The people of a home in the store: one document under a key of its own, saved only over what was read."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from skill.locales.refusals import NotDone
from skill.people.names import NoName, key_of, named, plain, tidied
from skill.people.person import COLOURS, FIRST, Household, Person
from skill.store.base import Conflict, Store
from skill.store.document import from_document, to_document

KEY: Final = "glute-coach.people"
"""No account of Amazon's looks like it."""
MOST: Final = 500
TRIES: Final = 40
"""Each conflict means that somebody else's change went through, so of so many rivals each gets its turn."""


class UnknownPerson(NotDone, LookupError):
    """Nobody of this id or name trains here (any more). Whoever is told so may not know who does."""

    def __init__(self) -> None:
        super().__init__("removed")


class Registry:
    """The people, read anew each time: another process may have added one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def people(self) -> tuple[Person, ...]:
        """Everybody; where nobody was ever added, the one person who has no name yet."""
        return self._read()[0]

    def person(self, wanted: str) -> Person:
        """The person of this id or name; the first one for "". Raises UnknownPerson: there is nobody."""
        people = self.people()
        found = named(people, wanted) if wanted else people[0]
        if found is None:
            raise UnknownPerson
        return found

    def add(self, name: object, colour: object = "", own_name: object = "") -> Person:
        """A new person; a satellite's "Anna" and the page's have one key, and so one record.

        `own_name` is what the first one, who had none, is called from now on.

        Raises NoName: a name cannot be taken, or somebody has it.
        """
        new = Person("", tidied(name))

        def change(people: tuple[Person, ...]) -> tuple[Person, ...]:
            nonlocal new
            if not people[0].name:
                people = (replace(people[0], name=tidied(own_name)), *people[1:])
            if len(people) >= MOST:
                raise NoName("too_many_people", most=MOST)
            new = replace(new, id=_id(new.name, people), colour=_colour(colour, people))
            return _distinct((*people, new))

        self._change(change)
        return new

    def change(self, person: str, **changes: Any) -> Person:
        """The same person with these fields changed.

        Raises UnknownPerson: they were removed; NoName: the new name cannot be taken, or somebody has it.
        """
        if "name" in changes:
            changes["name"] = tidied(changes["name"])

        def change(people: tuple[Person, ...]) -> tuple[Person, ...]:
            if all(each.id != person for each in people):
                raise UnknownPerson
            return _distinct(
                tuple(replace(each, **changes) if each.id == person else each for each in people)
            )

        return next(each for each in self._change(change) if each.id == person)

    def forget(self, person: str, until_quiet: Callable[[], None] = lambda: None) -> None:
        """Remove a person with everything that is stored of them; twice is no error.

        The list goes first, and `until_quiet` waits for turns under way: a later one could begin a new record.
        """
        gone = [each for each in self.people() if each.id == person]
        self._change(lambda people: tuple(each for each in people if each.id != person))
        until_quiet()
        for each in gone:
            self._store.forget(each.user)

    def touch(self) -> None:
        """Save the list as it is, so that `prune` does not take it for something that nobody uses."""
        if self._store.load(KEY).document is not None:
            self._change(lambda people: people)

    def _read(self) -> tuple[tuple[Person, ...], int]:
        stored = self._store.load(KEY)
        known = from_document(Household, stored.document).people if stored.document else ()
        return known or (Person(FIRST),), stored.revision

    def _change(self, change: Callable[[tuple[Person, ...]], tuple[Person, ...]]) -> tuple[Person, ...]:
        for tried in range(TRIES):
            people, revision = self._read()
            after = change(people)
            try:
                self._store.save(KEY, to_document(Household(after)), revision)
                return after
            except Conflict:
                if tried == TRIES - 1:
                    raise
        raise AssertionError


def _id(name: str, people: tuple[Person, ...]) -> str:
    key = key_of(name)
    is_taken = not key or key in {each.id for each in people} | {FIRST}
    return f"{key}-{secrets.token_hex(4)}".lstrip("-") if is_taken else key


def _colour(wanted: object, people: tuple[Person, ...]) -> str:
    """The colour that was wished, else the one that fewest people have."""
    if isinstance(wanted, str) and wanted in COLOURS:
        return wanted
    worn = [each.colour for each in people]
    return min(COLOURS, key=worn.count)


def _distinct(people: tuple[Person, ...]) -> tuple[Person, ...]:
    names = [plain(each.name) for each in people if each.name]
    doubled = next((each.name for each in people if names.count(plain(each.name)) > 1), None)
    if doubled is not None:
        raise NoName("name_taken", name=doubled)
    return people
