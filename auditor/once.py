"""Questions whose answer many stores share: asked once, however many wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any

from .calls import Call, Calls


class Once:
    """What was asked once: who waits for it, then its answer."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._lock = threading.Lock()
        self._known: dict[Hashable, tuple[Any, list[Callable[[Any], None]]]] = {}

    def ask(
        self,
        key: Hashable,
        then: Callable[[Any], None],
        call: Callable[[Callable[[Any], None]], Call],
    ) -> None:
        """Hand `then` the answer; the first to come with a key makes the call."""
        with self._lock:
            first = key not in self._known
            answer, waiting = self._known.setdefault(key, (None, []))
            if answer is None:
                waiting.append(then)
        if answer is not None:
            self._calls.do(lambda: then(answer))
        elif first:
            self._calls.put(call(lambda answer: self._answered(key, answer)))

    def _answered(self, key: Hashable, answer: Any) -> None:
        with self._lock:
            waiting = self._known[key][1]
            self._known[key] = (answer, [])
        for one in waiting:
            one(answer)
