"""What is understood of a sentence, worked out once: many tests say the same, so nothing may write into it."""

from functools import cache

from skill.speaker.understanding.understand import Understood, understand


@cache
def understood(say: str, locale: str = "en-US") -> Understood:
    """What a sentence is taken for."""
    return understand(say, locale)
