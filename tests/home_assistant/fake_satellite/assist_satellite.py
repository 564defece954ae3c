import asyncio
import time

from homeassistant.components.assist_pipeline import PipelineEventType
from homeassistant.components.assist_satellite import (
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.network import get_url

from .const import COUNT, DOMAIN, PIECE, PIECE_S, ROOMS


async def async_setup_entry(hass, entry, async_add_entities):
    satellites = hass.data.setdefault(DOMAIN, {})
    for room in ROOMS:
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
        self._turns = []
        self._turn = {}
        self._playing = None
        self._ended_at = 0.0

    @property
    def extra_state_attributes(self):
        return {"spoken": self._spoken, "asked": self._asked, "turns": self._turns}

    def play(self, state):
        self._fall_silent()
        self._attr_available = state != "unavailable"
        self._set_state(AssistSatelliteState(state) if self._attr_available else AssistSatelliteState.IDLE)

    def hear(self, sound, lively):
        if self._fall_silent():
            self.tts_response_finished()
        self._turn = {}
        run = self.async_accept_pipeline_from_satellite(self._microphone(sound, lively))
        self.platform.config_entry.async_create_background_task(self.hass, run, "hears")

    async def _microphone(self, sound, lively):
        """The sound, then silence until it is noticed; as quickly as it is taken, or as quickly as one speaks."""
        began = time.monotonic()
        for at in range(0, 60 * len(PIECE) * round(1 / PIECE_S), len(PIECE)):
            yield (sound[at : at + len(PIECE)] + PIECE)[: len(PIECE)]
            if at < len(sound):
                self._ended_at = time.monotonic()
            ahead_s = at / len(PIECE) * PIECE_S - (time.monotonic() - began)
            await asyncio.sleep(max(0, ahead_s) if lively else 0)

    def on_pipeline_event(self, event):
        self._turn.setdefault("after_s", {})[event.type.value] = time.monotonic() - self._ended_at
        if event.type is PipelineEventType.STT_END:
            self._turn["heard"] = event.data["stt_output"]["text"]
        elif event.type is PipelineEventType.INTENT_END:
            output = event.data["intent_output"]
            self._turn["text"] = output["response"]["speech"]["plain"]["speech"]
            self._turn["continue"] = output["continue_conversation"]
            self._turn["kind"] = output["response"]["response_type"]
        elif event.type is PipelineEventType.TTS_END:
            playing = self._play(event.data["tts_output"]["url"])
            entry = self.platform.config_entry
            self._playing = entry.async_create_background_task(self.hass, playing, "plays")
        elif event.type is PipelineEventType.ERROR:
            self._turn["error"] = event.data["code"]
            self._noted()

    async def _play(self, url):
        """Fetch the sound as it flows; a count then plays until it is stopped."""
        ordered = time.monotonic()
        async with async_get_clientsession(self.hass).get(get_url(self.hass) + url) as sound:
            first = await sound.content.read(1024)
            self._turn["first_sound_s"] = time.monotonic() - self._ended_at
            self._turn["first_byte_s"] = time.monotonic() - ordered
            self._turn["began"] = time.monotonic()
            self._turn["bytes"] = len(first)
            self._noted()
            async for piece in sound.content.iter_chunked(8192):
                self._turn["bytes"] += len(piece)
        if COUNT not in self._turn["text"]:
            self._playing = None
            self.tts_response_finished()

    def _fall_silent(self):
        playing, self._playing = self._playing, None
        if playing is None:
            return False
        playing.cancel()
        self._turn["heard_s"] = time.monotonic() - self._turn["began"]
        return True

    def _noted(self):
        self._turns = [*self._turns, self._turn]
        self.async_write_ha_state()

    def async_get_configuration(self):
        return AssistSatelliteConfiguration([], [], 0)

    async def async_set_configuration(self, config):
        pass

    async def async_announce(self, announcement):
        self._spoken = [*self._spoken, announcement.message]

    async def async_start_conversation(self, start_announcement):
        self._asked = [*self._asked, start_announcement.message]
