"""What helps to find a fault, with everything personal taken out: no address, no token, no name, no band."""

from typing import Any

from homeassistant.core import HomeAssistant

from .coordinator import CoachEntry


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: CoachEntry) -> dict[str, Any]:
    """Versions, and how many."""
    coordinator = entry.runtime_data
    return {
        "coach": coordinator.about,
        "is_reachable": coordinator.last_update_success,
        "trainees": len(coordinator.data or {}),
        "assigned": sorted(each.partition(".")[0] for each in entry.options),
    }
