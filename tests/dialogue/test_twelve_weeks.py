"""Twelve weeks of somebody who grows stronger: from yellow to blue, each step said, nothing lost."""

from datetime import timedelta

FORCE = {"yellow": 3.0, "red": 3.7, "green": 4.6, "blue": 5.8}
WORKOUTS = 24
FIRST, LAST = 4.2, 8.3


def reps_on(band, strength):
    """Repetitions to failure at a load (Epley), as shared evidence has it; a place or a doubling shifts the load."""
    name, _, place = band.partition("@")
    load = FORCE[name] * {"": 1.0, "knee": 0.9, "foot": 1.1}[place]
    return max(1, min(25, int(30 * (strength / load - 1))))


def train(anna, strength):
    """One workout: fail where strength ends; the tired sets fail at fifteen or earlier."""
    anna.say("start glute workout")
    bands = dict(anna.state["workout"]["bands"])
    heard = anna.say("ready")
    assert "lift" in heard
    while anna.count is not None:
        at_hand = anna.state["workout"]["counting"]
        side, count = at_hand["count"]["side"], at_hand["count"]
        reps = min(reps_on(bands[side], strength), count["count_to"])
        if reps < count["count_to"]:
            anna.say_at("i can't do any more", reps + 1, 2, exact=True)
        else:
            anna.after_count("yes")
    return bands, anna.heard


def test_from_yellow_to_blue(anna):
    anna.say("start glute workout")
    anna.say("yellow red green and blue")
    anna.say("stop")
    path, said = [], []
    for nth in range(WORKOUTS):
        bands, heard = train(anna, FIRST + (LAST - FIRST) * nth / WORKOUTS)
        path.append(bands["left"].partition("@")[0])
        said.append(heard)
        anna.now += timedelta(days=3.5)
    order = list(FORCE)
    settled = [order.index(band) for band in path[4:]]
    assert path[-1] == "blue"
    assert settled == sorted(settled), (
        "once found, the band only grows tougher in somebody who only grows stronger"
    )
    for nth in range(1, WORKOUTS):
        if path[nth] != path[nth - 1]:
            assert f"next time {path[nth]}" in said[nth - 1].lower() or path[nth] in said[nth - 1].lower()
    assert len(anna.workouts) == WORKOUTS
    assert all(len(each["sets"]) == 6 for each in anna.workouts)


def test_one_bad_day_changes_nothing(anna):
    anna.say("start glute workout")
    anna.say("yellow red green and blue")
    anna.say("stop")
    for _ in range(4):
        bands, _ = train(anna, 5.25)
        anna.now += timedelta(days=3.5)
    settled = dict(bands)
    train(anna, 4.6)
    anna.now += timedelta(days=3.5)
    after, _ = train(anna, 5.25)
    assert after == settled
