"""One self-contained page: no request to anywhere, no script, light and dark, ready to print."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from auditor.sdk import renderer

from ._story import headline, tell

MOST = 2000  # rows of findings, and of each other table: a browser stays quick


@renderer("html", suffix=".html", media_type="text/html; charset=utf-8")
def page(report: Any, words: Any) -> bytes:
    """The whole story as a page; every text of strangers is escaped."""
    from jinja2 import Environment, StrictUndefined

    here = files(__package__ or "auditor.reports")
    style = (here / "page.css").read_text("utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(
        (here / "page.html").read_text("utf-8")
    )
    text = made.render(
        lang=words.lang,
        title=headline(report, words),
        style=style,
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        sections=list(tell(report, words, MOST)),
        words=words,
    )
    return text.encode("utf-8", "replace")
