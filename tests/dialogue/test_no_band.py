"""Whoever trains without a band is told of none, and whoever has one where it goes."""

import re

import pytest

from tests.dialogue.test_what_a_person_expects import known


@pytest.mark.parametrize("exercise", ["glute workout", "clamshells", "standing hip abduction"])
def test_who_trains_without_a_band_is_told_of_none(app, exercise):
    trainee = known(app, "I have no bands")
    heard = trainee.heard if exercise == "glute workout" else trainee.say(f"start {exercise}")
    assert "no band" in heard.lower()
    assert not re.search(r"band (just )?(above|round)", heard)
    assert "on top" in heard or "old on" in heard
    how_to = trainee.say("how do I do it")
    assert "band" not in how_to
    assert how_to.startswith(("Lie on your side", "Stand tall"))


def test_who_trains_with_a_band_is_told_where_it_goes(app):
    anna = known(app)
    assert "band above your ankles" in anna.heard
    assert "band goes around both legs" in anna.say("how do I do it")
