"""The wake word, found in the stream by pymicro-wakeword: the one word that is always a call, never the count."""

from typing import Final

from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

from skill.speaker.conversation.ears import SAMPLE_RATE

# The word stays likely for some frames after it was found; nobody calls twice within this time.
_ONCE_WITHIN_BYTES = 2 * SAMPLE_RATE


class WakeWord:
    """Listens for one word. The coach never says it, so it calls even while the count plays."""

    def __init__(self, name: str = "alexa") -> None:
        """`name` is that of one of the package's models.

        Raises:
            ValueError: there is none of this name.
        """
        self.said: Final = name.replace("_", " ")
        self._word = MicroWakeWord.from_builtin(Model(name))
        self._features = MicroWakeWordFeatures()
        self._since = _ONCE_WITHIN_BYTES

    def feed(self, pcm: bytes) -> bool:
        """Take 16 kHz 16-bit mono audio; true once for each time the word is heard."""
        self._since += len(pcm)
        likely = [
            self._word.process_streaming(features) for features in self._features.process_streaming(pcm)
        ]
        if not any(likely) or self._since < _ONCE_WITHIN_BYTES:
            return False
        self._since = 0
        return True
