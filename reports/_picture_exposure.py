"""Which groups are exposed, the largest first: for those who read one page."""

from __future__ import annotations

from typing import Any

from auditor.sdk import Group, Plan, plain

from ._blocks import Figure, Table
from ._picture_canvas import PAPER, RULE, SOFT, Canvas
from ._picture_measure import fit, listed, width, wrap

MOST = 12
_LEFT, _RIGHT, _LANE, _TOP, _HIGH = 206.0, 676.0, 31.0, 34.0, 17.0
_SIZE = 10.5
_HELD, _REST = ("#e9a07c", "crossed", "#7a2600"), ("#f3e3ab", "rising", "#5e4700")


def exposure(plan: Plan | None, words: Any) -> Figure | None:
    """Bars of the exposed stores of each group, of all those seen; None without a plan."""
    groups = sorted(plan.groups, key=lambda g: (-g.volume.stores, g.id)) if plan else []
    if not groups:
        return None
    canvas, shown = Canvas("exposure"), groups[:MOST]
    most = max(max(g.seen, g.volume.stores) for g in groups)
    label = max(width(_share(words, g), _SIZE) for g in shown)
    scale = (_RIGHT - _LEFT - 12 - label) / most if most else 0
    _key(canvas, words)
    for n, group in enumerate(shown):
        _lane(canvas, words, group, scale, _TOP + n * _LANE)
    y = _TOP + len(shown) * _LANE + 4
    if len(groups) > MOST:
        rest = groups[MOST:]
        said = words(
            "Other groups, in the table: {n}, with {stores} exposed data stores.",
            n=words.number(len(rest)),
            stores=words.number(sum(g.volume.stores for g in rest)),
        )
        canvas.text(2, y + 12, said, 11, fill=SOFT)
        y += 20
    caption, alt = words("Exposed data stores, by group"), _told(words, groups)
    return Figure(caption, alt, canvas.svg(y, caption, alt, words.lang), _table(words, groups))


def _key(canvas: Canvas, words: Any) -> None:
    x = 2.0
    for (fill, look, edge), said in (
        (_HELD, words("exposed, holding health data")),
        (_REST, words("exposed, to be qualified")),
        ((PAPER, "", RULE), words("other stores of the group")),
    ):
        canvas.bar(x, 5, 18, 11, fill, look, edge)
        x += 24 + canvas.text(x + 24, 14, said, 10, fill=SOFT) + 16


def _lane(canvas: Canvas, words: Any, group: Group, scale: float, y: float) -> None:
    lines = wrap(_name(group), _LEFT - 14, 10.5, 2)
    canvas.lines(2, y + 12 - 6 * (len(lines) - 1), lines, 10.5)
    said = _share(words, group)
    whole, exposed = max(group.seen, group.volume.stores), group.volume.stores
    held = min(group.held, exposed)
    if whole:
        canvas.rect(_LEFT, y, max(2, whole * scale), _HIGH, fill=PAPER, stroke=RULE)
    if held:
        canvas.bar(_LEFT, y, max(2, held * scale), _HIGH, *_HELD)
    if exposed > held:
        canvas.bar(_LEFT + held * scale, y, max(2, (exposed - held) * scale), _HIGH, *_REST)
    at = _LEFT + max(2, whole * scale) + 6
    canvas.text(at, y + 12, said, _SIZE)


def _name(group: Group) -> str:
    return plain(group.name or group.id.partition(":")[2] or group.id)


def _share(words: Any, group: Group) -> str:
    """How many of a group's stores are exposed, and of them, hold health data."""
    return str(
        words(
            "{n} of {all} (health data: {held})",
            n=words.number(group.volume.stores),
            all=words.number(group.seen),
            held=words.number(group.held),
        )
    )


def _told(words: Any, groups: list[Group]) -> str:
    """What the bars say, in words."""
    found = listed(words, (f"{fit(_name(g), 300, 11)} {_share(words, g)}" for g in groups[:MOST]))
    said = words("Exposed data stores of each group, of all those seen: {groups}.", groups=found)
    rest = groups[MOST:]
    if not rest:
        return str(said)
    more = words(
        "Other groups, in the table: {n}, with {stores} exposed data stores.",
        n=words.number(len(rest)),
        stores=words.number(sum(g.volume.stores for g in rest)),
    )
    return f"{said} {more}"


def _table(words: Any, groups: list[Group]) -> Table:
    rows = tuple(
        (
            _name(g),
            words.number(g.seen),
            words.number(g.volume.stores),
            words.number(g.held),
            words.bytes(g.volume.bytes),
        )
        for g in groups
    )
    columns = (
        words("Group"),
        words("Data stores seen"),
        words("Exposed"),
        words("Exposed, holding health data"),
        words("Volume known"),
    )
    return Table(words("Exposed data stores, by group"), columns, rows, 0, (), (4, 1, 1, 1, 1))
