"""A script as SSML, for hosts that render no APLA: word lengths are estimated, the count is a little uneven.

The error does not add up by more than the estimates do: each pause is worked out towards the next word's
place on the grid, from where the words before it are thought to have ended.
"""

from collections.abc import Sequence
from typing import Final

from skill.alexa.lengths import estimated_ms, rate_percent
from skill.locales.script import Script, SpokenCue

MOST_CHARACTERS: Final = 8000
LONGEST_BREAK_MS: Final = 10_000
SHORTEST_BREAK_MS: Final = 10
UNMARKED: Final = str.maketrans("${}@", "    ")


class TooLong(ValueError):
    """The script does not fit into one answer of Alexa's; the message names the limit."""


def plain(text: str) -> str:
    """Text without control characters and without what APLA would evaluate (`${...}`, `@name`)."""
    printable = text if text.isprintable() else "".join(each if each.isprintable() else " " for each in text)
    return printable.translate(UNMARKED).strip()


def escape(text: str) -> str:
    """Plain text made safe inside SSML."""
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def faster(text: str, percent: int) -> str:
    """The escaped text, said at this rate (100 is normal and leaves no markup)."""
    said = escape(text)
    return said if percent == 100 else f'<prosody rate="{percent}%">{said}</prosody>'


def pause(length_ms: int) -> str:
    """Breaks for a pause, none longer than Alexa's ten seconds; nothing for a pause too short to hear."""
    if length_ms < SHORTEST_BREAK_MS:
        return ""
    whole, rest = divmod(length_ms, LONGEST_BREAK_MS)
    return '<break time="10s"/>' * whole + (f'<break time="{rest}ms"/>' if rest >= SHORTEST_BREAK_MS else "")


def words_and_pauses(cues: Sequence[SpokenCue], start_ms: int, end_ms: int) -> str:
    """The cues between two places of the timeline, each as near to its own place as the estimates allow."""
    parts, here_ms = [], start_ms
    for cue, free_until_ms in zip(cues, [each.at_ms for each in cues[1:]] + [end_ms], strict=True):
        late_ms = max(0, here_ms - cue.at_ms)
        percent = rate_percent(cue.text, max(1, free_until_ms - cue.at_ms - late_ms))
        parts += [pause(cue.at_ms - here_ms), faster(cue.text, percent)]
        here_ms = cue.at_ms + late_ms + estimated_ms(cue.text) * 100 // percent
    return "".join(parts) + pause(end_ms - here_ms)


def render(script: Script) -> str:
    """The script as one `<speak>` document of at most 8,000 characters.

    Where every second would be too much markup, only the first and last word of each phase are said.

    Raises TooLong: even so it does not fit.
    """
    for cues in (script.cues, _sparse(script.cues)):
        ssml = f"<speak>{words_and_pauses(cues, 0, script.length_ms)}</speak>"
        if len(ssml) <= MOST_CHARACTERS:
            return ssml
    raise TooLong(
        f"the count takes {len(ssml)} characters of SSML and Alexa accepts {MOST_CHARACTERS}: fewer reps"
    )


def _sparse(cues: Sequence[SpokenCue]) -> tuple[SpokenCue, ...]:
    """The first and last cue of every phase, which keep tempo and numbers, and all cues outside the reps."""
    kept = []
    for index, cue in enumerate(cues):
        place = (cue.rep, cue.phase)
        is_first = index == 0 or (cues[index - 1].rep, cues[index - 1].phase) != place
        is_last = index + 1 == len(cues) or (cues[index + 1].rep, cues[index + 1].phase) != place
        if cue.rep == 0 or is_first or is_last:
            kept.append(cue)
    return tuple(kept)
