"""The stream cut into utterances and passed on, with a likelihood of voice and a recogniser that we play ourselves."""

from collections.abc import Sequence
from time import sleep

import pytest

from skill.speaker.conversation.ears import Expected, Room, Sound
from skill.speaker.hearing.endpoint import FRAME_BYTES, FRAME_MS
from skill.speaker.hearing.listen import Listener
from skill.speaker.hearing.opinions import Verdict
from skill.speaker.hearing.recognise import thresholds
from skill.speaker.understanding.understand import understand

VOICE, QUIET = b"\x10\x10", b"\x00\x00"


def stretch(kind: bytes, ms: float) -> bytes:
    return kind * (FRAME_BYTES // 2) * round(ms / FRAME_MS)


class Woken:
    """A wake word that is heard whenever its mark is in the audio."""

    def __init__(self, said: str = "alexa") -> None:
        self.said = said

    def feed(self, pcm: bytes) -> bool:
        return b"ALEXA!" in pcm


class Spoken:
    """A recogniser that says, one utterance after the other, what we tell it to."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.verdicts: list[Verdict] = []
        self.lengths: list[int] = []
        self.expected: list[Expected] = []

    def __call__(self, pcm: bytes, expected: Expected = "", /) -> Verdict:
        self.lengths.append(len(pcm))
        self.expected.append(expected)
        if self.verdicts:
            return self.verdicts.pop(0)
        text = self.texts.pop(0)
        understood = understand(text.removesuffix("?"))
        if text.endswith("?"):
            return Verdict("perhaps", text, understand(""))
        return Verdict("talk" if understood.score == 0 else "command", text, understood)


def listening(*texts: str, alike: float = 0.0) -> tuple[Listener, Spoken]:
    """`alike`: how alike any two words sound."""
    recognise = Spoken(*texts)
    likelihood = lambda frame: 0.9 if frame.startswith(VOICE) else 0.1  # noqa: E731
    ears = Listener(recognise, likelihood, Woken(), thresholds(), alike=lambda *_: alike)
    return ears, recognise


def texts(sounds: Sequence[Sound]) -> list[tuple[str, str]]:
    return [(sound.kind, sound.text) for sound in sounds]


UTTERANCE = stretch(QUIET, 640) + stretch(VOICE, 960) + stretch(QUIET, 1280)


def test_a_command_is_heard_in_a_short_pause_with_its_place_in_the_stream() -> None:
    ears, _ = listening("skip")
    heard_before_the_pause = ears.hear(UTTERANCE[: -len(stretch(QUIET, 1000))], "awake")
    (sound,) = ears.hear(stretch(QUIET, 200), "awake")
    assert heard_before_the_pause == []
    assert (sound.kind, sound.text) == ("understood", "skip")
    assert sound.began_ms == pytest.approx(640 - 320 + 96, abs=130)
    assert sound.ended_ms == pytest.approx(1600, abs=40)


@pytest.mark.parametrize("piece", [31, 512, 1024, 3200])
def test_pieces_of_any_length_are_heard_alike(piece: int) -> None:
    ears, _ = listening("skip")
    sounds = [
        s for at in range(0, len(UTTERANCE), piece) for s in ears.hear(UTTERANCE[at : at + piece], "awake")
    ]
    assert texts(sounds) == [("understood", "skip")]


def test_a_list_of_bands_is_waited_for_through_a_short_pause() -> None:
    ears, recognise = listening("red", "red and green")
    speech = stretch(VOICE, 640) + stretch(QUIET, 480) + stretch(VOICE, 640) + stretch(QUIET, 960)
    recognise.texts.insert(1, "red and green")
    assert texts(ears.hear(speech, "awake")) == [("understood", "red and green")]
    assert recognise.lengths[1] > 2 * recognise.lengths[0]


@pytest.mark.parametrize(
    ("said", "silence_ms", "is_answered"),
    [
        ("yellow", 1800, False),  # red and green may come
        ("yellow", 2200, True),
        ("yellow?", 1800, False),
        ("yellow and red", 600, False),
        ("yellow and red", 1000, True),
        ("yellow and?", 1500, False),
        ("yellow and?", 2200, True),
        ("yes", 1000, True),
    ],
)
def test_a_list_of_bands_is_waited_for_until_an_and_announces_the_last(
    said: str, silence_ms: int, is_answered: bool
) -> None:
    ears, _ = listening(said)
    assert bool(ears.hear(stretch(VOICE, 640) + stretch(QUIET, silence_ms), "awake")) == is_answered


def test_bands_thought_of_one_at_a_time_are_one_list() -> None:
    ears, _ = listening("yellow", "yellow red", "yellow red and green")
    pause = stretch(QUIET, 1400)
    words = [stretch(VOICE, 500) + pause for _ in range(3)]
    assert texts(ears.hear(b"".join(words), "awake")) == [("understood", "yellow red and green")]


def test_the_patience_for_a_list_ends_with_it() -> None:
    ears, _ = listening("yellow", "skim this sat?")
    assert texts(ears.hear(stretch(VOICE, 640) + stretch(QUIET, 2200), "awake")) == [("understood", "yellow")]
    assert texts(ears.hear(stretch(VOICE, 640) + stretch(QUIET, 1000), "awake")) == [
        ("unsure", "skim this sat?")
    ]


def test_an_utterance_that_ends_where_it_paused_is_recognised_once() -> None:
    ears, recognise = listening("yes")
    assert texts(ears.hear(UTTERANCE, "awake")) == [("understood", "yes")]
    assert len(recognise.lengths) == 1


def test_what_may_have_been_a_command_is_passed_on_as_unsure() -> None:
    ears, _ = listening("skim this sat?")
    assert texts(ears.hear(UTTERANCE, "awake")) == [("unsure", "skim this sat?")]


AGAIN = ("So which band was I meant to use again?", "So which band was I meant to you again?")
DONE = ("Alexa, I done.", "I'm done.", "I'm done!", "And I done.")


@pytest.mark.parametrize(
    ("guesses", "room", "found"),
    [
        (DONE, "called", ("understood", "I'm done.")),
        (DONE, "awake", ("unsure", "Alexa, I done.")),
        (("I'm done.", "I'm ready."), "called", ("unsure", "I'm done.")),
        (("I did fourteen.", "I did 14."), "called", ("unsure", "I did fourteen.")),
        (("Done.", "Done!"), "called", ("unsure", "Done.")),
        (AGAIN, "called", ("understood", "So which band was I meant to use again?")),
        (AGAIN, "awake", ("unsure", "So which band was I meant to use again?")),
        (("The knee, it's gone I guess.",), "called", ("unsure", "The knee, it's gone I guess.")),
    ],
)
def test_who_called_is_believed_where_nothing_else_may_have_been_meant(
    guesses: tuple[str, ...], room: Room, found: tuple[str, str]
) -> None:
    ears, recognise = listening()
    recognise.verdicts = [Verdict("perhaps", guesses[0], understand(""), guesses)] * 2
    assert texts(ears.hear(UTTERANCE, room)) == [found]


@pytest.mark.parametrize(
    ("guesses", "found"),
    [(("I'm done.", "I'm done?"), [("understood", "I'm done.")]), (("I'm done.", "I'm ready."), [])],
)
def test_the_rest_of_a_sentence_with_a_pause_in_it_is_believed_where_nothing_else_may_have_been_meant(
    guesses: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    ears, recognise = listening()
    recognise.verdicts = [
        Verdict("talk", "I'm", understand("")),
        *[Verdict("perhaps", guesses[0], understand(""), guesses)] * 2,
    ]
    speech = stretch(VOICE, 640) + stretch(QUIET, 900) + stretch(VOICE, 640) + stretch(QUIET, 1800)
    assert texts(ears.hear(speech, "coach_speaks")) == found


TALK = "the dog wants out"


@pytest.mark.parametrize("room", ["asleep", "coach_speaks"])
def test_talk_comes_to_nothing(room: Room) -> None:
    ears, _ = listening(TALK)
    assert ears.hear(UTTERANCE, room) == []


def test_talk_that_may_have_been_the_answer_waited_for_is_asked_about_once() -> None:
    ears, recognise = listening(TALK, TALK)
    assert texts(ears.hear(UTTERANCE, "awake")) == [("unsure", TALK)]
    assert ears.hear(UTTERANCE, "awake") == []
    recognise.texts += ["ready", TALK]
    assert texts(ears.hear(UTTERANCE, "awake")) == [("understood", "ready")]
    assert texts(ears.hear(UTTERANCE, "awake")) == [("unsure", TALK)]


def test_talk_that_is_longer_than_an_answer_is_let_be() -> None:
    ears, _ = listening("the dog wants to go out", TALK, "")
    assert ears.hear(UTTERANCE, "awake") == []
    assert ears.hear(stretch(VOICE, 4000) + stretch(QUIET, 1280), "awake") == []
    assert ears.hear(UTTERANCE, "awake") == []


def test_a_lull_is_recognised_before_it_is_known_to_be_a_pause() -> None:
    ears, recognise = listening("skip")
    ears.hear(UTTERANCE[: -len(stretch(QUIET, 1040))], "awake")
    for _ in range(100):
        if recognise.lengths:
            break
        sleep(0.02)
    assert len(recognise.lengths) == 1
    assert texts(ears.hear(stretch(QUIET, 200), "awake")) == [("understood", "skip")]
    assert len(recognise.lengths) == 1


def test_speech_after_a_lull_belongs_to_what_was_said_before_it() -> None:
    ears, recognise = listening("skip", "skip this set")
    speech = stretch(VOICE, 640) + stretch(QUIET, 256) + stretch(VOICE, 640) + stretch(QUIET, 400)
    assert texts(ears.hear(speech, "awake")) == [("understood", "skip this set")]
    assert recognise.lengths[-1] > 2 * recognise.lengths[0]


def test_thirty_minutes_of_babble_come_to_nothing() -> None:
    ears, recognise = listening()
    for _ in range(30):
        assert ears.hear(stretch(VOICE, 60_000), "awake") == []
    assert recognise.lengths == []
    recognise.texts.append("stop")
    assert texts(ears.hear(stretch(QUIET, 2000) + UTTERANCE, "awake")) == [("understood", "stop")]


@pytest.mark.parametrize(
    ("room", "said", "is_heard"),
    [
        ("asleep", "start glute workout", True),
        ("asleep", "ready", False),
        ("awake", "ready", True),
        ("called", "ready", True),
        ("coach_speaks", "i can't do any more", True),
        ("coach_speaks", "my back hurts", True),
        ("coach_speaks", "stop", True),
        ("coach_speaks", "call an ambulance", True),
        ("coach_speaks", "twelve", False),
        ("coach_speaks", "why", False),
    ],
)
def test_what_is_heeded_depends_on_what_goes_on_in_the_room(room: Room, said: str, is_heard: bool) -> None:
    ears, _ = listening(said)
    assert bool(ears.hear(UTTERANCE, room)) == is_heard


@pytest.mark.parametrize("room", ["asleep", "coach_speaks"])
def test_after_the_wake_word_everything_is_heeded(room: Room) -> None:
    ears, _ = listening("i did twelve reps")
    sounds = ears.hear(b"ALEXA!" + UTTERANCE, room)
    assert texts(sounds) == [("woken", ""), ("understood", "i did twelve reps")]


@pytest.mark.parametrize("said", ["the dog wants to go out", "skim this sat?"])
def test_who_called_the_coach_and_is_not_understood_is_asked_again(said: str) -> None:
    pressed, _ = listening(said)
    assert texts(pressed.hear(UTTERANCE, "called")) == [("unsure", said)]
    rooms: list[Room] = ["awake", "coach_speaks"]
    for room in rooms:
        woken, _ = listening(said)
        assert texts(woken.hear(b"ALEXA!", room)) == [("woken", "")]
        assert texts(woken.hear(UTTERANCE, room)) == [("unsure", said)]


def test_talk_long_after_the_wake_word_comes_to_nothing() -> None:
    ears, _ = listening("the dog wants to go out")
    assert texts(ears.hear(b"ALEXA!" + stretch(QUIET, 5000) + UTTERANCE, "awake")) == [("woken", "")]


@pytest.mark.parametrize("text", ["Alexa. Alexa?", "A letter."])
def test_who_only_calls_is_listened_to_and_not_asked_what_was_meant(text: str) -> None:
    ears, _ = listening(text)
    call, silence = stretch(QUIET, 640) + stretch(VOICE, 700), b"ALEXA!" + stretch(QUIET, 1400)
    sounds = [*ears.hear(call, "awake"), *ears.hear(silence, "called")]
    assert texts(sounds) == [("woken", "")]


def test_noise_without_a_word_after_the_button_is_not_asked_about() -> None:
    ears, _ = listening("...")
    assert ears.hear(UTTERANCE, "called") == []


def test_the_coachs_own_words_are_not_heard_as_a_command() -> None:
    ears, _ = listening("stop", "stop")
    assert ears.hear(UTTERANCE, "coach_speaks", "Twelve. Stop whenever you can't do one more.") == []
    assert ears.hear(stretch(QUIET, 3000), "coach_speaks") == []
    assert texts(ears.hear(UTTERANCE, "coach_speaks", "Lift.")) == [("understood", "stop")]


@pytest.mark.parametrize(
    ("said", "alike", "is_heard"),
    [
        ("aching", 0.6, False),
        ("aching", 0.5, True),
        ("my hip hurts", 0.8, True),
        ("stop", 0.8, True),
    ],
)
def test_a_lone_word_of_pain_that_sounds_like_the_count_is_the_count(
    said: str, alike: float, is_heard: bool
) -> None:
    ears, _ = listening(said, alike=alike)
    assert bool(ears.hear(UTTERANCE, "coach_speaks", "Eighteen.")) == is_heard


@pytest.mark.parametrize(
    ("said", "coach", "is_heard"),
    [
        ("whoa", "Hold. Two.", False),
        ("whoa", "Lift.", True),
        ("whoa", "", True),
        ("wait", "Two.", True),
        ("whoa my hip", "Two.", True),
    ],
)
def test_a_lone_whoa_into_the_coachs_two_is_its_two(said: str, coach: str, is_heard: bool) -> None:
    ears, _ = listening(said)
    assert bool(ears.hear(UTTERANCE, "coach_speaks", coach)) == is_heard


def test_unsure_speech_into_the_count_is_let_be() -> None:
    ears, _ = listening("skim this sat?")
    assert ears.hear(UTTERANCE, "coach_speaks") == []


@pytest.mark.parametrize(
    ("heard", "is_let_through"),
    [
        ("two three stop", "stop"),
        ("lift that hurts two", "that hurts"),
        ("two three why", None),  # no business of a set
        ("two three stop by the shop", None),
    ],
)
def test_the_coachs_words_are_taken_out_of_what_is_said_into_them(
    heard: str, is_let_through: str | None
) -> None:
    ears, _ = listening(heard)
    sounds = ears.hear(UTTERANCE, "coach_speaks", "Lift, two, three.")
    assert texts(sounds) == ([("understood", is_let_through)] if is_let_through else [])


@pytest.mark.parametrize(("second", "is_let_through"), [("two stop six", True), ("two skip six", False)])
def test_a_stop_into_the_count_is_taken_from_any_guess_and_all_else_from_the_first(
    second: str, is_let_through: bool
) -> None:
    ears, recognise = listening()
    talk = Verdict("talk", "two stat six", understand(""), ("two stat six", second))
    recognise.verdicts.append(talk)
    assert bool(ears.hear(UTTERANCE, "coach_speaks", "Two. Six.")) == is_let_through


def test_words_beside_the_count_are_not_taken_for_its_own() -> None:
    own, _ = listening("two three skip")
    assert texts(own.hear(UTTERANCE, "coach_speaks", "Two, three.")) == [("understood", "skip")]
    beside, _ = listening("two three skip")
    assert beside.hear(UTTERANCE, "coach_speaks", "Lower.") == []


def test_a_short_sentence_with_a_stop_in_it_stops_whatever_the_coach_was_saying() -> None:
    ears, _ = listening("two three stop")
    assert texts(ears.hear(UTTERANCE, "coach_speaks", "Lower.")) == [("understood", "two three stop")]


def test_a_number_that_the_count_said_is_not_told_with_the_pain() -> None:
    ears, _ = listening("lift that hurts two")
    (sound,) = ears.hear(UTTERANCE, "coach_speaks", "Lift, two.")
    assert sound.understood is not None
    assert "value" not in sound.understood.slots["reps"]


def test_a_count_that_never_rests_does_not_deafen_the_coach() -> None:
    ears, recognise = listening(*["two three"] * 15, "stop")
    beat = stretch(VOICE, 500) + stretch(QUIET, 500)
    for _ in range(15):
        assert ears.hear(beat, "coach_speaks", "Two, three.") == []
    assert texts(ears.hear(beat, "coach_speaks", "Two, three.")) == [("understood", "stop")]
    assert max(recognise.lengths) < len(stretch(VOICE, 2000))


@pytest.mark.parametrize(
    ("room", "expected"), [("awake", "number"), ("called", "number"), ("coach_speaks", "interruption")]
)
def test_a_number_is_listened_for_only_while_the_coach_is_silent(room: Room, expected: Expected) -> None:
    ears, recognise = listening("twelve")
    ears.hear(UTTERANCE, room, "", "number")
    assert set(recognise.expected) == {expected}
