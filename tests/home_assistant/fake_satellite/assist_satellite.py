from homeassistant.components.assist_satellite import (
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.helpers.device_registry import DeviceInfo

from .const import DOMAIN


async def async_setup_entry(hass, entry, async_add_entities):
    satellites = hass.data.setdefault(DOMAIN, {})
    for room in ("kitchen", "cellar"):
        satellites[room] = FakeSatellite(room)
    async_add_entities(satellites.values())


class FakeSatellite(AssistSatelliteEntity):
    _attr_supported_features = (
        AssistSatelliteEntityFeature.ANNOUNCE | AssistSatelliteEntityFeature.START_CONVERSATION
    )

    def __init__(self, room):
        self._attr_name = room
        self._attr_unique_id = room
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, room)}, name=room)
        self._spoken = []
        self._asked = []

    @property
    def extra_state_attributes(self):
        return {"spoken": self._spoken, "asked": self._asked}

    def play(self, state):
        self._set_state(AssistSatelliteState(state))

    def on_pipeline_event(self, event):
        pass

    def async_get_configuration(self):
        return AssistSatelliteConfiguration([], [], 0)

    async def async_set_configuration(self, config):
        pass

    async def async_announce(self, announcement):
        self._spoken = [*self._spoken, announcement.message]

    async def async_start_conversation(self, start_announcement):
        self._asked = [*self._asked, start_announcement.message]
