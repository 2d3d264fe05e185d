"""Quota: how many questions a provider allows in a stretch of time, kept before it refuses."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class Quota:
    """So many questions in so many seconds.

    A connection takes one before each question; where none is left it raises `ApiError` with
    `after`, and the engine comes back then. What a provider's headers tell of the quota wins over
    what is counted here.
    """

    def __init__(
        self, allowed: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed, self._seconds, self._clock = allowed, seconds, clock
        self._left, self._until = allowed, 0.0
        self._lock = Lock()

    def take(self) -> float:
        """Take one question: 0.0 when it may leave, else the seconds until some are left again."""
        with self._lock:
            now = self._clock()
            if now >= self._until:
                self._left, self._until = self._allowed, now + self._seconds
            if self._left <= 0:
                return self._until - now
            self._left -= 1
            return 0.0

    def told(self, remaining: int, resets_after: float) -> None:
        """What an answer says: so many are left until so many seconds from now."""
        with self._lock:
            self._left = min(self._left, remaining)
            if remaining <= 0:
                self._until = self._clock() + resets_after
