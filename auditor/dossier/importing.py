"""The questionnaire read back: every answer, or every mistake with its cell.

A workbook comes from a stranger's desk: it is measured before it is opened, its formulas are never
computed, and what does not fit the form is refused, not guessed.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor._settings_problems import Problem, SettingsProblems
from auditor.facts import Facts

from .cells import Unfit, text_of, value_of
from .form import Column, Kind, Part, edition, parts

_LARGEST, _UNPACKED = 20 << 20, 200 << 20  # bytes of the file, and of what it holds
_ROWS = 5_000
_FORM, _LISTS = "_form", "_lists"
_ID = re.compile(r"[\w-]{1,60}\Z")
_OURS = "write it with `auditor dossier export`, and fill that in"


@dataclass(slots=True)
class Answers:
    """What was read: plain values, the cell of each, and all that is wrong."""

    file: Path
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[tuple[str, ...], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, path: Sequence[Any]) -> str:
        """The cell that a key was read from, or that of the nearest around it."""
        names = tuple(str(p) for p in path if isinstance(p, str))
        for end in range(len(names), 0, -1):
            if names[:end] in self.cells:
                return f"{self.file}: {self.cells[names[:end]]}"
        return str(self.file)

    def wrong(self, cell: str, key: str, wrong: str, instead: str, **values: str) -> None:
        """One mistake, with its cell."""
        where = f"{self.file}: {cell}" if cell else str(self.file)
        self.problems.append(Problem(where, key, wrong, instead, values))


def read(
    file: Path, facts: Facts, held: Callable[[Mapping[str, Any], Any], Iterable[Problem]]
) -> Answers:
    """The answers of a questionnaire, held to the form and to what they refer to.

    Raises `SettingsProblems` with all that is wrong.
    """
    answers = Answers(file)
    book = _opened(answers)
    if book is not None:
        _sheets(answers, book, facts)
    if not answers.problems:
        answers.problems += held(answers.data, answers.where)
    if answers.problems:
        raise SettingsProblems(list({p.told(): p for p in answers.problems}.values()))
    return answers


def _opened(answers: Answers) -> Any:
    """The workbook; None, with the reason, when it is none that we read."""
    file = answers.file
    try:
        if file.stat().st_size > _LARGEST:
            return answers.wrong("", "", "it is larger than a questionnaire can be", _OURS)
        with zipfile.ZipFile(file) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED:
                return answers.wrong("", "", "it unpacks to more than a questionnaire holds", _OURS)
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of cells that are refused below, with their place
            return load_workbook(file, data_only=False, keep_links=False)
    except FileNotFoundError:
        return answers.wrong("", "", "there is no such file", _OURS)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return answers.wrong("", "", "it cannot be read ({why})", "", why=why)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError,
            NotImplementedError, RuntimeError, IndexError, OverflowError):  # fmt: skip
        # a library's own words may quote the content: none of them is told
        instead = "save it as an Excel workbook (.xlsx), without a password"
        return answers.wrong("", "", "it is not a workbook that can be read", instead)


def _sheets(answers: Answers, book: Any, facts: Facts) -> None:
    if not _form_of(answers, book):
        return
    found: dict[str, Any] = {}
    for sheet in book.worksheets:
        if sheet.title in (_FORM, _LISTS):
            continue
        for merged in getattr(sheet.merged_cells, "ranges", ()):
            cell = f"{sheet.title}!{merged.coord}"
            answers.wrong(cell, "", "merged cells have no single answer", "unmerge them")
        part = _part_of(sheet)
        if part is None:
            _apart(answers, sheet)
        elif part.name in found:
            answers.wrong(f"{sheet.title}!A1", part.name, "this part stands twice",
                          "take one of the two sheets out")  # fmt: skip
        else:
            found[part.name] = sheet
    for part in parts():
        if part.name not in found:
            answers.wrong("", part.name, "its sheet is missing", _OURS)
        else:
            _part(answers, part, found[part.name], facts)


def _form_of(answers: Answers, book: Any) -> bool:
    """Whether this is a questionnaire of ours, of this edition."""
    if _FORM not in book.sheetnames:
        answers.wrong("", "", "it is no questionnaire of a dossier", _OURS)
        return False
    told = str(book[_FORM]["B1"].value)
    if told == str(edition()):
        return True
    answers.wrong(f"{_FORM}!B1", "edition", "expected edition {wanted}, found {found}", _OURS,
                  wanted=str(edition()), found=told[:20])  # fmt: skip
    return False


def _part_of(sheet: Any) -> Part | None:
    """The part that a sheet holds, by the keys of its second row."""
    name = str(sheet.cell(2, 1).value or "").partition(".")[0]
    return next((part for part in parts() if part.name == name), None)


def _apart(answers: Answers, sheet: Any) -> None:
    """A sheet that is no part: the first and those to read are ours, another is not."""
    ours = sheet.cell(2, 1).value == "#" or sheet.parent.worksheets[0] is sheet
    if not ours:
        answers.wrong(f"{sheet.title}!A2", "", "this sheet is no part of the questionnaire",
                      "take it out, or write its answers in the sheets that are")  # fmt: skip


# ---------------------------------------------------------------------- one part


def _part(answers: Answers, part: Part, sheet: Any, facts: Facts) -> None:
    columns = _columns(answers, part, sheet)
    if columns is None:
        return
    if sheet.max_row > _ROWS:
        answers.wrong(f"{sheet.title}!A{_ROWS}", part.name, "it has too many rows", "take some out")
        return
    entries: dict[str, Any] = {}
    for row in range(3, sheet.max_row + 1):
        cells = [sheet.cell(row, at) for at in range(1, len(columns) + 1)]
        if all(c.value is None or str(c.value).strip() == "" for c in cells):
            continue
        id = "" if part.single else _id(answers, part, sheet, cells[0], entries)
        path = (part.name,) if part.single else (part.name, id)
        answers.cells.setdefault(path, f"{sheet.title}!A{row}")
        entry: dict[str, Any] = {}
        for cell, column in zip(cells, columns, strict=True):
            if column is not None:
                _answer(answers, facts, path, entry, column, cell)
        if part.single and entries:
            answers.wrong(f"{sheet.title}!A{row}", part.name, "there is one answer only",
                          "take the other row out")  # fmt: skip
        entries[id or part.name] = entry
    if entries:
        answers.data[part.name] = entries[part.name] if part.single else entries


def _columns(answers: Answers, part: Part, sheet: Any) -> list[Column | None] | None:
    """The column of each key of the second row; None when they are not those of the form."""
    known: dict[str, Column | None] = {f"{part.name}.{c.key}": c for c in part.columns}
    if not part.single:
        known = {f"{part.name}.id": None, **known}
    found: list[str] = []
    for at in range(1, sheet.max_column + 1):
        key = str(sheet.cell(2, at).value or "")
        cell = sheet.cell(2, at).coordinate
        if key in found or (key and key not in known):
            answers.wrong(f"{sheet.title}!{cell}", key, "this column is not of the form", _OURS)
            return None
        if key:
            found.append(key)
    missing = [key for key in known if key not in found]
    if missing:
        answers.wrong(f"{sheet.title}!A2", missing[0], "its column is missing", _OURS)
        return None
    if any(sheet.cell(2, at).value is None for at in range(1, len(found) + 1)):
        answers.wrong(f"{sheet.title}!A2", part.name, "an empty column was put in", "take it out")
        return None
    return [known[key] for key in found]


def _id(answers: Answers, part: Part, sheet: Any, cell: Any, entries: Mapping[str, Any]) -> str:
    where, key = f"{sheet.title}!{cell.coordinate}", f"{part.name}.id"
    try:
        text = text_of(cell) or ""
    except Unfit as error:
        answers.wrong(where, key, error.wrong, error.instead, **error.values)
        return f"row-{cell.row}"
    form = "letters, digits, - and _"
    if not text:
        answers.wrong(where, key, "this row has no short name", form)
    elif not _ID.match(text):
        answers.wrong(where, key, "it is no short name", form)
    elif text in entries:
        answers.wrong(where, key, "this short name stands twice", "change one of the two")
    return text or f"row-{cell.row}"


def _answer(
    answers: Answers, facts: Facts, path: tuple[str, ...], entry: dict[str, Any], column: Column,
    cell: Any,
) -> None:  # fmt: skip
    """One cell, laid into its entry."""
    where = f"{cell.parent.title}!{cell.coordinate}"
    answers.cells.setdefault((*path, *column.path), where)
    try:
        value = value_of(column, cell, facts)
    except Unfit as error:
        key = ".".join((*path, *column.path))
        answers.wrong(where, key, error.wrong, error.instead, **error.values)
        return
    if value is None:
        return
    table = entry
    for name in column.path[:-1]:
        table = table.setdefault(name, {})
    if column.kind is not Kind.ONE_OF:
        table[column.path[-1]] = value
    elif value:
        table.setdefault(column.path[-1], []).append(column.member)
