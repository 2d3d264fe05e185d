"""Stores by verdict, and by custody of their keys: bars of one length, each told in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auditor.sdk import Custody, Reached

from ._blocks import Figure, Table
from ._picture_canvas import PAPER, SOFT, Canvas
from ._picture_measure import capital, listed, width, wrap
from ._picture_tally import INSIDE, OUTSIDE, UNKNOWN
from ._saying import word

_GOOD, _BAD, _OPEN = (
    ("#8fc1e8", "", "#0b4a80"),
    ("#e9a07c", "crossed", "#7a2600"),
    (
        "#f3e3ab",
        "rising",
        "#5e4700",
    ),
)
_KEYS = (
    ("#d98f93", "crossed", "#6d1220"),
    ("#f0bd8c", "falling", "#6b2c00"),
    ("#f6e3a1", "level", "#5e4700"),
    ("#b5dfd3", "upright", "#0a4d40"),
    ("#8fc1e8", "", "#0b4a80"),
    ("#e4e4e4", "grid", "#4a4a4a"),
)
_WIDE, _HIGH, _SIZE = 676.0, 24.0, 10.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: what it is, how many stores, and its look."""

    said: str
    stores: int
    look: tuple[str, str, str]


def verdicts(report: Any, words: Any) -> Figure:
    """Where stores rest, whose law reaches their operator, who can use their keys."""
    told = report.resting()
    bars = (
        (words("Place: where the copies rest"), _places(words, told)),
        (words("Reach: whose law can compel the operator"), _reach(report, words)),
        (words("Custody: who can use the keys"), _custody(report, words)),
    )
    canvas, y = Canvas("verdicts"), 14.0
    for title, pieces in bars:
        y = _bar(canvas, words, title, pieces, y)
    caption, alt = words("Data stores by verdict and by custody of keys"), _told(words, bars)
    rows = tuple(
        (title, piece.said, words.number(piece.stores), words.percent(piece.stores, _all(pieces)))
        for title, pieces in bars
        for piece in pieces
        if piece.stores
    )
    columns = (words("Question"), words("Answer"), words("Data stores"), words("Share"))
    return Figure(
        caption, alt, canvas.svg(y - 12, caption, alt, words.lang), Table(caption, columns, rows)
    )


def _places(words: Any, told: Any) -> list[Piece]:
    return [
        Piece(words("every copy inside the European Economic Area"), told.places[INSIDE], _GOOD),
        Piece(words("a copy outside"), told.places[OUTSIDE], _BAD),
        Piece(words("a copy whose place is not established"), told.places[UNKNOWN], _OPEN),
    ]


def _reach(report: Any, words: Any) -> list[Piece]:
    looks = {Reached.NO_KNOWN_LINK: _GOOD, Reached.LINKED: _BAD, Reached.UNDETERMINED: _OPEN}
    counts = report.summary.reach
    return [
        Piece(word(report, words, "reached", verdict), counts.get(str(verdict), 0), look)
        for verdict, look in looks.items()
    ]


def _custody(report: Any, words: Any) -> list[Piece]:
    counts = report.summary.custody
    said = [f"{level} {word(report, words, 'custody', level)}" for level in Custody]
    said.append(words("who can use the keys could not be established"))
    keys = (*map(str, Custody), "?")
    return [Piece(s, counts.get(k, 0), look) for s, k, look in zip(said, keys, _KEYS, strict=True)]


def _all(pieces: list[Piece]) -> int:
    return sum(piece.stores for piece in pieces)


def _bar(canvas: Canvas, words: Any, title: str, pieces: list[Piece], y: float) -> float:
    """One bar with its title and its key; where the next one begins."""
    whole = _all(pieces)
    canvas.text(2, y, title, 12, bold=True)
    canvas.text(
        678, y, words("Data stores: {n}", n=words.number(whole)), _SIZE, at="end", fill=SOFT
    )
    y += 8
    if whole:
        _segments(canvas, words, pieces, whole, y)
    else:
        canvas.rect(2, y, _WIDE, _HIGH, fill=PAPER, stroke=SOFT, stroke_dasharray="3 3")
        canvas.text(340, y + 16, words("no data store"), _SIZE, at="middle", fill=SOFT)
    y += _HIGH + 18
    for piece in pieces:
        if piece.stores:
            y = _key(canvas, words, piece, whole, y)
    return y + 18


def _segments(canvas: Canvas, words: Any, pieces: list[Piece], whole: int, y: float) -> None:
    some = [p for p in pieces if p.stores]
    x, room = 2.0, _WIDE - 4 * len(some)
    for piece in some:
        wide = 4 + room * piece.stores / whole
        fill, look, edge = piece.look
        canvas.bar(x, y, wide, _HIGH, fill, look, edge)
        said = words.number(piece.stores)
        label = width(said, _SIZE) + 6
        if label + 4 < wide:
            canvas.pill(x + (wide - label) / 2, y + _HIGH / 2, said, _SIZE, edge)
        x += wide


def _key(canvas: Canvas, words: Any, piece: Piece, whole: int, y: float) -> float:
    fill, look, edge = piece.look
    canvas.bar(2, y - 9, 18, 11, fill, look, edge)
    canvas.text(84, y, words.number(piece.stores), _SIZE, at="end", bold=True)
    canvas.text(128, y, words.percent(piece.stores, whole), _SIZE, at="end", fill=SOFT)
    return canvas.lines(138, y, wrap(capital(piece.said), 538, _SIZE, 2), _SIZE) + 3


def _told(words: Any, bars: Any) -> str:
    """What the bars say, in words."""
    told = []
    for title, pieces in bars:
        parts = [
            f"{piece.said} {words.number(piece.stores)}"
            f" ({words.percent(piece.stores, _all(pieces))})"
            for piece in pieces
            if piece.stores
        ]
        told.append(f"{title}. {capital(listed(words, parts) or words('no data store'))}.")
    return " ".join(told)
