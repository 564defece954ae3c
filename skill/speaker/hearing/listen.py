"""From the microphone's stream to commands: utterances cut, judged, and passed on if they are meant for the coach.

While the coach speaks, only what stops, hurts or ends a set gets through without the wake word, and nothing that the
coach was saying itself just then; heard together with it, its own words are taken out. Talk comes to nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from skill.speaker.conversation.ears import SAMPLE_RATE, Expected, Room, Sound
from skill.speaker.hearing.call import Call
from skill.speaker.hearing.endpoint import Endpointer, Pauses, SpeechLikelihood, Utterance
from skill.speaker.hearing.meaning import same, values
from skill.speaker.hearing.opinions import Recognise, Verdict
from skill.speaker.hearing.own_words import OwnWords
from skill.speaker.hearing.speculative import Ahead
from skill.speaker.understanding import language
from skill.speaker.understanding.model import FALLBACK, LAUNCH
from skill.speaker.understanding.understand import NEARLY, WITHOUT_FILLERS, by_its_words


class Wake(Protocol):
    """Finds the wake word, `said` as people say it, in a stream."""

    @property
    def said(self) -> str:
        """The word."""

    def feed(self, pcm: bytes) -> bool:
        """Take audio; true once for each time the word is heard."""


Again = Callable[[int, int], bytes | None]
"""What was said from so long ago until so long ago (ms), cleared of the coach in another way; None: not to be had."""
_RINGS_MS: Final = 200
"""A word goes on so long after the last moment that is surely a voice."""


class Listener:
    """The ears of one microphone (`skill.speaker.conversation.ears.Ears`)."""

    def __init__(
        self,
        recognise: Recognise,
        likelihood: SpeechLikelihood,
        wake: Wake | None,
        thresholds: Mapping[str, Any],
        locale: str = "en-US",
        alike: Callable[[str, str], float] = lambda one, other: float(one == other),
        again: Again | None = None,
    ) -> None:
        """`alike`: how alike two words sound, from 0 to 1; `again` is asked for a second look beside the coach."""
        self._recognise, self._recognise_again = Ahead(recognise), recognise
        self._again = again
        self._endpointer = Endpointer(likelihood, Pauses(**thresholds["pauses"]))
        self._wake = wake
        self._alike = alike
        self._thresholds = thresholds
        self._protective = thresholds["agreement"]["protective_intents"]
        self._language = language.load(locale)
        self._unfinished = {self._words(each) for each in self._language.settings["unfinished"]}
        self._bytes = 0
        self._call = Call.by(wake.said if wake else "", thresholds["call"])
        self._own = OwnWords()
        self._paused: tuple[Utterance, Verdict] | None = None
        self._has_asked = False
        self._expected: Expected = ""

    @property
    def is_speech(self) -> bool:
        """Whether somebody is in the middle of an utterance."""
        return self._endpointer.is_speech

    def hear(self, pcm: bytes, room: Room, own_words: str = "", expected: Expected = "") -> Sequence[Sound]:
        """Take 16 kHz 16-bit mono audio, and what the coach was saying meanwhile; what was said into it comes back."""
        self._expected = "interruption" if room == "coach_speaks" else expected if room != "asleep" else ""
        sounds: list[Sound] = []
        began_ms, now_ms = self._ms(self._bytes), self._ms(self._bytes + len(pcm))
        self._bytes += len(pcm)
        self._own.note(frozenset(self._words(own_words)), began_ms, now_ms)
        if self._wake is not None and self._wake.feed(pcm):
            self._call.heard(now_ms)
            sounds.append(Sound("woken", now_ms, now_ms))
        utterances = self._endpointer.feed(pcm, room in ("awake", "called"))
        return [*sounds, *filter(None, (self._sound(each, room) for each in utterances))]

    @staticmethod
    def _ms(stream_bytes: int) -> int:
        return stream_bytes * 1000 // (2 * SAMPLE_RATE)

    def _sound(self, utterance: Utterance, room: Room) -> Sound | None:
        if utterance.kind == "lull":
            self._recognise.begin(self._call.after(utterance), self._expected)
        if utterance.kind in ("lull", "too_long"):
            return None
        verdict = self._verdict(utterance)
        if room == "coach_speaks":
            verdict = self._into_the_count(utterance, verdict)
        if verdict.kind == "perhaps" and (self._is_called(utterance, room) or self._completes(utterance)):
            verdict = self._as_written(verdict)
        if utterance.kind == "pause":
            if self._may_go_on(utterance, verdict, room):
                self._paused = (utterance, verdict)
                return None
            self._endpointer.taken()
        if (
            utterance.kind == "stands_out"
            and verdict.kind != "command"
            and not self._is_called(utterance, room)
        ):
            return None  # nobody asks a television what it meant
        self._paused = None
        if not self._is_meant(utterance, verdict, room):
            return None
        began, ended = utterance.began_ms, utterance.ended_ms
        self._has_asked = verdict.kind != "command"
        if verdict.kind == "command":
            return Sound("understood", began, ended, verdict.text, verdict.understood)
        return Sound("unsure", began, ended, verdict.text)

    def _may_go_on(self, utterance: Utterance, verdict: Verdict, room: Room) -> bool:
        """Whether more is to be waited for. The count never rests for long: its own words end where they pause."""
        if verdict.kind == "command" and verdict.understood.intent not in self._thresholds["may_go_on"]:
            return False
        if room == "coach_speaks" and self._own_share(utterance, verdict.text) > 0:
            return False
        if self._is_unfinished_list(verdict):
            self._endpointer.wait_for(self._thresholds["list_ends_after_ms"])
        elif self._words(verdict.text) in self._unfinished:
            self._endpointer.wait_for(self._thresholds["sentence_ends_after_ms"])
        return True

    def _into_the_count(self, utterance: Utterance, verdict: Verdict) -> Verdict:
        """What is heeded into the count; where nothing is, a second look may find what the canceller swallowed."""
        verdict = self._without_own_words(utterance, verdict)
        if self._is_meant(utterance, verdict, "coach_speaks"):
            return verdict
        return self._at_second_look(utterance) or verdict

    def _at_second_look(self, utterance: Utterance) -> Verdict | None:
        """A few words that stop, hurt or end a set, of which the canceller left too little.

        Not twice for the same sound, nor where the coach was called: then everything is heeded that was heard.
        """
        was_seen = self._paused is not None and self._paused[0].ended_ms == utterance.ended_ms
        if self._again is None or was_seen or utterance.kind == "stands_out" or self._call.is_for(utterance):
            return None
        now_ms = self._ms(self._bytes)
        ends_ms = min(utterance.ended_ms + _RINGS_MS, now_ms)
        pcm = self._again(now_ms - utterance.began_ms, now_ms - ends_ms)
        if pcm is None:
            return None
        verdict = self._without_own_words(utterance, self._recognise_again(pcm, self._expected))
        by, heard, words = self._thresholds["second_look"], verdict.understood, self._words(verdict.text)
        is_whole = heard.intent in by["intents"] and heard.score >= WITHOUT_FILLERS
        is_short = len(words) <= by["most_words"]
        needed = self._language.settings["second_look"]
        return verdict if is_whole and is_short and any(word in words for word in needed) else None

    def _without_own_words(self, utterance: Utterance, verdict: Verdict) -> Verdict:
        """What is left when the coach's own words are taken out, if it stops, hurts or ends a set.

        Any guess will do for pain and stop, for everything else the first. A command that was found among other words
        ("two three stop") keeps its meaning, but not the count's words, nor a number that the count said.
        """
        is_known = verdict.kind == "command"
        if is_known and verdict.understood.score >= WITHOUT_FILLERS:
            return verdict
        own = self._own_words(utterance)
        for place, guess in enumerate(verdict.guesses or (verdict.text,)):
            words = self._words(guess)
            rest = " ".join(word for word in words if word not in own)
            understood = by_its_words(rest, self._language.locale)
            is_the_same = is_known and understood.intent == verdict.understood.intent
            if (understood.score < 1.0 and not is_the_same) or len(rest.split()) == len(words):
                continue
            heeded = self._protective if place else self._thresholds["through_the_count"]
            if understood.intent in heeded:
                return Verdict("command", rest, understood)
        return verdict

    def _is_called(self, utterance: Utterance, room: Room) -> bool:
        """Whether the coach was called, by the wake word or the button."""
        return room == "called" or self._call.is_for(utterance)

    def _completes(self, utterance: Utterance) -> bool:
        """Whether it goes on after a mere beginning ("I'm ... done"), which the grammar hears badly across a pause."""
        if self._paused is None or self._paused[0].began_ms != utterance.began_ms:
            return False
        return self._words(self._paused[1].text) in self._unfinished

    def _as_written(self, verdict: Verdict) -> Verdict:
        """What whisper wrote where the sound alone does not bear it out ("Alexa, I'm done").

        A noise may be taken for speech but calls nobody. Any number or colour still needs both recognisers, and so
        does what is written in two ways that do not mean the same. What has its meaning from a few of its words
        ("which one was I on again") has three at least.
        """
        read = ((each, by_its_words(each, self._language.locale)) for each in verdict.guesses)
        whole = [
            (text, heard)
            for text, heard in read
            if heard.intent != FALLBACK
            and heard.score >= NEARLY
            and len(text.split()) > (1 if heard.score >= WITHOUT_FILLERS else 2)
        ]
        if not whole or values(whole[0][1]) or any(not same(whole[0][1], heard) for _, heard in whole):
            return verdict
        return Verdict("command", *whole[0])

    def _is_unfinished_list(self, verdict: Verdict) -> bool:
        """Whether bands are being listed, for certain or perhaps, and no "and" has announced the last of them.

        A voice that rises within a list is written as a question ("yellow?"), which is no reason to be impatient.
        """
        joint = self._language.settings["list_joint"]
        words = self._language.words(verdict.text)
        if words[-1:] == (joint,):
            return True
        intent = by_its_words(" ".join(words), self._language.locale).intent
        return intent in self._thresholds["lists"] and joint not in words

    def _verdict(self, utterance: Utterance) -> Verdict:
        """The verdict of the pause stands, if nothing was said after it.

        After a call what follows is heard by itself, for the recognisers mishear the name ("Alexa, stop": let's start),
        and the whole only where that says nothing.
        """
        if self._paused is not None and self._paused[0].ended_ms == utterance.ended_ms:
            return self._paused[1]
        after = self._call.after(utterance)
        verdict = self._recognise(after, self._expected)
        return (
            verdict
            if verdict.kind == "command" or after is utterance
            else self._recognise(utterance, self._expected)
        )

    def _is_meant(self, utterance: Utterance, verdict: Verdict, room: Room) -> bool:
        """Whether it was said to the coach: called for by the wake word, or fitting what goes on in the room."""
        if verdict.kind != "command" and self._is_called(utterance, room):
            return self._says_something(utterance, verdict)
        if verdict.kind == "talk":
            return room == "awake" and self._may_be_an_answer(utterance, verdict)
        if self._call.is_for(utterance):
            return True
        if self._own_share(utterance, verdict.text) >= self._thresholds["own_words"]:
            return False
        if self._sounds_own(utterance, verdict):
            return False
        intent = verdict.understood.intent
        if room == "asleep":
            return intent == LAUNCH
        return room in ("awake", "called") or intent in self._thresholds["through_the_count"]

    def _says_something(self, utterance: Utterance, verdict: Verdict) -> bool:
        """Whether more than the wake word was said: who only called is listened to, not asked what was meant."""
        if self._call.is_all(utterance):
            return False
        words = self._language.words(verdict.text)
        return any(word != self._language.settings["wake_word"] for word in words)

    def _may_be_an_answer(self, utterance: Utterance, verdict: Verdict) -> bool:
        """Whether talk is asked about: somebody is waited for, it is no longer than an answer, and it is the first.

        Once: whoever was not meant goes on talking in peace.
        """
        limits = self._thresholds["asks_again"]
        words = len(self._language.words(verdict.text))
        return (
            not self._has_asked
            and 1 <= words <= limits["most_words"]
            and utterance.ended_ms - utterance.began_ms <= limits["longest_ms"]
        )

    def _own_share(self, utterance: Utterance, text: str) -> float:
        """The share of the words heard that the coach was saying in those moments, from 0 to 1."""
        own, words = self._own_words(utterance), self._words(text)
        return sum(word in own for word in words) / len(words) if words else 0.0

    def _sounds_own(self, utterance: Utterance, verdict: Verdict) -> bool:
        """Whether a lone word is one that the coach was saying, otherwise written ("aching" into "eighteen")."""
        needed, words = self._thresholds["sounds_own"], self._words(verdict.text)
        own = self._own_words(utterance)
        if len(words) > 1:
            return False
        if any(needed["written"].get(word) in own for word in words):
            return True
        return verdict.understood.intent in needed["intents"] and any(
            self._alike(word, each) >= needed["alike"] for word in words for each in own
        )

    def _own_words(self, utterance: Utterance) -> frozenset[str]:
        return self._own.during(utterance.began_ms, utterance.ended_ms)

    def _words(self, text: str) -> language.Words:
        return self._language.in_words(self._language.words(text))
