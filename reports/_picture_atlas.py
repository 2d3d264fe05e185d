"""The shapes that a map is made of: read once, from what docs/world.py made."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ._picture_hatch import Ring

_PRECISION = 10


@dataclass(frozen=True, slots=True)
class Frame:
    """One map: its size, the path of each country, and where its label stands."""

    width: float
    height: float
    shapes: dict[str, str]
    at: dict[str, tuple[float, float]]

    def rings(self, code: str) -> list[Ring]:
        """The outlines of a country, in units."""
        return [_ring(part) for part in self.shapes[code].split("M")[1:]]


def _ring(part: str) -> Ring:
    steps = [int(n) for n in re.findall(r"-?\d+", part)]
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / _PRECISION, y / _PRECISION))
    return points


@cache
def frames() -> tuple[Frame, Frame]:
    """Europe, and the world."""
    text = (files(__package__ or "auditor.reports") / "world.json").read_text("utf-8")
    found = json.loads(text)
    europe, world = (
        Frame(f["width"], f["height"], f["shapes"], {c: (x, y) for c, (x, y) in f["at"].items()})
        for f in (found["europe"], found["world"])
    )
    return europe, world
