"""The open pages of this machine and of its paired devices, each with its conversation."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from skill.people.person import Person
from skill.speaker.conversation.endpoint import Endpoint
from skill.speaker.conversation.foresight import Foresight
from skill.speaker.conversation.talks import NOBODY_ELSE, People, Talk

MOST_PAGES: Final = 64
MOST_PAGES_OF_ONE: Final = 16
"""Open pages of this machine, or of one paired device: a guest's seventeenth page costs a guest's first."""


class Talks:
    """The open pages; of many of one owner, the one that was silent longest is forgotten."""

    def __init__(
        self,
        endpoint: Endpoint,
        people: People = tuple,
        foresight: Foresight | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._foresight = foresight
        self._people = people
        self._open: OrderedDict[tuple[str, str], Talk] = OrderedDict()
        self._lock = Lock()

    def of(self, page: str, person: Person = NOBODY_ELSE, owner: str = "", locale: str = "") -> Talk:
        """The talk of a page, by the page's own name for itself, with a person.

        `owner` is the paired device whose page it is, "" for this machine: nobody reaches another's page by its name.
        The locale "" is the coach's own.
        """
        with self._lock:
            key = owner, page
            talk = self._open.get(key)
            if talk is None:
                name = "-".join(filter(None, ("page", owner, page)))
                talk = self._open[key] = Talk(
                    self._endpoint, name, person, self._people, foresight=self._foresight
                )
                self._make_room(owner)
            self._open.move_to_end(key)
        talk.turn_to(person)
        if locale:
            talk.speak(locale)
        return talk

    def _make_room(self, owner: str) -> None:
        own = [key for key in self._open if key[0] == owner]
        if len(own) > MOST_PAGES_OF_ONE:
            del self._open[own[0]]
        if len(self._open) > MOST_PAGES:
            self._open.popitem(last=False)

    def part_with(self, person: str) -> None:
        """Forget the pages of somebody who was removed; when this is over, no turn of theirs is under way."""
        with self._lock:
            pages = dict(self._open)
        gone = [page for page, talk in pages.items() if talk.is_with(person)]
        with self._lock:
            for page in gone:
                self._open.pop(page, None)
