"""Findings as lines: what differs from one to the next is often the store alone.

A line is encoded, and held to its schema, once for all findings that say the same of different
stores; the store and the uid are then laid into it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditor.codec import encoded
from auditor.model import Finding

from .validation import valid

Form = tuple[Finding, bytes, bytes, bytes]
_MOST = 50_000  # forms kept
_STORE, _UID = "\ue000store\ue000", "\ue000uid\ue000"  # no store is called so
_HOLES = tuple(encoded(hole) for hole in (_STORE, _UID))


class FindingLines:
    """The lines of one judgement's findings."""

    def __init__(self) -> None:
        self._forms: dict[Any, Form] = {}
        self._store: tuple[str, bytes] = "", encoded("")

    def line(self, finding: Finding) -> bytes:
        """One finding, as it is written."""
        f = finding
        key = (
            id(f.because), f.rule, f.severity, f.outcome, f.kind, f.account, f.region, f.health,
            f.subject, f.force, f.regimes, f.treatments, f.waiver,
        )  # fmt: skip
        form = self._forms.get(key) or self._form(key, finding)
        if form is None:
            return valid("finding", encoded(finding)) + b"\n"
        if self._store[0] != f.store:
            self._store = f.store, encoded(f.store)
        return b"".join((form[1], self._store[1], form[2], encoded(f.uid), form[3]))

    def _form(self, key: Any, finding: Finding) -> Form | None:
        """The line with two holes; the finding is kept, for its reasons are known by their id.

        None where a stranger wrote what stands for a hole.
        """
        line = valid("finding", encoded(replace(finding, store=_STORE, uid=_UID)))
        if any(line.count(hole) != 1 for hole in _HOLES):
            return None
        head, _, rest = line.partition(_HOLES[0])
        middle, _, tail = rest.partition(_HOLES[1])
        if len(self._forms) >= _MOST:
            self._forms.clear()
        self._forms[key] = form = finding, head, middle, tail + b"\n"
        return form
