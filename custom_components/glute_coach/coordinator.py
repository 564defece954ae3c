"""What the coach knows of each trainee, asked now and then and renewed by each answer."""

import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .api import Coach, CoachUnreachable, TokenRefused
from .const import API_VERSION, DOMAIN

_LOGGER = logging.getLogger(__name__)
Adds = AddConfigEntryEntitiesCallback
CoachEntry = ConfigEntry["CoachCoordinator"]


class CoachCoordinator(DataUpdateCoordinator[dict[str, dict[str, Any]]]):
    """`data` is each trainee's state by name; "" is whoever trains on the coach's machine."""

    config_entry: CoachEntry

    def __init__(self, hass: HomeAssistant, entry: CoachEntry, coach: Coach) -> None:
        """Ask every minute: a count may be going on at the coach's own page."""
        super().__init__(hass, _LOGGER, config_entry=entry, name=DOMAIN, update_interval=timedelta(minutes=1))
        self.coach = coach
        self.about: dict[str, Any] = {"voice": secrets.token_hex(4)}  # of no sound that is kept

    async def _async_update_data(self) -> dict[str, dict[str, Any]]:
        try:
            self.about = await self.coach.about()
            if self.about.get("api") != API_VERSION:
                raise UpdateFailed("The coach is older or newer than this integration")
            return {name: await self.coach.state(name) for name in trainees(self.config_entry.options)}
        except TokenRefused as fault:
            raise ConfigEntryAuthFailed from fault
        except CoachUnreachable as fault:
            raise UpdateFailed(str(fault)) from fault

    def know(self, person: str, state: dict[str, Any]) -> None:
        """Take over what an answer told."""
        self.async_set_updated_data({**(self.data or {}), person: state})


def people(options: Mapping[str, str]) -> list[str]:
    """The trainees that are named in the options."""
    return sorted({name for name in options.values() if name})


def trainees(options: Mapping[str, str]) -> list[str]:
    """Everyone who has cards; "" is whoever trains on the coach's machine."""
    return ["", *people(options)]


def satellite_of(hass: HomeAssistant, device_id: str | None) -> str | None:
    """The satellite's entity of a device."""
    if device_id is None:
        return None
    found = er.async_entries_for_device(er.async_get(hass), device_id)
    return next((each.entity_id for each in found if each.domain == "assist_satellite"), None)


def trainee(
    hass: HomeAssistant, options: Mapping[str, str], satellite: str | None, user_id: str | None
) -> str:
    """Who trains, by the satellite, else by the user who typed; "" is whoever trains on the coach's machine."""
    if satellite and options.get(satellite):
        return options[satellite]
    persons = hass.states.async_all("person") if user_id else []
    mine = (each.entity_id for each in persons if each.attributes.get("user_id") == user_id)
    return next((options[each] for each in mine if options.get(each)), "")
