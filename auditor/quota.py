"""Quota: how many questions a provider allows in a stretch of time, kept before it refuses."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

_TRAVEL = 0.1  # a stretch begins when its first question arrives, which is later than it left
_GRAIN = 1.0  # seconds: as finely as answers tell when a stretch ends


class Quota:
    """So many questions in so many seconds.

    A connection takes one before each question; where none is left it raises `ApiError` with
    `after`, and the engine comes back then. What a provider's headers tell of the quota wins over
    what is counted here, which is only the finer of the two.
    """

    def __init__(
        self, allowed: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed, self._seconds, self._clock = allowed, seconds, clock
        self._left, self._began, self._until = allowed, 0.0, 0.0
        self._lock = Lock()

    def now(self) -> float:
        """The moment, as a quota counts it."""
        return self._clock()

    def take(self) -> float:
        """Take one question: 0.0 when it may leave, else the seconds until some are left again."""
        with self._lock:
            now = self._clock()
            if now >= self._until:
                self._left, self._began = self._allowed, now
                self._until = now + self._seconds + _TRAVEL
            if self._left <= 0:
                return self._until - now
            self._left -= 1
            return 0.0

    def told(self, remaining: int, resets_after: float, asked: float | None = None) -> None:
        """What the answer to a question asked then says: so many are left for so many seconds.

        The seconds count from somewhere between the question and its answer, and are whole ones. An
        answer that was long on its way may speak of a stretch that is over.
        """
        with self._lock:
            now = self._clock()
            asked = now if asked is None else asked
            if asked < self._began:
                return
            self._left = min(self._left, remaining)
            if remaining <= 0 and not asked + resets_after - _GRAIN <= self._until <= (
                now + resets_after + _TRAVEL
            ):
                self._until = now + resets_after
