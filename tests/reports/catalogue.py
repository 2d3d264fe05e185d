"""The French catalogue: `python -m tests.reports.catalogue` compiles the .mo from the .po."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "reports" / "locale" / "fr" / "LC_MESSAGES" / "auditor.po"
MO = PO.with_suffix(".mo")
SPOKEN = [
    *sorted((ROOT / "reports").glob("*.py")),
    *sorted((ROOT / "auditor/cli").glob("*.py")),
    ROOT / "auditor/saying.py",
]
PAGES = sorted((ROOT / "reports").glob("*.html"))


def catalogue() -> Catalog:
    """The French strings, as people edit them."""
    with PO.open("rb") as file:
        return read_po(file)


def compiled(strings: Catalog) -> bytes:
    """The .mo of a catalogue: no date of its making."""
    strings.creation_date = strings.revision_date = datetime(1980, 1, 1, tzinfo=UTC)
    made = BytesIO()
    write_mo(made, strings)
    return made.getvalue()


def said_in(source: str) -> Iterator[str]:
    """The texts that a module says: `words("…")`, `words()("…")`, `say("…")`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _is_words(node.func):
            match node.args[0]:
                case ast.Constant(value=str(text)):
                    yield text


def _is_words(func: ast.expr) -> bool:
    return ast.unparse(func).rpartition(".")[2] in ("words", "words()", "_words", "say")


def said_in_page(source: str) -> Iterator[str]:
    """The texts that a template says."""
    for _, text in re.findall(r"""words\((['"])(.*?)\1""", source):
        yield text


def msgids() -> set[str]:
    """Every text of the interface."""
    modules = {text for path in SPOKEN for text in said_in(path.read_text("utf-8"))}
    return modules | {text for path in PAGES for text in said_in_page(path.read_text("utf-8"))}


if __name__ == "__main__":
    MO.write_bytes(compiled(catalogue()))
