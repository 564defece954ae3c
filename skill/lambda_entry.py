"""The skill as an AWS Lambda function: the event is Alexa's request, what is returned is the answer.

Everything is made while the function starts, which Lambda does not count against the first answer's time. The
AWS SDK, which takes as long to import as the whole coach, is loaded with the first read of the table. Each turn
prints one line, which CloudWatch turns into metrics by itself (skill/watch/lines.py).
"""

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from skill.alexa.skill import Skill
from skill.app import build
from skill.settings import Settings
from skill.watch.lines import Line, Reporter, embedded, text

Handler = Callable[[Any, Any], dict[str, Any]]


class NoSkillId(ValueError):
    """The function would answer for any skill that its trigger lets in."""


def handler_from_environment(environment: Mapping[str, str] = os.environ) -> Handler:
    """The function's handler, by the settings in its environment.

    Raises NoSkillId: GLUTE_COACH_SKILL_IDS is empty. WrongSetting: a setting cannot be used; the message names it.
    Refused: a rule or an exercise is wrong; the message names file, line and cure.
    """
    settings = Settings.from_environment({**_own(), **environment})
    if not settings.skill_ids:
        raise NoSkillId("Set GLUTE_COACH_SKILL_IDS to the id of the skill, amzn1.ask.skill...")
    coach = build(settings)
    reporter = Reporter(settings.log_secret, lambda: coach.engine.rebuilds, _print)
    skill = Skill(coach, reporter, settings.skill_ids)

    def handler(event: Any, context: Any) -> dict[str, Any]:
        return skill.answer(event)

    return handler


def _own() -> dict[str, str]:
    """The folders of one's own exercises and rules that `lambda/package.py` put into the zip."""
    place = Path(__file__).parents[1] / "own"
    return {f"GLUTE_COACH_{each.name.upper()}": str(each) for each in place.glob("*") if each.is_dir()}


def _print(line: Line) -> None:
    """One line of log; metrics are stamped with this machine's clock, which no decision sees."""
    print(text(embedded(line, int(time.time() * 1000))), flush=True)
