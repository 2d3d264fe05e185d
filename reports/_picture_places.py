"""Where copies rest: Europe, and the world as soon as one of them rests elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._blocks import Figure, Table
from ._picture_atlas import Frame, frames
from ._picture_canvas import PAPER, RULE, SAND, SOFT, Canvas
from ._picture_key import key
from ._picture_labels import Labels
from ._picture_measure import capital, width
from ._picture_spots import LOOKS, Spot, spots_of

_GAP, _TOP = 12, 4


def places(report: Any, words: Any) -> Figure:
    """The map of places: countries shaded by their stores, and hatched by their standing."""
    spots, unknown = spots_of(report, words), report.summary.countries.get("?", 0)
    europe, world = frames()
    canvas = Canvas("places")
    drawn = [s for s in spots if s.code in world.at or s.code in world.shapes]
    abroad = [s for s in drawn if s.code not in europe.at]
    _map(canvas, europe, drawn, [s for s in drawn if s.code in europe.at], (0, _TOP), words)
    side = europe.width + _GAP
    key(canvas, words, spots, unknown, side, europe.height + _TOP)
    height = europe.height + 2 * _TOP
    if abroad:
        canvas.text(1, height + 14, words("World"), 11, fill=SOFT)
        _map(canvas, world, drawn, abroad, (0, height + 20), words)
        height += world.height + 24
    caption, alt = words("Map of places, by country"), _told(words, spots, unknown)
    return Figure(
        caption, alt, canvas.svg(height, caption, alt, words.lang), _table(words, spots, unknown)
    )


def _map(
    canvas: Canvas,
    frame: Frame,
    spots: list[Spot],
    labelled: list[Spot],
    corner: tuple[float, float],
    words: Any,
) -> None:
    x, y = corner
    here = {s.code: s for s in spots}
    move = f"translate({x} {y})scale(.1)"
    others = "".join(d for code, d in frame.shapes.items() if code not in here)
    canvas.path(others, transform=move, fill=SAND, stroke="#9a9a9a", stroke_width=4)
    for code, spot in here.items():
        if code in frame.shapes:
            shades, look, edge = LOOKS[spot.kind]
            canvas.path(
                frame.shapes[code],
                transform=move,
                fill=shades[spot.shade],
                stroke=edge,
                stroke_width=8,
                stroke_linejoin="round",
            )
            rings = [[(a + x, b + y) for a, b in ring] for ring in frame.rings(code)]
            canvas.hatch(rings, look, edge, 4)
    canvas.rect(x + 0.5, y, frame.width - 1, frame.height, fill="none", stroke=RULE)
    _label(canvas, frame, labelled, corner, words)


def _label(
    canvas: Canvas, frame: Frame, spots: list[Spot], corner: tuple[float, float], words: Any
) -> None:
    """A pill for each country, the largest count first; a point where a shape is too small."""
    x, y = corner
    labels = Labels((x + 1, y + 1, x + frame.width - 3, y + frame.height - 1))
    found = []
    for spot in spots:
        at = frame.at[spot.code]
        if spot.code not in frame.shapes:
            labels.keep(x + at[0], y + at[1], 3)
    for spot in sorted(spots, key=lambda s: (-s.stores, s.code)):
        at = x + frame.at[spot.code][0], y + frame.at[spot.code][1]
        said = f"{spot.code} {words.number(spot.stores)}"
        found.append((spot, at, labels.place(*at, said, 9.5), said))
    for spot, at, where, said in found:
        wide = width(said, 9.5) + 6
        off = where is None or not (
            where[0] <= at[0] <= where[0] + wide and abs(where[1] - at[1]) < 7
        )
        if where and off:
            near = min(max(at[0], where[0]), where[0] + wide)
            canvas.line(*at, near, where[1], stroke_width=0.8)
        if off or spot.code not in frame.shapes:
            canvas.put(
                "circle",
                cx=at[0],
                cy=at[1],
                r=2.6,
                fill=LOOKS[spot.kind][2],
                stroke=PAPER,
                stroke_width=0.6,
            )
    for spot, _, where, said in found:
        if where:
            canvas.pill(*where, said, 9.5, LOOKS[spot.kind][2])


def _told(words: Any, spots: list[Spot], unknown: int) -> str:
    """What the map says, in words."""
    return " ".join(_sentences(words, spots, unknown))


def _sentences(words: Any, spots: list[Spot], unknown: int) -> Iterator[str]:
    yield words("Map of the countries where data stores have a copy.")
    for kind in LOOKS:
        of = [s for s in spots if s.kind == kind]
        if of:
            listed = ", ".join(f"{s.name} {words.number(s.stores)}" for s in of)
            yield f"{words.title(capital(of[0].standing))} {listed}."
    if not spots:
        yield words("No place is known.")
    if unknown:
        yield words("Place not known: {n}.", n=words.number(unknown))


def _table(words: Any, spots: list[Spot], unknown: int) -> Table:
    rows = [(s.name, s.standing, words.number(s.stores)) for s in spots]
    marks = ["" if s.kind in ("eu", "eea") else "blocking" for s in spots]
    if unknown:
        rows.append(
            (
                words("undetermined"),
                words("the place of a copy is not known"),
                words.number(unknown),
            )
        )
        marks.append("minor")
    columns = (words("Country"), words("Standing on that day"), words("Data stores with a copy"))
    return Table(words("Where copies rest, by country"), columns, tuple(rows), 0, tuple(marks))
