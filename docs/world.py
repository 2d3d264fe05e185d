"""Draws reports/world.json: the shapes of countries that the map of places is made of.

    npm pack world-atlas@2.0.2 i18n-iso-countries@7.14.0
    python docs/world.py world-atlas-2.0.2.tgz i18n-iso-countries-7.14.0.tgz

Shapes: Natural Earth 4.1.0, in the public domain (naturalearthdata.com), as TopoJSON by Michael
Bostock (npm world-atlas 2.0.2, ISC). Numbers of countries to their two letters: npm
i18n-iso-countries 7.14.0 (MIT). Neither is needed to install or to run the project.

The map says where a country lies, and nothing of its standing, which is a fact of a day. Natural
Earth draws who controls a ground; here, as for the Union and the United Nations, Crimea is drawn
with Ukraine, and the north of Cyprus and Somaliland with the State they belong to.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "reports" / "world.json"
SOURCE = (
    "Natural Earth 4.1.0, public domain, through world-atlas 2.0.2 (ISC, Copyright 2013-2019 "
    "Michael Bostock); made by docs/world.py"
)
Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]

EUROPE_UNIT, EUROPE_BOX = 11.4, (-2350.0, -2080.0, 2350.0, 2250.0)  # km per unit, km from 52N 10E
WORLD_UNIT = 2 * 2.7066 / 680  # the equator on 680 units
PRECISION = 10  # coordinates are kept in tenths
# What is in no file, or there inside another country: where it lies, by hand.
ELSEWHERE = {
    "BQ": (-68.3, 12.2), "GF": (-53.0, 4.0), "GI": (-5.35, 36.14), "GP": (-61.5, 16.2),
    "MQ": (-61.0, 14.65), "RE": (55.5, -21.1), "SJ": (16.0, 77.5), "YT": (45.15, -12.8),
    "TF": (69.5, -49.3),
}  # fmt: skip
CRIMEA = (34.3, 45.2)
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}


def laea(lon: float, lat: float) -> Point:
    """Lambert's azimuthal equal-area projection around 52N 10E, as for maps of the Union; km."""
    at, by, here = radians(52), radians(lon - 10), radians(lat)
    k = sqrt(2 / max(1e-9, 1 + sin(at) * sin(here) + cos(at) * cos(here) * cos(by)))
    east = k * cos(here) * sin(by)
    north = k * (cos(at) * sin(here) - sin(at) * cos(here) * cos(by))
    return 6371 * east, 6371 * north


def equal_earth(lon: float, lat: float) -> Point:
    """The Equal Earth projection (Šavrič, Patterson and Jenny, 2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = asin(sqrt(3) / 2 * sin(radians(lat)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    return 2 * sqrt(3) * radians(lon) * cos(t) / (3 * slope), t * (
        a4 * t**8 + a3 * t**6 + a2 * t**2 + a1
    )


def in_europe(lon: float, lat: float) -> Point:
    """A point on the frame of Europe, y downwards."""
    east, north = laea(lon, lat)
    return (east - EUROPE_BOX[0]) / EUROPE_UNIT, (EUROPE_BOX[3] - north) / EUROPE_UNIT


def in_world(lon: float, lat: float) -> Point:
    """A point on the frame of the world, y downwards from 80 degrees north."""
    east, north = equal_earth(lon, lat)
    return 340 + east / WORLD_UNIT, (equal_earth(0, 80)[1] - north) / WORLD_UNIT


def size_of(europe: bool) -> Point:
    """The width and the height of a frame."""
    if europe:
        west, south, east, north = EUROPE_BOX
        return (east - west) // EUROPE_UNIT, (north - south) // EUROPE_UNIT
    return 680, in_world(0, -56)[1] // 1


class Atlas:
    """One TopoJSON file: countries as rings of arcs that neighbours share."""

    def __init__(self, found: Any, letters: dict[str, str]) -> None:
        (kx, ky), (x, y) = found["transform"]["scale"], found["transform"]["translate"]
        self.arcs = [list(_walk(arc, kx, ky, x, y)) for arc in found["arcs"]]
        self.polygons: dict[str, list[list[list[int]]]] = {}
        for shape in found["objects"]["countries"]["geometries"]:
            name = shape["properties"]["name"]
            code = letters.get(shape.get("id", ""), NAMED.get(name, ""))
            parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            if code != "AQ":
                self.polygons.setdefault(code, []).extend(parts)
        self._with_ukraine()
        for code in ("CY", "SO", "UA"):
            self.polygons[code] = [*_dissolved(self.polygons[code])]

    def _with_ukraine(self) -> None:
        theirs = [p for p in self.polygons["RU"] if inside(self.ring(p[0]), CRIMEA)]
        assert len(theirs) == 1, "Crimea is not there"
        assert len(self.ring(theirs[0][0])) < 500, "Crimea is not apart"
        self.polygons["RU"].remove(theirs[0])
        self.polygons["UA"] += theirs

    def ring(self, arcs: Iterable[int], of: list[Ring] | None = None) -> Ring:
        """The points of a ring; the arcs may be others, of the same numbers."""
        points: Ring = []
        of = of or self.arcs
        for n in arcs:
            piece = of[n] if n >= 0 else of[~n][::-1]
            points += piece[1:] if points else piece
        return points

    def drawn(self, onto: Callable[[float, float], Point], by: float) -> list[Ring]:
        """Every arc on a frame, with fewer points."""
        return [fewer([onto(*p) for p in arc], by) for arc in self.arcs]


def _walk(arc: Any, kx: float, ky: float, x: float, y: float) -> Iterator[Point]:
    east = north = 0
    for dx, dy in arc:
        east, north = east + dx, north + dy
        yield east * kx + x, north * ky + y


def _dissolved(polygons: list[list[list[int]]]) -> Iterator[list[list[int]]]:
    """Polygons without the borders that they share: arcs that are there in both directions."""
    outer = [n for polygon in polygons for n in polygon[0]]
    shared = {n for n in outer if ~n in outer}
    for polygon in polygons:
        if not shared & set(polygon[0]):
            yield polygon
    rings = [p[0] for p in polygons if shared & set(p[0])]
    if rings:
        (one, *others), merged = rings, []
        for n in one:  # at the shared border, go round the other one instead
            if n in shared:
                other = next(r for r in others if ~n in r)
                at = other.index(~n)
                merged += [m for m in other[at + 1 :] + other[:at] if m not in shared]
            else:
                merged.append(n)
        yield [merged]


def fewer(line: Ring, by: float) -> Ring:
    """Douglas and Peucker: the points that a line cannot lose without moving by more."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    long = hypot(x2 - x1, y2 - y1)

    def off(p: Point) -> float:
        if not long:
            return hypot(p[0] - x1, p[1] - y1)
        return abs((x2 - x1) * (y1 - p[1]) - (x1 - p[0]) * (y2 - y1)) / long

    at = max(range(1, len(line) - 1), key=lambda n: off(line[n]))
    if off(line[at]) <= by:
        return [line[0], line[-1]]
    return fewer(line[: at + 1], by)[:-1] + fewer(line[at:], by)


def clipped(ring: Ring, box: Box) -> Ring:
    """The part of a ring inside a frame (Sutherland and Hodgman)."""
    left, top, right, bottom = box
    for axis, limit, keep in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        kept: Ring = []
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            ins = [(p[axis] - limit) * keep >= 0 for p in (a, b)]
            if ins[0]:
                kept.append(a)
            if ins[0] != ins[1]:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        ring = kept
    return ring


def area(ring: Ring) -> float:
    """How large a ring is."""
    return (
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)))
        / 2
    )


def inside(ring: Ring, at: Point) -> bool:
    """Whether a point is in a ring."""
    x, y = at
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def middle(ring: Ring) -> Point:
    """The point of a ring that is farthest from its border, nearly."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    best, found = -1.0, (sum(xs) / len(xs), sum(ys) / len(ys))
    for i in range(1, 24):
        for j in range(1, 24):
            at = (min(xs) + (max(xs) - min(xs)) * i / 24, min(ys) + (max(ys) - min(ys)) * j / 24)
            if inside(ring, at):
                off = min(
                    hypot(at[0] - p[0], at[1] - p[1])
                    for a in pairwise(ring)
                    for p in (a[0], ((a[0][0] + a[1][0]) / 2, (a[0][1] + a[1][1]) / 2))
                )
                if off > best:
                    best, found = off, at
    return found


def path(rings: Iterable[Ring]) -> str:
    """Rings as an SVG path of whole numbers, each step from the one before."""
    said = []
    for ring in rings:
        points = [(round(x * PRECISION), round(y * PRECISION)) for x, y in ring]
        if points[0] == points[-1]:
            points.pop()
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
        line = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
        said.append(f"M{points[0][0]} {points[0][1]}l{line}z")
    return "".join(said)


def in_two(ring: Ring) -> Iterator[Ring]:
    """A ring in degrees that goes over the 180th meridian, as its two sides; any other as it is."""
    turned, by = [ring[0]], 0
    for a, b in pairwise(ring):
        by += -360 if b[0] - a[0] > 180 else 360 if b[0] - a[0] < -180 else 0
        turned.append((b[0] + by, b[1]))
    for shift in (0, -360, 360):
        moved = [(x + shift, y) for x, y in turned]
        kept = clipped(moved, (-180, -90, 180, 90))
        if len(kept) > 2:
            yield kept


def shapes(atlas: Atlas, europe: bool, least: float) -> dict[str, list[Ring]]:
    """Every country on a frame: its rings, the largest first."""
    arcs = atlas.drawn(in_europe, 0.55) if europe else atlas.arcs
    box = (0.0, 0.0, *size_of(europe))
    found = {}
    for code, polygons in sorted(atlas.polygons.items()):
        whole = [atlas.ring(ring, arcs)[:-1] for polygon in polygons for ring in polygon]
        if not europe:
            whole = [[in_world(*p) for p in r] for ring in whole for r in in_two(ring)]
        rings = [
            r for r in (clipped(ring, box) for ring in whole) if len(r) > 2 and area(r) > least
        ]
        if rings:
            found[code] = sorted(rings, key=area, reverse=True)
    return found


def main(atlas_of: str, codes_of: str) -> None:
    """Write the file."""
    with tarfile.open(codes_of) as packed:
        rows = json.load(packed.extractfile("package/codes.json"))  # type: ignore[arg-type]
    letters = {number: two for two, _, number, _ in rows}
    with tarfile.open(atlas_of) as packed:
        fine, coarse = (
            Atlas(json.load(packed.extractfile(f"package/countries-{scale}.json")), letters)  # type: ignore[arg-type]
            for scale in ("50m", "110m")
        )
    made: dict[str, Any] = {"source": SOURCE}
    homes = {
        c: middle(max((fine.ring(p[0]) for p in ps), key=area))
        for c, ps in fine.polygons.items()
        if c
    }
    homes |= ELSEWHERE
    for europe in (True, False):
        name, onto = ("europe", in_europe) if europe else ("world", in_world)
        width, height = size_of(europe)
        found = shapes(fine if europe else coarse, europe, 2.5 if europe else 1.2)
        at = {}
        for code, lonlat in sorted(homes.items()):
            x, y = onto(*lonlat)
            if 1 < x < width - 1 and 1 < y < height - 1:
                at[code] = (
                    [round(x), round(y)]
                    if code not in found
                    else [round(v) for v in middle(found[code][0])]
                )
        made[name] = {
            "width": width,
            "height": height,
            "at": at,
            "shapes": {code: path(rings) for code, rings in found.items()},
        }
    OUT.write_text(
        json.dumps(made, ensure_ascii=True, sort_keys=True, separators=(",", ":")) + "\n", "utf-8"
    )
    print(OUT.stat().st_size, {n: len(made[n]["shapes"]) for n in ("europe", "world")})


if __name__ == "__main__":
    main(*sys.argv[1:])
