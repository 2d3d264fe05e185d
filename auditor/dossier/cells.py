"""One cell of the questionnaire, read as its column asks; what does not fit is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from auditor.facts import Facts

from .form import Column, Kind, refers_to

_LONGEST = 2_000
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class Unfit(Exception):
    """What a cell holds is no answer: two sentences, and what fills them."""

    def __init__(self, wrong: str, instead: str, **values: str) -> None:
        super().__init__(wrong)
        self.wrong, self.instead, self.values = wrong, instead, values


def value_of(column: Column, cell: Any, facts: Facts) -> Any:
    """The answer in a cell; None when it is empty. Raises `Unfit`."""
    if column.kind is Kind.DAY and isinstance(cell.value, date) and cell.data_type != "f":
        return _date(cell.value).isoformat()
    if column.strict and isinstance(cell.value, int | float):
        wrong, instead = "a number may have lost its zeros", "format the cell as text, write again"
        raise Unfit(wrong, instead)
    text = text_of(cell)
    if text is None:
        return None
    match column.kind:
        case Kind.DAY:
            return _day(text)
        case Kind.DAYS:
            return [_day(line) for line in _lines(text)]
        case Kind.LINES:
            return _lines(text)
        case Kind.PAIRS:
            return dict(map(_pair, _lines(text)))
        case Kind.CHOICE | Kind.YES_NO | Kind.ONE_OF:
            return _choice(facts, column, text)
    return text.partition(" · ")[0].strip() if refers_to(column) else text


def text_of(cell: Any) -> str | None:
    """The text of a cell; None when it is empty. Raises `Unfit`."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        raise Unfit("formulas are not computed", "write the answer itself")
    if cell.data_type == "e":
        raise Unfit("it holds an error", "write the answer itself")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        value = _date(value)
    text = str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()
    if len(text) > _LONGEST:
        raise Unfit("it is too long", "write at most {n} characters", n=str(_LONGEST))
    return text or None


def _date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _day(text: str) -> str:
    """A day that was typed, as 2026-09-01 or as the French write it; no other order is guessed."""
    french = _FRENCH.match(text)
    iso = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}" if french else text
    try:
        if _ISO.match(iso):
            return date.fromisoformat(iso).isoformat()
    except ValueError:
        pass  # a day that does not exist is refused like what is no day
    raise Unfit("this is no day", "write it as 2026-09-01, or as 01/09/2026")


def _lines(text: str) -> list[str]:
    parts = re.split(r"\n| ; ", text)
    return list(dict.fromkeys(p.strip() for p in parts if p.strip()))


def _pair(line: str) -> tuple[str, str]:
    name, _, value = (p.strip() for p in line.partition("="))
    if not name or not value:
        raise Unfit("expected key = value", "for example application = dpi")
    return name, value


def _choice(facts: Facts, column: Column, text: str) -> Any:
    """A value of a closed choice, by its key or its words in either language."""
    words = "yes_no" if column.kind is Kind.ONE_OF else column.words
    known: dict[str, str] = {}
    for value in column.choices:
        known[_plain(value)] = value
        for lang in ("fr", "en") if words and value != "?" else ():
            known[_plain(facts.word(words, value, lang))] = value
    found = known.get(_plain(text))
    if found is None:
        listed = ", ".join(_shown(facts, words, column.choices))
        raise Unfit("this is none of the choices", "one of: {known}", known=listed)
    return found == "yes" if column.kind in (Kind.YES_NO, Kind.ONE_OF) else found


def _shown(facts: Facts, words: str, choices: Iterable[str]) -> Iterator[str]:
    for value in choices:
        yield facts.word(words, value, "fr") if words and value != "?" else value


def _plain(text: str) -> str:
    """A text without the differences that a keyboard makes."""
    spaced = re.sub(r"\s+", " ", text.replace("’", "'"))
    return re.sub(r" ?([:;?!»«]) ?", r"\1", spaced).strip().casefold()
