"""A workbook being written: tables, texts that stay texts, and the sheets that are only read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from auditor.facts import Facts
from auditor.words import Words

from .form import Column

_GREY, _HEAD = "FF777777", "FFDDE7F0"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a run saw, to be copied from: rows of the sheet, accounts, offers."""

    run: str = ""
    stores: Sequence[tuple[str, ...]] = ()
    more: int = 0  # stores that are not listed
    accounts: Sequence[str] = ()  # of others, shared with
    offers: Sequence[str] = ()


@dataclass(slots=True)
class Workbook:
    """One workbook being written, in one language."""

    facts: Facts
    words: Words
    rules: Mapping[str, str]  # id → title
    book: Any
    lists: dict[str, str] = field(default_factory=dict)  # list → its range

    def choice(self, column: Column, value: str) -> str:
        """A value of a closed choice, in words; `?` stays as it is."""
        if value == "?" or not column.words:
            return value
        return self.words.typeset(self.facts.word(column.words, value, self.words.lang))


def table(
    sheet: Any, heads: Sequence[str], keys: Sequence[str], lines: Iterable[Sequence[Any]]
) -> None:
    """Descriptions, then keys in grey, then one row an entry."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for at, (head, key) in enumerate(zip(heads, keys, strict=True), 1):
        text(sheet, 1, at, head)
        text(sheet, 2, at, key)
        top, below = sheet.cell(1, at), sheet.cell(2, at)
        top.font, below.font = Font(bold=True), Font(color=_GREY, size=8)
        top.fill = PatternFill("solid", fgColor=_HEAD)
        top.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = 18 if at == 1 else 28
    sheet.row_dimensions[1].height = 90
    sheet.freeze_panes = "B3"
    for row, line in enumerate(lines, 3):
        for at, value in enumerate(line, 1):
            if isinstance(value, date):
                sheet.cell(row, at, value).number_format = "yyyy-mm-dd"
            elif value is not None:
                text(sheet, row, at, value)
                sheet.cell(row, at).alignment = Alignment(wrap_text=True, vertical="top")


def text(sheet: Any, row: int, column: int, value: object) -> None:
    """A text in a cell: one that begins like a formula is none."""
    cell = sheet.cell(row, column)
    cell.value = _CONTROL.sub("", str(value))[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = True


def first(book: Workbook, seen: Prefill) -> None:
    """What this is, and how it is filled in."""
    from openpyxl.styles import Alignment, Font

    sheet, words = book.book.create_sheet(str(book.words("Read me"))), book.words
    lines = (
        words("Questionnaire of the dossier"),
        words("One sheet for each part, one row for each entry. The short name in the first column "
              "is yours to choose: letters, digits, - and _; other sheets refer to it."),
        words("Write ? for what is not known yet. Leave out what does not apply. Days are days; "
              "several answers in one cell stand one a line."),
        words("Do not rename, add or merge sheets or columns, and write no formula: the answers "
              "are read back by the second row of each sheet."),
        words("Nobody but a person can attest. Nothing written here makes disappear what an audit "
              "could not read."),
        words("Seen by the run {run}.", run=seen.run) if seen.run else "",
    )  # fmt: skip
    sheet.column_dimensions["A"].width = 110
    for row, line in enumerate(filter(None, lines), 1):
        text(sheet, row, 1, line)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 16 * (1 + len(line) // 95) + 4
    sheet.cell(1, 1).font = Font(bold=True, size=14)


def what_was_seen(book: Workbook, seen: Prefill) -> None:
    """The stores that a run saw: their ids are there to be copied."""
    words = book.words
    heads = ("Data store", "Name", "Type", "Account", "Region", "Health data", "Treatment", "Reach")
    sheet = book.book.create_sheet(str(words("Seen (to copy from)"))[:31])
    more = [(words("{n} more in the report", n=words.number(seen.more)),)] if seen.more else []
    table(sheet, [str(words(h)) for h in heads], ["#"] * len(heads), [*seen.stores, *more])


def items(book: Workbook) -> None:
    """The 35 items: what each asks, what a person must attest, and when it is met."""
    words, lang = book.words, book.words.lang
    sheet = book.book.create_sheet(str(words("Items (to read)"))[:31])
    heads = ("Item", "What it asks", "What a person attests", "Met when")
    rows = [
        (id, f"{e['title'][lang]}\n{e['requirement'][lang]}",
         "\n".join(e["human_attestation"][lang]), e["criteria"]["pass"][lang])
        for id, e in sorted(book.facts.table("alignment").items())
    ]  # fmt: skip
    typeset = [tuple(map(words.typeset, row)) for row in rows]
    table(sheet, [str(words(h)) for h in heads], ["#"] * len(heads), typeset)
