"""The units that came to their end: names and places, small, for there may be a million of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Set
from sys import intern


class Finished(Set[str]):
    """Units that came to their end, and where the journal says what was read of each.

    A unit is called after its scope and its kind. There are far fewer of these than of units: each
    is kept once, and a unit is a number.
    """

    __slots__ = ("_at", "_of_kind", "_void")

    def __init__(self) -> None:
        self._at: dict[str, dict[str, int]] = {}  # scope → kind → where its line is
        self._of_kind: dict[str, array[int]] = {}  # kind of coverage → where its lines are
        self._void: set[int] = set()

    def __contains__(self, unit: object) -> bool:
        scope, kind = _parted(str(unit))
        return kind in self._at.get(scope, ())

    def __iter__(self) -> Iterator[str]:
        return (scope + kind for scope, kinds in self._at.items() for kind in kinds)

    def __len__(self) -> int:
        return sum(map(len, self._at.values()))

    @classmethod
    def _from_iterable(cls, units: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(units)  # what is made of these by `&` and `|`

    def add(self, unit: str, kind: str, at: int) -> None:
        """A unit came to its end: the kind that its line speaks of, and where that line is."""
        scope, name = _parted(unit)
        self._at.setdefault(scope, {})[intern(name)] = at
        self._of_kind.setdefault(intern(kind), array("Q")).append(at)

    def discard(self, unit: str) -> None:
        """A unit began again: what was said of it counts no more."""
        scope, name = _parted(unit)
        at = self._at.get(scope, {}).pop(name, None)
        if at is not None:
            self._void.add(at)

    def lines(self) -> Iterator[list[int]]:
        """Where the lines are, kind by kind."""
        for kind in sorted(self._of_kind):
            yield [at for at in self._of_kind[kind] if at not in self._void]

    def clear(self) -> None:
        """Forget them all."""
        for kept in (self._at, self._of_kind, self._void):
            kept.clear()


def _parted(unit: str) -> tuple[str, str]:
    cut = unit.rfind(" ") + 1
    return unit[:cut], unit[cut:]
