"""Pages to open: the invented report, a story of every block, and as many findings as wanted."""

from __future__ import annotations

import time
from dataclasses import replace
from importlib import import_module
from typing import Any

from auditor.model import Certainty, Finding, Outcome, Severity
from auditor.words import Words
from tests.reports.golden import rendered
from tests.reports.invented import FINDINGS, Kept, report

blocks: Any = import_module("auditor.reports._blocks")
layout: Any = import_module("auditor.reports._page_layout")
page: Any = import_module("auditor.reports.page")
packed: Any = import_module("auditor.reports._page_findings")

HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><img src=x onerror=\"document.title='owned'\">",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "\u202egnp.exe\u2066 شركة الاختبار",
    "👩🏽‍⚕️🏥 Zalgo Z̴̢̛͓̮͉a̷̧̛l̸g̵o",
    "javascript:alert(1)",
    "\x00\x07\x1b[31m\x7f\ud800",
    "é" * 10_000,
)
_PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  viewBox="0 0 300 80" onload="document.title='owned'" aria-labelledby="t">
<title id="t">inside</title><style>* { color: red }</style><script>document.title='owned'</script>
<defs><marker id="end" viewBox="0 0 9 9"><path d="M0 0 9 4 0 9z" style="fill: #111; stroke:none"/>
</marker></defs><image href="https://evil.example/x.png"/>
<g class="a" fill="url(https://evil.example/#x)"><rect id="one" width="90" height="40" fill="#dde"/>
<text x="5" y="25" style="font: 12px sans-serif; fill: #111">Store</text></g>
<line x1="90" y1="20" x2="200" y2="20" stroke="#111" marker-end="url(#end)"/>
<a href="javascript:alert(1)"><text>go</text></a><use xlink:href="#one" x="200"/></svg>"""


def until(tab: Any, true: str, arg: Any = None) -> None:
    """Wait until this holds in the page, whose policy lets nothing be evaluated inside it."""
    end = time.monotonic() + 30
    while not tab.evaluate(true, arg):
        assert time.monotonic() < end, true
        tab.wait_for_timeout(20)


def invented(lang: str = "en", found: tuple[Finding, ...] = FINDINGS) -> bytes:
    """The page of the invented report, with these findings."""
    return rendered("html", lang, report(Kept(found=found)))


def every_block(lang: str = "en") -> bytes:
    """A page of every block at every level, with what strangers wrote in each."""
    words = Words(lang)
    blank = blocks.Blank(words("Nothing."), "treatments.imaging.owner")
    rows = tuple((name, blank) for name in HOSTILE)
    table = blocks.Table(f"Names {HOSTILE[0]}", ("Name", "Owner"), rows, 3, (), (3, 1))
    empty = blocks.Table("No row", ("A",), ())
    figure = blocks.Figure(f"Path {HOSTILE[1]}", "A store, and who reaches it.", _PICTURE, table)
    told = [
        blocks.Section("Summary", (blocks.Text("First.", "lead"), table), 2, "", "summary"),
        blocks.Section("S1", tuple(blocks.Text(n, "warning") for n in HOSTILE), 2, "", "S1"),
        blocks.Section(HOSTILE[0], (blocks.Items(HOSTILE), blocks.Items(HOSTILE, True)), 4),
        blocks.Section(HOSTILE[0], (blocks.Fields(rows, "To complete"), empty), 3, "blocking"),
        blocks.Section("S2", (figure, figure, blocks.Text("Mind.", "note")), 2, "", "findings"),
    ]
    sections = layout.laid_out(told, taken=("findings", "contents", "main"))
    found = packed.all_findings(report(), words)
    return b"".join(page.drawn(words, f"Page {HOSTILE[1]}", sections, found))


def many(count: int) -> tuple[Finding, ...]:
    """So many findings, the worst first, each with an id of its own."""
    severities, certainties = list(Severity), list(Certainty)
    return tuple(
        replace(
            FINDINGS[0], uid=f"{number:016x}", rule=("RES001", "SHR001", "KEY001")[number % 3],
            severity=severities[number * len(severities) // count],
            outcome=(Outcome.DEVIATES, Outcome.UNDETERMINED)[number % 5 == 0],
            health=certainties[number % len(certainties)], account=f"{number % 40:012}",
            store=f"acme:box:Élan-{number * 7919 % count:06}",
        )
        for number in range(count)
    )  # fmt: skip
