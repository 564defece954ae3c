import pytest

from skill.speaker.hearing.grammar import Grammar, compiled
from skill.speaker.understanding import model as models


def accepts(grammar: Grammar, words: tuple[str, ...]) -> bool:
    """Whether the sentence is one of the model's; a beginning of one is not."""
    state: int | None = 0
    for word in words:
        state = None if state is None else grammar.moves[state].get(word)
    return state in grammar.accepting


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return compiled(models.load("en-US"))


@pytest.mark.parametrize(
    "said",
    [
        "start glute workout",
        "alexa start glute workout",
        "i can't do any more",
        "i did twelve reps",
        "no ninety nine",
        "tan yellow red green blue black silver and gold",
        "my extra heavy is tougher than my light",
        "my lower back hurts",
        "my lower back is killing me",
        "i have a cramp in my calf",
        "i feel dizzy",
        "so how many reps please",
        "alexa could you skip this set",
        "well i did twelve now",
    ],
)
def test_the_grammar_holds_what_the_model_holds(grammar: Grammar, said: str) -> None:
    assert accepts(grammar, tuple(said.split()))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "i did",
        "alexa",
        "my green is tougher than my",
        "two hundred",
        "stop the bus",
        "so",
        "so um so how many reps",
    ],
)
def test_a_mere_beginning_or_other_speech_is_not_in_the_grammar(grammar: Grammar, said: str) -> None:
    assert not accepts(grammar, tuple(said.split()))


def test_every_sample_that_the_grammar_knows_can_be_said(grammar: Grammar) -> None:
    model = models.load("en-US")
    unsayable = [
        sample
        for sample in model.common_samples
        if all(isinstance(item, str) for item in sample.items) and not accepts(grammar, sample.literals)
    ]
    assert unsayable == []


def test_the_grammar_stays_small_enough_to_be_searched_at_once(grammar: Grammar) -> None:
    assert sum(len(row) for row in grammar.moves) < 7500


def test_no_two_states_of_the_grammar_are_the_same(grammar: Grammar) -> None:
    rows = [
        (state in grammar.accepting, tuple(sorted(row.items()))) for state, row in enumerate(grammar.moves)
    ]
    assert len(rows) == len(set(rows))
