"""The marks of a timeline: one shape for each phase, full when it is reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.sdk import Phase

from ._picture_canvas import BLUE, INK, PAPER, PLUM, RULE, SOFT, WIDTH, Canvas
from ._picture_measure import width

CONVENTION, LAW, LATE = "#7a5200", PLUM, "#a8380a"
_SIZE = 10.0
# Drawn around 0 0, within five units.
_SHAPES: Mapping[Phase, str] = {
    Phase.EVALUATION: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    Phase.DECISION: "M0-6l6 6-6 6-6-6z",
    Phase.CONTRACT: "M-4.5-4.5h9v9h-9z",
    Phase.BUILD: "M0-5.5l5.5 10h-11z",
    Phase.COPY: "M-4.5-5.5l10 5.5-10 5.5z",
    Phase.CHECK: "M-3-5.2h6l3 5.2-3 5.2h-6l-3-5.2z",
    Phase.SWITCH: "M0-6.5l1.6 4.3 4.6.2-3.6 2.8 1.2 4.4-3.8-2.5-3.8 2.5 1.2-4.4-3.6-2.8 4.6-.2z",
    Phase.DELETION: "M-5-2l3-3 2 2 2-2 3 3-2 2 2 2-3 3-2-2-2 2-3-3 2-2z",
    Phase.PROOF: "M0 5.5l-5.5-10h11z",
}


def phases(words: Any) -> dict[Phase, str]:
    """What the phases are called."""
    return {
        Phase.EVALUATION: words("evaluation"),
        Phase.DECISION: words("decision"),
        Phase.CONTRACT: words("contract"),
        Phase.BUILD: words("build"),
        Phase.COPY: words("copy"),
        Phase.CHECK: words("check"),
        Phase.SWITCH: words("switch"),
        Phase.DELETION: words("deletion"),
        Phase.PROOF: words("proof of deletion"),
    }


def milestone(canvas: Canvas, x: float, y: float, phase: Phase, reached: bool) -> None:
    """One milestone."""
    canvas.path(
        _SHAPES[phase],
        transform=f"translate({x:.1f} {y:.1f})",
        stroke=BLUE,
        fill=BLUE if reached else PAPER,
        stroke_width=1.4,
    )


def flag(canvas: Canvas, x: float, y: float, now: bool = True, low: float = 10) -> None:
    """A deadline: the one in force is full, an earlier one is hollow."""
    canvas.line(x, y - 12, x, y + low, stroke=LATE, stroke_width=1.4)
    canvas.path(
        f"M{x:.1f} {y - 12:.1f}l9 3.5-9 3.5z",
        stroke=LATE,
        fill=LATE if now else PAPER,
        stroke_width=1,
    )


def limit(canvas: Canvas, x: float, y: float, law: bool, passed: bool) -> None:
    """A day not to pass: broken when set by us, whole by a text; a cross when passed."""
    colour = LAW if law else CONVENTION
    canvas.line(
        x,
        y - 14,
        x,
        y + 13,
        stroke=colour,
        stroke_width=2.4 if law else 1.4,
        stroke_dasharray=None if law else "3 2",
    )
    if passed:
        _passed(canvas, x, y, colour)


def _passed(canvas: Canvas, x: float, y: float, colour: str) -> None:
    d = f"M{x - 3:.1f} {y + 8:.1f}l6 6m-6 0l6-6"
    canvas.path(d, stroke=colour, stroke_width=1.6, fill="none")


def undated(canvas: Canvas, right: float, y: float, many: str) -> float:
    """How many milestones have no day yet; how wide that is."""
    said = f"{many} ?".strip()
    wide = width(said, 9.5) + 8
    canvas.rect(
        right - wide, y - 7, wide, 14, fill="#fdf6dc", stroke=CONVENTION, stroke_dasharray="3 2"
    )
    canvas.text(right - wide / 2, y + 3.4, said, 9.5, at="middle")
    return wide


def key(canvas: Canvas, words: Any, y: float) -> float:
    """What each mark means; where it ends."""
    marks: list[tuple[Callable[[float, float], object], str]] = [
        (lambda x, y, p=phase: milestone(canvas, x, y, p, False), said)  # type: ignore[misc]
        for phase, said in phases(words).items()
    ]
    marks += [
        (
            lambda x, y: milestone(canvas, x, y, Phase.EVALUATION, True),
            words("reached (any shape)"),
        ),
        (lambda x, y: _critical(canvas, x, y), words("critical path")),
        (
            lambda x, y: canvas.line(x, y - 7, x, y + 6, stroke=INK, stroke_width=1.6),
            words("day of the plan"),
        ),
        (lambda x, y: flag(canvas, x - 3, y + 6, low=0), words("deadline")),
        (lambda x, y: flag(canvas, x - 3, y + 6, False, 0), words("earlier deadline")),
        (lambda x, y: _short(canvas, x, y, False), words("limit by a convention of the project")),
        (lambda x, y: _short(canvas, x, y, True), words("limit by a text")),
        (lambda x, y: _passed(canvas, x, y - 11, CONVENTION), words("limit passed")),
        (lambda x, y: undated(canvas, x + 7, y, ""), words("milestones without a day")),
    ]
    x = 2.0
    for draw, said in marks:
        wide = 18 + width(said, _SIZE) + 14
        if x + wide > WIDTH + 10:
            x, y = 2.0, y + 19
        draw(x + 8, y)
        canvas.text(x + 18, y + 3.6, said, _SIZE, fill=SOFT)
        x += wide
    return y + 12


def _critical(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x - 8, y, x + 8, y, stroke=RULE, stroke_width=1)
    canvas.line(x - 8, y, x + 8, y, stroke=LATE, stroke_width=4)


def _short(canvas: Canvas, x: float, y: float, law: bool) -> None:
    canvas.line(
        x,
        y - 7,
        x,
        y + 6,
        stroke=LAW if law else CONVENTION,
        stroke_width=2.4 if law else 1.4,
        stroke_dasharray=None if law else "3 2",
    )
