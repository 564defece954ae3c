"""Who trains: the options tie satellites and persons of Home Assistant to trainees by name."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er


def people(options: Mapping[str, str]) -> list[str]:
    """The trainees that are named in the options."""
    return sorted({name for name in options.values() if name})


def satellite_of(hass: HomeAssistant, device_id: str | None) -> str | None:
    """The satellite's entity of a device."""
    if device_id is None:
        return None
    found = er.async_entries_for_device(er.async_get(hass), device_id)
    return next((each.entity_id for each in found if each.domain == "assist_satellite"), None)


def trainee(
    hass: HomeAssistant, options: Mapping[str, str], satellite: str | None, user_id: str | None
) -> str:
    """Who trains: by the satellite, else by the user who typed; nobody named is whoever trains on the coach's machine."""
    if satellite and options.get(satellite):
        return options[satellite]
    persons = hass.states.async_all("person") if user_id else []
    mine = (each.entity_id for each in persons if each.attributes.get("user_id") == user_id)
    return next((options[each] for each in mine if options.get(each)), "")
