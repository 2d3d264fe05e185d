"""One self-contained page: no request to anywhere, read without a script, and better with it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from auditor.sdk import renderer

from ._blocks import Fields, Figure, Items, Table, Text
from ._page_figure import inlined
from ._page_findings import WORST, all_findings
from ._page_layout import classes, laid_out, widths
from ._story import headline, tell

_POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@renderer("html", suffix=".html", media_type="text/html; charset=utf-8")
def page(report: Any, words: Any) -> Iterator[bytes]:
    """The whole story, then every finding; all text of strangers is escaped or inert."""
    found = all_findings(report, words)
    sections = laid_out(tell(report, words, WORST), taken=("findings", "contents", "main"))
    yield from drawn(words, headline(report, words), sections, found)


def drawn(words: Any, title: str, sections: Any, found: Any) -> Iterator[bytes]:
    """The page of these sections and findings, in pieces."""
    from jinja2 import Environment, StrictUndefined

    style, script = _part("page.css") + widths(), _part("page.js")
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.tests |= {
        kind.__name__.lower(): _is(kind) for kind in (Text, Items, Fields, Table, Figure)
    }
    made.filters |= {"inlined": inlined, "classes": classes}
    pieces = made.from_string(_part("page.html")).generate(
        words=words, title=title, sections=sections, found=found, style=style, script=script,
        policy=_POLICY.format(style=_digest(style), script=_digest(script)),
        top=[s for s in sections if s.level == 2],
    )  # fmt: skip
    for piece in pieces:
        yield piece.encode("utf-8", "replace")


def _part(name: str) -> str:
    return (files(__package__ or "auditor.reports") / name).read_text("utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _is(kind: type) -> Any:
    return lambda block: isinstance(block, kind)
