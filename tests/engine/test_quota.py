"""A quota is kept as finely as it can be counted, and never against what the service says."""

import pytest

from auditor.quota import Quota


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def spent(clock: Clock, allowed: int = 3, each: float = 0.1) -> Quota:
    """A quota of five seconds whose questions all left, one after the other."""
    quota = Quota(allowed, 5.0, clock)
    for _ in range(allowed):
        assert quota.take() == 0.0
        clock.now += each
    return quota


def test_what_is_counted_here_ends_a_little_after_the_stretch(clock):
    quota = spent(clock)
    assert quota.take() == pytest.approx(4.8)
    clock.now += quota.take()
    assert [quota.take() for _ in range(3)] == [0.0] * 3
    assert quota.take() > 0


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        (5.0, 4.8),  # 4.7 are left, told as 5: the own count is the finer
        (4.5, 4.5),
        (3.0, 3.0),  # somebody else began the stretch
        (6.5, 6.5),  # or another one begins
        (30.0, 30.0),
    ],
)
def test_what_the_service_tells_wins_where_its_grain_does_not_explain_it(clock, told, wait):
    quota = spent(clock)
    quota.told(0, told, asked=clock.now - 0.1)
    assert quota.take() == pytest.approx(wait)


def test_fewer_left_than_were_counted_are_fewer(clock):
    quota = Quota(15, 5.0, clock)
    quota.take()
    quota.told(1, 5.0, asked=clock.now)
    assert (quota.take(), quota.take() > 0) == (0.0, True)


def test_an_answer_of_a_stretch_that_is_over_says_nothing_of_this_one(clock):
    quota = spent(clock)
    asked = clock.now
    clock.now += quota.take()
    assert quota.take() == 0.0
    quota.told(0, 4.0, asked)  # it was long on its way
    assert quota.take() == 0.0


def test_a_refusal_at_the_very_end_of_a_stretch_is_waited_out(clock):
    quota = spent(clock)
    clock.now += quota.take()
    quota.take()
    quota.told(0, 1.0, asked=clock.now)  # we came too early
    assert quota.take() == pytest.approx(1.0)
