"""A coach at home with its door, phones that knock, and a clock that the test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.test import Client

from skill.app import App, Settings, build
from skill.front.admission import Admission
from skill.speaker.conversation.local_trainee import LOCAL_USER
from skill.speaker.conversation.sounds import Sounds
from skill.speaker.page.attach import attach
from skill.speaker.pairing.devices import Devices
from skill.speaker.pairing.door import COOKIE, Door
from skill.speaker.pairing.folder import home_folder
from skill.speaker.pairing.pages import Pages
from skill.speaker.pairing.pairing import Pairing
from skill.speaker.pairing.whereabouts import Whereabouts
from skill.web import create_app
from tests.speaker.page.opened import TOKEN, Beep, Prompter

ADDRESS = "192.168.1.5"
PORT = 8443
HERE = f"https://{ADDRESS}:{PORT}"


class Clock:
    """Seconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.now_s = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now_s


class Phone:
    """A browser in the home network."""

    def __init__(self, door: Any, address: str = "192.168.1.20", *, keeps_cookies: bool = True) -> None:
        self._client = Client(door, use_cookies=keeps_cookies)
        self._from = {"REMOTE_ADDR": address}
        self.token = ""

    def ask(self, path: str, method: str = "GET", **given: Any) -> Any:
        given = {"base_url": HERE, "environ_overrides": self._from} | given
        return self._client.open(path, method=method, **given)

    def pair(self, code: str, name: str = "Anna's phone") -> Any:
        return self.ask("/pair", "POST", json={"code": code, "name": name})

    @property
    def cookie(self) -> Any:
        return self._client.get_cookie(COOKIE, ADDRESS)

    def say(self, text: str, page: str = "page-of-a-phone", **given: Any) -> Any:
        if not self.token:
            found = TOKEN.search(self.ask("/").get_data(as_text=True))
            assert found is not None
            self.token = found[1]
        headers = {"X-Coach-Token": self.token, "Origin": HERE}
        return self.ask("/speaker/say", "POST", json={"page": page, "text": text}, headers=headers, **given)


class Household:
    """The coach, its door, and the pairing behind it."""

    def __init__(self, coach: App, folder: Path) -> None:
        self.coach = coach
        self.clock = Clock()
        self.app = create_app(verify=False, coach=coach)
        attach(self.app, coach, lambda _: Prompter(), Sounds(Beep()))
        self.where = Whereabouts(PORT, address=lambda: ADDRESS)
        self.pairing = Pairing(Devices(home_folder(str(folder / "coach.db"))))
        assert isinstance(self.app.wsgi_app, Admission)
        self.door = self.around(self.app.wsgi_app.admitted)

    def around(self, app: Any) -> Door:
        """The home's door around an application."""
        return Door(app, self.pairing, self.where, Pages(lambda: None, self.where), self.clock)

    def phone(self, address: str = "192.168.1.20") -> Phone:
        """A phone that was paired."""
        phone = Phone(self.door, address)
        assert phone.pair(self.code()).status_code == 200
        return phone

    def code(self) -> str:
        return self.pairing.new_code(self.clock())

    @property
    def open_set(self) -> Any:
        workout = self.coach.state(LOCAL_USER).workout
        return workout.counting if workout else None


@contextmanager
def at_home(folder: Path) -> Iterator[Household]:
    """A household with an empty record."""
    coach = build(Settings(store=str(folder / "coach.db")))
    try:
        yield Household(coach, folder)
    finally:
        coach.store.close()
