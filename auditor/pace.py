"""Pace: how fast one account, region and service may be asked, learnt from its refusals."""

from __future__ import annotations

_FIRST_GAP = 0.05  # seconds: most providers' published limits are near twenty requests a second
_LONGEST_GAP = 2.0
_WIDEN, _NARROW = 1.25, 0.995
_ONE_BURST = 0.25  # seconds: refusals closer together than this are one signal


class Pacer:
    """When the next request may leave.

    Unlimited until the first throttling answer; then requests leave evenly spaced. A refusal
    widens the spacing, answers that pass narrow it. Times are seconds of a monotonic clock; the
    caller holds the lock.
    """

    __slots__ = ("_gap", "_next", "_refused")

    def __init__(self) -> None:
        self._gap = 0.0
        self._next = 0.0
        self._refused = float("-inf")

    def slot(self, now: float) -> float:
        """Reserve the next departure: a time at or after `now`."""
        if not self._gap:
            return now
        self._next = max(self._next + self._gap, now)
        return self._next

    def refused(self, now: float) -> None:
        """A throttling answer came: widen, once per burst of refusals."""
        if not self._gap:
            self._gap, self._next = _FIRST_GAP, now
        elif now - self._refused > _ONE_BURST:
            self._gap = min(_LONGEST_GAP, self._gap * _WIDEN)
        self._refused = now

    def turn(self, now: float) -> float:
        """A throttling answer came: the next departure, after it."""
        self.refused(now)
        return self.slot(now)

    def passed(self) -> None:
        """An answer came: narrow a little."""
        self._gap *= _NARROW
