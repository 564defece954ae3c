"""Connections that are lent: as many as there may be, waited for in time, and lost to nobody."""

import os
import threading
import time

import pytest

from skill.store.base import Conflict, StoreUnavailable
from skill.store.pool import Pool


class Line:
    """A connection that remembers whether it was closed."""

    def __init__(self, opened):
        self.is_open = True
        opened.append(self)

    def close(self):
        self.is_open = False


@pytest.fixture
def opened():
    return []


def test_no_more_connections_are_open_than_there_may_be_however_many_threads_ask(opened):
    pool, most_at_once, lent = Pool(lambda: Line(opened), 3), [0], []

    def borrow():
        with pool.lent(60) as line:
            lent.append(line)
            most_at_once[0] = max(most_at_once[0], len(lent))
            time.sleep(0.01)
            lent.remove(line)

    threads = [threading.Thread(target=borrow) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most_at_once == [3]
    assert len(opened) == 3


@pytest.mark.parametrize("wait_s", [0.2, 0, -1])
def test_who_finds_all_of_them_lent_gives_up_while_they_are(wait_s, opened):
    pool = Pool(lambda: Line(opened), 1)
    with pool.lent(), pytest.raises(StoreUnavailable, match="all 1 connections"), pool.lent(wait_s):
        pytest.fail("lent twice")
    with pool.lent():
        assert len(opened) == 1


def test_who_may_wait_is_lent_what_comes_back_meanwhile(opened):
    pool = Pool(lambda: Line(opened), 1)
    held = pool.lent()
    first = held.__enter__()
    giving_back = threading.Timer(0.2, held.__exit__, [None, None, None])
    giving_back.start()
    with pool.lent(60) as line:
        assert line is first
    giving_back.join()


@pytest.mark.parametrize("fault", [Conflict, OSError])
def test_a_turn_that_fails_gives_its_place_back(fault, opened):
    pool = Pool(lambda: Line(opened), 1)
    for _ in range(3):
        with pytest.raises(fault), pool.lent():
            raise fault("in mid-turn")
    with pool.lent() as line:
        assert line.is_open
    assert len(opened) == (1 if fault is Conflict else 4)


def test_what_comes_back_after_the_pool_was_closed_is_closed_too(opened):
    pool = Pool(lambda: Line(opened))
    with pool.lent() as late:
        pool.close()
        assert late.is_open
    assert not late.is_open
    with pool.lent() as later:
        assert later.is_open
    assert not later.is_open


def test_a_connection_that_cannot_be_opened_gives_its_place_back():
    def refused():
        raise OSError("too many clients")

    pool = Pool(refused, 1)
    for _ in range(3):
        with pytest.raises(OSError, match="too many clients"), pool.lent():
            pytest.fail("there is none")


def test_a_child_neither_uses_what_its_parent_opened_nor_waits_for_what_its_parent_lent(opened):
    pool = Pool(lambda: Line(opened), 2)
    with pool.lent(), pool.lent():
        pass
    with pool.lent():
        child = os.fork()
        if not child:
            with pool.lent() as one, pool.lent() as two:
                os._exit(0 if one is opened[2] and two is opened[3] else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
