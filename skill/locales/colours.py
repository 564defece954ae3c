"""The colour in which a band is shown; bands that are named by weight get the grey of their strength."""

from typing import Final

COLOURS: Final = {
    "tan": "#d2b48c",
    "white": "#f5f5f0",
    "yellow": "#f4cf1b",
    "pink": "#f08bb0",
    "orange": "#f08124",
    "green": "#2f9e44",
    "red": "#d9302c",
    "purple": "#8a4fc7",
    "blue": "#2b62d9",
    "teal": "#1b9aaa",
    "brown": "#8a5a33",
    "gray": "#8b9096",
    "black": "#24272b",
    "turquoise": "#22b5b0",
    "aqua": "#45c4d6",
    "mint": "#9adbb9",
    "peach": "#f5b895",
    "apricot": "#f2a65a",
    "lilac": "#b99bd6",
    "lavender": "#a99ad9",
    "plum": "#6e2f5f",
    "lime": "#a4cc39",
    "petrol": "#0f5a6b",
    "silver": "#c0c5cb",
    "gold": "#c9a227",
    "extra_light": "#dfe3e8",
    "light": "#c3c9d1",
    "medium": "#949ca6",
    "heavy": "#646c76",
    "extra_heavy": "#3a4048",
    "none": "#ffffff",
}
UNKNOWN: Final = "#9a7fb0"


def colour_of(band: str) -> str:
    """The band's colour as CSS takes it, wherever it is worn; one of its own for a band that nobody foresaw."""
    return COLOURS.get(band.partition("@")[0], UNKNOWN)
