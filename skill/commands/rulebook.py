"""`glute-coach rules`: the rulebook, each rule with its source."""

import argparse
import textwrap
from typing import Any

from rules.book import load_rulebook
from rules.facts import TOPICS
from rules.rule import Rule


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("rules", help="print the rulebook, each rule with its source")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print every topic's rules in order of priority, then what they rest on."""
    book = load_rulebook()
    for topic, rules in book.books.items():
        print(f"\n{topic}: {TOPICS[topic].question}")
        for rule in rules.rules:
            print(_rule(rule))
    print("\nSources")
    for source in book.sources.values():
        print(textwrap.indent(textwrap.fill(f"{source.id}  {source.title}: {source.says}", 100), "  "))
    return 0


def _rule(rule: Rule) -> str:
    return f"  {rule.id:<10} {rule.title}\n             {rule.advice}  [{', '.join(rule.source)}]"
