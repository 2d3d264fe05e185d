"""One lane of the paths of reach: boxes in rows, arrows between them, laws at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.sdk import Link, Reached, Unknown, chains, law_name, plain

from ._picture_canvas import AMBER, BLUE, PAPER, RED, SOFT, Canvas
from ._picture_measure import capital, wrap
from ._saying import country, shown, word

FIRST = 146.0  # where the first box begins
_WIDE, _BETWEEN, _SIZE, _MOST = 120.0, 17.0, 10.0, 4
_STEP = 12.0
_HIGHEST = 420.0  # no chain begins below in one lane
_LAWS = 5  # laws told in one box
# By verdict: what fills the last box, the colour of lines, their dashes, their width.
LOOKS: dict[Reached, tuple[str, str, str | None, float]] = {
    Reached.LINKED: ("#fbe4d8", RED, None, 2.0),
    Reached.UNDETERMINED: ("#fbf3d5", AMBER, "6 3", 1.4),
    Reached.NO_KNOWN_LINK: ("#e4f0fa", BLUE, "1.5 3", 1.4),
}


@dataclass(slots=True)
class _Box:
    """Some lines in a frame, the first ones bold; where it stands, from the top of its lane."""

    head: list[str]
    rest: list[str]
    wide: float
    last: bool = False
    above: str = ""  # how this chain begins: hosted on, established …
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        return (len(self.head) + len(self.rest)) * _STEP + 9


@dataclass(slots=True)
class Lane:
    """The boxes of one offer, row by row."""

    verdict: Reached
    rows: list[list[_Box]] = field(default_factory=list)
    goes_on: list[bool] = field(default_factory=list)  # whether a row goes on the one before
    height: float = 0

    def add(self, row: list[_Box], goes_on: bool) -> None:
        """One row more, below the others."""
        top = self.height + (10 if self.rows else 0) + (13 if row[0].above else 0)
        x = FIRST
        for box in row:
            box.x, box.y = x, top
            x += box.wide + _BETWEEN
        self.rows.append(row)
        self.goes_on.append(goes_on)
        self.height = top + max(box.height for box in row)

    def leave(self, canvas: Canvas, x: float, y: float) -> None:
        """The lines from the offer to the first box of each chain."""
        _, colour, dashes, thick = LOOKS[self.verdict]
        starts = [
            y + row[0].y + 12 for row, on in zip(self.rows, self.goes_on, strict=True) if not on
        ]
        how = {"stroke": colour, "stroke_width": thick, "stroke_dasharray": dashes}
        middle = x + 12
        if len(starts) > 1:
            canvas.line(middle, starts[0], middle, starts[-1], **how)
        canvas.line(x, starts[0], middle, starts[0], **how)
        for at in starts:
            canvas.line(middle, at, FIRST - 5, at, **how)
            _arrow(canvas, FIRST, at, colour)

    def draw(self, canvas: Canvas, y: float) -> None:
        """All boxes, and the arrows between them."""
        fill, colour, dashes, thick = LOOKS[self.verdict]
        how = {"stroke": colour, "stroke_width": thick, "stroke_dasharray": dashes}
        for row, on in zip(self.rows, self.goes_on, strict=True):
            for n, box in enumerate(row):
                at = y + box.y + 12
                if n or on:
                    canvas.line(box.x - _BETWEEN, at, box.x - 5, at, **how)
                    _arrow(canvas, box.x, at, colour)
                _draw(canvas, box, y, fill if box.last else PAPER, colour)


def _draw(canvas: Canvas, box: _Box, y: float, fill: str, colour: str) -> None:
    top = y + box.y
    edge = colour if box.last else SOFT
    canvas.rect(
        box.x,
        top,
        box.wide,
        box.height,
        fill=fill,
        stroke=edge,
        stroke_width=1.6 if box.last else 0.9,
        rx=0 if box.last else 4,
    )
    if box.above:
        canvas.text(box.x, top - 4, box.above, 9.5, fill=SOFT)
    below = canvas.lines(box.x + 6, top + 13, box.head, _SIZE, bold=True)
    canvas.lines(box.x + 6, below, box.rest, _SIZE, fill=SOFT if not box.last else "#1b1b1b")


def _arrow(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.path(f"M{x - 6:.1f} {y - 3.5:.1f}l6 3.5-6 3.5z", fill=colour)


def lane(report: Any, words: Any, reach: Any) -> Lane:
    """The lane of an offer: a row for each chain of its path, more where one is long."""
    made, told = Lane(reach.verdict), set[str]()
    for chain in list(chains(reach)) or [()]:
        if made.height > _HIGHEST:
            made.add([_Box([words("… and other links, in the table")], [], 300.0)], goes_on=False)
            break
        boxes = [_entity(report, words, step) for step in chain]
        first = chain[0].link if chain else Link.CONTRACTS
        if boxes and first not in (Link.CONTRACTS, Link.OWNS):
            boxes[0].above = word(report, words, "link", first)
        last = _last(report, words, reach, chain, told, bool(made.rows))
        for n, row in enumerate(_in_rows(boxes, last)):
            made.add(row, goes_on=n > 0)
    return made


def _in_rows(boxes: list[_Box], last: list[str]) -> Iterator[list[_Box]]:
    """Boxes, four to a row; the last one takes what its row has left."""
    while len(boxes) > _MOST or (len(boxes) == _MOST and not last):
        yield boxes[:_MOST]
        boxes = boxes[_MOST:]
    if last and len(boxes) == _MOST:
        yield boxes
        boxes = []
    if last:
        wide = (_MOST - len(boxes)) * (_WIDE + _BETWEEN) - _BETWEEN
        head, *rest = last
        lines = [piece for said in rest for piece in wrap(said, wide - 12, _SIZE, 4)]
        boxes = [*boxes, _Box(wrap(head, wide - 12, _SIZE, 4, True), lines, wide, True)]
    if boxes:
        yield boxes


def _short(law: Any) -> Any:
    """A law without the reference in brackets: the table has it."""
    return replace(law, name=f"• {law.name.partition(' (')[0]}")


def _entity(report: Any, words: Any, step: Any) -> _Box:
    unknown = isinstance(step.seat, Unknown)
    seat = (
        shown(report, words, Unknown(step.seat.reason))
        if unknown
        else country(report, words, step.seat)
    )
    where = " · ".join(filter(None, (seat, plain(step.share))))
    room = _WIDE - 12
    return _Box(wrap(plain(step.name), room, _SIZE, 3, True), wrap(where, room, _SIZE, 2), _WIDE)


def _last(
    report: Any, words: Any, reach: Any, chain: Any, told: set[str], later: bool
) -> list[str]:
    """What stands at the end of a chain: the laws that reach it, or why none is told."""
    names = {step.key for step in chain}
    laws = [
        w
        for w in reach.laws
        if w.data_access and w.law not in told and (w.via in names or not w.via)
    ]
    told.update(law.law for law in laws)
    if laws:
        at = ", ".join(dict.fromkeys(country(report, words, law.country) for law in laws))
        more = len(laws) - _LAWS
        others = [words("… and others: {n}", n=words.number(more))] if more > 0 else []
        return [at, *(law_name(words, _short(law)) for law in laws[:_LAWS]), *others]
    if later or reach.verdict is Reached.LINKED:
        return []
    why = [capital(shown(report, words, Unknown(reach.reason.reason)))] if reach.reason else []
    said = word(report, words, "reached", reach.verdict).split(", ")
    return [*map(capital, said), *why]
