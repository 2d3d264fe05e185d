"""Whose law can compel the host of each offer: from the offer to its operator, owners and laws."""

from __future__ import annotations

from typing import Any

from auditor.sdk import Reached, plain

from ._blocks import Figure, Table
from ._picture_canvas import HIGHEST, INK, SOFT, Canvas
from ._picture_lanes import FIRST, LOOKS, Lane, lane
from ._picture_measure import brief, capital, fit, listed, width, wrap
from ._saying import path_of, shown, word

_MOST = 900  # letters of one lane, in words


def reach_paths(report: Any, words: Any) -> Figure:
    """One lane for each offer, those linked first; long ones and the last ones are in the table."""
    told, order = report.resting(), list(Reached)
    found = sorted(
        report.reaches.items(), key=lambda o: (order.index(o[1].verdict), -told.offers[o[0]], o[0])
    )
    canvas, drawn = Canvas("paths"), 0
    y = _head(canvas, report, words)
    for offer, reach in found:
        made = lane(report, words, reach)
        if drawn and y + made.height > HIGHEST - 30:
            break
        _offer(canvas, report, words, (offer, told.offers[offer], reach, made), y)
        made.draw(canvas, y)
        y, drawn = y + made.height + 15, drawn + 1
    y = _foot(canvas, words, len(found), drawn, y)
    caption = words("Paths of reach, by offer")
    alt = " ".join(
        [
            words("Paths from each offer to the laws that can compel its operator."),
            *(_told(report, words, o, told.offers[o], r) for o, r in found[:drawn]),
            *([_more(words, len(found) - drawn)] if drawn < len(found) else []),
        ]
    )
    return Figure(
        caption, alt, canvas.svg(y, caption, alt, words.lang), _table(report, words, found, told)
    )


def _head(canvas: Canvas, report: Any, words: Any) -> float:
    """What lines and marks mean, and the columns; where the first lane begins."""
    x, y = 2.0, 0.0
    for verdict in Reached:
        said = capital(word(report, words, "reached", verdict)).partition(",")[0]
        if x + 45 + width(said, 9.5) > canvas.width:
            x, y = 2.0, y + 15
        _mark(canvas, x + 6, 9 + y, verdict)
        _, colour, dashes, thick = LOOKS[verdict]
        canvas.line(
            x + 16, 9 + y, x + 38, 9 + y, stroke=colour, stroke_width=thick, stroke_dasharray=dashes
        )
        x += canvas.text(x + 43, 13 + y, said, 9.5) + 56
    y += 38
    canvas.text(2, y, words("Offer"), 11, bold=True)
    canvas.text(FIRST, y, words("Operator → whoever controls it → laws"), 11, bold=True)
    canvas.line(2, y + 6, 678, y + 6, stroke=INK)
    return y + 17


def _mark(canvas: Canvas, x: float, y: float, verdict: Reached) -> None:
    """Linked is a full diamond, no known link a ring, undetermined a question in a square."""
    colour = LOOKS[verdict][1]
    if verdict is Reached.LINKED:
        canvas.path(f"M{x - 6} {y}l6-6 6 6-6 6z", fill=colour)
    elif verdict is Reached.NO_KNOWN_LINK:
        canvas.put("circle", cx=x, cy=y, r=5, fill="#ffffff", stroke=colour, stroke_width=2)
    else:
        canvas.rect(x - 6, y - 6, 12, 12, fill="#ffffff", stroke=colour, stroke_width=1.4)
        canvas.text(x, y + 3.6, "?", 10, at="middle", bold=True, fill=colour)


def _offer(
    canvas: Canvas, report: Any, words: Any, of: tuple[str, int, Any, Lane], y: float
) -> None:
    """The box of an offer, with its stores and its verdict, and the line that leaves it."""
    offer, stores, reach, made = of
    _mark(canvas, 10, y + 10, reach.verdict)
    base = canvas.lines(22, y + 14, wrap(plain(offer), 96, 11, 2, True), 11, bold=True)
    said = words("Data stores: {n}", n=words.number(stores))
    canvas.lines(22, base, wrap(said, 96, 10, 2), 10, fill=SOFT)
    made.leave(canvas, 120, y)


def _foot(canvas: Canvas, words: Any, found: int, drawn: int, y: float) -> float:
    if not found:
        canvas.text(340, y + 10, words("No offer is known."), 11, at="middle", fill=SOFT)
        return y + 24
    if drawn < found:
        canvas.text(2, y + 4, _more(words, found - drawn), 11, fill=SOFT)
        return y + 16
    return y - 8


def _more(words: Any, rest: int) -> str:
    return str(words("Not drawn here, and told in the table: {n} offers.", n=words.number(rest)))


def _told(report: Any, words: Any, offer: str, stores: int, reach: Any) -> str:
    """One lane in words."""
    name = fit(plain(offer), 400, 11)
    verdict = word(report, words, "reached", reach.verdict)
    why = f" ({shown(report, words, reach.reason)})" if reach.reason else ""
    path = path_of(report, words, reach)
    said = f"{words.title(f'{name} ({words.number(stores)})')} {verdict}{why}"
    return f"{brief(listed(words, filter(None, (said, path))), _MOST)}."


def _table(report: Any, words: Any, found: Any, told: Any) -> Table:
    rows, marks = [], []
    for offer, reach in found:
        why = shown(report, words, reach.reason) if reach.reason else ""
        verdict = " · ".join(filter(None, (word(report, words, "reached", reach.verdict), why)))
        rows.append(
            (plain(offer), words.number(told.offers[offer]), verdict, path_of(report, words, reach))
        )
        marks.append("major" if reach.verdict is Reached.LINKED else "")
    columns = (
        words("Offer"),
        words("Data stores"),
        words("Reach"),
        words("Path: operator → control → laws"),
    )
    caption = words("Reach of each offer")
    return Table(caption, columns, tuple(rows), 0, tuple(marks), (2, 1, 3, 6))
