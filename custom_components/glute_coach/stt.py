"""The coach's ears: they know its commands, and hear talk as nothing."""

from collections.abc import AsyncIterable

from homeassistant.components import stt
from homeassistant.core import HomeAssistant

from .ahead import Ahead
from .api import CoachUnreachable
from .const import LANGUAGES, UNCLEAR
from .coordinator import Adds, CoachEntry


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry, async_add_entities: Adds) -> None:
    """One pair."""
    async_add_entities([CoachEars(entry)])


class CoachEars(stt.SpeechToTextEntity):
    """16 kHz, 16 bits, one channel."""

    _attr_name = "Glute coach"
    supported_languages = LANGUAGES
    supported_formats = [stt.AudioFormats.WAV]
    supported_codecs = [stt.AudioCodecs.PCM]
    supported_bit_rates = [stt.AudioBitRates.BITRATE_16]
    supported_sample_rates = [stt.AudioSampleRates.SAMPLERATE_16000]
    supported_channels = [stt.AudioChannels.CHANNEL_MONO]

    def __init__(self, entry: CoachEntry) -> None:
        """Of this coach."""
        self._attr_unique_id = f"{entry.entry_id}-stt"
        self._coach = entry.runtime_data.coach

    async def async_process_audio_stream(
        self, metadata: stt.SpeechMetadata, stream: AsyncIterable[bytes]
    ) -> stt.SpeechResult:
        """The words of one utterance."""
        ahead = Ahead(self._heard)
        async for piece in stream:
            ahead.take(piece)
        return stt.SpeechResult(await ahead.text(), stt.SpeechResultState.SUCCESS)

    async def _heard(self, pcm: bytes) -> str:
        try:
            return await self._coach.hear(pcm)
        except CoachUnreachable:
            return UNCLEAR  # the agent then says that the coach cannot be reached
