"""The coach's ears: they know its commands, and hear talk as nothing."""

from collections.abc import AsyncIterable

from homeassistant.components import stt
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import CoachUnreachable
from .const import LANGUAGES, UNCLEAR
from .coordinator import CoachEntry

_LONGEST = 15 * 2 * 16_000


async def async_setup_entry(
    hass: HomeAssistant, entry: CoachEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
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
        pcm = bytearray()
        async for piece in stream:
            pcm += piece[: _LONGEST - len(pcm)]
        try:
            text = await self._coach.hear(bytes(pcm[: len(pcm) // 2 * 2]))
        except CoachUnreachable:
            text = UNCLEAR  # the agent then says that the coach cannot be reached
        return stt.SpeechResult(text, stt.SpeechResultState.SUCCESS)
