"""However a store fails, the trainee hears an apology before Alexa gives up on the answer.

How long each store waits is a sum of settings; that it keeps to them, the tests of its faults show.
"""

import pytest

from skill.store import postgres, sqlite
from skill.store.dynamodb_table import ATTEMPTS, TIMEOUT_S

ALEXA_WAITS_S = 8
THE_REST_OF_A_TURN_S = 1


@pytest.mark.parametrize(
    ("store", "longest_s"),
    [
        ("sqlite", sqlite.BUSY_MS / 1000),
        ("postgres", postgres.PATIENCE_S + postgres.CONNECT_S),
        ("postgres, locked", postgres.STATEMENT_MS / 1000),
        ("dynamodb", ATTEMPTS * TIMEOUT_S),
    ],
)
def test_a_store_gives_up_before_alexa_does(store, longest_s):
    assert 0 < longest_s <= ALEXA_WAITS_S - THE_REST_OF_A_TURN_S
