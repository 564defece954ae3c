"""Ctrl-C that is ignored by whatever it fell into still ends a program that starts."""

import signal
from contextlib import suppress

import pytest

from skill.commands import interrupt


@pytest.fixture(autouse=True)
def as_before():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_one_that_was_ignored_while_it_started_is_raised_once_it_has():
    interrupt.remember()
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupt.check()


def test_where_none_came_it_is_as_usual_afterwards():
    interrupt.remember()
    interrupt.check()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
