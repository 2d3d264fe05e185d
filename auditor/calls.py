"""Asking side by side: calls wait in two heaps, never in a worker.

A call and what follows from its answer are one task. Ready calls leave in order of rank (questions
before the next page, which bounds memory); calls that must wait (pace, a second try) lie in a heap
of their own until they are due.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from .errors import ApiError
from .model import Reason, Scope
from .pace import Pacer

_PATIENCE = 120  # throttling answers to one call before it is given up
# Ranks: what leaves first. A departure that is reserved is before all; questions of stores come
# before more rows, which bounds memory.
_DUE, QUESTION, MEASURE, PAGE, FIRST_PAGE = -1, 0, 1, 2, 3
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0  # seconds between tries


@dataclass(slots=True)
class Call:
    """One question on its way: what to ask, and what to do with the answer."""

    target: Scope
    region: str
    operation: str  # service:Operation
    params: Mapping[str, Any]
    then: Callable[[Mapping[str, Any] | ApiError], None]
    rank: int = QUESTION
    tries: int = 0
    refusals: int = 0
    paced: bool = False  # its departure is already reserved


class Calls:
    """A pool of threads that asks until nothing is left to ask.

    `ask` is the provider's `call`. A defect of ours in a continuation stops the pool and is raised
    by `run`; whatever the provider does becomes an `ApiError` handed to the continuation.
    """

    def __init__(
        self, ask: Callable[..., Mapping[str, Any]], *, threads: int, attempts: int
    ) -> None:
        self._ask = ask
        self._threads = threads
        self._attempts = attempts
        self._lock = threading.Condition()
        self._ready: list[tuple[int, int, Call | Callable[[], None]]] = []
        self._later: list[tuple[float, int, Call]] = []
        self._order = count()
        self._open = 0
        self._pacers: dict[tuple[str, str, str], Pacer] = {}
        self._heard: set[tuple[str, str]] = set()  # (region, service) that answered anything
        self._lost: set[tuple[str, str]] = set()  # those that one call gave up on, unheard
        self._defect: BaseException | None = None
        self._stopped = False

    def put(self, call: Call) -> None:
        """Queue a call; its continuation runs in a worker."""
        with self._lock:
            self._open += 1
            heapq.heappush(self._ready, (call.rank, next(self._order), call))
            self._lock.notify()

    def do(self, what: Callable[[], None]) -> None:
        """Have something done by a worker that holds no lock."""
        with self._lock:
            self._open += 1
            heapq.heappush(self._ready, (_DUE, next(self._order), what))
            self._lock.notify()

    def run(self) -> None:
        """Work until no call is left; interrupting stops all workers after their present call."""
        workers = [
            threading.Thread(target=self._work, name=f"ask-{n}", daemon=True)
            for n in range(self._threads)
        ]
        try:
            work(workers)
        finally:
            self.stop()
        if self._defect:
            raise self._defect

    def stop(self) -> None:
        """Let no further call leave."""
        with self._lock:
            self._stopped = True
            self._lock.notify_all()

    def _take(self) -> Call | Callable[[], None] | None:
        """The next call that may leave now; None when all is done."""
        with self._lock:
            while self._open and not self._stopped:
                now = time.monotonic()
                while self._later and self._later[0][0] <= now:
                    _, order, waited = heapq.heappop(self._later)
                    heapq.heappush(self._ready, (_DUE, order, waited))
                    self._lock.notify()
                while self._ready:
                    _, order, call = heapq.heappop(self._ready)
                    if not isinstance(call, Call):
                        return call
                    due = now if call.paced else self._pacer(call).slot(now)
                    if due <= now:
                        return call
                    call.paced = True
                    heapq.heappush(self._later, (due, order, call))
                self._lock.wait(self._later[0][0] - now if self._later else None)
            return None

    def _pacer(self, call: Call) -> Pacer:
        key = (call.target.account, call.region, call.operation.partition(":")[0])
        return self._pacers.setdefault(key, Pacer())

    def _work(self) -> None:
        try:
            while call := self._take():
                if isinstance(call, Call):
                    self._once(call)
                else:
                    call()
                    self._done()
        except BaseException as defect:  # told by run(), in the thread that called it
            with self._lock:
                self._defect = self._defect or defect
                self._stopped = True
                self._lock.notify_all()

    def _once(self, call: Call) -> None:
        service, _, operation = call.operation.partition(":")
        answer: Mapping[str, Any] | ApiError
        try:
            answer = self._ask(call.target, service, call.region, operation, call.params)
        except ApiError as error:
            if self._again(call, error):
                return
            answer = error
        else:
            with self._lock:
                self._pacer(call).passed()
                self._heard.add(_endpoint(call))
        call.then(answer)
        self._done()

    def _done(self) -> None:
        with self._lock:
            self._open -= 1
            if not self._open:
                self._lock.notify_all()

    def _again(self, call: Call, error: ApiError) -> bool:
        """Queue the call once more, if its error may pass and patience is left."""
        now = time.monotonic()
        throttled = error.reason is Reason.THROTTLED
        with self._lock:
            if throttled:
                call.refusals += bool(error.code)  # a quota that we keep ourselves ends by itself
                if call.refusals > _PATIENCE or self._stopped:
                    return False
                call.paced = True  # its turn is taken now, not when a worker comes to it
                due = now + error.after if error.after else self._pacer(call).turn(now)
                heapq.heappush(self._later, (due, next(self._order), call))
                self._lock.notify()
                return True
            call.paced = False
            call.tries += 1
            if not error.again or self._is_lost(call, error) or call.tries >= self._attempts:
                return False
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (call.tries - 1))
            heapq.heappush(self._later, (now + wait, next(self._order), call))
            self._lock.notify()
            return True

    def _is_lost(self, call: Call, error: ApiError) -> bool:
        """Whether an endpoint was given up that never answered: each further call tries it once."""
        where = _endpoint(call)
        if error.reason is not Reason.UNREACHABLE:
            self._heard.add(where)
        elif call.tries >= self._attempts:
            self._lost.add(where)
        return where in self._lost - self._heard


def work(workers: Sequence[threading.Thread]) -> None:
    """Start threads and wait for their end; bounded waits let signals through."""
    for worker in workers:
        worker.start()
    for worker in workers:
        while worker.is_alive():
            worker.join(0.2)


def _endpoint(call: Call) -> tuple[str, str]:
    return call.region, call.operation.partition(":")[0]
