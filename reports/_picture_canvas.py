"""A sheet that pictures are drawn on: plain SVG 1.1, the same bytes for the same strokes.

No pattern, style sheet, script, font or link: Chromium, Typst, LibreOffice and Word all draw it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from ._picture_hatch import Ring, hatched
from ._picture_measure import width as width_of

WIDTH = 680  # units; a quarter of a millimetre each on a page of A4
HIGHEST = 900
FONTS = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
INK, SOFT, RULE, PAPER, SAND = "#1b1b1b", "#4a4a4a", "#767676", "#ffffff", "#f1f1ee"
BLUE, RED, AMBER, TEAL, PLUM = "#0b5fa5", "#a8380a", "#7a5200", "#0a5a4c", "#6d1747"


def number(value: float) -> str:
    """A coordinate: at most one decimal, never an exponent."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "-0" if value <= -0.05 else "0", 1)


def safe(text: object) -> str:
    """A text that may stand in XML, whatever a stranger put into it."""
    kept = "".join(
        c
        if c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) & 0xFFFE != 0xFFFE
        else "\N{REPLACEMENT CHARACTER}"
        for c in str(text)
    )
    return escape(kept)


class Canvas:
    """What was drawn so far. `name` is before every id, so that several stand on one page."""

    def __init__(self, name: str, width: float = WIDTH) -> None:
        self.name, self.width = name, width
        self._drawn: list[str] = []

    def put(self, tag: str, **how: Any) -> None:
        """One element; underscores in names stand for hyphens, None is left out."""
        told = "".join(
            f' {k.replace("_", "-")}="{number(v) if isinstance(v, int | float) else v}"'
            for k, v in how.items()
            if v is not None
        )
        self._drawn.append(f"<{tag}{told}/>")

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: float = 11,
        *,
        at: str = "start",
        bold: bool = False,
        fill: str = INK,
    ) -> float:
        """A text on its base line; how wide it is."""
        anchor = f' text-anchor="{at}"' if at != "start" else ""
        weight = ' font-weight="bold"' if bold else ""
        colour = f' fill="{fill}"' if fill != INK else ""
        self._drawn.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}"{anchor}{weight}'
            f"{colour}>{safe(said)}</text>"
        )
        return width_of(said, size, bold)

    def lines(self, x: float, y: float, said: Sequence[str], size: float = 11, **how: Any) -> float:
        """Several lines; the base line after the last."""
        for n, line in enumerate(said):
            self.text(x, y + n * size * 1.2, line, size, **how)
        return y + len(said) * size * 1.2

    def rect(self, x: float, y: float, width: float, height: float, **how: Any) -> None:
        """A rectangle."""
        self.put("rect", x=x, y=y, width=width, height=height, **how)

    def line(self, x1: float, y1: float, x2: float, y2: float, **how: Any) -> None:
        """A straight line."""
        self.put("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": INK, **how})

    def path(self, d: str, **how: Any) -> None:
        """A path."""
        self.put("path", d=d, **how)

    def hatch(self, rings: Iterable[Ring], look: str, colour: str, gap: float = 4.5) -> None:
        """Strokes inside an area, so that it is told apart without colours."""
        d = hatched(list(rings), look, gap)
        if d:
            self.path(d, stroke=colour, stroke_width=0.8, fill="none")

    def bar(
        self, x: float, y: float, width: float, height: float, fill: str, look: str, edge: str
    ) -> None:
        """A rectangle filled, hatched, then outlined."""
        self.rect(x, y, width, height, fill=fill)
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.hatch([corners], look, edge)
        self.rect(x, y, width, height, fill="none", stroke=edge)

    def pill(self, x: float, y: float, said: str, size: float = 11, edge: str = INK) -> float:
        """A short text in a white frame, its left middle at a point; how wide it is."""
        width, high = width_of(said, size) + 6, size + 4
        self.rect(x, y - high / 2, width, high, fill=PAPER, stroke=edge, stroke_width=0.7, rx=3)
        self.text(x + width / 2, y + size * 0.36, said, size, at="middle")
        return width

    def svg(self, height: float, title: str, told: str, lang: str) -> str:
        """The whole document."""
        wide, high, name = number(self.width), number(height), self.name
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}"'
            f' height="{high}" xml:lang="{lang}" role="img"'
            f' aria-labelledby="{name}-title {name}-desc" font-family="{FONTS}" fill="{INK}">'
            f'<title id="{name}-title">{safe(title)}</title>'
            f'<desc id="{name}-desc">{safe(told)}</desc>'
            f'<rect x="0" y="0" width="{wide}" height="{high}" fill="{PAPER}"/>'
            f"{''.join(self._drawn)}</svg>"
        )
