"""A real Home Assistant, headless, with the integration of this tree and satellites that are none."""

import json
import os
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final

from tests.home_assistant.environment import build
from tests.home_assistant.programs import TREE, Coach, Program, free_port

CONFIGURATION: Final = """
homeassistant: {{name: Home of the tests, time_zone: UTC, internal_url: "http://127.0.0.1:{port}"}}
http: {{server_host: 127.0.0.1, server_port: {port}}}
frontend:
api:
websocket_api:
config:
conversation:
assist_pipeline:
assist_satellite:
fake_satellite:
diagnostics:
logger: {{default: warning}}
automation:
  - alias: Training day
    initial_state: false
    use_blueprint:
      path: glute_coach/training_day.yaml
      input: {{next_workout: sensor.of_the_test, satellite: assist_satellite.garage}}
"""
"""The blueprint's automation is off, so that it runs when a test says so and at no hour of the day."""


class Home(Program):
    """Home Assistant with the integration and a satellite that is none, onboarded and logged in."""

    def __init__(self, folder: Path) -> None:
        self.port, self.config = free_port(), folder / "config"
        venv = build()
        for source, place in (
            ("custom_components/glute_coach", "custom_components/glute_coach"),
            ("tests/home_assistant/fake_satellite", "custom_components/fake_satellite"),
            ("blueprints/automation/glute_coach", "blueprints/automation/glute_coach"),
        ):
            shutil.copytree(TREE / source, self.config / place)
        (self.config / "configuration.yaml").write_text(CONFIGURATION.format(port=self.port))
        env = os.environ | {"PATH": f"{venv / 'bin'}:{os.environ['PATH']}"}
        env.pop("PYTHONPATH", None)
        command = [str(venv / "bin" / "hass"), "--skip-pip", "-c", str(self.config)]
        super().__init__(command, f"http://127.0.0.1:{self.port}/api/onboarding", folder / "home.log", env)
        self._token = ""

    def onboard(self) -> None:
        """Make the owner and log in."""
        client = f"http://127.0.0.1:{self.port}/"
        who = {"name": "Anna", "username": "anna", "password": "secret-of-the-tests", "language": "en"}
        code = self.ask("POST", "/api/onboarding/users", who | {"client_id": client})["auth_code"]
        form = f"grant_type=authorization_code&code={code}&client_id={client}".encode()
        request = urllib.request.Request(f"{client}auth/token", form)
        with urllib.request.urlopen(request, timeout=30) as answer:
            self._refresh = json.load(answer)["refresh_token"]
        self.log_in()

    def log_in(self) -> None:
        """A fresh token for a login that outlives a restart."""
        client = f"http://127.0.0.1:{self.port}/"
        form = f"grant_type=refresh_token&refresh_token={self._refresh}&client_id={client}".encode()
        with urllib.request.urlopen(f"{client}auth/token", form, timeout=30) as answer:
            self._token = json.load(answer)["access_token"]
        until = time.monotonic() + 60
        while self.ask("GET", "/api/config")["state"] != "RUNNING" and time.monotonic() < until:
            time.sleep(0.3)

    def end_onboarding(self) -> None:
        """What else Home Assistant asks its owner; only its pages wait for it."""
        there = {"client_id": f"{self.address}/", "redirect_uri": f"{self.address}/"}
        for step, given in (("core_config", {}), ("analytics", {}), ("integration", there)):
            self.ask("POST", f"/api/onboarding/{step}", given)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        return self._token

    @property
    def login(self) -> str:
        """The owner's login as a browser keeps it."""
        kept = {"access_token": self._token, "refresh_token": self._refresh, "token_type": "Bearer"}
        until = {"expires_in": 1800, "expires": round(1000 * (time.time() + 1800))}
        return json.dumps(kept | until | {"hassUrl": self.address, "clientId": f"{self.address}/"})

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as fault:
            raise RuntimeError(f"{method} {path}: {fault.code} {fault.read().decode()}") from fault

    def add_coach(self, coach: Coach) -> dict[str, Any]:
        """The integration's own flow, with address and token."""
        return self.answer_flow(
            self.open_flow(), {"url": f"http://127.0.0.1:{coach.port}", "token": coach.token}
        )

    def open_flow(self, integration: str = "glute_coach") -> str:
        """Begin to set up a coach."""
        flow = self.ask("POST", "/api/config/config_entries/flow", {"handler": integration})
        return str(flow["flow_id"])

    def answer_flow(self, flow: str, given: dict[str, Any]) -> dict[str, Any]:
        """What the flow says to what was typed."""
        done: dict[str, Any] = self.ask("POST", f"/api/config/config_entries/flow/{flow}", given)
        return done

    def assign(self, entry: str, who: dict[str, str]) -> Any:
        """The options: who trains where."""
        flow = self.ask("POST", "/api/config/config_entries/options/flow", {"handler": entry})
        return self.ask("POST", f"/api/config/config_entries/options/flow/{flow['flow_id']}", who)

    def state(self, entity: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("GET", f"/api/states/{entity}")
        return found

    def entities(self) -> set[str]:
        return {each["entity_id"] for each in self.ask("GET", "/api/states")}

    def do(self, service: str, **data: Any) -> Any:
        domain, _, name = service.partition(".")
        return self.ask("POST", f"/api/services/{domain}/{name}", data)
