"""The plain components that every screen is made of: text, rows, buttons, a page that fits round and wide alike.

Nothing is imported from Alexa's own layouts. Sizes are shares of the viewport, so that what is read from three metres
is as large on a small device as on a television. Texts come by `payload`, which APL never evaluates.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

Component = dict[str, Any]

PAPER: Final = "#11161b"
INK: Final = "#ffffff"
SOFT: Final = "#b9c6cf"
LEAD: Final = "#35a7bb"
STILL_TO_COME: Final = "#3a4750"
PAIN: Final = "#ff8a80"
IS_ROUND: Final = "${viewport.shape == 'round'}"
IS_WIDE: Final = "${viewport.shape != 'round' && viewport.width > viewport.height}"
IS_TALL: Final = "${viewport.shape != 'round' && viewport.width <= viewport.height}"
UNIT: Final = "${viewport.height < viewport.width ? viewport.height / 100 : viewport.width / 100}"
"""A hundredth of the screen's shorter side: what every length is counted in."""


def length(hundredths: float) -> str:
    """A length in hundredths of the screen's shorter side."""
    return f"${{u * {hundredths:g}}}"


def text(said: str, size: float, **more: Any) -> Component:
    """A line of text, `size` in hundredths of the shorter side."""
    return {
        "type": "Text",
        "text": said,
        "fontSize": length(size),
        "color": INK,
        "textAlign": "center",
        "width": "100%",
    } | more


def column(*items: Component, **more: Any) -> Component:
    """One below the other, in the middle."""
    return {
        "type": "Container",
        "direction": "column",
        "alignItems": "center",
        "justifyContent": "center",
    } | {
        "items": list(items),
        **more,
    }


def row(*items: Component, **more: Any) -> Component:
    """One beside the other."""
    return column(*items, direction="row", **more)


def button(said: str, intent: str, colour: str = LEAD) -> Component:
    """Something to touch that means what its words mean when they are said."""
    return {
        "type": "TouchWrapper",
        "accessibilityLabel": said,
        "role": "button",
        "onPress": [{"type": "SendEvent", "arguments": ["touched", intent, "${payload.token}", "${ms}"]}],
        "spacing": length(1),
        "item": {
            "type": "Frame",
            "backgroundColor": "#1f2930",
            "borderColor": colour,
            "borderWidth": 2,
            "borderRadius": length(4),
            "paddingLeft": length(1.5),
            "paddingRight": length(1.5),
            "paddingTop": length(2),
            "paddingBottom": length(2),
            "item": text(said, 4.5, width="auto", color=colour),
        },
    }


def buttons(word: str, intent: str) -> Component:
    """What can be touched, the leading button first; a touch tells how far the document had come, by its clock `ms`."""
    return row(
        button(f"${{payload.words.{word}}}", intent, INK),
        button("${payload.words.pause}", "AMAZON.PauseIntent"),
        button("${payload.words.hurts}", "PainIntent", PAIN),
        spacing=length(3),
    )


def picture(source: str, width: float, height: float, label: str, **more: Any) -> Component:
    """A graphic of the document, in hundredths of the shorter side."""
    return {
        "type": "VectorGraphic",
        "source": source,
        "scale": "best-fit",
        "width": length(width),
        "height": length(height),
        "accessibilityLabel": label,
    } | more


def document(
    version: str,
    graphics: dict[str, Any],
    bindings: dict[str, str],
    *screens: Component,
    on_mount: Sequence[Component] = (),
    layouts: Mapping[str, Component] = MappingProxyType({}),
) -> dict[str, Any]:
    """A whole document: one of the screens is shown, by its own `when`; `on_mount` are the commands it begins with.

    `layouts` are components that it shows in several places, by the names under which they are called, in a `size`.
    """
    bind = [
        {"name": "u", "value": UNIT},
        *({"name": name, "value": value} for name, value in bindings.items()),
    ]
    root = column(
        {
            "type": "Frame",
            "position": "absolute",
            "width": "100%",
            "height": "100%",
            "backgroundColor": PAPER,
        },
        *screens,
        width="100vw",
        height="100vh",
        bind=bind,
        onMount=list(on_mount),
    )
    return {
        "type": "APL",
        "version": version,
        "theme": "dark",
        "graphics": graphics,
        "layouts": {name: {"parameters": ["size"], "item": item} for name, item in layouts.items()},
        "mainTemplate": {"parameters": ["payload"], "items": [root]},
    }
