"""A body in danger, heard from anywhere in a sentence: pain, a warning sign, a call for help, and what only sounds so.

Theory of operation. Samples cannot foresee what somebody says who is frightened, and a sentence that is like a sample
may mean its contrary. So a sentence that is no sample word for word is read here before anything alike is looked for.
First what is harmless is cut out ("pop music"), then what is denied or only supposed ("if it hurts"); in what is left,
the gravest thing counts. What tightens a safeguard is taken from anywhere; what relaxes one, as a condition of somebody
else's does, is taken from a whole sentence of foreseen words alone.
The words are `danger/`; the code knows no language.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from skill.speaker.understanding import language, patterns
from skill.speaker.understanding import model as models
from skill.speaker.understanding.language import Words
from skill.speaker.understanding.match import Filled
from skill.speaker.understanding.model import Model
from skill.speaker.understanding.patterns import Pattern

_CUT = " | "
_OF_A_HEART: Final = (
    "dizzy",
    "sick",
    "heart_racing",
    "heart_pounding",
    "palpitations",
    "breath",
    "passed_out",
)
"""Signs with which an arm, a jaw or a shoulder that hurts is of the heart."""
_COLD: Final = "cold"
_TORE: Final = "pop_or_tear"
_LESS: Final = ("hurts", "cramp", "locked", "tight", "snapped")
_NOT_MINE: Final = ("condition_denied", "condition_of_others", "denied")
_NOT_SO: Final = ("denied", "supposed")
_OF_ANOTHER: Final = ("accident", "arthritis", "fever", "sciatica")
"""The conditions that a sentence may tell of somebody else."""
_OF_A_BODY: Final = ("HealthIntent", "PainIntent", "RedFlagIntent")
_NO_CONDITION: Final = "none"
_MAY_BE_NONE: Final = ("", "hurts", "tight")
"""How something is felt that may hurt in another's opinion alone."""


@dataclass(frozen=True)
class Report:
    """What was told of the body: an intent and its slots."""

    intent: str
    filled: Mapping[str, Filled]


@dataclass(frozen=True)
class Danger:
    """One locale's words for it, compiled."""

    lists: Mapping[str, Pattern]
    named: Mapping[str, Mapping[str, Pattern]]
    settings: Mapping[str, Any]
    places: Pattern
    sides: Pattern
    unknown_place: Pattern


@dataclass(frozen=True)
class _Left:
    """What is left of a sentence once some of its words are cut out; `cut` are those, by the name of their list."""

    lists: Mapping[str, Pattern]
    text: str
    cut: Mapping[str, str] = field(default_factory=dict)

    def without(self, *names: str) -> "_Left":
        """The same with what fits these lists cut out, in turn."""
        text, cut = self.text, {**self.cut}
        for name in names:
            cut[name] = _CUT.join(found[0] for found in self.lists[name].finditer(text))
            text = self.lists[name].sub(_CUT.strip(), text) if cut[name] else text
        return _Left(self.lists, text, cut)


def read(model: Model, words: Words) -> Report | None:
    """What the sentence tells of the body; None where it tells nothing of it."""
    danger = load(model.language.locale)
    said = " ".join(_mended(words, frozenset(danger.settings["often_misspelt"]), model))
    said = " ".join(danger.lists["spoken_to"].sub("", said).split())
    if danger.lists["long_past"].search(said):
        return _health(model, "none")
    outright = danger.lists["outright"].search(said)
    told = _reported(model, danger, outright[0], said, "") if outright is not None else None
    return _graver(danger, told, _read_through(model, danger, said))


def of_whom(model: Model, words: Words, intent: str, filled: Mapping[str, Filled]) -> Report | None:
    """What a report of a body is, where it may be another's; None where it is the trainee's own.

    A condition of another's that is none of birth, heart or surgery changes nothing, where the sentence tells of it
    alone. A slight pain that somebody else sees and the trainee denies is asked about, with its place kept. Of a
    warning sign that is told of another, in a whole sentence of foreseen words, it is asked whose it is.
    """
    danger, said = load(model.language.locale), " ".join(words)
    told = filled["condition"].value if "condition" in filled else None
    is_slight = told is not None and told.id in _OF_ANOTHER
    if intent == "HealthIntent" and is_slight and danger.lists["of_another"].search(said):
        return _health(model, "none")
    is_told = intent in _OF_A_BODY and (told is None or told.id != _NO_CONDITION)
    if is_told and danger.lists["told_of_another"].search(said):
        where = danger.lists["of_an_illness"].sub(_CUT.strip(), said)
        return Report("PainIntent", {**_whose(model), **_place(model, danger, where)})
    place = filled["place"].value if "place" in filled else None
    is_asked = intent == "PainIntent" and _feels(filled) in _MAY_BE_NONE and place is not None
    if is_asked and danger.lists["as_another_says"].search(said):
        return Report("PainIntent", {**filled, **_whose(model)})
    return None


def _whose(model: Model) -> dict[str, Filled]:
    return _valued(model, "hurting", "HURTING", "whose", "unclear")


def is_graver(report: Report, intent: str, filled: Mapping[str, Filled]) -> bool:
    """Whether a sentence that is a sample of a pain tells of a place that was put out ("my back has seized up")."""
    is_both = intent == report.intent == "PainIntent"
    return is_both and _feels(report.filled) == _TORE and _feels(filled) in _LESS


def _feels(filled: Mapping[str, Filled]) -> str:
    value = filled["hurting"].value if "hurting" in filled else None
    return value.id if value else ""


def _graver(danger: Danger, *told: Report | None) -> Report | None:
    """The gravest of what was told, if anything was."""
    reports = [each for each in told if each is not None]
    return min(reports, key=lambda each: _gravity(danger, each), default=None)


def _gravity(danger: Danger, report: Report) -> int:
    """The lower, the graver: a call for help, then the signs in their order, then whatever else."""
    signs = ("", *danger.named["signs"])
    sign = report.filled["symptom"].value if report.intent == "RedFlagIntent" else None
    is_call = report.intent == "EmergencyIntent"
    return 0 if is_call else signs.index(sign.id) if sign else len(signs)


def _read_through(model: Model, danger: Danger, said: str) -> Report | None:
    """The gravest thing that is left of the sentence without what is harmless, denied or only supposed."""
    mine = _Left(danger.lists, said).without(
        "broken_band",
        "harmless",
        "condition_denied",
        "condition_named",
        "condition_asked",
        "condition_of_others",
    )
    is_joint = danger.lists["sore_joint"].search(mine.without(*_NOT_SO).text)
    since = mine if is_joint else mine.without("soreness_since")
    still = danger.named["feelings"]["still"].search(since.text)
    told = since.without(*_NOT_SO) if is_joint else since.without(*_NOT_SO, "soreness")
    left = told.without("effort")
    told_of_body = _graver(
        danger,
        _of_the_heart(model, danger, since.without(*_NOT_SO).text, said),
        _reported(model, danger, left.text, said, "still" if still else ""),
    )
    return (
        told_of_body
        or _broken_band(model, left)
        or _health_told(model, danger, left, said)
        or _muscles_told(model, danger, left, said)
        or _place_alone(model, danger, left.text)
    )


def _of_the_heart(model: Model, danger: Danger, text: str, said: str) -> Report | None:
    """An arm, a jaw or a shoulder that is felt, in any order, along with what comes of a heart.

    Sweat and short breath alone are effort, and may be cut out of the text: they are looked for in what was said.
    """
    if not danger.lists["far_from_the_heart"].search(text):
        return None
    is_beside = danger.lists["beside_the_heart"].search(_Left(danger.lists, said).without(*_NOT_SO).text)
    if is_beside or any(danger.named["signs"][name].search(text) for name in _OF_A_HEART):
        return _flag(model, danger, "chest", said)
    return None


def _broken_band(model: Model, left: _Left) -> Report | None:
    broke = left.cut["broken_band"]
    return Report("BrokenBandIntent", _band(model, broke)) if broke else None


def _health_told(model: Model, danger: Danger, left: _Left, said: str) -> Report | None:
    """What is long past, a condition that is asked about or told, or that it is none of the trainee's own."""
    if danger.lists["old_surgery"].search(said):
        return _health(model, "old_surgery")
    if danger.lists["old_injury"].search(said):
        return _health(model, "accident")
    asked, of_others = left.cut["condition_asked"], left.cut["condition_of_others"]
    if of_others and (asked or danger.lists["asked_for_others"].search(said)):
        asked = f"{asked}{_CUT}{of_others}"
    told = left.text if danger.lists["condition_told"].search(left.text) else ""
    condition = _condition(danger, left.cut["condition_named"]) or _condition(danger, told)
    if condition == _COLD:  # aches all over are no sore muscles beside a cold
        condition = _condition(danger, _Left(danger.lists, said).without("harmless").text) or condition
    if not condition and (about := _condition(danger, asked)):
        return _health(model, about, "asked_about")
    if not condition and (left.cut["condition_denied"] or of_others):
        condition = "none"
    return _health(model, condition) if condition else None


def _condition(danger: Danger, text: str) -> str:
    return next((name for name, each in danger.named["conditions"].items() if each.search(text)), "")


def _muscles_told(model: Model, danger: Danger, left: _Left, said: str) -> Report | None:
    """Muscles that are sore after training, or that work. A joint that is sore was left in the sentence: it hurts."""
    if sore := left.cut.get("soreness_since") or left.cut.get("soreness"):
        return _sore(model, danger, sore, said)
    return Report("EffortIntent", {}) if left.cut["effort"] else None


def _place_alone(model: Model, danger: Danger, text: str) -> Report | None:
    is_alone = danger.lists["only_place"].search(text)
    return Report("BodyPlaceIntent", _place(model, danger, text)) if is_alone else None


def likely(model: Model, words: Words, *, is_sure: bool = False) -> Report | None:
    """A pain in words that no pattern knows: what hurts is asked. None where pain is denied, or it only sounds so.

    `is_sure`: what only sounds harmless is left in it, and what it tells then is taken.
    """
    danger, said = load(model.language.locale), " ".join(words)
    if any(danger.lists[cut].search(said) for cut in _NOT_SO):
        return None
    if danger.lists["harmless"].search(said):
        told = _reported(model, danger, said, said, "") if is_sure else None
        is_unclear = told is not None and told.intent == "PainIntent" and not _feels(told.filled)
        return None if is_unclear else told
    unclear = _valued(model, "hurting", "HURTING", "", "unclear")
    return Report("PainIntent", {**unclear, **_place(model, danger, said)})


def without_denial(model: Model, words: Words, small_talk: frozenset[str]) -> Words:
    """The one thing said beside a denial ("twelve, no pain"); nothing where none is denied, or pain is supposed."""
    danger, said = load(model.language.locale), " ".join(words)
    left = _Left(danger.lists, said).without("denied")
    if not left.cut["denied"] or danger.lists["supposed"].search(said):
        return ()
    joins = {*model.language.settings["clauses"]["joins"]}
    parts = [[each for each in part.split() if each not in joins] for part in left.text.split(_CUT.strip())]
    idle = small_talk | {*danger.settings["beside_a_denial"].split()}
    told = [tuple(part) for part in parts if not idle.issuperset(part)]
    limits = danger.settings["limits_a_denial"].split()
    return told[0] if len(told) == 1 and told[0][0] not in limits else ()


def beside(model: Model, words: Words) -> Report | None:
    """A joint that is named beside something else ("twelve, but the hip plays games"): what hurts is asked."""
    danger, said = load(model.language.locale), " ".join(words)
    left = _Left(danger.lists, said).without(
        "harmless", "condition_of_others", *_NOT_SO, "place_is_fine", "effort"
    )
    if not danger.lists["a_joint"].search(left.text):
        return None
    unclear = _valued(model, "hurting", "HURTING", "", "unclear")
    return Report(
        "PainIntent", {**unclear, **_place(model, danger, left.text), **_count(model, danger, said)}
    )


def reps_told(model: Model, words: Words) -> Mapping[str, Filled]:
    """The number of reps in a sentence that tells of something else ("I got to eleven before my leg gave up")."""
    return _count(model, load(model.language.locale), " ".join(words))


def ends_told(model: Model, words: Words) -> Mapping[str, Filled]:
    """The number of reps where the whole sentence is that number and a stop ("that was twelve, I stop now")."""
    is_told = load(model.language.locale).lists["ends_told"].search(" ".join(words))
    return reps_told(model, words) if is_told else {}


def cries(model: Model, words: Words) -> Report | None:
    """Who cries out with a no answers nothing: what hurts is asked."""
    if not load(model.language.locale).lists["cries"].search(" ".join(words)):
        return None
    return Report("PainIntent", _valued(model, "hurting", "HURTING", "", "unclear"))


def gets_over(model: Model, words: Words) -> Report | None:
    """An illness that is over, where the whole sentence is foreseen: what was felt with it is no sign of now."""
    is_over = load(model.language.locale).lists["over_it"].search(" ".join(words))
    return _health(model, _COLD) if is_over else None


def denies(model: Model, words: Words, small_talk: frozenset[str]) -> Report | None:
    """That the body is fine, or only another's is not, where nothing else is said: it changes nothing."""
    danger, text = load(model.language.locale), " ".join(words)
    if not danger.lists["of_a_body"].search(text):
        return None
    if danger.lists["no_matter_of_mine"].search(text):
        return _health(model, "none")
    left = _Left(danger.lists, text).without(*_NOT_MINE)
    idle = small_talk | {*danger.settings["beside_a_denial"].split(), _CUT.strip()}
    return _health(model, "none") if any(left.cut.values()) and idle.issuperset(left.text.split()) else None


def needs_help(model: Model, words: Words) -> bool:
    """Whether somebody in the room has just come to harm ("my dad's fallen over")."""
    return bool(load(model.language.locale).lists["needs_help"].search(" ".join(words)))


def tires(model: Model, words: Words, small_talk: frozenset[str]) -> Report | None:
    """That it is the effort alone ("no pain, just tired"), where nothing else is said."""
    danger, text = load(model.language.locale), " ".join(words)
    left = _Left(danger.lists, text).without("only_effort", *_NOT_MINE)
    idle = small_talk | {*danger.settings["beside_a_denial"].split(), _CUT.strip()}
    is_well = any(left.cut[each] for each in _NOT_MINE) or danger.lists["reassured"].search(text)
    is_alone = left.cut["only_effort"] and idle.issuperset(left.text.replace(_CUT.strip(), " ").split())
    return Report("EffortIntent", {}) if is_well and is_alone else None


def pauses(model: Model, words: Words) -> bool:
    """Whether it begins with a pause, whatever else is asked in the same breath."""
    return any(
        f"{' '.join(words)} ".startswith(f"{each} ")
        for each in load(model.language.locale).settings["pauses"]
    )


def stops(model: Model, words: Words) -> bool:
    """Whether a short sentence has a stop in it, and not one of a bus."""
    settings = load(model.language.locale).settings
    said = f" {' '.join(words)} "
    if len(words) > settings["stop_within"] or denies_a_stop(model, words):
        return False
    return any(f" {each} " in said for each in settings["stops"])


def without_stop(model: Model, words: Words) -> Words:
    """The same without the words that stop."""
    stops = load(model.language.locale).settings["stops"]
    return model.language.without(words, frozenset(tuple(each.split()) for each in stops))


def denies_a_stop(model: Model, words: Words) -> bool:
    """Whether its stop is none: it is denied ("don't stop"), asked about, or one of a bus."""
    said = f" {' '.join(words)} "
    return any(f" {each} " in said for each in load(model.language.locale).settings["stops_not"])


@lru_cache
def load(locale: str) -> Danger:
    """Read the language's file of `danger/`.

    Raises:
        FileNotFoundError: the speaker does not hear this language.
    """
    settings = language.read("danger", locale)
    model = models.load(locale)
    parts = {**settings["parts"], **patterns.of_model(model)}
    named = ("signs", "feelings", "conditions")
    return Danger(
        lists={
            name: patterns.compiled(each, parts)
            for name, each in settings.items()
            if isinstance(each, list)
            and name not in ("often_misspelt", "no_place", "pauses", "stops", "stops_not")
        },
        named={
            kind: {name: patterns.compiled(each, parts) for name, each in settings[kind].items()}
            for kind in named
        },
        settings=settings,
        places=patterns.compiled([settings["named_place"]], parts),
        sides=patterns.compiled([settings["named_side"]], parts),
        unknown_place=patterns.compiled([settings["unknown_place"]], parts),
    )


def _without_its_last_word(found: re.Match[str]) -> str:
    return found[0].rpartition(" ")[0]


def _flag(model: Model, danger: Danger, sign: str, said: str) -> Report:
    flag = _valued(model, "symptom", "RED_FLAG", sign, sign)
    return Report("RedFlagIntent", {**flag, **_count(model, danger, said)})


def _felt_no_more(model: Model, danger: Danger, said: str) -> Report:
    """A back that is felt no more, and nothing else, keeps its place: out of the blue that is no good news."""
    place = _place(model, danger, said)
    at = place["place"].value if "place" in place else None
    is_back_alone = at is not None and at.id == next(iter(model.values["BODY_PLACE"].values())).id
    better = _valued(model, "hurting", "HURTING", "better", "better")
    return Report("PainIntent", {**better, **place} if is_back_alone else better)


def _reported(model: Model, danger: Danger, text: str, said: str, still: str) -> Report | None:
    if danger.lists["felt_no_more"].search(said):
        return _felt_no_more(model, danger, said)
    if danger.lists["emergency"].search(text):
        return Report("EmergencyIntent", {})
    sign = next((name for name, each in danger.named["signs"].items() if each.search(text)), "")
    if sign:
        return _flag(model, danger, sign, said)
    feeling = next(_feelings(danger, text, still), "")
    if not feeling and not danger.lists["alarms"].search(text):
        return None
    if feeling == "still" and danger.lists["only_better"].search(said):
        feeling = "better"
    if "only_asked" in danger.lists and danger.lists["only_asked"].search(said):
        feeling = ""
    filled = _valued(model, "hurting", "HURTING", feeling, feeling or "unclear")
    told = {**_place(model, danger, text), **_count(model, danger, said), **_done(model, danger, said)}
    return Report("PainIntent", {**filled, **told})


def _sore(model: Model, danger: Danger, sore: str, said: str) -> Report:
    """Soreness after training is on both sides; on one side alone it is asked whether something hurts."""
    if danger.lists["one_sided"].search(said):
        unclear = _valued(model, "hurting", "HURTING", "", "unclear")
        return Report("PainIntent", {**unclear, **_place(model, danger, said)})
    return Report("SorenessIntent", _place(model, danger, sore))


def _feelings(danger: Danger, text: str, still: str) -> Iterator[str]:
    """The kinds of pain that are told, the gravest first. "still" was looked for before denials were cut."""
    for name, each in danger.named["feelings"].items():
        if (still and name == still) or (name != "still" and each.search(text)):
            yield name


def _valued(model: Model, slot: str, kind: str, key: str, heard: str) -> dict[str, Filled]:
    """A slot with the entry of this id; one that is filled and names none where there is no id."""
    entry = next((each for each in model.values[kind].values() if each.id == key), None)
    return {slot: Filled(entry.name if entry else heard, entry)}


def _place(model: Model, danger: Danger, text: str) -> dict[str, Filled]:
    """Where it is. Of several places the one that allows least.

    That is the last of the model's types (the chest), if it is named, and any other rather than the first (the back).
    """
    if "returned" in danger.lists:
        text = danger.lists["returned"].sub(_without_its_last_word, text)
    # "it's back" has come back, and is no place
    hurting = danger.lists["place_is_fine"].sub(_CUT.strip(), text)
    # "my knee's gone" alone gave way; beside another place it is that one which hurts.
    read = hurting if danger.places.search(hurting) else text
    found = [(each["side"] or each["side_after"], each["place"]) for each in danger.places.finditer(read)]
    values = model.values["BODY_PLACE"]
    lenient, *_, gravest = (each.id for each in values.values())
    named = [(side, place, values[tuple(place.split())]) for side, place in found]
    if not named:
        unknown = danger.unknown_place.search(text)
        if unknown is None or unknown["word"] in danger.settings["no_place"]:
            return _side(model, danger, text)
        return {"place": Filled(unknown["word"], None)}
    side, heard, value = min(named, key=lambda each: (each[2].id != gravest, each[2].id == lenient))
    filled = {"place": Filled(heard, value)}
    if side:
        filled["side"] = Filled(side, model.values["SIDE"][(side,)])
    return filled


def _side(model: Model, danger: Danger, text: str) -> dict[str, Filled]:
    """Which side it is on, where no more was said."""
    found = danger.sides.search(text)
    return {"side": Filled(found["side"], model.values["SIDE"][(found["side"],)])} if found else {}


def _band(model: Model, text: str) -> dict[str, Filled]:
    """The band that is named, if one is."""
    entries = ((word, model.values["BAND"].get((word,))) for word in re.split(r"[ ']", text))
    return next(({"band": Filled(word, entry)} for word, entry in entries if entry), {})


def _count(model: Model, danger: Danger, said: str) -> dict[str, Filled]:
    """The number of reps that is told along with it."""
    told = danger.lists["counts_not"].sub(_CUT.strip(), said)
    for found in danger.lists["counts"].finditer(told):
        word = next(each for each in found.groups() if each)
        number = model.language.number_at(tuple(word.split()), 0)
        if number is not None and number[0] == len(word.split()):
            return {"reps": Filled(str(number[1]), None)}
    return {}


def _done(model: Model, danger: Danger, said: str) -> dict[str, Filled]:
    """That the set is over, where that is told first and the pain along with it."""
    is_told = danger.lists["done_first"].search(said)
    return _valued(model, "done", "DONE", "done", "done") if is_told else {}


def _health(model: Model, condition: str, slot: str = "condition") -> Report:
    return Report("HealthIntent", _valued(model, slot, "CONDITION", condition, condition))


def _mended(words: Words, targets: frozenset[str], model: Model) -> Iterator[str]:
    """The words, where one that nobody knows is a known one but for two letters that changed places or one doubled."""
    for word in words:
        if len(word) < 4 or word in model.vocabulary or word in targets:
            yield word
        else:
            yield next((each for each in _slips(word) if each in targets), word)


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word)):
        yield word[:at] + word[at] + word[at:]
        if at and word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
