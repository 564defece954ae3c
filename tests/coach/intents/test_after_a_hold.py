"""Training that opens again after a pain begins on a lighter band, and no wish makes that workout tougher."""

from hypothesis import given
from hypothesis import strategies as st

from skill.coach.bands import rungs
from skill.coach.workout import settling
from tests.coach.one_life import DAY_S, OneLife

BANDS = ("yellow", "red", "green", "blue")
Said = tuple[str, dict[str, object]]
WISHES: tuple[Said, ...] = (
    ("TougherBandIntent", {}),
    ("TougherBandIntent", {"side": "left"}),
    ("EasierBandIntent", {}),
    ("UseBandIntent", {"end": "toughest"}),
    ("UseBandIntent", {"worn": "wrong"}),
    ("UseBandIntent", {"worn": "as_offered"}),
    *(("UseBandIntent", {"bands": (band,)}) for band in (*BANDS, "none")),
    *(("UseBandIntent", {"bands": (band,), "worn": worn}) for band in BANDS[2:] for worn in ("is", "was")),
    ("LadderIntent", {"bands": ("green",)}),
    ("LadderIntent", {"bands": ("red", "blue")}),
    ("RemoveBandIntent", {"bands": ("yellow",)}),
    ("AddBandIntent", {"bands": ("black",)}),
    ("BrokenBandIntent", {}),
    ("AMAZON.YesIntent", {}),
    ("AMAZON.NoIntent", {}),
    ("ReadyIntent", {}),
    ("LogSetIntent", {"number": 20}),
    ("RedoIntent", {}),
    ("Launch", {}),
)


def opened_again() -> OneLife:
    """Somebody on green whose knee hurt, four days ago; it has gone."""
    life = OneLife(BANDS)
    life.say("UseBandIntent", bands=("green",))
    life.train(13)
    life.say("Launch")
    life.say("ReadyIntent")
    life.now += 20
    life.say("PainIntent", body_part="knee")
    life.now += 4 * DAY_S
    life.say("Launch")
    life.say("AMAZON.YesIntent")
    return life


OPENED = opened_again()
AT_MOST = OPENED.bands()["left"]


@given(st.lists(st.tuples(st.sampled_from(WISHES), st.integers(0, 60)), max_size=12))
def test_no_sequence_of_wishes_gives_a_tougher_band_in_that_workout(said: list[tuple[Said, int]]) -> None:
    life = OPENED.branch()
    for (intent, slots), wait in said:
        life.now += wait
        life.say(intent, **slots)
        workout, ladder = life.state.workout, life.state.ladder
        if life.done[-1].id != OPENED.done[-1].id or workout is None:
            break
        allowed = rungs.order(ladder, AT_MOST)
        worn = settling.worn(life.turn(), workout).values() if workout.bands else ()
        counted = [workout.counting.count.band] if workout.counting else []
        assert all(rungs.order(ladder, rung) <= allowed for rung in (*worn, *counted)), (intent, slots)


def test_it_opens_on_the_lighter_band() -> None:
    assert AT_MOST == "red"


def test_the_workout_after_it_is_free_again() -> None:
    life = OPENED.branch()
    life.train(13, begins="ReadyIntent")
    life.say("Launch")
    life.say("UseBandIntent", bands=("green",))
    assert life.bands()["left"] == "green"
