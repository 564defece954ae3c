"""The form for a workout that no coach counted: a day, and each leg's sets with their band and reps."""

from collections.abc import Sequence
from datetime import date
from html import escape

from rules.files.exercise import Exercise
from rules.vocabulary.domain import MOST_REPS
from skill.history.words import Words


def by_hand(exercise: Exercise, bands: Sequence[str], words: Words, today: date) -> str:
    """The form as HTML, up to `today`; the bands stand lightest first. Without any it says that those come first."""
    head = f"<summary>{escape(words('by_hand_title'))}</summary>"
    if not bands:
        return f'<details id="by-hand">{head}<p>{escape(words("by_hand_bands_first"))}</p></details>\n'
    legs = "".join(_leg(side, exercise.sets, bands, words) for side in exercise.sides)
    day = f'<input type="date" name="day" required max="{today.isoformat()}" value="{today.isoformat()}">'
    return (
        f'<details id="by-hand">{head}<form autocomplete="off"><p>{escape(words("by_hand_how"))}</p>'
        f"<label>{escape(words('by_hand_day'))} {day}</label>{legs}"
        f'<button type="submit" class="main">{escape(words("by_hand_save"))}</button></form></details>\n'
    )


def _leg(side: str, sets: int, bands: Sequence[str], words: Words) -> str:
    name = words.side(side)
    options = "".join(f'<option value="{escape(band)}">{escape(words.band(band))}</option>' for band in bands)
    band = (
        f"<label>{escape(words.own['columns']['band'])}"
        f' <select data-side="{side}" aria-label="{escape(words("by_hand_band", side=name))}">{options}'
        "</select></label>"
    )
    rows = "".join(_reps(side, name, nth, words) for nth in range(1, sets + 1))
    return f'<fieldset data-leg="{side}"><legend>{escape(name[:1].upper() + name[1:])}</legend>{band}{rows}</fieldset>'


def _reps(side: str, name: str, nth: int, words: Words) -> str:
    label = escape(words("by_hand_set", nth=nth))
    about = escape(words("by_hand_reps", side=name, nth=nth))
    kind = f'type="number" inputmode="numeric" min="0" max="{MOST_REPS}"'
    return f'<label>{label} <input {kind} data-side="{side}" aria-label="{about}"></label>'
