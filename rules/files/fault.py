"""What is wrong with a rulebook or an exercise, in one line: where, what, and what to do about it."""

from collections.abc import Iterable

from msgspec import Struct


class Fault(Struct, frozen=True, order=True):
    """One thing wrong, at one place.

    Attributes:
        file: the file's name as its author knows it.
        line: the line, from 1; 0 where the whole file is meant.
        rule: the id of the rule, or "" outside a rule.
        what: what is wrong, and what would put it right.
    """

    file: str
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.rule}: {self.what}" if self.rule else f"{place}: {self.what}"


class Refused(ValueError):
    """A rulebook or exercise that may not be used; `faults` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(each) for each in self.faults))


def nearest(word: str, known: Iterable[str]) -> str:
    """A question that offers the nearest known name, or lists the few that there are."""
    from difflib import get_close_matches  # who makes no mistake need not wait for it

    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known are: {', '.join(names)}" if len(names) <= 12 else "nothing known is near to it"
