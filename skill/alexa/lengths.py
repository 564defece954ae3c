"""How long Alexa probably takes to say something: estimated from the syllables, for nobody tells a skill.

The figures are for the default English voice at its normal rate and lean to the long side, because a word
that was thought too short is cut or late, whereas one that was thought too long is followed by a little more
silence.
"""

import re
from typing import Final

EDGE_MS: Final = 140
SYLLABLE_MS: Final = 190
COMMA_MS: Final = 220
SENTENCE_MS: Final = 420
SAFETY_PERCENT: Final = 110
FASTEST_PERCENT: Final = 200

_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")
_WORDS = re.compile(r"[^\W\d_]+|\d")


def syllables(word: str) -> int:
    """Syllables of one word: its groups of vowels, a mute e at the end aside; a digit counts as two."""
    if word.isdigit():
        return 2
    plain = word.lower()
    groups = len(_VOWELS.findall(plain))
    is_mute = plain.endswith("e") and not plain.endswith("le") and groups > 1
    return max(1, groups - is_mute)


def estimated_ms(text: str) -> int:
    """Milliseconds the text takes to be said, with the pauses at its commas and full stops (not the last)."""
    inside = text.strip().rstrip(".!?,;:")
    said = sum(syllables(word) for word in _WORDS.findall(inside))
    pauses = COMMA_MS * len(re.findall(r"[,;:]\s", inside)) + SENTENCE_MS * len(
        re.findall(r"[.!?]\s", inside)
    )
    return EDGE_MS + SYLLABLE_MS * said + pauses if said else 0


def rate_percent(text: str, slot_ms: int) -> int:
    """The speaking rate (percent: 100 is normal, at most 200) at which text fits its slot with a margin."""
    needed = -(-estimated_ms(text) * SAFETY_PERCENT // max(1, slot_ms))
    return min(FASTEST_PERCENT, max(100, -(-needed // 5) * 5))
