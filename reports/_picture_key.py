"""The key of a map: each standing with its look, its countries and their stores."""

from __future__ import annotations

from typing import Any

from ._picture_atlas import frames
from ._picture_canvas import INK, PAPER, SOFT, Canvas
from ._picture_measure import capital, fit, width, wrap
from ._picture_spots import LOOKS, Spot, bounds


def key(
    canvas: Canvas, words: Any, spots: list[Spot], unknown: int, x: float, bottom: float
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
            shades, look, edge = LOOKS[kind]
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


def _name(spot: Spot) -> str:
    """A country and the letters of its label; a group of countries has no label."""
    return f"{spot.name} ({spot.code})" if spot.code in frames()[1].at else spot.name


def _foot(
    canvas: Canvas, words: Any, spots: list[Spot], unknown: int, where: tuple[float, float, float]
) -> None:
    x, y, right = where
    if unknown:
        canvas.rect(x, y - 8, 18, 10, fill=PAPER, stroke=INK, stroke_dasharray="2 2")
        canvas.text(x + 9, y + 0.5, "?", 9, at="middle")
        canvas.text(x + 24, y, capital(words("place not known")), 10.5, bold=True)
        canvas.text(right, y, words.number(unknown), 10.5, at="end", bold=True)
        y += 18
    if spots:
        steps = bounds(max(s.stores for s in spots))
        canvas.text(x, y, words("Shade: the darker, the more data stores"), 10, fill=SOFT)
        for n, bound in enumerate(steps):
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
