"""`glute-coach talk`: a conversation in the terminal. What you type is what you would say; Enter barges in."""

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, TextIO

from flask import Flask

from skill.app import App
from skill.commands.coach_options import add_coach, add_person, opened_coach
from skill.locales.texts import DEFAULT
from skill.people.person import Person
from skill.people.registry import Registry
from skill.speaker.conversation.envelope import Conversation, Playing, ended, utterance
from skill.speaker.conversation.spoken import Spoken, spoken
from skill.speaker.conversation.talks import NOBODY_ELSE
from skill.speaker.terminal.sound_card import NoSoundCard
from skill.speaker.terminal.typed import Typed
from skill.speaker.understanding.understand import understand
from skill.web import create_app

if TYPE_CHECKING:
    from skill.speaker.hearing.echo import EchoCanceller

LEAVING: Final = frozenset({"exit", "quit"})
"""What ends the conversation as the end of the input does: a program's words, not the coach's."""


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("talk", help="talk to the coach in the terminal")
    parser.add_argument(
        "--voice", action="store_true", help="by voice: a microphone and a loudspeaker instead of keys"
    )
    add_person(parser)
    add_coach(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Talk until the coach or the trainee ends it.

    Raises:
        NoSoundCard: by voice, and there is nothing to hear or to speak with.
        UnknownPerson: nobody of this name trains here.
        EarsMissing: by voice, and the recognisers are not installed.
    """
    with opened_coach(chosen) as coach:
        app = create_app(verify=False, coach=coach)
        person = Registry(coach.store).person(chosen.who)
        return _by_voice(app, coach, person) if chosen.voice else _by_typing(app, coach, person)


def _by_typing(app: Flask, coach: App, person: Person) -> int:
    print(
        'Type what you would say. Begin with "start glute workout". During the count, Enter barges in; "exit" leaves.',
        flush=True,
    )
    Talk(app.test_client(), Typed(sys.stdin), sys.stdout, person=person, locale=coach.locale.name).run()
    return 0


def _by_voice(app: Flask, coach: App, person: Person) -> int:
    from skill.speaker import hearing
    from skill.speaker.conversation.endpoint import endpoint_of
    from skill.speaker.conversation.talks import Talk as Spoken
    from skill.speaker.page.attach import open_sounds
    from skill.speaker.terminal.loop import Conversation as Aloud
    from skill.speaker.terminal.sound_card import LocalCard

    card = LocalCard()
    print("Loading the recognisers (a few seconds)", flush=True)
    ears, sounds = hearing.ears(), open_sounds()
    if sounds.fault:
        print(sounds.fault, flush=True)
    print('Say "start glute workout".', flush=True)
    Aloud(
        Spoken(endpoint_of(app, coach), "terminal", person, locale=coach.locale.name),
        ears,
        sounds,
        card,
        lambda line: print(line, flush=True),
        _echo_canceller(),
    ).run()
    raise NoSoundCard(
        "the microphone gives nothing any more: was it unplugged? Everything said so far is saved"
    )


def _echo_canceller() -> "EchoCanceller | None":
    from skill.speaker.conversation.ears import EarsMissing
    from skill.speaker.hearing.echo import canceller

    try:
        return canceller()
    except EarsMissing as fault:
        print(f'With loudspeakers, say "Alexa" first to break into the count. {fault}', flush=True)
        return None


class Talk:
    """One conversation: lines that are typed, and a stream for what the coach says.

    Args:
        client: what posts to the endpoint.
        typed: the trainee's lines.
        said: what the trainee reads.
        clock: seconds that only ever go forward, the same that `typed` waits by.
        person: who trains.
        locale: the coach's own, for somebody who has chosen no language.
    """

    def __init__(
        self,
        client: Any,
        typed: Typed,
        said: TextIO,
        clock: Callable[[], float] = time.monotonic,
        person: Person = NOBODY_ELSE,
        locale: str = DEFAULT,
    ) -> None:
        self._client = client
        self._locale = locale
        self._typed = typed
        self._said = said
        self._clock = clock
        self._talk = Conversation(person.account, "terminal", person.language)
        self._playing: Playing | None = None

    def run(self) -> None:
        """Until the input ends or the coach says goodbye."""
        while (line := self._line()) is not None and line.strip().lower() not in LEAVING:
            if line.strip() and not self._exchange(line.strip()):
                return
        if self._talk.session_id is not None:
            self._send(ended(self._talk, "USER_INITIATED", datetime.now(UTC), self._playing))

    def _exchange(self, line: str) -> bool:
        request = utterance(
            self._talk, understand(line, self._talk.locale or self._locale), datetime.now(UTC), self._playing
        )
        answer = self._send(request)
        self._talk = self._talk.after(request, answer)
        self._playing = None
        heard_back = spoken(answer)
        if heard_back.text:
            print(self._wrapped(heard_back.text), file=self._said, flush=True)
        if heard_back.cues:
            self._play(heard_back)
        return self._talk.session_id is not None

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

    def _send(self, request: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.post("/alexa", json=request)
        if answer.status_code != 200:
            raise RuntimeError(f"the coach answered {answer.status_code}: {answer.get_data(as_text=True)}")
        body: dict[str, Any] = answer.get_json()
        return body
