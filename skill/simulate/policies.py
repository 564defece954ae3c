"""The policies that are measured: ours and its rivals, each a rulebook of the same format.

A policy differs from another by its rules and by where the facts on other rungs come from: the leg's own record, the
maker's table of forces, or the truth (only the oracle sees that). Nothing else is code.
"""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final, Literal

from msgspec.structs import replace

from rules.files.sources import load_sources
from rules.rulebook import Rulebook, load_rulebook, load_topic

FactsFrom = Literal["record", "table", "truth"]


@dataclass(frozen=True)
class Policy:
    """A name, the rulebook that is asked, where facts on other rungs come from, whether every set runs to the cap.

    `shares_bands`: the legs share a band where the rules say so; rivals of ours know nothing of that.
    """

    name: str
    file: str = ""
    facts_from: FactsFrom = "record"
    every_set_to_cap: bool = False
    shares_bands: bool = False


POLICIES: Final = {
    each.name: each
    for each in (
        Policy("ours", shares_bands=True),
        Policy("literal", "literal.yaml"),
        Policy("over15", "over15.yaml"),
        Policy("double", "double.yaml", every_set_to_cap=True),
        Policy("two_for_two", "two_for_two.yaml", every_set_to_cap=True),
        Policy("hysteresis", "hysteresis.yaml"),
        Policy("table", "table.yaml", "table"),
        Policy("oracle", "oracle.yaml", "truth"),
    )
}


def named(name: str) -> Policy:
    """A policy by its name, or by the path of a rulebook file of one's own. Raises ValueError: there is neither."""
    if name in POLICIES:
        return POLICIES[name]
    if Path(name).is_file():
        return Policy(Path(name).stem, str(Path(name).resolve()), shares_bands=True)
    raise ValueError(f"no policy and no file is called {name!r}; there are: {', '.join(POLICIES)}")


def rulebook_of(policy: Policy) -> Rulebook:
    """The rulebook that a policy decides by: the product's, with the topic of bands from the policy's file.

    Raises Refused: the policy's file is faulty; each fault says what and where.
    """
    base = load_rulebook()
    if not policy.file:
        return base
    place = Path(str(resources.files("skill.simulate"))) / "rivals"
    rival_sources = replace(base, sources={**base.sources, **load_sources(place)})
    return load_topic(place / policy.file, rival_sources, promises=())
