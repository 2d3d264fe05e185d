"""Strokes inside areas, computed: patterns are not drawn alike by everything that shows SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Point = tuple[float, float]
Ring = Sequence[Point]
# What a look is made of: directions, as the normal that strokes are counted along.
LOOKS: dict[str, tuple[Point, ...]] = {
    "": (),
    "level": ((0.0, 1.0),),
    "upright": ((1.0, 0.0),),
    "rising": ((0.7071, 0.7071),),
    "falling": ((0.7071, -0.7071),),
    "crossed": ((0.7071, 0.7071), (0.7071, -0.7071)),
    "grid": ((0.0, 1.0), (1.0, 0.0)),
}


def hatched(rings: Sequence[Ring], look: str, gap: float) -> str:
    """The path of all strokes of a look inside some rings (even-odd), `gap` apart."""
    return "".join(_told(*s) for normal in LOOKS[look] for s in _strokes(rings, normal, gap))


def _told(a: Point, b: Point) -> str:
    return f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}"


def _strokes(rings: Sequence[Ring], normal: Point, gap: float) -> Iterator[tuple[Point, Point]]:
    nx, ny = normal
    cuts: dict[int, list[float]] = {}
    for ring in rings:
        turned = [(x * nx + y * ny, y * nx - x * ny) for x, y in ring]
        for (c1, t1), (c2, t2) in zip(turned, [*turned[1:], *turned[:1]], strict=True):
            low, high = sorted((c1, c2))
            for k in range(int(low // gap) + 1, int(high // gap) + 1):
                if high > low:
                    cuts.setdefault(k, []).append(t1 + (k * gap - c1) * (t2 - t1) / (c2 - c1))
    for k, along in sorted(cuts.items()):
        along.sort()
        for t1, t2 in zip(along[::2], along[1::2], strict=False):
            if t2 - t1 > 0.8:
                yield (
                    (k * gap * nx - t1 * ny, k * gap * ny + t1 * nx),
                    (k * gap * nx - t2 * ny, k * gap * ny + t2 * nx),
                )
