"""`glute-coach talk`: a conversation in the terminal. What you type is what you would say; Enter barges in."""

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, TextIO

from flask import Flask
from msgspec.structs import replace

from skill.app import App
from skill.commands.coach_options import add_coach, add_person, opened_coach, person_of
from skill.locales.texts import text_of
from skill.people.person import SPEEDS, WAKE_WORDS, Person
from skill.speaker.conversation.ears import EarsMissing
from skill.speaker.conversation.endpoint import endpoint_of, imagined_of
from skill.speaker.conversation.envelope import Playing
from skill.speaker.conversation.foresight import Foresight
from skill.speaker.conversation.spoken import Spoken
from skill.speaker.conversation.talks import Talk
from skill.speaker.terminal.sound_card import NoSoundCard
from skill.speaker.terminal.typed import Typed
from skill.speaker.understanding.language import is_heard
from skill.web import create_app

if TYPE_CHECKING:
    from skill.speaker.hearing.echo import EchoCanceller

_NAMES: Final = ("wake_word", "voice_volume", "voice_speed")


def add_voice(parser: Any) -> None:
    """Declare `--wake-word`, `--voice-volume` and `--voice-speed`."""
    parser.add_argument(
        "--wake-word",
        choices=WAKE_WORDS,
        help="what calls the coach at any time (default: the person's own, alexa at first)",
    )
    parser.add_argument(
        "--voice-volume",
        type=_percent(0, 100),
        metavar="PERCENT",
        help="how loud the coach speaks (default: the person's own)",
    )
    parser.add_argument(
        "--voice-speed",
        type=_percent(*SPEEDS),
        metavar="PERCENT",
        help="how fast the coach speaks; the beats of a count stay (default: the person's own)",
    )


def as_chosen(chosen: argparse.Namespace, person: Person) -> Person:
    """The person with what the options choose."""
    given = {name: getattr(chosen, name) for name in _NAMES if getattr(chosen, name) is not None}
    return replace(person, settings=replace(person.settings, **given))


def _percent(least: int, most: int) -> Callable[[str], int]:
    def percent(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} does not do: take a number from {least} to {most}")
        return int(text)

    return percent


LEAVING: Final = frozenset({"exit", "quit"})
"""What ends the conversation as the end of the input does: a program's words, not the coach's."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser("talk", help="talk to the coach in the terminal")
    parser.add_argument(
        "--voice", action="store_true", help="by voice: a microphone and a loudspeaker instead of keys"
    )
    add_voice(parser)
    add_person(parser)
    add_coach(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Talk until the coach or the trainee ends it.

    Raises NoSoundCard: by voice, and there is nothing to hear or to speak with; LookupError: nobody of this name
    trains here; EarsMissing: by voice, and the recognisers are not installed or do not know the language.
    """
    with opened_coach(chosen) as coach:
        app = create_app(verify=False, coach=coach)
        person = as_chosen(chosen, person_of(coach, chosen.who))
        return _by_voice(app, coach, person) if chosen.voice else _by_typing(app, coach, person)


def _by_typing(app: Flask, coach: App, person: Person) -> int:
    begin = text_of(person.language or coach.locale.name, "page")["says"]["begin"]
    print(
        f'Type what you would say. Begin with "{begin}". During the count, Enter barges in; "exit" leaves.',
        flush=True,
    )
    TypedTalk(_talk(app, coach, person), Typed(sys.stdin), sys.stdout).run()
    return 0


def _by_voice(app: Flask, coach: App, person: Person) -> int:
    from skill.speaker import hearing
    from skill.speaker.page.attach import open_sounds
    from skill.speaker.terminal.loop import Loop
    from skill.speaker.terminal.sound_card import LocalCard

    if not is_heard(person.language or coach.locale.name):
        raise EarsMissing("The recognisers know English only: leave out --voice and type, or talk to an Echo")
    card = LocalCard(person.settings.voice_volume)
    print("Loading the recognisers (a few seconds)", flush=True)
    wake_word = person.settings.wake_word.replace("_", " ").title()
    echo = _echo_canceller(wake_word)
    ears, sounds = hearing.ears(again=echo.again if echo else None), open_sounds(coach.locale)
    if sounds.fault:
        print(f"No voice can speak here ({sounds.fault}). What the coach says stands here.", flush=True)
    print(f'Say "start glute workout". "{wake_word}" calls the coach at any time.', flush=True)
    Loop(
        _talk(app, coach, person, Foresight(imagined_of(coach), sounds)),
        ears,
        sounds,
        card,
        lambda line: print(line, flush=True),
        echo,
    ).run()
    raise NoSoundCard(
        "the microphone gives nothing any more: was it unplugged? Everything said so far is saved"
    )


def _talk(app: Flask, coach: App, person: Person, foresight: Foresight | None = None) -> Talk:
    return Talk(endpoint_of(app, coach), "terminal", person, locale=coach.locale.name, foresight=foresight)


def _echo_canceller(wake_word: str) -> "EchoCanceller | None":
    from skill.speaker.hearing.echo import canceller

    try:
        return canceller()
    except EarsMissing as fault:
        print(f'With loudspeakers, say "{wake_word}" first to break into the count. {fault}', flush=True)
        return None


class TypedTalk:
    """One conversation: lines that are typed, and a stream for what the coach says.

    `clock` tells seconds that only ever go forward, the same that `typed` waits by.
    """

    def __init__(
        self, talk: Talk, typed: Typed, said: TextIO, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._talk, self._typed, self._said, self._clock = talk, typed, said, clock
        self._playing: Playing | None = None

    def run(self) -> None:
        """Until the input ends or the coach says goodbye."""
        while (line := self._line()) is not None and line.strip().lower() not in LEAVING:
            if line.strip() and not self._exchange(line.strip()):
                return
        self._talk.leave("USER_INITIATED", self._playing)

    def _exchange(self, line: str) -> bool:
        answer = self._talk.say(line, self._playing)
        self._playing = None
        if answer.spoken.text:
            print(self._wrapped(answer.spoken.text), file=self._said, flush=True)
        if answer.spoken.cues:
            self._play(answer.spoken)
        return answer.is_open

    def _wrapped(self, text: str) -> str:
        """The text indented, on a terminal in lines that end between words."""
        width = shutil.get_terminal_size().columns if self._said.isatty() else len(text) + 2
        return fill(text, max(20, width), initial_indent="  ", subsequent_indent="  ")

    def _play(self, count: Spoken) -> None:
        """Each cue at its instant: waiting is always towards start plus offset, so nothing drifts."""
        start = self._clock()
        for cue in count.cues:
            if self._interrupted(start + cue.at_ms / 1000 - self._clock()):
                break
            print(f"  {cue.at_ms / 1000:6.1f}  {cue.text}", file=self._said, flush=True)
        else:
            self._interrupted(start + count.length_ms / 1000 - self._clock())
        at_ms = min(count.length_ms, int((self._clock() - start) * 1000))
        self._playing = Playing(count.token, at_ms, stopped=True)

    def _interrupted(self, seconds: float) -> bool:
        return self._typed.is_there_within(seconds)

    def _line(self) -> str | None:
        print("> ", end="", file=self._said, flush=True)
        line = self._typed.line()
        if line == "" and self._playing is not None:
            print("  (stopped: what do you say?)\n> ", end="", file=self._said, flush=True)
            line = self._typed.line()
        return line
