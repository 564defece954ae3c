"""Whatever is said at whatever moment, nobody is ignored, contradicted or endangered."""

import random

import pytest

from tests.said.talker import Talker

EVERYDAY = 60
WHOLE = 10_000
SHARES = 10


@pytest.mark.parametrize("seed", range(4))
def test_who_says_whatever_comes_to_mind_is_never_endangered(seed):
    talker = Talker(random.Random(seed))
    talker.live(EVERYDAY)
    assert talker.counts["workouts"] == EVERYDAY
    assert talker.counts["pain"] > EVERYDAY // 4


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("share", range(SHARES))
def test_nor_in_ten_thousand_workouts(share):
    for seed in range(100 + share, 300 + share, SHARES):
        Talker(random.Random(seed)).live(WHOLE // SHARES // 20)
