"""SVG written by hand: elements as text, escaped; attributes only, because the page allows no inline style."""

from html import escape
from typing import Final

INK: Final = "#1d2329"
SOFT: Final = "#545d66"
LINE: Final = "#c9cdd1"
PAPER: Final = "#ffffff"
WINDOW: Final = "#d8eef2"
ACCENT: Final = "#0b6473"
PAIN: Final = "#b3261e"
FONT: Final = "DejaVu Sans, Verdana, Arial, sans-serif"


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; `_` in an attribute's name stands for `-`, and one at its end for nothing."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def label(
    x: float, y: float, said: str, /, size: float = 13, fill: str = INK, **attributes: str | float
) -> str:
    """A line of text, its baseline at y."""
    return element("text", escape(said), x=x, y=y, font_size=size, fill=fill, **attributes)


def drawing(width: float, height: float, content: str, said: str) -> str:
    """A whole drawing on paper, with what it says to those who do not see it; without words, a small ornament."""
    paper = element("rect", width=width, height=height, fill=PAPER) if said else ""
    title = element("title", escape(said)) if said else ""
    return element(
        "svg",
        title + paper + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_text(width)} {_text(height)}",
        width=width,
        height=height,
        **({"role": "img", "aria_label": said} if said else {"aria_hidden": "true"}),
        font_family=FONT,
    )


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
