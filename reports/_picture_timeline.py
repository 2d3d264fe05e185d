"""The plan over time: a lane for each step, its milestones, its deadline and its limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from auditor.sdk import Group, Plan, Step

from ._blocks import Figure
from ._picture_canvas import INK, RULE, SOFT, Canvas
from ._picture_marks import LATE, flag, key, limit, milestone, undated
from ._picture_measure import fit, width
from ._picture_steps import MOST, days_of, goal, group_of, is_law, more, table, told

_LEFT, _RIGHT, _LANE, _TOP = 216.0, 666.0, 32.0, 40.0
_EVERY = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two ticks


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days as places from left to right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return _LEFT + share * (_RIGHT - _LEFT)

    def ticks(self) -> list[date]:
        """The first days of some months, six at most."""
        start = self.first.year * 12 + self.first.month - 1
        end = self.last.year * 12 + self.last.month - 1
        step = next((n for n in _EVERY if (end - start) // n <= 6), 240)
        months = range(start + (-start) % step, end + 1, step)
        days = (date(m // 12, m % 12 + 1, 1) for m in months)
        return [d for d in days if self.first <= d <= self.last]


def timeline(plan: Plan | None, words: Any) -> Figure | None:
    """The lanes of a plan; what has no date is shown as to be completed. None without a plan."""
    lanes = list(_lanes(plan)) if plan else []
    if plan is None or not lanes:
        return None
    canvas, scale = Canvas("timeline"), _scale(plan)
    shown = lanes[:MOST]
    bottom = _TOP + len(shown) * _LANE
    _axis(canvas, words, scale, plan.as_of, bottom)
    for n, (group, step) in enumerate(shown):
        _lane(canvas, words, scale, group, step, _TOP + n * _LANE)
    y = bottom + 18
    if len(lanes) > MOST:
        canvas.text(2, y, more(words, len(lanes)), 11, fill=SOFT)
        y += 18
    y = key(canvas, words, y + 4)
    caption, alt = words("The transition plan over time"), told(words, plan, lanes)
    return Figure(caption, alt, canvas.svg(y, caption, alt, words.lang), table(words, lanes))


def _lanes(plan: Plan) -> Iterator[tuple[Group, Step | None]]:
    """Every step with its group; a group that has none stands alone."""
    for group in plan.groups:
        for step in group.steps or (None,):
            yield group, step


def _days(step: Step) -> list[date]:
    found = [*(m.day for m in step.milestones), step.deadline]
    found += [*(one.day for one in step.limits), *(s.deadline for s in step.slips)]
    return [day for day in found if day]


def _scale(plan: Plan) -> _Scale:
    days = [plan.as_of, *(d for g in plan.groups for s in g.steps for d in _days(s))]
    first, last = min(days), max(days)
    room = timedelta(max(7, (last - first).days // 40))
    low, high = date.min + room, date.max - room
    return _Scale(max(first, low) - room, min(last, high) + room)


def _axis(canvas: Canvas, words: Any, scale: _Scale, today: date, bottom: float) -> None:
    for day in scale.ticks():
        x = scale.x(day)
        canvas.line(x, _TOP - 4, x, bottom, stroke="#d0d0d0")
        half = width(words.date(day), 9.5) / 2
        canvas.text(
            min(max(x, _LEFT + half - 8), 678 - half),
            34,
            words.date(day),
            9.5,
            at="middle",
            fill=SOFT,
        )
    canvas.line(2, _TOP - 2, 678, _TOP - 2, stroke=RULE)
    x = scale.x(today)
    canvas.line(x, 16, x, bottom, stroke=INK, stroke_width=1.6)
    said = words("plan as of {day}", day=words.date(today))
    half = width(said, 10, True) / 2
    canvas.text(min(max(x, half + 2), 678 - half), 12, said, 10, at="middle", bold=True)


def _lane(
    canvas: Canvas, words: Any, scale: _Scale, group: Group, step: Step | None, top: float
) -> None:
    middle = top + _LANE / 2
    canvas.line(2, top + _LANE, 678, top + _LANE, stroke="#e2e2e2")
    room = _LEFT - 16
    if step and _days(step) and (open_ := sum(m.day is None for m in step.milestones)):
        room -= undated(canvas, _LEFT - 10, top + 10, words.number(open_)) + 2
    canvas.text(2, top + 13, fit(group_of(group), room, 10.5, True), 10.5, bold=True)
    canvas.text(2, top + 26, fit(goal(words, step), room, 10), 10, fill=SOFT)
    if step is None or not _days(step):
        said = words("dates to be completed")
        canvas.rect(
            _LEFT + 4,
            middle - 9,
            width(said, 10.5) + 16,
            18,
            fill="#fdf6dc",
            stroke="#7a5200",
            stroke_dasharray="4 3",
        )
        canvas.text(_LEFT + 12, middle + 3.8, said, 10.5)
        return
    for one in step.limits:
        limit(canvas, scale.x(one.day), middle, is_law(one.origin), one.passed)
    _milestones(canvas, scale, step, middle)
    _deadline(canvas, words, scale, step, middle)


def _milestones(canvas: Canvas, scale: _Scale, step: Step, y: float) -> None:
    """The marks of a step: one beside another is set a little above or below."""
    dated = sorted(((m.day, m) for m in step.milestones if m.day), key=lambda d: d[0])
    if not dated:
        return
    canvas.line(scale.x(dated[0][0]), y, scale.x(dated[-1][0]), y, stroke=RULE, stroke_width=1.2)
    for (before, _), (day, found) in pairwise(dated):
        if found.critical:
            canvas.line(scale.x(before), y, scale.x(day), y, stroke=LATE, stroke_width=4)
    taken: list[tuple[float, float]] = []
    for x in (scale.x(day) for day, _ in dated):
        rows = (0.0, -9.0, 9.0)
        off = next((r for r in rows if all(abs(x - a) > 11 or r != b for a, b in taken)), 0.0)
        taken.append((x, off))
        if off:
            canvas.line(x, y, x, y + off, stroke=RULE)
    for (_, found), (x, off) in zip(dated, taken, strict=True):
        milestone(canvas, x, y + off, found.phase, found.reached)


def _deadline(canvas: Canvas, words: Any, scale: _Scale, step: Step, y: float) -> None:
    """The deadline, and how far it lies from those approved before."""
    if step.deadline is None:
        return
    x = scale.x(step.deadline)
    slips = [s for s in step.slips if s.days]
    for slip in slips:
        was = scale.x(slip.deadline)
        canvas.line(was, y + 12, x, y + 12, stroke=LATE, stroke_dasharray="2 2")
        flag(canvas, was, y + 2, now=False)
    flag(canvas, x, y + 2)
    if slips:
        said = days_of(words, max(slips, key=lambda s: abs(s.days)).days)
        room = width(said, 9.5)
        left = x + 12 if x + 14 + room < 678 else x - room - 6
        canvas.rect(left - 2, y - 13, room + 4, 13, fill="#ffffff", fill_opacity=0.85)
        canvas.text(left, y - 3, said, 9.5, fill=LATE, bold=True)
