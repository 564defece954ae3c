"""The licences of all that the skill and its tests bring along: `python -m tools.licences` writes docs/licences.md."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

TREE = Path(__file__).parents[1]
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public|CC-BY-(SA|NC)|SSPL|BUSL)", re.IGNORECASE)
WEAK_COPYLEFT = re.compile(r"\b(LGPL|Lesser|MPL|EPL)", re.IGNORECASE)


# What packages do not say in their metadata, read in what they ship.
READ = {
    "atheris": "Apache-2.0",
    "espeakng-loader": "MIT, with espeak-ng under GPL-3.0-or-later in it",
    "querystring": "MIT",
}


def needs_gpl(said: str) -> bool:
    """Whether a licence leaves no choice but a GPL; a lesser one is none."""
    return all(COPYLEFT.search(choice) and not WEAK_COPYLEFT.search(choice) for choice in said.split(" OR "))


def wanted() -> dict[str, list[str]]:
    """The requirements of pyproject.toml: "runtime", and each extra by its name."""
    project = tomllib.loads((TREE / "pyproject.toml").read_text())["project"]
    return {"runtime": project["dependencies"], **project["optional-dependencies"]}


def closure(requirements: Iterable[str]) -> Iterator[Distribution]:
    """What is installed for some requirements, and for theirs; not what this platform does without."""
    seen: set[tuple[str, str]] = set()
    open_: list[tuple[Requirement, str]] = [(Requirement(each), "") for each in requirements]
    while open_:
        requirement, extra = open_.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        for wanted_extra in ("", *requirement.extras):
            if (requirement.name.lower(), wanted_extra) in seen:
                continue
            seen.add((requirement.name.lower(), wanted_extra))
            try:
                found = distribution(requirement.name)
            except PackageNotFoundError:
                continue
            if not wanted_extra:
                yield found
            open_ += [(Requirement(each), wanted_extra) for each in found.requires or ()]


def licence(found: Distribution) -> str:
    """What a package says of its licence, in a few words."""
    said = found.metadata
    if found.name.lower() in READ:
        return READ[found.name.lower()]
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    classifiers = [
        each.split(" :: ")[-1] for each in said.get_all("Classifier") or () if each.startswith("License ::")
    ]
    named = [each for each in classifiers if each != "OSI Approved"]
    if named:
        return ", ".join(sorted(set(named)))
    return (said.get("License") or "unknown").strip().split("\n")[0][:60]


def npm() -> list[tuple[str, str, str]]:
    """Name, version and licence of what the tests' Node clients bring along."""
    packages = json.loads((TREE / "tests/clients/package-lock.json").read_text())["packages"]
    return sorted(
        (name, one.get("version", "?"), str(one.get("license") or READ.get(name, "unknown")))
        for path, one in packages.items()
        if (name := path.rpartition("node_modules/")[2])
    )


def table() -> str:
    """docs/licences.md."""
    lines = [
        "# Licences",
        "",
        "What is brought along, by what needs it; written by `make audit` from the packages' own metadata. The skill",
        "is Apache-2.0. Nothing under a GPL is needed to run it: such packages stand in extras only.",
    ]
    for extra, requirements in wanted().items():
        rows = sorted({(one.name.lower(), one.version, licence(one)) for one in closure(requirements)})
        lines += ["", f"## {extra}", "", "| package | version | licence |", "|---|---|---|"]
        lines += [f"| {name} | {version} | {said.replace('|', '/')} |" for name, version, said in rows]
    lines += ["", "## Node clients of the tests", "", "| package | version | licence |", "|---|---|---|"]
    lines += [f"| {name} | {version} | {said} |" for name, version, said in npm()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (TREE / "docs" / "licences.md").write_text(table())
    print("docs/licences.md is written")
