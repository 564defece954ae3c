"""The recogniser that knows the grammar: pocketsphinx, quick, and blind to anything that is not a command.

Two things are asked of it: which command an utterance is most like, and whether a sentence that somebody else heard
fits the sound better than that.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from pocketsphinx import Decoder, FsgModel

from skill.speaker.conversation.ears import SAMPLE_RATE
from skill.speaker.hearing.grammar import Grammar

# Narrower than pocketsphinx's own beams: two thirds of the time, the same words. Where nothing fits (talk, a strange
# voice) a beam prunes nothing, and everybody else waits: the cap on paths halves that and costs no command.
_BEAMS = {"beam": 1e-40, "wbeam": 1e-25, "pbeam": 1e-40, "maxhmmpf": 1000}
_NAME = "commands"


@dataclass(frozen=True)
class Recognised:
    """The best path through the grammar and its score (the logarithm, per second; higher is better)."""

    text: str
    score: float


class GrammarRecogniser:
    """Finds the command that an utterance is most like; anything at all is most like some command."""

    def __init__(self, grammar: Grammar, pronunciations: Mapping[str, str]) -> None:
        """Raises ValueError where a word of the grammar has no pronunciation."""
        self._decoder = Decoder(lm=None, loglevel="FATAL", **_BEAMS)
        for word, phones in pronunciations.items():
            self._decoder.add_word(word, phones, False)
        unknown = sorted(word for word in grammar.words if self._decoder.lookup_word(word) is None)
        if unknown:
            raise ValueError(
                f"no pronunciation for {', '.join(unknown)}: add it to the locale's pronunciations"
            )
        self._decoder.add_fsg(_NAME, self._network(grammar))
        self._decoder.activate_search(_NAME)

    def __call__(self, pcm: bytes) -> Recognised:
        """The command in 16 kHz 16-bit mono audio; it may be the mere beginning of one, or empty."""
        return self._decoded(pcm)

    def fit(self, pcm: bytes, text: str) -> float | None:
        """The score of this very sentence; None where the sound does not run through it to its end."""
        if any(self._decoder.lookup_word(word) is None for word in text.split()):
            return None
        self._decoder.set_align_text(text)
        try:
            found = self._decoded(pcm)
        finally:
            self._decoder.activate_search(_NAME)
        return found.score if found.text == text else None

    def phones(self, word: str) -> str | None:
        """How the word is pronounced, as phones apart by spaces; None if the dictionary does not have it."""
        found: str | None = self._decoder.lookup_word(word)
        return found

    def _decoded(self, pcm: bytes) -> Recognised:
        if not pcm:
            return Recognised("", -math.inf)  # nothing was left after the name
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, no_search=False, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        if found is None or not found.hypstr:
            return Recognised("", -math.inf)
        seconds = len(pcm) / 2 / SAMPLE_RATE
        return Recognised(found.hypstr, math.log(max(found.best_score, 1e-300)) / seconds)

    def _network(self, grammar: Grammar) -> FsgModel:
        """The automaton with one last state more: pocketsphinx wants a single end."""
        last = len(grammar.moves)
        network = FsgModel(_NAME, self._decoder.get_logmath(), 1.0, last + 1)
        network.set_start_state(0)
        network.set_final_state(last)
        for state, row in enumerate(grammar.moves):
            for word, following in row.items():
                number = network.word_add(word)
                if grammar.moves[following]:
                    network.trans_add(state, following, 0, number)
                if following in grammar.accepting:
                    network.trans_add(state, last, 0, number)
        return network
