"""The ways in which a count can reach a device, and which of them a deployment has."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal, get_args

from msgspec import Struct

from skill.alexa.apla import Grid
from skill.audio.address import Addresses, AddressRefused
from skill.audio.prerendered import Shelf
from skill.audio.served_files import Jukebox, speaking
from skill.audio.voice import VoiceMissing
from skill.locales.script import Script

Route = Literal["apla", "mp3", "audioplayer", "ssml"]
ROUTES: Final[tuple[str, ...]] = get_args(Route)
GRIDS: Final[tuple[str, ...]] = get_args(Grid)
NEED_AUDIO: Final = frozenset({"mp3", "audioplayer"})
AddressOf = Callable[[Script], str]


class Routes(Struct, frozen=True):
    """How this deployment sends a count.

    `route`: `apla` (Alexa's own voice on an exact grid), `mp3` (one finished file, played by APLA), `audioplayer`
    (the same file, with exact offsets and a closed session) or `ssml`. `grid` is APLA's: a slot a second or a phase.
    `address_of` gives the HTTPS address of a whole count's file, where the deployment makes them itself;
    `set_address_of` that of a set's file rendered beforehand, round which Alexa speaks the rest.
    """

    route: Route = "apla"
    grid: Grid = "second"
    address_of: AddressOf | None = None
    set_address_of: AddressOf | None = None

    def for_device(self, plays: str) -> Route:
        """The route for a device: the usual one, unless it is known to play only a plainer one."""
        if plays == "ssml":
            return "ssml"
        return "apla" if plays == "apla" and self.route in NEED_AUDIO else self.route


class CountSettings(Struct, frozen=True):
    """What a deployment says of the count, as text that may be wrong.

    `route` is one of `ROUTES`, `grid` one of `GRIDS`. `audio_url` is the https address under which the endpoint is
    reached, where it is to serve files itself; `audio_secret` signs their addresses; `voice` speaks in them. With a
    `manifest` (a file's path), `audio_url` is where the sets that it lists lie ready instead, and nothing is made here.
    """

    route: str = "apla"
    grid: str = "second"
    audio_url: str = ""
    audio_secret: str = ""
    voice: str = ""
    manifest: str = ""

    __repr__ = object.__repr__  # a log must not show the secret

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "CountSettings":
        """GLUTE_COACH_COUNT_ROUTE, _APLA_GRID, _AUDIO_URL, _AUDIO_SECRET, _AUDIO_MANIFEST and _VOICE."""
        usual = cls()
        return cls(
            route=environment.get("GLUTE_COACH_COUNT_ROUTE") or usual.route,
            grid=environment.get("GLUTE_COACH_APLA_GRID") or usual.grid,
            audio_url=environment.get("GLUTE_COACH_AUDIO_URL", ""),
            audio_secret=environment.get("GLUTE_COACH_AUDIO_SECRET", ""),
            voice=environment.get("GLUTE_COACH_VOICE", ""),
            manifest=environment.get("GLUTE_COACH_AUDIO_MANIFEST", ""),
        )


def jukebox_of(settings: CountSettings, tell: Callable[[str], None]) -> Jukebox | None:
    """The files that this deployment serves; None where it serves none, or cannot (which is told)."""
    if not settings.audio_url or settings.manifest:
        return None
    try:
        addresses = Addresses(settings.audio_url, settings.audio_secret)
        return Jukebox(addresses, speaking(settings.voice or None, tell))
    except (AddressRefused, ImportError, VoiceMissing) as fault:
        tell(f"no audio files are served: {fault}")
        return None


def shelf_of(settings: CountSettings, tell: Callable[[str], None]) -> Shelf | None:
    """The sets rendered beforehand; None where there are none, or they cannot be used (which is told)."""
    if not settings.manifest or settings.route not in NEED_AUDIO:
        return None
    try:
        return Shelf.read(Path(settings.manifest), settings.audio_url)
    except AddressRefused as fault:
        tell(f"no counts rendered beforehand are played: {fault}")
        return None


def routes_of(settings: CountSettings, jukebox: Jukebox | None, tell: Callable[[str], None]) -> Routes:
    """The routes that the settings ask for; what cannot be had is told, and the next best taken."""
    grid: Grid = "phase" if settings.grid == "phase" else "second"
    route = next((each for each in get_args(Route) if each == settings.route), None)
    if settings.grid not in GRIDS:
        tell(
            f"no APLA grid is called {settings.grid!r}: choose {' or '.join(GRIDS)}; it stays a slot a second"
        )
    if route is None:
        tell(
            f"no count route is called {settings.route!r}: choose one of {', '.join(ROUTES)}; it goes by apla"
        )
    elif route == "mp3" and (shelf := shelf_of(settings, tell)) is not None:
        return Routes(route, grid, set_address_of=shelf.of)
    elif route in NEED_AUDIO and jukebox is None:
        tell(f"the count route {route!r} needs audio files of this endpoint (docs/count.md); it goes by apla")
    else:
        return Routes(route, grid, jukebox.addresses.of if jukebox else None)
    return Routes("apla", grid)
