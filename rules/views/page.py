"""The rulebook as one page that a browser shows without anything else: to read, print and argue over."""

from html import escape
from importlib import resources
from typing import Final

from rules.files.exercise import Exercise
from rules.files.rule import Book, Rule, Test
from rules.files.sources import Source
from rules.rulebook import Rulebook
from rules.views.policy_map import COLUMNS, STEP_REPS, MapRow, policy_map
from rules.vocabulary.advice import ADVICE
from rules.vocabulary.domain import Facts
from rules.vocabulary.facts import TOPICS

SIGNS: Final = {
    "is": "",
    "is_not": "≠ ",
    "at_least": "≥ ",
    "at_most": "≤ ",
    "more_than": "> ",
    "less_than": "< ",
    "unknown_or_at_least": "? or ≥ ",
    "unknown_or_at_most": "? or ≤ ",
}
COLOURED: Final = ("tougher_band", "half_tougher", "same_band", "half_lighter", "lighter_band")


def page(rulebook: Rulebook, exercise: Exercise) -> str:
    """The whole page as HTML, with its style inside; the exercise's numbers stand in for their names."""
    style = resources.files("rules.views").joinpath("page.css").read_text("utf-8")
    books = rulebook.safety_first()
    links = " ".join(f'<a href="#{book.topic}">{book.topic}</a>' for book in books)
    topics = "".join(_topic(book, exercise) for book in books)
    count = sum(len(book.rules) for book in rulebook.books.values())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>The rulebook</title><style>{style}</style><main><h1>What the coach decides, and why</h1>"
        f'<p class="soft">{count} rules, numbers for {_words(exercise.id)}. In each topic the first rule '
        f"that holds decides. A number on this ground <mark>12</mark> is a threshold.</p>"
        f'<nav>{links} <a href="#sources">sources</a></nav>{topics}{_sources(rulebook)}</main></html>\n'
    )


def _topic(book: Book, exercise: Exercise) -> str:
    kind = TOPICS[book.topic]
    rules = "".join(_rule(rule, book.topic, exercise) for rule in book.rules)
    shown = _map(policy_map(book, exercise), exercise) if book.topic == "bands" else ""
    return (
        f'<section><h2 id="{book.topic}">{_words(book.topic)}</h2><p>{escape(kind.question)}</p>'
        f"{shown}<ol>{rules}</ol><h3>Decision table</h3>{_table(book, kind, exercise)}"
        f"<h3>Facts</h3>{_facts(kind)}</section>"
    )


def _rule(rule: Rule, topic: str, exercise: Exercise) -> str:
    tests = "; and ".join(_told(test, topic, exercise) for test in rule.when)
    badge = ' <span class="badge">safety</span>' if rule.safety else ""
    numbers = "".join(
        f", {_words(name.removesuffix('_s'))} <mark>{value}{' s' if name.endswith('_s') else ''}</mark>"
        for name, value in rule.resolved_numbers(exercise).items()
    )
    links = " ".join(f'<a href="#{each}">{each}</a>' for each in rule.source)
    return (
        f'<li class="rule{" safety" if rule.safety else ""}" id="{rule.id}"><span class="id">{rule.id}</span>'
        f'{badge}<h4>{escape(rule.title)}</h4><p class="when">{f"If {tests}" if tests else "Always"}</p>'
        f'<p class="then"><b>{_words(rule.advice)}</b>{numbers}. '
        f'<span class="soft">{escape(ADVICE[topic][rule.advice].means)}</span></p>'
        f'<p class="source">{links}</p></li>'
    )


def _told(test: Test, topic: str, exercise: Exercise) -> str:
    """A test in the words of what its fact means, for whoever has not read the list of facts."""
    means = escape(TOPICS[topic].domains()[test.fact].means)
    value = test.value(exercise)
    if isinstance(value, bool):
        return means if value else f"it is not so that {means}"
    return f"{means}: {'' if test.operator == 'is' else _words(test.operator) + ' '}{_value(test, exercise)}"


def _sentence(test: Test, exercise: Exercise) -> str:
    value = test.value(exercise)
    if isinstance(value, bool):
        return f"{'' if value else 'not '}{_words(test.fact)}"
    return f"{_words(test.fact)} {_words(test.operator)} {_value(test, exercise)}"


def _value(test: Test, exercise: Exercise) -> str:
    value = test.value(exercise)
    if isinstance(value, tuple):
        return ", ".join(_words(str(each)) for each in value)
    if type(value) is not int:
        return _words(str(value))
    name = f" ({escape(test.comparand.removeprefix('exercise.'))})" if isinstance(test.comparand, str) else ""
    return f"<mark>{value}</mark>{name}"


def _table(book: Book, kind: type[Facts], exercise: Exercise) -> str:
    tested = [
        fact for fact in kind.domains() if any(test.fact == fact for rule in book.rules for test in rule.when)
    ]
    head = "".join(f"<th>{_words(fact)}</th>" for fact in tested)
    rows = ""
    for rule in book.rules:
        cells = "".join(_cell(rule, fact, exercise) for fact in tested)
        link = f'<a href="#{rule.id}">{rule.id}</a>'
        rows += f'<tr><th class="id">{link}</th>{cells}<td class="advice">{_words(rule.advice)}</td></tr>'
    return (
        f'<div class="scroll"><table><thead><tr><th></th>{head}<th>then</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell(rule: Rule, fact: str, exercise: Exercise) -> str:
    tests = [test for test in rule.when if test.fact == fact]
    if not tests:
        return '<td class="empty">·</td>'
    return f"<td>{', '.join(_short(test, exercise) for test in tests)}</td>"


def _short(test: Test, exercise: Exercise) -> str:
    value = test.value(exercise)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{SIGNS.get(test.operator, '')}{_value(test, exercise)}"


def _facts(kind: type[Facts]) -> str:
    rows = ""
    for fact, domain in kind.domains().items():
        if domain.kind == "number":
            span = f"{domain.low} to {domain.high} {escape(domain.unit)}"
        else:
            span = ", ".join(_words(each) for each in domain.named) or "yes or no"
        rows += f"<tr><th>{_words(fact)}</th><td>{escape(domain.means)}</td><td>{span}</td></tr>"
    return f'<div class="scroll"><table><tbody>{rows}</tbody></table></div>'


def _map(rows: list[MapRow], exercise: Exercise) -> str:
    if not rows:
        return ""
    window = range(exercise.window.low, exercise.window.high + 1)
    head = "".join(f'<th class="{"" if reps % 5 else "tick"}">{reps}</th>' for reps in range(COLUMNS))
    body = ""
    for row in rows:
        cells = "".join(_square(reps, rule, reps in window) for reps, rule in enumerate(row.along))
        agree = ["two workouts running agree"] if row.two_agree else []
        tests = [*agree, *(_sentence(test, exercise) for test in row.situation)]
        situation = ", ".join(tests) or "anything else"
        body += f'<tr><th><a href="#{row.rule.id}">{row.rule.id}</a> {situation}</th>{cells}</tr>'
    names = {**{each: _words(each) for each in COLOURED}, "other": "something else"}
    key = " ".join(f'<span><i class="{each}"></i>{name}</span>' for each, name in names.items())
    return (
        "<h3>The policy at a glance</h3><p>How a workout's end decides: repetitions of the fresh set from left to "
        "right; each row is the situation of one rule, and a colour is what is decided there. The window is "
        f"underlined. A neighbouring band that was tried is drawn as worth {STEP_REPS} repetitions.</p>"
        f'<p class="key">{key}</p>'
        f'<div class="scroll"><table class="map"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _square(reps: int, rule: Rule, in_window: bool) -> str:
    colour = rule.advice if rule.advice in COLOURED else "other"
    told = f"{reps} reps: {_words(rule.advice)} ({rule.id})"
    return f'<td class="{colour}{" window" if in_window else ""}" title="{told}"></td>'


def _sources(rulebook: Rulebook) -> str:
    items = "".join(_source(each) for each in rulebook.sources.values())
    return f'<section><h2 id="sources">Sources</h2><ol>{items}</ol></section>'


def _source(source: Source) -> str:
    ground = "Our own judgement. " if source.is_own else "From: "
    return (
        f'<li class="rule" id="{source.id}"><span class="id">{source.id}</span>'
        f"<h4>{escape(source.title)}</h4>"
        f'<p class="when">{escape(source.says)}</p><p class="source">{ground}{escape(source.ground)}</p></li>'
    )


def _words(name: str) -> str:
    return escape(name.replace("_", " "))
