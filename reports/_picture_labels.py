"""Labels on a map: each beside its place, none over another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ._picture_measure import width as width_of

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Labels:
    """The room that is taken on a frame, and where the next label may stand."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def place(self, x: float, y: float, said: str, size: float) -> tuple[float, float] | None:
        """The left middle of a pill near a point, or None where there is no room for it."""
        wide, high = width_of(said, size) + 6, size + 4
        for left, middle in _around(x, y, wide, high):
            box = (left - 1, middle - high / 2 - 1, left + wide + 1, middle + high / 2 + 1)
            if self._free(box):
                self.taken.append(box)
                return left, middle
        return None

    def keep(self, x: float, y: float, by: float) -> None:
        """Keep labels off a mark."""
        self.taken.append((x - by, y - by, x + by, y + by))

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = self.frame
        inside = box[0] > left and box[1] > top and box[2] < right and box[3] < bottom
        return inside and not any(overlap(box, other) for other in self.taken)


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share some room."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _around(x: float, y: float, wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Places for a label: on the point, then farther and farther around it."""
    yield x - wide / 2, y
    for far in range(4, 90, 6):
        for right, down in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)):
            left = x + far if right > 0 else x - far - wide if right < 0 else x - wide / 2
            yield left, y + down * (high / 2 + far)
