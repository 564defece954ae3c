"""Proving a topic's rules over every fact that there can be: exactly, and cheaply enough for every start.

Facts that no rule tells apart are one cell; a rule is then a box of cells. What a rule decides is its box
without the boxes of the rules before it; nothing left means that it can never fire. Every proof yields a
witness: facts to look at.
"""

from collections.abc import Iterable, Iterator

from rules.files.exercise import Exercise
from rules.files.fault import Fault
from rules.files.rule import Book, Rule, Test
from rules.proof.boxes import Box, common, covers, is_empty, left_over
from rules.vocabulary.domain import UNKNOWN, Domain, Facts, Value
from rules.vocabulary.facts import TOPICS


class Grid:
    """The facts of a topic, cut into the cells that its rules can tell apart for one exercise."""

    def __init__(self, book: Book, exercise: Exercise, beside: tuple[Rule, ...] = ()) -> None:
        self.kind = TOPICS[book.topic]
        self.exercise = exercise
        self.rules = book.rules
        tests = [test for rule in (*book.rules, *beside) for test in rule.when]
        self.cells: dict[str, tuple[Value, ...]] = {
            fact: _cells(domain, [test for test in tests if test.fact == fact], exercise)
            for fact, domain in self.kind.domains().items()
        }
        self.boxes = tuple(self.box(rule) for rule in book.rules)

    def box(self, rule: Rule) -> Box:
        """The cells on which all tests of a rule hold, whatever other rules say."""
        masks = {fact: (1 << len(cells)) - 1 for fact, cells in self.cells.items()}
        for test in rule.when:
            for bit, value in enumerate(self.cells[test.fact]):
                if not test.holds(value, self.exercise):
                    masks[test.fact] &= ~(1 << bit)
        return tuple(masks.values())

    def decided(self, index: int) -> Iterator[Box]:
        """The part of the facts that a rule decides: its own, less what stands on a level before it."""
        level = self.rules[index].level
        before = [box for rule, box in zip(self.rules, self.boxes, strict=True) if rule.level < level]
        return left_over(self.boxes[index], before)

    def witness(self, box: Box) -> Facts:
        """One set of facts inside a box: the first value of each fact."""
        values = {
            fact: cells[(mask & -mask).bit_length() - 1]
            for (fact, cells), mask in zip(self.cells.items(), box, strict=True)
        }
        return self.kind(**values)


def _cells(domain: Domain, tests: list[Test], exercise: Exercise) -> tuple[Value, ...]:
    """The first value of every run of values that no test tells apart; unknown is one of its own."""
    values = domain.numbers()
    if domain.kind != "number":
        return tuple(domain.values())
    starts = {values.start}
    for test in tests:
        comparand = test.value(exercise)
        for each in comparand if isinstance(comparand, tuple) else (comparand,):
            starts |= {each, each + 1} if isinstance(each, int) else set()
    found = sorted(start for start in starts if start in values)
    return (UNKNOWN, *found) if domain.may_be_unknown else tuple(found)


def proved(book: Book, exercises: Iterable[Exercise]) -> list[Fault]:
    """Everything that is wrong with how the rules of a topic stand to each other."""
    grids = [Grid(book, each) for each in exercises]
    return [
        *_outranked(book),
        *_open_ended(book),
        *(fault for index in range(len(book.rules)) for fault in _dead(book, index, grids)),
        *(fault for grid in grids for fault in _quarrels(book, grid)),
    ]


def _outranked(book: Book) -> Iterator[Fault]:
    ranks = [rule.level for rule in book.rules if not rule.safety]
    for rule in book.rules:
        if rule.safety and ranks and min(ranks) <= rule.level:
            above = next(each for each in book.rules if not each.safety)
            what = (
                f"is a safety rule, and {above.id} does not stand after it; move {rule.id} before {above.id}"
            )
            yield Fault(book.file, rule.line, rule.id, what)


def _open_ended(book: Book) -> Iterator[Fault]:
    if not book.rules or book.rules[-1].when:
        last = book.rules[-1] if book.rules else None
        what = "the last rule of a topic must hold for all facts, so that there is always an answer: when: {}"
        yield Fault(book.file, last.line if last else 0, last.id if last else "", what)


def _dead(book: Book, index: int, grids: list[Grid]) -> Iterator[Fault]:
    """A fault where a rule decides nothing, for whatever exercise."""
    rule = book.rules[index]
    if any(next(grid.decided(index), None) is not None for grid in grids):
        return
    yield Fault(book.file, rule.line, rule.id, f"can never fire: {_why_dead(book, index, grids[0])}")


def _why_dead(book: Book, index: int, grid: Grid) -> str:
    box = grid.boxes[index]
    if is_empty(box):
        fact = list(grid.cells)[box.index(0)]
        tests = " and ".join(str(test) for test in book.rules[index].when if test.fact == fact)
        return f"no value of {fact} satisfies {tests}"
    before = [at for at, rule in enumerate(book.rules) if rule.level < book.rules[index].level]
    for at in before:
        if covers(grid.boxes[at], box):
            return f"{book.rules[at].id} always decides before it (for instance {shown(grid.witness(box))})"
    names = [book.rules[at].id for at in before if not is_empty(common(grid.boxes[at], box))]
    return f"{', '.join(names)} together always decide before it (for instance {shown(grid.witness(box))})"


def _quarrels(book: Book, grid: Grid) -> Iterator[Fault]:
    """Faults where two rules of one level advise differently on facts that both decide."""
    for index, rule in enumerate(book.rules):
        for other in range(index + 1, len(book.rules)):
            rival = book.rules[other]
            if rival.level != rule.level or (rival.advice, rival.numbers) == (rule.advice, rule.numbers):
                continue
            both = (common(piece, grid.boxes[other]) for piece in grid.decided(index))
            shared = next((box for box in both if not is_empty(box)), None)
            if shared is not None:
                advice = f"advise {rival.advice} and {rule.advice}"
                what = f"and {rule.id} have one priority and {advice} when {shown(grid.witness(shared))}"
                yield Fault(book.file, rival.line, rival.id, what)


def difference(one: Book, other: Book, exercise: Exercise) -> Facts | None:
    """Facts on which two books of a topic decide by different rules or advise differently, if any."""
    mine, theirs = Grid(one, exercise, other.rules), Grid(other, exercise, one.rules)
    for index, rule in enumerate(one.rules):
        pieces = list(mine.decided(index))
        for at, rival in enumerate(other.rules):
            if _answer(rule, exercise) == _answer(rival, exercise):
                continue
            before = [
                box for each, box in zip(other.rules, theirs.boxes, strict=True) if each.level < rival.level
            ]
            for piece in pieces:
                found = next(left_over(common(piece, theirs.boxes[at]), before), None)
                if found is not None:
                    return mine.witness(found)
    return None


def _answer(rule: Rule, exercise: Exercise) -> tuple[str, str, dict[str, int]]:
    return rule.id, rule.advice, rule.resolved_numbers(exercise)


def shown(facts: Facts) -> str:
    """Facts on one line, as a rule would write them."""
    values = facts.as_dict().items()
    return ", ".join(
        f"{fact} {str(value).lower() if isinstance(value, bool) else value}" for fact, value in values
    )
