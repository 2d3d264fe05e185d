"""How fast this machine is: a fixed loop in pure Python that takes one second on the reference.

    python -m bench.calibrate

Absolute seconds in the documents are for a machine on which this prints 1.00; ratios need no scale.
"""

from __future__ import annotations

import time

_ROUNDS = 3_400_000  # fixed for ever: what it takes here is what other numbers are scaled by
_TRIES = 3


def loop(rounds: int = _ROUNDS) -> int:
    """Lookups, arithmetic and text, in the proportions of reading answers."""
    table: dict[str, int] = {}
    for number in range(rounds):
        key = f"store-{number % 5000}"
        table[key] = table.get(key, 0) + (number * 7 % 13)
        if number % 4 == 0:
            tuple(sorted((key, str(number), "eu-west-3")))
    return sum(table.values())


def seconds() -> float:
    """The best of a few tries: other programs can only slow it."""
    best = float("inf")
    for _ in range(_TRIES):
        start = time.perf_counter()
        loop()
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    print(f"{seconds():.2f}")
