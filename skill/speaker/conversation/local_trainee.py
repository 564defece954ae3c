"""Who trains on this machine where nobody was added: the first person."""

from typing import Final

from skill.people.person import FIRST, Person

LOCAL_NAME: Final = FIRST
"""The account in the envelopes of our own speakers."""
LOCAL_USER: Final = Person(FIRST).user
"""The key under which the store keeps this trainee."""
