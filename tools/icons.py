"""The skill's icons for Alexa's listing, drawn from lambda/icon.svg: `python -m tools.icons`."""

from pathlib import Path
from typing import Final

from resvg_py import svg_to_bytes

FOLDER: Final = Path(__file__).parents[1] / "lambda"
SIZES: Final = {"icon-108.png": 108, "icon-512.png": 512}
"""What the developer console asks for, in pixels."""


def main() -> None:
    """Draw both."""
    for name, size in SIZES.items():
        (FOLDER / name).write_bytes(drawn(size))


def drawn(size: int) -> bytes:
    """The icon as a PNG, `size` pixels wide and high."""
    return bytes(svg_to_bytes(svg_string=(FOLDER / "icon.svg").read_text("utf-8"), width=size, height=size))


if __name__ == "__main__":
    main()
