"""What was said, without Alexa: the one thing that a door hands to the coach."""

from skill.coach.value import Value


class Shown(Value, frozen=True):
    """Where the screen of the count `token` stands by its own clock, in ms since it was drawn."""

    token: str
    at_ms: int


class Heard(Value, frozen=True):
    """One utterance or event.

    `intent` is an intent's name, or "Launch", "SessionEnded", "SkillDisabled", "PlaybackStopped",
    "PlaybackFinished", "PlaybackFailed", "CountNotPlayed", "CountShown", "ScreenFailed". `fewer` is how many reps
    fewer it were than was counted, `further` how many more. `bands` keep the order in which they were said. Where
    two are compared they are the tougher and the lighter one, "" for the one that was not named; `end` is lightest
    or toughest where the lighter one (or the one not named) is said to be that of all, or that one is wished for.
    `worn` is how a band is said to be on: it was, it is, or it is the wrong one ("" where it is wished for);
    or the one that the coach chose is to be on again (`as_offered`).
    `answer` is the yes or no that was said along with a wish for another band, or to go on (`still_here`: no end was
    meant, and nothing is begun). `at_ms` is the exact place in the
    audio named by `token`, where the device knows it. `device` is a short opaque key of the device, "" where there
    is none. `ms` is where inside its second the request was made. `feeling`,
    `sign` and `condition` are what was said of the body (the pain and health rules know their names); `is_asked` where
    the condition is asked about, and not told of the trainee; `healer` is who has looked or agreed; `is_done` where
    the set is said to be over along with a
    pain. `side` is a leg,
    `round` which of its sets (0: the last, -1: the one before that), `of_last_workout` whether
    a number is said to be of the workout before, `other` the number of the other leg, told along
    with that of `side`, `names_set` whether it is a set that is to be skipped,
    `names_next` whether the next one, `meant_as` how a word about a leg, a set or a number is meant: the leg that moved
    was the `wrong` one, legs are to be changed now (`change`), not this leg but the `other`, a rep is not to count
    (`no_count`), or the coach `miscounted`, `seconds` a
    length of time, `aspect` what is asked of the workout, `topic` of the method, `past` of the workouts so far.
    `unresolved` names the slots that were filled with words that nobody knows: they relax no safeguard. `meant` is
    the intent that what was not understood is a little like. `touched` where it was a button on the screen
    of the count `token`; `shown` is how far a screen had come, where the device tells it.
    """

    intent: str
    request_id: str = ""
    number: int | None = None
    fewer: int = 0
    further: int = 0
    bands: tuple[str, ...] = ()
    end: str = ""
    worn: str = ""
    answer: str = ""
    body_part: str = ""
    exercise: str = ""
    device: str = ""
    token: str = ""
    at_ms: int | None = None
    reason: str = ""
    ms: int = 0
    feeling: str = ""
    sign: str = ""
    condition: str = ""
    healer: str = ""
    is_asked: bool = False
    is_done: bool = False
    side: str = ""
    round: int = 0
    of_last_workout: bool = False
    other: int | None = None
    names_set: bool = False
    names_next: bool = False
    meant_as: str = ""
    seconds: int | None = None
    aspect: str = ""
    topic: str = ""
    past: str = ""
    unresolved: tuple[str, ...] = ()
    meant: str = ""
    touched: bool = False
    shown: Shown | None = None
