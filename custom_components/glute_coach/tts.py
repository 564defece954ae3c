"""The coach's voice: words, and counts on their grid, flowing before they are made whole."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from homeassistant.components.tts import ATTR_VOICE, TextToSpeechEntity
from homeassistant.components.tts.entity import TTSAudioRequest, TTSAudioResponse
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .api import CoachUnreachable
from .const import LANGUAGES, UNREACHABLE
from .coordinator import Adds, CoachCoordinator, CoachEntry

_UNREACHABLE = Path(__file__).with_name("unreachable.mp3")  # said without the coach, in its voice


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry, async_add_entities: Adds) -> None:
    """One voice."""
    async_add_entities([CoachVoice(entry)])


class CoachVoice(TextToSpeechEntity):
    """Home Assistant keeps sound by words and options; the voice's version is one, so no old sound is played."""

    _attr_name = "Glute coach"
    _attr_supported_languages = LANGUAGES
    _attr_default_language = "en"
    _attr_supported_options = [ATTR_VOICE]

    def __init__(self, entry: CoachEntry) -> None:
        """Of this coach."""
        self._attr_unique_id = f"{entry.entry_id}-tts"
        self._coordinator: CoachCoordinator = entry.runtime_data

    @property
    def default_options(self) -> dict[str, Any]:
        """The voice as it is now."""
        return {ATTR_VOICE: self._coordinator.about.get("voice", "")}

    async def async_stream_tts_audio(self, request: TTSAudioRequest) -> TTSAudioResponse:
        """Sound as it is made."""
        text = "".join([piece async for piece in request.message_gen])

        async def flow() -> AsyncGenerator[bytes]:
            if text == UNREACHABLE:
                yield await self.hass.async_add_executor_job(_UNREACHABLE.read_bytes)
                return
            try:
                async for piece in self._coordinator.coach.speech(text):
                    yield piece
            except CoachUnreachable as fault:
                raise HomeAssistantError(f"The coach cannot speak: {fault}") from fault

        return TTSAudioResponse("mp3" if text == UNREACHABLE else "wav", flow())
