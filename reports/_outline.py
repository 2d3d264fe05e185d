"""The outline of the document, as the facts tell it: S0 to S18, annexes A to F."""

from __future__ import annotations

from collections.abc import Iterator

from ._blocks import Section
from ._items import items_of
from ._saying import in_words
from ._told import Told


def title_of(told: Told, id: str) -> str:
    """The number and the title of a section, or of an annex."""
    outline = told.report.facts.table("outline")
    if id in outline:
        return f"{id}. {in_words(told.words, outline[id]['title'])}"
    title = in_words(told.words, outline[f"annex-{id}"]["title"])
    return f"{told.words('Annex')} {id}. {title}"


def answered(told: Told, id: str) -> Iterator[Section]:
    """What a section answers of the alignment, or asks, at its end."""
    tables = tuple(items_of(told, id))
    if tables:
        yield Section(told.words("Items of the alignment answered in {id}", id=id), tables, 3)
