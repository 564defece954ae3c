"""The drawing of an exercise that stands beside the count."""


def drawing(exercise: str, place: str) -> str:
    """SVG markup of an exercise with the band where it is worn (`knee`, `foot`, `doubled`, "" for its usual place).

    "" where an exercise has no drawing: the page shows the ring alone. While a set is counted, the page sets the
    custom property `--lift` (0 lowered to 1 lifted) on the element around it, so that it moves with the count.
    """
    return ""
