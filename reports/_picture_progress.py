"""Progress: what was exposed in this run and in those before it, one row of bars a measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from auditor.sdk import Counted

from ._blocks import Figure, Table
from ._picture_canvas import RULE, SOFT, Canvas
from ._picture_measure import capital, wrap

MOST = 8  # runs drawn: the first, and the latest
_LEFT, _RIGHT, _BAR, _ROW = 150.0, 676.0, 46.0, 78.0
_Run = tuple[date, Counted]


def progress(history: Sequence[_Run], words: Any) -> Figure | None:
    """Bars for stores and bytes, run after run; None when there is nothing to compare with."""
    if len(history) < 2:
        return None
    runs = list(history) if len(history) <= MOST else [history[0], *history[1 - MOST :]]
    canvas, y = Canvas("progress"), 8.0
    for said, of, whole, look, show in _measures(words):
        most = max(whole(counted) for _, counted in runs)
        y = _row(canvas, (said, look, show), [of(counted) for _, counted in runs], most, y)
    wide = (_RIGHT - _LEFT) / len(runs)
    for n, (day, _) in enumerate(runs):
        canvas.text(
            _LEFT + (n + 0.5) * wide, y + 8, words.date(day), _fits(wide), at="middle", fill=SOFT
        )
    y += 20
    if len(runs) < len(history):
        said = words(
            "Runs drawn: the first and the latest ones, {n} of {all}.",
            n=words.number(len(runs)),
            all=words.number(len(history)),
        )
        canvas.text(2, y + 6, said, 11, fill=SOFT)
        y += 16
    caption, alt = words("Progress, run after run"), _told(words, runs)
    return Figure(
        caption,
        alt,
        canvas.svg(y, caption, alt, words.lang),
        _table(words, runs, len(history) - len(runs)),
    )


_Measure = tuple[
    str,
    Callable[[Counted], int],
    Callable[[Counted], int],
    tuple[str, str, str],
    Callable[[int], str],
]


def _measures(words: Any) -> tuple[_Measure, ...]:
    """Each measure: its name, how it is counted and of what whole, its look, how it is written."""
    total, bad, open_ = (
        ("#8fc1e8", "", "#0b4a80"),
        ("#e9a07c", "crossed", "#7a2600"),
        (
            "#f3e3ab",
            "rising",
            "#5e4700",
        ),
    )

    def stores(counted: Counted) -> int:
        return max(counted.stores, counted.exposed, counted.undetermined)

    def volume(counted: Counted) -> int:
        return max(counted.bytes, counted.bytes_exposed)

    return (
        (words("data stores, all"), lambda c: c.stores, stores, total, words.number),
        (words("data stores exposed"), lambda c: c.exposed, stores, bad, words.number),
        (words("data stores undetermined"), lambda c: c.undetermined, stores, open_, words.number),
        (words("volume, all"), lambda c: c.bytes, volume, total, words.bytes),
        (words("volume exposed"), lambda c: c.bytes_exposed, volume, bad, words.bytes),
    )


def _row(
    canvas: Canvas,
    how: tuple[str, tuple[str, str, str], Callable[[int], str]],
    values: list[int],
    most: int,
    y: float,
) -> float:
    said, (fill, look, edge), show = how
    base, wide = y + 16 + _BAR, (_RIGHT - _LEFT) / len(values)
    lines = wrap(capital(said), _LEFT - 16, 11, 3, True)
    canvas.lines(2, base - _BAR / 2 - 6 * len(lines) + 10, lines, 11, bold=True)
    canvas.line(_LEFT, base, _RIGHT, base, stroke=RULE)
    thick = min(44.0, wide * 0.6)
    for n, value in enumerate(values):
        x, high = _LEFT + (n + 0.5) * wide, _BAR * value / most if most else 0
        if high:
            canvas.bar(x - thick / 2, base - high, thick, high, fill, look, edge)
        canvas.text(x, base - high - 4, show(value), _fits(wide), at="middle")
    return y + _ROW


def _fits(wide: float) -> float:
    """A size at which a day in figures fits a column."""
    return 10.5 if wide >= 72 else 9.5


def _told(words: Any, runs: list[_Run]) -> str:
    """What the bars say, in words."""
    said = [words("Progress across runs.")]
    for day, c in runs:
        said.append(
            words(
                "{day}: data stores {stores}, exposed {exposed}, undetermined {open}; volume {all},"
                " exposed {bytes}.",
                day=words.date(day),
                stores=words.number(c.stores),
                exposed=words.number(c.exposed),
                open=words.number(c.undetermined),
                all=words.bytes(c.bytes),
                bytes=words.bytes(c.bytes_exposed),
            )
        )
    return " ".join(said)


def _table(words: Any, runs: list[_Run], more: int) -> Table:
    columns = (words("Day"), *(capital(said) for said, *_ in _measures(words)))
    rows = tuple(
        (words.date(day), *(show(of(counted)) for _, of, _, _, show in _measures(words)))
        for day, counted in runs
    )
    return Table(words("Progress, run after run"), columns, rows, more)
