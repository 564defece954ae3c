"""A trainee's record, made by training: through the coach's own turns, with a clock that the test moves."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from skill.app import App, Settings, build
from skill.coach.messages.heard import Heard
from skill.speaker.conversation.local_trainee import LOCAL_USER

FIRST_DAY = 1_790_000_000
DAY_S = 24 * 3600


class Trainee:
    """Somebody with a yellow, a red and a green band, who trains when the test says so."""

    def __init__(self, coach: App) -> None:
        self.coach = coach
        self._now = FIRST_DAY
        self._turns = 0

    def train(self, on_day: int, fresh: Mapping[str, int], later: int = 10, hurts: bool = False) -> None:
        """A whole workout; `fresh` are the reps of each leg's first set, `later` those of the others."""
        self._now = FIRST_DAY + on_day * DAY_S
        is_new = not self._turns
        self._say("Launch")
        if is_new:
            self._say("LadderIntent", bands=("yellow", "red", "green"))
        self._say("ReadyIntent")
        for nth in range(6):
            side = ("left", "right")[nth % 2]
            self._count_to(fresh[side] if nth < 2 else later)
            if hurts and nth == 3:
                self._say("PainIntent", body_part="lower_back")
                self._say("PainIntent", body_part="lower_back")
                return
            self._say("LogSetIntent", number=fresh[side] if nth < 2 else later)

    def recover(self, on_day: int) -> None:
        """The pain has gone."""
        self._now = FIRST_DAY + on_day * DAY_S
        self._say("Launch")
        self._say("PainGoneIntent")

    def _count_to(self, reps: int) -> None:
        """Time passes until so many repetitions are counted, and the words for it are found."""
        count = self._reply.count
        assert count is not None
        self._now += count.rest_ms // 1000 + 6 + 6 * reps

    def _say(
        self, intent: str, number: int | None = None, bands: tuple[str, ...] = (), body_part: str = ""
    ) -> None:
        self._turns += 1
        heard = Heard(intent, f"request-{self._turns}", number=number, bands=bands, body_part=body_part)
        self._now += 2
        self._reply = self.coach.turn(LOCAL_USER, heard, self._now)


@contextmanager
def trained(folder: Path) -> Iterator[Trainee]:
    """Somebody who has not trained yet."""
    coach = build(Settings(store=str(folder / "coach.db")))
    try:
        yield Trainee(coach)
    finally:
        coach.store.close()


def half_a_year(trainee: Trainee) -> None:
    """Calibration, progress to green, pain, a lighter band, and back."""
    for week in range(12):
        for day in (0, 3):
            done = week * 2 + day // 3
            reps = {"left": min(17, 10 + done % 9), "right": min(18, 11 + done % 8)}
            trainee.train(week * 7 + day, reps, hurts=done == 15)
            if done == 15:
                trainee.recover(week * 7 + day + 2)
