"""Pace: unlimited until refused, then evenly spaced, wider at a refusal, narrower when passing."""

import itertools

from auditor.pace import Pacer


def test_unlimited_until_the_first_refusal():
    pacer = Pacer()
    assert [pacer.slot(5.0) for _ in range(100)] == [5.0] * 100


def test_evenly_spaced_after_a_refusal():
    pacer = Pacer()
    pacer.refused(10.0)
    slots = [pacer.slot(10.0) for _ in range(5)]
    gaps = {round(b - a, 6) for a, b in itertools.pairwise(slots)}
    assert len(gaps) == 1
    assert slots[0] > 10.0


def test_one_burst_of_refusals_widens_once_and_passing_narrows():
    def gap(pacer):
        first = pacer.slot(100.0)
        return pacer.slot(100.0) - first

    once, burst, later, eased = Pacer(), Pacer(), Pacer(), Pacer()
    once.refused(1.0)
    burst.refused(1.0)
    burst.refused(1.1)
    later.refused(1.0)
    later.refused(2.0)
    eased.refused(1.0)
    eased.passed()
    assert gap(once) == gap(burst)
    assert gap(later) > gap(once) > gap(eased)
