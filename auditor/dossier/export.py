"""The questionnaire as a workbook: what is declared, and beside it what a run saw.

Every text is written as a text: nothing that a stranger named becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from auditor.codec import to_json
from auditor.facts import Facts
from auditor.model import Dossier
from auditor.words import Words

from .form import Column, Kind, Part, edition, parts, refers_to
from .workbook import Prefill, Workbook, first, items, table, text, what_was_seen

_LAST = 500  # rows that drop-downs reach
_LISTS, _FORM = "_lists", "_form"
_TITLES = {
    "controller": "Controller", "dpo": "DPO", "treatments": "Treatments",
    "contracts": "Contracts", "accounts": "Outside accounts", "keys": "External keys",
    "assessments": "Content", "attestations": "Attestations", "waivers": "Waivers",
    "document": "Plan document", "versions": "Plan versions", "targets": "Plan steps",
    "exemptions": "Exceptions",
}  # fmt: skip


def write(
    file: Path, dossier: Dossier | None, facts: Facts, rules: Mapping[str, str], words: Words,
    seen: Prefill,
) -> None:  # fmt: skip
    """Write the questionnaire. Raises `OSError` when the file cannot be written."""
    from openpyxl import Workbook as Book

    book = Workbook(facts, words, rules, Book())
    book.book.remove(book.book.active)
    first(book, seen)
    data = _data(dossier, seen)
    for part in parts():
        _sheet(book, part, data.get(part.name, {}))
    what_was_seen(book, seen)
    items(book)
    _hidden(book, seen)
    for part in parts():
        _choices(book, part)
    book.book.save(file)


def _data(dossier: Dossier | None, seen: Prefill) -> dict[str, Any]:
    """What is declared, with a row begun for each account and offer seen and not declared."""
    data: dict[str, Any] = to_json(dossier) if dossier else {}
    accounts, contracts = data.setdefault("accounts", {}), data.setdefault("contracts", {})
    known = {a for entry in accounts.values() for a in entry["accounts"]}
    free = (name for n in count(1) if (name := f"account-{n}") not in accounts)
    for account in sorted(set(seen.accounts) - known):
        accounts[next(free)] = {"accounts": [account]}
    covered = {offer for entry in contracts.values() for offer in entry["offers"]}
    for offer in sorted(set(seen.offers) - covered):
        contracts[offer[:60]] = {"offers": [offer]}
    return data


# ---------------------------------------------------------------------- sheets


def _sheet(book: Workbook, part: Part, entries: Mapping[str, Any]) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.book.create_sheet(title_of(part, book.words))
    rows = [("", entries)] if part.single else list(entries.items())
    heads = ([] if part.single else [book.words("Short name")]) + [
        _head(book, column) for column in part.columns
    ]
    keys = ([] if part.single else [f"{part.name}.id"]) + [
        f"{part.name}.{column.key}" for column in part.columns
    ]
    lines = [[*([] if part.single else [id]), *(_cell(book, c, entry) for c in part.columns)]
             for id, entry in rows]  # fmt: skip
    table(sheet, heads, keys, lines)
    for at, column in enumerate(part.columns, 1 if part.single else 2):
        if column.kind is Kind.DAY or not column.choices:
            letter = get_column_letter(at)
            # as text, a number typed in it keeps its zeros
            shape = "yyyy-mm-dd" if column.kind is Kind.DAY else "@"
            sheet.column_dimensions[letter].number_format = shape


def title_of(part: Part, words: Words) -> str:
    """The name of a part's sheet."""
    return str(words(_TITLES[part.name]))[:31]


def _head(book: Workbook, column: Column) -> str:
    said = book.words(column.says)
    if column.kind is Kind.ONE_OF:
        member = str(column.member)
        said = f"{book.words.title(said)} {book.choice(column, member)}"
    needed = f" ({book.words('required')})" if column.needed else ""
    lines = {
        Kind.LINES: book.words("one a line"),
        Kind.DAYS: book.words("one a line"),
        Kind.PAIRS: book.words("key = value, one a line"),
    }
    how = f" [{lines[column.kind]}]" if column.kind in lines else ""
    return f"{said}{needed}{how}"


def _cell(book: Workbook, column: Column, entry: Mapping[str, Any]) -> Any:
    """What stands in a cell: nothing for what is not said."""
    value: Any = entry
    for name in column.path:
        value = value.get(name) if isinstance(value, Mapping) else None
    if value in (None, "", [], {}):
        return None
    match column.kind:
        case Kind.DAY:
            return date.fromisoformat(value)
        case Kind.ONE_OF:
            told = Column(path=(), says="", kind=Kind.YES_NO, words="yes_no")
            return book.choice(told, "yes") if column.member in value else None
        case Kind.YES_NO:
            return book.choice(column, "yes" if value else "no")
        case Kind.LINES | Kind.DAYS:
            return "\n".join(value)
        case Kind.PAIRS:
            return "\n".join(f"{key} = {below}" for key, below in sorted(value.items()))
        case Kind.CHOICE:
            return book.choice(column, value)
    return named(book, refers_to(column), value)


def named(book: Workbook, list_: str, id: str) -> str:
    """A name with its title, as a drop-down shows it: `CNIL-19 · …`."""
    return next((t for t in _names(book, list_) if t.partition(" · ")[0] == id), id)


def _names(book: Workbook, list_: str) -> Iterator[str]:
    lang = book.words.lang
    if list_ == "items":
        for id, entry in sorted(book.facts.table("alignment").items()):
            yield f"{id} · {book.words.typeset(entry['title'][lang])}"
    elif list_ == "rules":
        for id, title in book.rules.items():
            if not id.startswith("COV"):  # what could not be read cannot be waived
                yield f"{id} · {title}"
    elif list_ == "offers":
        yield from sorted(book.facts.table("offers"))


# ---------------------------------------------------------------------- lists


def _hidden(book: Workbook, seen: Prefill) -> None:
    """Which form this is, and the lists of the drop-downs."""
    from openpyxl.utils import get_column_letter

    form = book.book.create_sheet(_FORM)
    told = (("edition", edition()), ("language", book.words.lang), ("run", seen.run))
    for row, (key, value) in enumerate(told, 1):
        text(form, row, 1, key)
        text(form, row, 2, value)
    lists = book.book.create_sheet(_LISTS)
    wanted = {name: list(_names(book, name)) for name in ("items", "rules", "offers")}
    for part in parts():
        for c in part.columns:
            if c.choices:
                wanted.setdefault(_list_of(c), [_answer(book, c, v) for v in c.choices])
    for at, (name, values) in enumerate(wanted.items(), 1):
        letter = get_column_letter(at)
        for row, value in enumerate([name, *values], 1):
            text(lists, row, at, value)
        book.lists[name] = f"{_LISTS}!${letter}$2:${letter}${len(values) + 1}"
    form.sheet_state = lists.sheet_state = "hidden"


def _list_of(column: Column) -> str:
    return "yes_no" if column.kind is Kind.ONE_OF else column.words


def _answer(book: Workbook, column: Column, value: str) -> str:
    if column.kind is Kind.ONE_OF:
        return book.words.typeset(book.facts.word("yes_no", value, book.words.lang))
    return book.choice(column, value)


def _choices(book: Workbook, part: Part) -> None:
    """Drop-downs where choices are closed, and days where days are asked."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.book[title_of(part, book.words)]
    for at, column in enumerate(part.columns, 1 if part.single else 2):
        letter = get_column_letter(at)
        if column.choices:
            rule = DataValidation("list", formula1=f"={book.lists[_list_of(column)]}")
        elif refers_to(column) == "treatments":
            title = title_of(next(p for p in parts() if p.name == "treatments"), book.words)
            rule = DataValidation("list", formula1=f"='{title}'!$A$3:$A${_LAST}")
        elif refers_to(column):
            rule = DataValidation("list", formula1=f"={book.lists[refers_to(column)]}")
        elif column.kind is Kind.DAY:
            rule = DataValidation("date", operator="greaterThan", formula1="36526")
        else:
            continue
        rule.allow_blank, rule.showErrorMessage = True, True
        rule.add(f"{letter}3:{letter}{_LAST}")
        sheet.add_data_validation(rule)
