"""What a fact is: a field with a meaning, a unit and a domain, so that every topic can be enumerated.

Every topic is one frozen struct, complete (no field is ever left out) and flat (a rule compares one fact
with one constant). What is not known is a value of its own.
"""

from typing import Any, ClassVar, Final, dataclass_transform

from msgspec import Struct
from msgspec.structs import asdict

from rules.vocabulary.described import Described, Description

Value = bool | int | str
MOST_REPS: Final = 99
"""More repetitions than any set has."""
UNKNOWN: Final = "unknown"
"""The value of a number that nobody knows yet: it is no number, and no comparison with one holds for it."""


class Domain(Description, frozen=True):
    """What a fact means, its unit, and every value it may take: two, a few named ones, or whole numbers.

    `may_be_unknown` marks a number that may also be `unknown`.
    """

    unit: str = ""
    named: tuple[str, ...] = ()
    low: int = 0
    high: int = -1
    may_be_unknown: bool = False

    @property
    def kind(self) -> str:
        """`flag`, `name` or `number`."""
        if self.named:
            return "name"
        return "number" if self.high >= self.low else "flag"

    def values(self) -> tuple[Value, ...] | range:
        """Every value, in order."""
        if self.named:
            return self.named
        if self.kind == "flag":
            return (False, True)
        return (UNKNOWN, *self.numbers()) if self.may_be_unknown else self.numbers()

    def numbers(self) -> range:
        """Every number that a number may be; nothing for other facts."""
        return range(self.low, self.high + 1)

    def holds(self, value: object) -> bool:
        """Whether the value belongs to this fact (true and false are no numbers here)."""
        if self.kind == "number":
            is_unknown = self.may_be_unknown and value == UNKNOWN
            return is_unknown or (type(value) is int and self.low <= value <= self.high)
        return value in self.named if self.kind == "name" else type(value) is bool


def flag(means: str) -> Any:
    """A fact that is true or false."""
    return Domain(means)


def name(means: str, *values: str) -> Any:
    """A fact that is one of a few named values."""
    return Domain(means, named=values)


def number(means: str, unit: str, low: int, high: int) -> Any:
    """A fact that is a whole number between two bounds (both included)."""
    return Domain(means, unit=unit, low=low, high=high)


def number_if_known(means: str, unit: str, low: int, high: int) -> Any:
    """A fact that is a whole number between two bounds, or `unknown`."""
    return Domain(means, unit=unit, low=low, high=high, may_be_unknown=True)


@dataclass_transform(frozen_default=True, field_specifiers=(flag, name, number, number_if_known))
class Facts(Struct, metaclass=Described, frozen=True):
    """What one decision is made of. Subclasses name the topic and the question that its rules answer."""

    topic: ClassVar[str]
    question: ClassVar[str]

    @classmethod
    def domains(cls) -> dict[str, Domain]:
        """The domain of each fact by name."""
        return cls.descriptions

    def check(self) -> None:
        """Raise ValueError naming the first fact that lies outside its domain."""
        for fact, domain in self.domains().items():
            value = getattr(self, fact)
            if not domain.holds(value):
                raise ValueError(f"{self.topic}: {fact} is {value!r}, outside its domain ({domain.means})")

    def as_dict(self) -> dict[str, Value]:
        """The facts by name, flat."""
        return asdict(self)
