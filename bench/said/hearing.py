"""What is understood of what people say: sentences of pain, harmless ones, and intents with their slots.

python -m bench.said.hearing [locale]
"""

import sys
from collections.abc import Iterator

from tests.said.table import halts, is_right, of_kinds, of_pain, read, tables


def figures(locale: str = "en-US") -> Iterator[tuple[str, str]]:
    """Each figure and its value, from all the tables that a locale has."""
    pain = [each.say for name in tables(locale, "pain") for each in of_pain(name)]
    yield "sentences about pain that halt", _share(sum(halts(each, locale) for each in pain), len(pain))
    harmless = [each for name in tables(locale, "harmless") for each in read(name)]
    yield "harmless sentences halted", _share(sum(halts(each, locale) for each in harmless), len(harmless))
    for told, kinds, body in (
        ("looked at while building", "said", "pain"),
        ("kept back", "kept_back", "pain_kept_back"),
        ("other people's", "others", "pain_others"),
    ):
        sentences = [
            *(each for name in tables(locale, kinds) if name.endswith(kinds) for each in of_kinds(name)),
            *(each for name in tables(locale, body) if name.endswith(body) for each in of_pain(name)),
        ]
        if sentences:
            right = sum(is_right(each, locale) for each in sentences)
            yield f"right intent and slots, typed, {told}", _share(right, len(sentences))


def _share(part: int, of: int) -> str:
    return f"{part} of {of} ({part / of:.1%})"


if __name__ == "__main__":
    for name, value in figures(*sys.argv[1:]):
        print(f"| {name} | {value} |")
