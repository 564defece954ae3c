"""What the coach would say of a stop if it knew the very moment: asked in this process, without any satellite."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from skill.app import build
from skill.settings import Settings
from skill.speaker.page.attach import rooms_of
from skill.web import create_app


def truth(said: Sequence[str], heard_ms: int) -> str:
    """The first sentence of the answer to a stop after so much of the count had sounded."""
    with tempfile.TemporaryDirectory() as folder:
        coach = build(Settings(store=str(Path(folder) / "coach.db")))
        try:
            rooms = rooms_of(create_app(verify=False, coach=coach), coach)
            for text in said:
                rooms.say("bench", text)
            answer, _ = rooms.say("bench", "stop", stopped_ms=heard_ms)
            return answer.spoken.text.split(".")[0]
        finally:
            coach.store.close()
