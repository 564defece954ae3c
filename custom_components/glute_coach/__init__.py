"""The glute coach in Home Assistant: it opens the microphone itself, and brings voice, ears and cards."""

import voluptuous as vol
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.typing import ConfigType

from .api import Coach, CoachUnreachable
from .const import DOMAIN, LAUNCH, PLATFORMS
from .coordinator import CoachCoordinator, CoachEntry, people, trainee

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
START = vol.Schema({vol.Required("satellite"): cv.entity_id, vol.Optional("person"): cv.string})
_CAN_START = 2


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer the service."""

    async def start_workout(call: ServiceCall) -> None:
        satellite, entries = call.data["satellite"], hass.config_entries.async_loaded_entries(DOMAIN)
        state, known = hass.states.get(satellite), er.async_get(hass).async_get(satellite)
        if not entries or state is None or not state.attributes.get("supported_features", 0) & _CAN_START:
            raise ServiceValidationError(
                f"No workout can be started on {satellite}: it begins no conversations"
            )
        entry: CoachEntry = entries[0]
        person = call.data.get("person") or trainee(hass, entry.options, satellite, None)
        room = (known and known.device_id) or satellite
        try:
            answer = await entry.runtime_data.coach.turn(LAUNCH, room, person, people(entry.options), None)
        except CoachUnreachable as fault:
            raise HomeAssistantError(f"The coach cannot be reached: {fault}") from fault
        await speak(hass, satellite, answer.text, asks=answer.continue_conversation)

    hass.services.async_register(DOMAIN, "start_workout", start_workout, START)
    return True


async def speak(hass: HomeAssistant, satellite: str, text: str, *, asks: bool) -> None:
    """Say something unasked; the microphone opens behind it where the coach asks and the satellite can."""
    state = hass.states.get(satellite)
    can_ask = state is not None and state.attributes.get("supported_features", 0) & _CAN_START
    service, words = ("start_conversation", "start_message") if asks and can_ask else ("announce", "message")
    given = {"entity_id": satellite, words: text, "preannounce": False}
    await hass.services.async_call("assist_satellite", service, given, blocking=False)


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry) -> bool:
    """Set everything up, whether the coach answers yet or not: who speaks to it then is told so."""
    coach = Coach(async_get_clientsession(hass), entry.data["url"], entry.data["token"])
    entry.runtime_data = CoachCoordinator(hass, entry, coach)
    await entry.runtime_data.async_refresh()
    entry.async_on_unload(entry.add_update_listener(_renewed))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: CoachEntry) -> bool:
    """Leave the coach."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def _renewed(hass: HomeAssistant, entry: CoachEntry) -> None:
    await hass.config_entries.async_reload(entry.entry_id)
