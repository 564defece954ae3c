"""Set up by address and token, found by zeroconf or typed; the options tie satellites and persons to trainees."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigEntry, ConfigFlow, ConfigFlowResult, OptionsFlow
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from .api import Coach, CoachTooOld, CoachUnreachable, TokenRefused
from .const import API_VERSION, DOMAIN


class CoachFlow(ConfigFlow, domain=DOMAIN):
    """Address and token, tried at once."""

    VERSION = 1
    _url = "http://homeassistant.local:8080"

    async def async_step_user(self, given: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for both."""
        fault = ""
        if given is not None:
            self._url = given["url"].strip().rstrip("/")
            if not (fault := await self._fault(self._url, given["token"].strip())):
                return await self._done({"url": self._url, "token": given["token"].strip()})
        form = vol.Schema({vol.Required("url", default=self._url): str, vol.Required("token"): str})
        return self.async_show_form(step_id="user", data_schema=form, errors={"base": fault} if fault else {})

    async def async_step_zeroconf(self, discovery_info: ZeroconfServiceInfo) -> ConfigFlowResult:
        """Take the address from the coach's announcement."""
        host = f"[{discovery_info.host}]" if ":" in discovery_info.host else discovery_info.host
        self._url = f"http://{host}:{discovery_info.port}"
        await self.async_set_unique_id(self._url)
        self._abort_if_unique_id_configured()
        return await self.async_step_user()

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Ask again: the token was withdrawn."""
        self._url = entry_data["url"]
        return await self.async_step_user()

    async def _done(self, data: dict[str, str]) -> ConfigFlowResult:
        if self.source == "reauth":
            return self.async_update_reload_and_abort(self._get_reauth_entry(), data=data)
        await self.async_set_unique_id(data["url"])
        self._abort_if_unique_id_configured()
        return self.async_create_entry(title="Glute coach", data=data)

    async def _fault(self, url: str, token: str) -> str:
        try:
            about = await Coach(async_get_clientsession(self.hass), url, token).about()
        except TokenRefused:
            return "invalid_auth"
        except CoachTooOld:
            return "too_old"
        except CoachUnreachable:
            return "cannot_connect"
        return "" if about.get("api") == API_VERSION else "too_old"

    @staticmethod
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Who trains where."""
        return WhoTrainsFlow()


class WhoTrainsFlow(OptionsFlow):
    """A name for each satellite and each person; left empty it is whoever trains on the coach's machine."""

    async def async_step_init(self, given: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the names."""
        if given is not None:
            return self.async_create_entry(
                data={key: name.strip() for key, name in given.items() if name.strip()}
            )
        known = {each.entity_id for each in self.hass.states.async_all(["assist_satellite", "person"])}
        old = self.config_entry.options
        fields = {
            vol.Optional(key, description={"suggested_value": old.get(key)}): str
            for key in sorted(known | set(old))
        }
        return self.async_show_form(step_id="init", data_schema=vol.Schema(fields))
