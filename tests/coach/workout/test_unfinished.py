"""A workout that nobody ended is closed with the day on which it was done, not the day on which that is noticed."""

from skill.coach.dialogue import TurnTaken
from tests.coach.lives import BEGIN, World

DAY_S = 24 * 3600


def one_set_and_gone(*, told: bool) -> World:
    """A trainee who does one set and vanishes; the end of the session is told, or never."""
    world = World()
    world.say("ann", "Launch")
    world.say("ann", "LadderIntent", bands=("red", "green"))
    world.say("ann", "ReadyIntent")
    world.wait(90)
    world.say("ann", "LogSetIntent", number=13)
    if told:
        world.wait(5)
        world.say("ann", "SessionEnded")
    return world


def keys(taken: TurnTaken) -> list[str]:
    return [line.key for line in taken.reply.lines]


def test_a_count_that_was_cut_off_a_week_ago_is_not_offered_to_be_gone_on_with() -> None:
    world = one_set_and_gone(told=False)
    world.wait(7 * DAY_S)
    assert "unfinished" not in keys(world.say("ann", "Launch"))


def test_a_count_that_was_cut_off_minutes_ago_is_offered_to_be_gone_on_with() -> None:
    world = one_set_and_gone(told=False)
    world.wait(20 * 60)
    assert keys(world.say("ann", "Launch")) == ["unfinished"]


def test_a_workout_left_a_week_ago_does_not_make_today_too_soon() -> None:
    for told in (True, False):
        world = one_set_and_gone(told=told)
        world.wait(7 * DAY_S)
        taken = world.say("ann", "Launch")
        assert "say_too_soon" not in keys(taken)
        (record,) = taken.finished
        assert record.ended_at - BEGIN < 600
        assert all(each.at - BEGIN < 600 for each in record.sets)
        assert taken.state.recent_workouts == (record.ended_at,)


def test_pain_that_is_told_a_week_after_a_workout_that_was_left_keeps_its_band() -> None:
    def bands_after(intent: str) -> set[str]:
        world = World()
        world.say("ann", "Launch")
        world.say("ann", "LadderIntent", bands=("red", "green", "blue"))
        for _ in range(2):
            count = world.say("ann", "ReadyIntent").reply.count
            assert count is not None
            world.wait(150)
            world.say("ann", "LogSetIntent", number=22)
        world.wait(7 * DAY_S)
        taken = world.say("ann", intent)
        return {leg.rung for leg in taken.state.records["glute_raise"].legs.values()}

    assert bands_after("ReadyIntent") != bands_after("PainIntent")
    assert bands_after("PainIntent") == bands_after("RedFlagIntent") == {"green"}
