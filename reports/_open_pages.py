"""The styles and the pages of an OpenDocument text: what a template lacks is added to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from ._office import COLOURS, LANG, clean
from ._open_blocks import Writer
from ._open_parts import common, into, length, named, spoken

WIDE = "Audit_20_Wide"
_OLD = (
    rf'<style:master-page\b[^>]*style:name="{WIDE}"[^>]*>.*?</style:master-page>|'
    r'<style:page-layout\b[^>]*style:name="AuditLying"[^>]*>.*?</style:page-layout>'
)  # fmt: skip  # of a document of ours that is given as a template
_MASTER = re.compile(r"<style:master-page\b[^>]*?(?:/>|>.*?</style:master-page>)", re.DOTALL)
_RUNNING = '<style:header-footer-properties fo:min-height="8mm" fo:margin-{}="4mm"/>'


@dataclass(frozen=True, slots=True)
class Pages:
    """Styles with all that ours need, the name of the upright page, and what both kinds hold."""

    styles: str
    upright: str
    frames: tuple[tuple[int, int], tuple[int, int]]


def pages_of(xml: str, title: str, words: Any) -> Pages:
    """Styles ready for our body; ValueError when they are none that an office suite writes."""
    xml = spoken(named(xml), LANG[words.lang])
    held = set(re.findall(r'<(?:style:style|text:list-style)\b[^>]*?style:name="([^"]+)"', xml))
    xml = into(xml, "office:styles", "".join(x for name, x in common() if name not in held))
    xml = re.sub(_OLD, "", xml, flags=re.DOTALL)
    masters = _MASTER.findall(xml)
    master = next((m for m in masters if _said(m, "name") == "Standard"), (masters or [""])[0])
    layout = _layout(xml, _said(master, "page-layout-name"))
    full = master if _runs(master) else _filled(master, title, words)
    fitted = layout if _runs(master) else _roomy(layout)
    xml = xml.replace(master, full, 1).replace(layout, fitted, 1)
    lying = _lying(fitted)
    name = f'style:name="{WIDE}" style:display-name="Audit Wide"'
    wide = re.sub(
        r"<style:master-page\b[^>]*?(/?)>",
        lambda f: f'<style:master-page {name} style:page-layout-name="AuditLying"{f[1]}>',
        full, count=1,
    )  # fmt: skip
    xml = into(into(xml, "office:automatic-styles", lying), "office:master-styles", wide)
    return Pages(xml, _said(master, "name"), (_frame(fitted), _frame(lying)))


def _said(element: str, name: str) -> str:
    found = re.match(rf'<[^>]*?\bstyle:{name}="([^"]*)"', element)
    if found is None:
        raise ValueError(name)
    return found[1]


def _layout(xml: str, name: str) -> str:
    form = rf'<style:page-layout\b[^>]*style:name="{re.escape(name)}"[^>]*>.*?</style:page-layout>'
    found = re.search(form, xml, re.DOTALL)
    if found is None:
        raise ValueError(name)
    return found[0]


def _runs(master: str) -> bool:
    return bool(re.search(r"<style:(?:header|footer)\b", master))


def _filled(master: str, title: str, words: Any) -> str:
    """A page with our title above and its number below; both are counted by the reader's suite."""
    above = (
        '<text:p text:style-name="Header"><text:title>'
        f"{escape(clean(title, words))}</text:title></text:p>"
    )
    one, many = "\N{SYMBOL FOR NULL}", "\N{SYMBOL FOR START OF HEADING}"
    said = escape(words("Page {page} of {pages}", page=one, pages=many))
    said = said.replace(one, '<text:page-number text:select-page="current">1</text:page-number>')
    said = said.replace(many, "<text:page-count>1</text:page-count>")
    held = (
        f"<style:header>{above}</style:header><style:footer>"
        f'<text:p text:style-name="Footer">{said}</text:p></style:footer>'
    )
    if master.endswith("/>"):
        return f"{master[:-2]}>{held}</style:master-page>"
    return re.sub(r"(<style:master-page\b[^>]*>)", lambda found: found[1] + held, master, count=1)


def _roomy(layout: str) -> str:
    """A layout that leaves room for a header and a footer."""
    for kind, side in (("header", "bottom"), ("footer", "top")):
        held = f"<style:{kind}-style>{_RUNNING.format(side)}</style:{kind}-style>"
        if f"<style:{kind}-style/>" in layout:
            layout = layout.replace(f"<style:{kind}-style/>", held)
        elif f"<style:{kind}-style>" not in layout:
            layout = layout.replace("</style:page-layout>", f"{held}</style:page-layout>")
    return layout


def _sides(layout: str) -> dict[str, str]:
    found = re.search(r"<style:page-layout-properties\b[^>]*>", layout)
    sides = dict(re.findall(r'\bfo:([a-z-]+)="([^"]*)"', found[0] if found else ""))
    usual = {"page-width": "210mm", "page-height": "297mm"}
    margin = sides.get("margin", "20mm")
    return {
        **usual, **{f"margin-{side}": margin for side in ("left", "right", "top", "bottom")},
        **sides,
    }  # fmt: skip


def _frame(layout: str) -> tuple[int, int]:
    held = {name: length(text) for name, text in _sides(layout).items() if name in _KEPT}
    across = held["page-width"] - held["margin-left"] - held["margin-right"]
    down = held["page-height"] - held["margin-top"] - held["margin-bottom"] - 3000
    return max(3000, int(across)), max(3000, int(down))


_KEPT = ("page-width", "page-height", "margin-left", "margin-right", "margin-top", "margin-bottom")


def _lying(layout: str) -> str:
    """The same page on its long side."""
    sides = _sides(layout)
    short, long = sorted((sides["page-width"], sides["page-height"]), key=length)
    turned = re.sub(r'\s(?:fo:page-(?:width|height)|style:print-orientation)="[^"]*"', "", layout)
    size = f' fo:page-width="{long}" fo:page-height="{short}" style:print-orientation="landscape"'
    turned = turned.replace(
        "<style:page-layout-properties", f"<style:page-layout-properties{size}", 1
    )
    return re.sub(
        r'(<style:page-layout\b[^>]*style:name=)"[^"]*"', r'\1"AuditLying"', turned, count=1
    )


def looks(to: Writer, upright: str) -> str:
    """The styles that are of this document alone: turned pages, marks, widths of columns."""
    return "".join((
        *(_title(name, *told, upright) for name, told in to.titles.items()),
        *(_table(n, frame[0]) for n, frame in enumerate(to.frames)),
        *(f'<style:style style:name="{name}" style:family="table-column"><style:table-column-'
          f'properties style:column-width="{width / 100:.2f}mm"/></style:style>'
          for width, name in to.columns.items()),
        _row("AuditRow", "always"), _row("AuditLong", "auto"),
        _cell("AuditCell"), _cell("AuditHead", fill="#e9ebf5", line="1pt solid #8a8f98"),
        _cell("AuditLabel", fill="#f4f5fa"),
        *(_cell(f"AuditCell{mark}", mark=colour) for mark, colour in COLOURS.items()),
        '<style:style style:name="AuditBreak" style:family="paragraph" style:parent-style-name='
        '"Title"><style:paragraph-properties fo:break-before="page"/></style:style>',
        '<style:style style:name="AuditFrame" style:family="graphic"><style:graphic-properties '
        'style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>',
    ))  # fmt: skip


def _title(name: str, level: int, turn: str, mark: str, upright: str) -> str:
    page = {"wide": WIDE, "upright": upright}.get(turn, "")
    master = f' style:master-page-name="{page}"' if page else ""
    broken = ' fo:break-before="page"' if turn == "page" else ""
    line = f' fo:border-left="4.5pt solid #{COLOURS[mark]}" fo:padding-left="2mm"' if mark else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph" '
        f'style:parent-style-name="Heading_20_{level}"{master}>'
        f"<style:paragraph-properties{broken}{line}/></style:style>"
    )


def _table(n: int, width: int) -> str:
    return (
        f'<style:style style:name="AuditTable{n}" style:family="table"><style:table-properties '
        f'style:width="{width / 100:.2f}mm" table:align="left" fo:margin-bottom="2mm" '
        'table:border-model="collapsing" style:may-break-between-rows="true"/></style:style>'
    )


def _row(name: str, whole: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties '
        f'fo:keep-together="{whole}"/></style:style>'
    )


def _cell(name: str, fill: str = "", line: str = "0.5pt solid #d0d3d9", mark: str = "") -> str:
    shade = f' fo:background-color="{fill}"' if fill else ""
    left = f"4.5pt solid #{mark}" if mark else "none"
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        'fo:padding-left="2mm" fo:padding-right="1mm" fo:padding-top="0.7mm" '
        'fo:padding-bottom="0.7mm" fo:border-top="0.5pt solid #d0d3d9" '
        f'fo:border-bottom="{line}" fo:border-left="{left}" fo:border-right="none"{shade}/>'
        "</style:style>"
    )
