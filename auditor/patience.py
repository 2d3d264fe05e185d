"""Patience outside the survey: what precedes it, or samples after it, is asked a few times."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from .errors import ApiError

T = TypeVar("T")


def backoff(error: ApiError, attempt: int) -> float:
    """Seconds to wait after a refusal: twice as long each time."""
    return float(0.05 * 2**attempt)


def patiently(
    ask: Callable[[], T],
    tries: Callable[[ApiError], int],
    wait: Callable[[ApiError, int], float] = backoff,
) -> T:
    """The answer, asked for at most so many times; `tries` and `wait` go by the refusal.

    The survey's own calls have another patience (`auditor.calls`): they wait in no thread.
    """
    pause = threading.Event()
    for attempt in count(1):
        try:
            return ask()
        except ApiError as error:
            if attempt >= tries(error):
                raise
            pause.wait(wait(error, attempt))
    raise AssertionError("unreachable")
