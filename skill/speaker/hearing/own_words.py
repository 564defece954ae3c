"""What the coach itself was saying when, for a microphone that hears the coach."""

from collections import deque
from collections.abc import Set
from typing import Final

_BEFORE_MS: Final = 800
_AFTER_MS: Final = 300
_REMEMBERED_MS: Final = 15_000


class OwnWords:
    """The coach's words of the last seconds, each with its place in the microphone's stream."""

    def __init__(self) -> None:
        self._said: deque[tuple[int, int, Set[str]]] = deque()

    def note(self, words: Set[str], began_ms: int, ended_ms: int) -> None:
        """It was saying this in a piece of the stream; no words, where it was silent."""
        if words:
            self._said.append((began_ms, ended_ms, words))
        while self._said and self._said[0][1] < ended_ms - _REMEMBERED_MS:
            self._said.popleft()

    def during(self, began_ms: int, ended_ms: int) -> frozenset[str]:
        """What it said around an utterance: an echo comes late, and places are not known to the word."""
        since, until = began_ms - _BEFORE_MS, ended_ms + _AFTER_MS
        said = (words for began, ended, words in self._said if began <= until and since <= ended)
        return frozenset[str]().union(*said)
