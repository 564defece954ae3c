"""How sure is sure enough: the thresholds of `thresholds.yaml`, each with its meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec


@dataclass(frozen=True)
class Needed:
    """How likely whisper must find the grammar's sentence, and how far `behind` its own sentence that may stay.

    Where a guess of its own sounds `alike`, less is likely enough, but it must stay less behind.
    """

    likely: float
    behind: float
    alike: float
    likely_if_alike: float
    behind_if_alike: float
    the_same: float = 2.0
    behind_if_the_same: float = 0.0


@dataclass(frozen=True)
class NeededOfPain:
    """What pain, a warning sign or a stop needs that neither heard, but that sounds like what whisper wrote.

    `alike` and `fits` as in `Needed` and `Agreement`; at least so many `phones` and two words, for "fell" sounds like
    much; at most `longest` words were said, for talk is longer. Of the sentences that sound alike, the `nearest` few
    are asked for.
    """

    alike: float
    likely: float
    behind: float
    fits: float
    phones: int
    longest: int
    nearest: int


@dataclass(frozen=True)
class NeededOfKnown:
    """What a command needs that nobody wrote, but that sounds like what both free recognisers wrote.

    `alike`, `nearest` and `longest` as in `NeededOfPain`; so `likely` to whisper; both means of a token's logarithm
    together at most so far `behind` what each wrote itself, and so far `ahead` of whatever means something else. It is
    `never` one of these intents.
    """

    alike: float
    nearest: int
    longest: int
    likely: float
    behind: float
    ahead: float
    never: tuple[str, ...]


@dataclass(frozen=True)
class NeededOfStop:
    """What a lone word needs that sounds like one that stops: as in `NeededOfPain`."""

    alike: float
    likely: float
    fits: float


@dataclass(frozen=True)
class NeededOfNumber:
    """What a number alone needs that the coach waits for.

    So `probable`, and such a `share` of the probability of whisper's five guesses; both less (`if_written`) where
    whisper wrote it without expecting one. A lone word of a later guess that sounds so much `alike` was rather the
    number.

    Of a second recogniser's choice among numbers: how probable, and what share of the choice, is enough `alone`, and
    where whisper hears no other number (`undisputed`); what one that whisper expects, too, needs (`by_both`: its share
    of whisper's guesses, of the choice, and both probabilities multiplied); and what forbids anything else. `by_all` is
    what one needs that whisper expects first: of the probabilities of the second and the probe, multiplied, such a
    share of all numbers' and so much.
    """

    share: float
    probable: float
    if_written: tuple[float, float]
    alike: float
    alone: tuple[float, float]
    undisputed: tuple[float, float]
    by_both: tuple[float, float, float]
    forbids: tuple[float, float]
    by_all: tuple[float, float]


@dataclass(frozen=True)
class NeededOfInterruption:
    """What breaks into the count needs: so `probable`, such a `share` of five guesses' probability, and so `likely`.

    The latter without any hint of it. Only these `intents` count, which are soon mended if nobody said them.
    """

    share: float
    probable: float
    likely: float
    intents: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """The thresholds, as `thresholds.yaml` gives and explains them."""

    plain: Needed
    with_slots: Needed
    protective: Needed
    protective_intents: tuple[str, ...]
    opening_intents: tuple[str, ...]
    talk_alone: tuple[str, ...]
    sounds_protective: NeededOfPain
    sounds_known: NeededOfKnown
    lone_stop: NeededOfStop
    awaited: NeededOfNumber
    interruption: NeededOfInterruption
    few_words: int
    goes_on: int
    rival_behind: float
    sure: float
    long_enough: int
    fits: float
    one_word_fits: float
    one_word_guesses: int
    one_word_of_the_other: float
    ends_no_set: tuple[str, ...]
    answers_what_relaxes: tuple[str, ...]
    not_by_one_word: tuple[str, ...]
    perhaps: float

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Agreement":
        """The thresholds from their YAML."""
        return msgspec.convert(written, cls)
