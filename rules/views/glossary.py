"""Every fact that a rule may test, in plain words: for `glute-coach rules`, and for docs/rulebook.md.

`python -m rules.views.glossary` writes it into the document, where a test holds it.
"""

import re
from pathlib import Path
from typing import Final

from rules.files.rule import Rule, Test
from rules.vocabulary.domain import UNKNOWN, Domain
from rules.vocabulary.facts import TOPICS

DOCUMENT: Final = Path("docs/rulebook.md")
_PLACE: Final = re.compile(r"(<!-- facts -->\n).*?(<!-- end -->)", re.DOTALL)


def conditions(rule: Rule) -> str:
    """When a rule holds, as one line."""
    return "; ".join(_test(each) for each in rule.when) or "always"


def facts_of(topic: str) -> list[tuple[str, str, str]]:
    """The facts of a topic: name, what it means, what it may be."""
    return [(name, each.means, _values(each)) for name, each in TOPICS[topic].domains().items()]


def as_markdown() -> str:
    """The whole glossary, a table a topic."""
    tables = []
    for topic, kind in TOPICS.items():
        rows = [f"| `{name}` | {means} | {values} |" for name, means, values in facts_of(topic)]
        head = [f"**{topic}**: {kind.question}", "", "| fact | means | may be |", "| --- | --- | --- |"]
        tables.append("\n".join([*head, *rows]))
    return "\n\n".join(tables) + "\n"


def written_into(document: str) -> str:
    """The document with today's glossary in its place."""
    return _PLACE.sub(lambda found: f"{found[1]}{as_markdown()}{found[2]}", document)


def _test(test: Test) -> str:
    if isinstance(test.comparand, bool):
        return test.fact if test.comparand else f"not {test.fact}"
    values = test.comparand if isinstance(test.comparand, tuple) else (test.comparand,)
    return f"{test.fact} {test.operator.replace('_', ' ')} {', '.join(str(each) for each in values)}"


def _values(domain: Domain) -> str:
    if domain.kind == "flag":
        return "true or false"
    if domain.kind == "name":
        return ", ".join(domain.named)
    span = f"{domain.low} to {domain.high} {domain.unit}".rstrip()
    return f"{span}, or {UNKNOWN}" if domain.may_be_unknown else span


if __name__ == "__main__":
    DOCUMENT.write_text(written_into(DOCUMENT.read_text("utf-8")), "utf-8")
