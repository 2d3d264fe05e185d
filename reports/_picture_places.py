"""Where copies rest: Europe, and the world as soon as one of them rests elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from auditor.sdk import Unknown, standing

from ._blocks import Figure, Table
from ._picture_atlas import Frame, frames
from ._picture_canvas import INK, PAPER, RULE, SAND, SOFT, Canvas
from ._picture_labels import Labels
from ._picture_measure import capital, fit, width, wrap
from ._saying import country

_GAP, _TOP = 12, 4
# By standing: three shades, strokes, and their colour.
_LOOKS = {
    "eu": (("#d3e6f5", "#8fc1e8", "#559fd8"), "", "#083d6b"),
    "eea": (("#cdeee7", "#86d3c4", "#35a791"), "level", "#0a4d40"),
    "adequate": (("#fbf0c4", "#f4d970", "#dbb021"), "rising", "#5e4700"),
    "examined": (("#fbdfca", "#f3b587", "#df8044"), "falling", "#6b2c00"),
    "third": (("#f5d5e3", "#e092b8", "#c25a8d"), "crossed", "#5c0f38"),
}


@dataclass(frozen=True, slots=True)
class _Spot:
    """One country, what it is to the Union, and how many stores have a copy there."""

    code: str
    name: str
    kind: str
    standing: str
    stores: int
    shade: int


def places(report: Any, words: Any) -> Figure:
    """The map of places: countries shaded by their stores, and hatched by their standing."""
    spots, unknown = _spots(report, words), report.summary.countries.get("?", 0)
    europe, world = frames()
    canvas = Canvas("places")
    drawn = [s for s in spots if s.code in world.at or s.code in world.shapes]
    abroad = [s for s in drawn if s.code not in europe.at]
    _map(canvas, europe, drawn, [s for s in drawn if s.code in europe.at], (0, _TOP), words)
    side = europe.width + _GAP
    _list(canvas, words, spots, unknown, side, europe.height + _TOP)
    height = europe.height + 2 * _TOP
    if abroad:
        canvas.text(1, height + 14, words("World"), 11, fill=SOFT)
        _map(canvas, world, drawn, abroad, (0, height + 20), words)
        height += world.height + 24
    caption, alt = words("Map of places, by country"), _told(words, spots, unknown)
    return Figure(
        caption, alt, canvas.svg(height, caption, alt, words.lang), _table(words, spots, unknown)
    )


def _spots(report: Any, words: Any) -> list[_Spot]:
    """Countries with stores: the Union first, then by their number."""
    counts = {code: n for code, n in report.summary.countries.items() if code != "?" and n}
    most = max(counts.values(), default=0)
    found = []
    for code, stores in counts.items():
        known = report.facts.country(code, report.as_of)
        shade = sum(stores > bound for bound in _bounds(most)[:-1])
        found.append(
            _Spot(
                code,
                country(report, words, code),
                _kind(known),
                standing(words, known),
                stores,
                shade,
            )
        )
    order = list(_LOOKS)
    return sorted(found, key=lambda s: (order.index(s.kind), -s.stores, s.code))


def _bounds(most: int) -> list[int]:
    """Up to how many stores each shade goes."""
    return sorted({max(1, most // 10), max(1, most // 2), max(1, most)})


def _kind(known: Any) -> str:
    if known.in_eu is True:
        return "eu"
    if known.in_eea is True:
        return "eea"
    if known.adequate is True:
        return "adequate"
    doubt = isinstance(known.adequate, Unknown) or isinstance(known.in_eea, Unknown)
    return "examined" if doubt else "third"


def _map(
    canvas: Canvas,
    frame: Frame,
    spots: list[_Spot],
    labelled: list[_Spot],
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
            shades, look, edge = _LOOKS[spot.kind]
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
    canvas: Canvas, frame: Frame, spots: list[_Spot], corner: tuple[float, float], words: Any
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
                fill=_LOOKS[spot.kind][2],
                stroke=PAPER,
                stroke_width=0.6,
            )
    for spot, _, where, said in found:
        if where:
            canvas.pill(*where, said, 9.5, _LOOKS[spot.kind][2])


def _list(
    canvas: Canvas, words: Any, spots: list[_Spot], unknown: int, x: float, bottom: float
) -> None:
    """The key: each standing with its look, and its countries; then what is not known."""
    right, y = canvas.width - 2, 14.0
    title = wrap(words("Data stores with a copy, by country"), right - x, 11, 2, True)
    y = canvas.lines(x, y, title, 11, bold=True) + 4
    room = int((bottom - y - 60) // 14) - len({s.kind for s in spots})
    shown = sorted(spots, key=lambda s: -s.stores)[: room if len(spots) <= room else room - 1]
    kind = ""
    for spot in (s for s in spots if s in shown):
        if spot.kind != kind:
            kind = spot.kind
            shades, look, edge = _LOOKS[kind]
            canvas.bar(x, y - 8, 18, 10, shades[1], look, edge)
            canvas.text(
                x + 24,
                y + 0.5,
                fit(capital(spot.standing), right - x - 24, 10.5, True),
                10.5,
                bold=True,
            )
            y += 14
        y = _row(canvas, x, y, right, _name(spot), words.number(spot.stores))
    rest = [s for s in spots if s not in shown]
    if rest:
        others = words("other countries: {n}", n=words.number(len(rest)))
        y = _row(canvas, x, y, right, others, words.number(sum(s.stores for s in rest)))
    if not spots:
        y = _row(canvas, x, y, right, words("no place is known"), "")
    _foot(canvas, words, spots, unknown, (x, y + 4, right))


def _row(canvas: Canvas, x: float, y: float, right: float, name: str, count: str) -> float:
    room = right - x - 24 - width(count, 10.5) - 6
    canvas.text(right, y, count, 10.5, at="end")
    return canvas.lines(x + 24, y, wrap(name, room, 10.5, 2), 10.5) + 1.4


def _name(spot: _Spot) -> str:
    """A country and the letters of its label; a group of countries has no label."""
    return f"{spot.name} ({spot.code})" if spot.code in frames()[1].at else spot.name


def _foot(
    canvas: Canvas, words: Any, spots: list[_Spot], unknown: int, where: tuple[float, float, float]
) -> None:
    x, y, right = where
    if unknown:
        canvas.rect(x, y - 8, 18, 10, fill=PAPER, stroke=INK, stroke_dasharray="2 2")
        canvas.text(x + 9, y + 0.5, "?", 9, at="middle")
        canvas.text(x + 24, y, capital(words("place not known")), 10.5, bold=True)
        canvas.text(right, y, words.number(unknown), 10.5, at="end", bold=True)
        y += 18
    if spots:
        bounds = _bounds(max(s.stores for s in spots))
        canvas.text(x, y, words("Shade: the darker, the more data stores"), 10, fill=SOFT)
        for n, bound in enumerate(bounds):
            canvas.rect(
                x + 68 * n,
                y + 6,
                14,
                10,
                fill=("#dedede", "#a8a8a8", "#6e6e6e")[n],
                stroke=INK,
                stroke_width=0.6,
            )
            canvas.text(x + 68 * n + 18, y + 14.5, f"≤ {words.number(bound)}", 10, fill=SOFT)


def _told(words: Any, spots: list[_Spot], unknown: int) -> str:
    """What the map says, in words."""
    return " ".join(_sentences(words, spots, unknown))


def _sentences(words: Any, spots: list[_Spot], unknown: int) -> Iterator[str]:
    yield words("Map of the countries where data stores have a copy.")
    for kind in _LOOKS:
        of = [s for s in spots if s.kind == kind]
        if of:
            listed = ", ".join(f"{s.name} {words.number(s.stores)}" for s in of)
            yield f"{words.title(capital(of[0].standing))} {listed}."
    if not spots:
        yield words("No place is known.")
    if unknown:
        yield words("Place not known: {n}.", n=words.number(unknown))


def _table(words: Any, spots: list[_Spot], unknown: int) -> Table:
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
