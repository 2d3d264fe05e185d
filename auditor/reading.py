"""Reading values: from a row and the answers so far to JSON, or to what must still be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError

from .declare import Ask, Field, Folded, Metric, Paired, Part, StoreType, Text, Unsaid
from .model import PAIRED, Reason, Scope, Unknown

PENDING: Final = object()  # an answer that has been asked for and has not come
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\Z")
_LITERAL = re.compile(r"`[^`]*`\Z")
_HOLE = re.compile(r"\{([^{}]+)\}")


@cache
def path(expression: str) -> Callable[[Any], Any]:
    """A JMESPath as a function; simple paths and literals are plain (the hot loop)."""
    if not _SIMPLE.match(expression):
        search = jmespath.compile(expression).search
        if _LITERAL.match(expression):
            value = search(None)
            return lambda row: value
        return lambda row: search(row)
    keys = expression.split(".")

    def look_up(row: Any) -> Any:
        for key in keys:
            row = row.get(key) if isinstance(row, dict) else None
        return row

    return look_up


@dataclass(slots=True)
class Opening:
    """A store that is being read: its row, the answers that came, the questions that are wanted."""

    kind: StoreType
    scope: Scope
    row: Any
    answers: dict[Ask | Metric, Any] = field(default_factory=dict)
    wanted: list[tuple[Ask, str, Mapping[str, Any]]] = field(default_factory=list)
    measured: list[tuple[Metric, str, Mapping[str, str]]] = field(default_factory=list)
    lacking: Unknown | None = None  # why what is not in the row is not known; None: there is none

    def read(self, value: Any, row: Any = None) -> Any:
        """The value in this store: JSON, None when the answer does not say, Unknown or PENDING."""
        row = self.row if row is None else row
        match value:
            case "":
                return None
            case str():
                found = _search(value, row)
                return self.lacking if found is None and row is self.row else found
            case Field():
                answer = self._answer(value.ask)
                told = answer is PENDING or isinstance(answer, Unknown)
                return answer if told else _search(value.path, answer)
            case Text():
                return self._text(value, row)
            case Part():
                whole = self.read(value.of, row)
                if not isinstance(whole, str):
                    return whole
                parts = whole.split(value.separator)
                if len(parts) == 1 and value.separator.lower() != value.separator.upper():
                    parts = re.split(re.escape(value.separator), whole, flags=re.IGNORECASE)
                return (parts[value.index] if len(parts) > value.index else "") or None
            case Folded():
                whole = self.read(value.of, row)
                return "".join(whole.split()).lower() if isinstance(whole, str) else whole
            case Paired():
                whole = self.read(value.of, row)
                return f"{PAIRED}{whole}" if isinstance(whole, str) else whole
            case Unsaid():
                return Unknown(Reason.NOT_ASKED, value.name)
            case tuple():
                return self._first(value, row)
        raise TypeError(f"not a value: {value!r}")

    def whole(self) -> bool:
        """Whether the row is all that will be had of it: what an inventory left out is asked for.

        False while the answer is awaited. What is not had then is not known, and why is `lacking`.
        """
        missing = [need for need in self.kind.needs if _search(need, self.row) is None]
        if not missing or self.lacking:
            return True
        untold = Unknown(Reason.UNTOLD, missing[0])
        answer = self._answer(self.kind.whole) if self.kind.whole else untold
        if answer is PENDING:
            return False
        if isinstance(answer, Unknown):
            self.lacking = answer
            return True
        self.row = _laid(self.row, answer)
        if any(_search(need, self.row) is None for need in missing):
            self.lacking = untold
        return True

    @property
    def settled(self) -> bool:
        """Whether nothing that was asked for this store is still on its way."""
        return all(value is not PENDING for value in self.answers.values())

    def _first(self, values: tuple[Any, ...], row: Any) -> Any:
        last: Any = None
        for value in values:
            found = self.read(value, row)
            if found is PENDING:
                return PENDING
            if found is not None and not isinstance(found, Unknown):
                return found
            last = last if found is None else found
        return last

    def _text(self, text: Text, row: Any) -> Any:
        failed: list[Any] = []

        def fill(hole: re.Match[str]) -> str:
            name = hole[1]
            if name in ("account", "region", "partition"):
                return str(getattr(self.scope, name))
            found = self.read(name, row)
            if found is None or found is PENDING or isinstance(found, Unknown):
                failed.append(found)
            return str(found)

        filled = _HOLE.sub(fill, text.form)
        return failed[0] if failed else filled

    def _answer(self, ask: Ask) -> Any:
        if ask in self.answers:
            return self.answers[ask]
        region = self.read(ask.at)
        if region is PENDING:
            return PENDING
        if region is None or isinstance(region, Unknown):
            region = self.scope.region  # the region was refused: ask at home
        params = {name: self.read(value) for name, value in ask.params.items()}
        if any(value is PENDING for value in params.values()):
            return PENDING
        refused = [v for v in params.values() if isinstance(v, Unknown)]
        if refused or any(v is None for v in params.values()):
            why = (
                refused[0] if refused else Unknown(Reason.UNTOLD, f"{ask.op}: nothing to ask with")
            )
            self.answers[ask] = why
            return why
        self.answers[ask] = PENDING
        self.wanted.append((ask, region, params))
        return PENDING

    def measure(self, metric: Metric) -> Any:
        """The newest value of a metric, in bytes; asked in batches with other stores."""
        if metric in self.answers:
            return self.answers[metric]
        region = self.read(metric.at) or self.scope.region
        dimensions = {name: self.read(value) for name, value in metric.dimensions.items()}
        if region is PENDING or any(v is PENDING for v in dimensions.values()):
            return PENDING
        if isinstance(region, Unknown):
            return region
        self.answers[metric] = PENDING
        self.measured.append((metric, region, {k: str(v) for k, v in dimensions.items()}))
        return PENDING


def _laid(row: Any, over: Any) -> Any:
    """One object laid over another: what it does not say stays."""
    if not (isinstance(row, dict) and isinstance(over, dict)):
        return row if over is None else over
    return {**row, **{key: _laid(row.get(key), value) for key, value in over.items()}}


def _search(expression: str, row: Any) -> Any:
    try:
        return path(expression)(row)
    except JMESPathError:
        return Unknown(Reason.MALFORMED, expression)
