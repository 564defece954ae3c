"""Recognising ahead of time: in a lull that is most often a pause, so that the answer is there when the pause is.

If speech goes on, the work is thrown away; a lull in the middle of a sentence is seldom so long.
"""

from concurrent.futures import Future, ThreadPoolExecutor

from skill.speaker.conversation.ears import Expected
from skill.speaker.hearing.endpoint import Utterance
from skill.speaker.hearing.opinions import Recognise, Verdict


class Ahead:
    """A recogniser of utterances that may have begun before it is asked."""

    def __init__(self, recognise: Recognise) -> None:
        self._recognise = recognise
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._begun: tuple[int, int, Expected, Future[Verdict]] | None = None

    def begin(self, utterance: Utterance, expected: Expected) -> None:
        """Most likely nothing is said after this; whatever was begun before is of no use any more."""
        if self._begun is not None:
            self._begun[-1].cancel()
        work = self._worker.submit(self._recognise, utterance.pcm, expected)
        self._begun = utterance.began_ms, utterance.ended_ms, expected, work

    def __call__(self, utterance: Utterance, expected: Expected) -> Verdict:
        """What the utterance says; only silence may have come since it was begun."""
        this = utterance.began_ms, utterance.ended_ms, expected
        if self._begun is not None and self._begun[:-1] == this:
            return self._begun[-1].result()
        return self._recognise(utterance.pcm, expected)
