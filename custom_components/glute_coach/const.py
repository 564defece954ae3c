"""Names that the parts of the integration share."""

from homeassistant.const import Platform

DOMAIN = "glute_coach"
API_VERSION = 1
PLATFORMS = [Platform.BINARY_SENSOR, Platform.CONVERSATION, Platform.SENSOR, Platform.STT, Platform.TTS]
LANGUAGES = ["en", "en-AU", "en-CA", "en-GB", "en-IN", "en-US"]
LAUNCH = "start glute workout"
UNCLEAR = "(unclear)"
UNREACHABLE = "I can't reach the coach just now. Your sets are kept. Say it again in a moment."
