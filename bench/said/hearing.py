"""What is understood of what people say: sentences of pain, harmless ones, and intents with their slots."""

from collections.abc import Iterator

from tests.said.table import halts, is_right, of_kinds, of_pain, read


def figures() -> Iterator[tuple[str, str]]:
    """Each figure and its value."""
    pain = [each.say for name in ("pain", "pain_kept_back", "others_pain") for each in of_pain(name)]
    yield "sentences about pain that halt", _share(sum(map(halts, pain)), len(pain))
    harmless = [*read("harmless"), *read("harmless_kept_back"), *read("others_harmless")]
    yield "harmless sentences halted", _share(sum(map(halts, harmless)), len(harmless))
    for name, kinds, body in (
        ("looked at while building", "said", "pain"),
        ("kept back", "kept_back", "pain_kept_back"),
        ("other people's", "others", "others_pain"),
    ):
        sentences = [*of_kinds(kinds), *of_pain(body)]
        right = sum(map(is_right, sentences))
        yield f"right intent and slots, typed, {name}", _share(right, len(sentences))


def _share(part: int, of: int) -> str:
    return f"{part} of {of} ({part / of:.1%})"
