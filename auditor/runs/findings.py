"""Findings as lines: what differs from one to the next is often the store alone.

A line is encoded, and held to its schema, once for all findings that say the same of different
stores; the account, the store and the uid are then laid into it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditor.codec import encoded
from auditor.model import Finding

from .validation import valid

Form = tuple[Finding, bytes, bytes, bytes, bytes]
_MOST = 10_000  # forms kept
_MARKS = ("\ue000account\ue000", "\ue000store\ue000", "\ue000uid\ue000")  # nobody is called so
_HOLES = tuple(encoded(mark) for mark in _MARKS)  # in the order in which a line has them


class FindingLines:
    """The lines of one judgement's findings."""

    def __init__(self) -> None:
        self._forms: dict[Any, Form] = {}
        self._store: tuple[str, bytes] = "", encoded("")
        self._account: tuple[str, bytes] = "", encoded("")

    def line(self, finding: Finding) -> bytes:
        """One finding, as it is written."""
        f = finding
        if f.subject:  # of no store: it is the only one that says so
            return _whole(f)
        key = (
            id(f.because), f.rule, f.severity, f.outcome, f.kind, f.region, f.health, f.force,
            f.regimes, f.treatments, f.waiver,
        )  # fmt: skip
        form = self._forms.get(key) or self._form(key, finding)
        if form is None:
            return _whole(f)
        if self._store[0] != f.store:
            self._store = f.store, encoded(f.store)
        if self._account[0] != f.account:
            self._account = f.account, encoded(f.account)
        _, head, then, middle, tail = form
        return b"".join(
            (head, self._account[1], then, self._store[1], middle, encoded(f.uid), tail)
        )

    def _form(self, key: Any, finding: Finding) -> Form | None:
        """The line with its holes; the finding is kept, for its reasons are known by their id.

        None where a stranger wrote what stands for a hole.
        """
        account, store, uid = _MARKS
        line = valid("finding", encoded(replace(finding, account=account, store=store, uid=uid)))
        if any(line.count(hole) != 1 for hole in _HOLES):
            return None
        head, _, rest = line.partition(_HOLES[0])
        then, _, rest = rest.partition(_HOLES[1])
        last, _, tail = rest.partition(_HOLES[2])
        if len(self._forms) >= _MOST:
            self._forms.clear()
        self._forms[key] = form = finding, head, then, last, tail + b"\n"
        return form


def _whole(finding: Finding) -> bytes:
    return valid("finding", encoded(finding)) + b"\n"
