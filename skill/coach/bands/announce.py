"""What is said of the bands when a workout has ended: which stay, which change, and beforehand what a step will do."""

from collections.abc import Mapping

from skill.coach.bands import rungs
from skill.coach.bands.fresh_set import facts_by_name
from skill.coach.messages.reply import Line, Param
from skill.coach.turn import Turn


def changes(turn: Turn, before: Mapping[str, str], after: Mapping[str, str]) -> list[Line]:
    """The bands of next time, by what they were: one line where it is one for all legs."""
    moved = {side: band for side, band in after.items() if band != before[side]}
    if not moved:
        return [_stays(set(after.values())), *_outgrown(turn, after)]
    if len(moved) == len(after) and len(set(moved.values())) == 1:
        side = next(iter(moved))
        return [_change(turn, "band_changes", side, before[side], {})]
    if len(moved) > 1:  # two new bands, and what to expect of each, are too much to hear at once
        return [Line("bands_next", {f"{side}_band": band for side, band in after.items()})]
    return [_change(turn, "band_changes_for", side, before[side], {"side": side}) for side in moved]


def _stays(bands: set[str]) -> Line:
    if len(bands) > 1:
        return Line("bands_stay")
    band = bands.pop() if bands else ""
    if not band:
        return Line("bands_stay")
    return Line("band_stays_there" if rungs.place_of(band) else "band_stays", {"band": band})


def _outgrown(turn: Turn, after: Mapping[str, str]) -> list[Line]:
    """That a tougher band is due, where the toughest has been outgrown."""
    decided = [leg.decided for leg in map(turn.leg, after) if leg.decided]
    return [Line("outlook_outgrown")] if any(each.advice == "buy_tougher" for each in decided) else []


def _change(turn: Turn, key: str, side: str, old: str, params: dict[str, str]) -> Line:
    """The new band; a step that will land short of the window, or may, is announced so, with its number if known."""
    leg, ladder = turn.leg(side), turn.state.ladder
    bands: dict[str, Param] = {"band": rungs.told_to_wearer_of(leg.rung, old), "from_band": old, **params}
    if rungs.order(ladder, leg.rung) < rungs.order(ladder, old):
        return Line(f"{key}_down", bands)
    advice = leg.decided.advice if leg.decided else ""
    known = facts_by_name(leg).get("tougher_band_reps") if advice == "tougher_band" else None
    expected = known if isinstance(known, int) else 0
    window = turn.exercise.window
    if expected:
        return Line(
            f"{key}_up_short" if expected < window.low else f"{key}_up_known", {**bands, "reps": expected}
        )
    bands["window_low"] = window.low
    if rungs.band_of(leg.rung) == rungs.band_of(old):
        return Line(f"{key}_up_same_band", bands)
    return Line(f"{key}_up_half" if advice == "half_tougher" else f"{key}_up", bands)
