"""Older documents made into today's, one version at a time, and newer ones refused.

A step takes a document of one version and returns that of the next; it is pure, and never changed once it
has been released. Nothing is saved here: the turn that read an old document saves the new one with what
happened in it, so a step that fails costs nothing but an apology.

Rolling out a new version. Old and new code run side by side for a while. New code saves new documents;
old code refuses those (`NewerDocument`) and touches nothing, so a trainee who is answered by both hears
an apology and loses no set. Every change of fields is a new version, since a reader takes no field it
does not know.
"""

from collections.abc import Callable
from copy import deepcopy

from msgspec import Struct

from skill.store.base import Document, StoreError
from skill.store.encoding import NotADocument

Step = Callable[[Document], Document]


class NewerDocument(StoreError):
    """A newer coach has saved this document; this one must leave it alone."""


class MigrationFailed(StoreError):
    """A step could not make its document newer: a fault of ours to mend; what is stored is untouched."""


class Chain(Struct, frozen=True):
    """The steps of one kind of document, from version 1 to 2, from 2 to 3 and so on."""

    kind: str
    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> int:
        """The version that the newest code writes."""
        return len(self.steps) + 1

    def upgraded(self, document: Document) -> Document:
        """The document in the newest version; the same object if it is that already.

        Raises NewerDocument: it is of a version this code does not know; NotADocument: it does not say which version
        it is; MigrationFailed: a step failed, or did not return a document of the next version.
        """
        version = document.get("schema_version")
        if type(version) is not int or version < 1:
            raise NotADocument(f"a {self.kind} without a version: schema_version is {version!r}")
        if version > self.version:
            raise NewerDocument(
                f"a {self.kind} of version {version}, where this coach knows {self.version}: update it"
            )
        if version == self.version:
            return document
        document = deepcopy(document)
        for step in self.steps[version - 1 :]:
            document = self._stepped(step, document)
        return document

    def _stepped(self, step: Step, document: Document) -> Document:
        version = document["schema_version"]
        name = f"{self.kind}: the step from version {version} ({getattr(step, '__name__', step)})"
        try:
            newer = step(document)
        except Exception as fault:
            raise MigrationFailed(f"{name} failed: {type(fault).__name__}: {fault}") from fault
        if newer.get("schema_version") != version + 1:
            raise MigrationFailed(f"{name} returned version {newer.get('schema_version')!r}")
        return newer


def with_later_sets(document: Document) -> Document:
    """Version 2 may keep a lighter band for the rounds after the first: until now there was none."""
    return {**document, "schema_version": 2}


def with_pain(document: Document) -> Document:
    """Version 3 keeps a pain as a state of its own; until now an exercise was locked, or a workout had it open."""
    document = without_old_band_facts(with_named_sources(document))
    records = document.get("records", {})
    locked = {name: record.pop("locked_by") for name, record in records.items() if "locked_by" in record}
    workout = document.get("workout") or {}
    was_open = workout.pop("pain_is_open", False)
    at = document.get("recent_workouts") or [workout.get("touched_at", 0)]
    stands = {"red_flag": "on_hold_for_doctor", "pain": "on_hold"}
    if locked:
        name, kind = max(locked.items(), key=lambda each: each[1] == "red_flag")
        document["pain"] = _pain(stands.get(kind, "on_hold"), at[0], name)
        document["holds"] = [at[0]]
    elif was_open:
        document["pain"] = _pain("tried", workout["touched_at"], workout["exercise"])
    finished = document.get("finished")
    if isinstance(finished, dict):
        finished["workout"].pop("pain_is_open", None)
        finished["record"].pop("locked_by", None)
        with_named_sources(finished["workout"])
    with_named_sources(workout)
    for old, new in (("asked", "open_question"), ("answered", "recent_replies")):
        if old in document:
            document[new] = document.pop(old)
    return {**document, "schema_version": 3}


def without_old_band_facts(document: Document) -> Document:
    """Legs share their bands from version 3 on: no easier band for later rounds, no doubled band, other facts.

    A doubled band is worn at the foot from now on. Reasons that rest on the facts of before are forgotten: they could
    no longer be told.
    """
    finished = document.get("finished") or {}
    for record in [*document.get("records", {}).values(), finished.get("record", {})]:
        for leg in record.get("legs", {}).values():
            leg.pop("later", None)
            leg.pop("decided", None)
            for rung in ("band", "came_from"):
                if rung in leg:
                    leg[rung] = leg[rung].replace("@doubled", "@foot")
        steps = record.get("steps", {})
        for name in [each for each in steps if "@doubled" in each]:
            del steps[name]
    _undoubled(document.get("workout") or {})
    document.pop("why", None)
    document.pop("why_exercise", None)
    return document


def _undoubled(workout: Document) -> Document:
    """The workout with each band that was doubled worn at the foot."""
    bands, sets = workout.get("bands", {}), workout.get("sets", ())
    for worn, key in [*((bands, side) for side in bands), *((each, "band") for each in sets)]:
        if isinstance(worn, dict) and isinstance(worn.get(key), str):
            worn[key] = worn[key].replace("@doubled", "@foot")
    return workout


def _pain(stands: str, since: int, exercise: str) -> Document:
    return {
        "report": "pain",
        "sign": "none",
        "body_part": "",
        "since": since,
        "stands": stands,
        "exercise": exercise,
    }


def with_named_sources(document: Document) -> Document:
    """The sets of a workout, and one that is being settled, say where their number came from under its new name."""
    sets = [*document.get("sets", ()), *filter(None, [document.get("ended")])]
    for each in sets:
        if isinstance(each, dict) and "came_from" in each:
            each["reps_source"] = each.pop("came_from")
    return document


def workout_without_pain(document: Document) -> Document:
    """Version 3 of a finished workout: a pain that is open is no longer part of it, and no band is doubled."""
    document.pop("pain_is_open", None)
    return {**with_named_sources(_undoubled(document)), "schema_version": 3}


STATE = Chain("working document", (with_later_sets, with_pain))
WORKOUT = Chain("finished workout", (with_later_sets, workout_without_pain))
