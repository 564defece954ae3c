"""What the coach answers, without wording: lines by locale key, perhaps a count, what is asked, whether it ends."""

from collections.abc import Mapping

from skill.coach.value import Value

Param = int | str | tuple[int | str, ...]


class Line(Value, frozen=True):
    """A locale key and what is filled into it. Equal lines are the same words."""

    key: str
    params: Mapping[str, Param] = {}


class Count(Value, frozen=True):
    """A set to be counted aloud: everything that the timeline is made of, and everything needed to find a rep in it.

    `rest_ms` of rest, of which the reply's lines take the first `spoken_ms`, then the exercise's lead-in, then the
    repetitions `from_rep` to `count_to`, then the question for `question_ms`. `token` names this piece of audio.
    `band` is the rung it is done on and `round` its number from 1, for whoever shows the set. `form` are the cues
    about the form that it says, in order.
    """

    exercise: str
    side: str
    is_fresh: bool
    rest_ms: int
    spoken_ms: int
    question_ms: int
    from_rep: int
    count_to: int
    token: str
    band: str = ""
    round: int = 1
    form: tuple[str, ...] = ()


class Reply(Value, frozen=True):
    """One answer. With a `count` the lines are heard inside its rest and `question` after its last rep.

    `turn` is the user's turn number; variants of a line rotate by it. `ends` closes the conversation. `plays` is the
    way in which this device is known to play a count, "" for the usual one; `no_screen` where its screen has failed.
    """

    lines: tuple[Line, ...]
    question: Line | None = None
    reprompt: Line | None = None
    count: Count | None = None
    ends: bool = False
    turn: int = 0
    plays: str = ""
    no_screen: bool = False
