"""Two judgements compared, by joins on the index.

A finding that is not there any more is *resolved* only where nothing was left unread: its rule
was asked again, and its store is still seen, or its account and type were read to their end. The
same holds for a store that is *gone*. All else is unconfirmed.

Why a finding turned: its store differs, came or went (estate); else what the facts say of it does
(law); else what the dossier says (dossier); else the day, which is law too; else the tool.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from auditor.model import (
    Cause,
    Diff,
    Fate,
    Outcome,
    Severity,
    Shifted,
    Side,
    Turn,
    Turned,
)

_PAIRS = """
WITH a AS (SELECT * FROM findings WHERE since <= :one AND until >= :one),
     b AS (SELECT * FROM findings WHERE since <= :other AND until >= :other)
SELECT b.uid, b.rule, b.store, b.subject, b.kind, b.account, b.severity, b.outcome,
       a.severity, a.outcome,
       a.uid IS NULL AND EXISTS
         (SELECT 1 FROM findings f WHERE f.uid = b.uid AND f.since < :one)
  FROM b LEFT JOIN a ON a.uid = b.uid
 WHERE a.uid IS NULL OR a.severity != b.severity OR a.outcome != b.outcome
UNION ALL
SELECT a.uid, a.rule, a.store, a.subject, a.kind, a.account, NULL, NULL, a.severity, a.outcome, 0
  FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.uid = a.uid)
"""
_SAME = """
SELECT count(*) FROM findings a JOIN findings b ON a.uid = b.uid
 WHERE a.since <= :one AND a.until >= :one AND b.since <= :other AND b.until >= :other
"""
_STORES = """
WITH a AS (SELECT * FROM stores WHERE since <= :one AND until >= :one),
     b AS (SELECT * FROM stores WHERE since <= :other AND until >= :other)
SELECT b.id, b.kind, b.account, a.place, b.place,
       a.estate IS NOT b.estate, a.law IS NOT b.law, a.said IS NOT b.said
  FROM b LEFT JOIN a ON a.id = b.id
 WHERE a.id IS NULL OR a.estate IS NOT b.estate OR a.law IS NOT b.law OR a.said IS NOT b.said
UNION ALL
SELECT a.id, a.kind, a.account, a.place, NULL, 1, 0, 0
  FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.id)
"""
_NOT_OFFERED, _WITHDRAWN = "not_offered", "withdrawn"
_UNREAD = ("partial", "unread", _WITHDRAWN)  # what was read there before is not known to be gone
_ENTRIES = ("treatment", "contract", "attestation", "waiver", "outsider", "target")


def diff(base: sqlite3.Connection, one: int, other: int) -> Diff:
    """What turned from one judgement, by its number in the index, to another."""
    return _Comparing(base, one, other).told()


class _Comparing:
    def __init__(self, base: sqlite3.Connection, one: int, other: int) -> None:
        self.base, self.seqs = base, {"one": one, "other": other}
        self.one, self.other = (_side(base, seq) for seq in (one, other))
        rows = base.execute("SELECT rule FROM rules WHERE seq = ?", (other,))
        self.asked = {rule for (rule,) in rows}
        self.whole, self.units = self._read(one, other)
        self.shifted = {row[0]: row for row in base.execute(_STORES, self.seqs)}

    def _read(self, before: int, seq: int) -> tuple[dict[tuple[str, str], bool], dict[str, str]]:
        """Whether each account and type was read to its end, and the state of each unit.

        Wherever it was asked before: a region that was left out this time is not read.
        """
        whole: dict[tuple[str, str], bool] = {}
        units = {}
        was = {subject: state for subject, _, _, state in self._units(before)}
        for subject, account, kind, state in self._units(seq):
            if state == _NOT_OFFERED and was.get(subject, state) != state:
                state = _WITHDRAWN
            units[subject] = state
            read = state not in _UNREAD
            whole[account, kind] = whole.get((account, kind), True) and read
        for subject, account, kind, _ in self._units(before):
            if subject not in units:
                whole[account, kind] = False
        for (account, kind), read in list(whole.items()):
            if kind == "discovery" and not read:  # nothing of that account is sure
                whole |= {key: False for key in whole if key[0] == account}
        return whole, units

    def _units(self, seq: int) -> Iterator[tuple[str, str, str, str]]:
        yield from self.base.execute(
            "SELECT subject, account, kind, state FROM units WHERE since <= ? AND until >= ?",
            (seq, seq),
        )

    def told(self) -> Diff:
        turned = sorted(self._findings(), key=_order)
        moved = sorted(self._stores(), key=lambda s: (list(Fate).index(s.fate), s.store))
        same = self.base.execute(_SAME, self.seqs).fetchone()[0]
        turns = Counter(str(t.turn) for t in turned if t.turn is not Turn.PERSISTING)
        turns["persisting"] = same
        return Diff(
            one=self.one,
            other=self.other,
            turns={str(t): turns[t] for t in Turn},
            causes=_counted(Cause, (t.cause for t in turned)),
            fates=_counted(Fate, (s.fate for s in moved)),
            findings=tuple(turned),
            stores=tuple(moved),
        )

    def _findings(self) -> Iterator[Turned]:
        for row in self.base.execute(_PAIRS, self.seqs):
            uid, rule, store, subject, kind, account, severity, outcome, was, came, before = row
            if outcome is None:
                turn = self._absent(rule, store, subject, kind, account)
            elif came is not None:
                turn = Turn.PERSISTING
            else:
                turn = Turn.REOPENED if before else Turn.NEW
            yield Turned(
                uid=uid, rule=rule, store=store, subject=subject, turn=turn,
                cause=self._cause(store, kind),
                severity=Severity(severity) if severity else None,
                outcome=Outcome(outcome) if outcome else None,
                was_severity=Severity(was) if was else None,
                was_outcome=Outcome(came) if came else None,
            )  # fmt: skip

    def _absent(self, rule: str, store: str, subject: str, kind: str, account: str) -> Turn:
        """What a finding that is not there any more is: resolved only where all was read."""
        if rule not in self.asked:
            return Turn.UNCONFIRMED
        if not store:
            return self._absent_entry(subject, kind)
        row = self.shifted.get(store)
        seen = row is None or row[4] is not None  # it is still there
        read = seen or self.whole.get((account, kind), False)
        return Turn.RESOLVED if read else Turn.UNCONFIRMED

    def _absent_entry(self, subject: str, kind: str) -> Turn:
        if kind == "unit":
            state = self.units.get(subject)
            read = state is not None and state not in _UNREAD
            return Turn.RESOLVED if read else Turn.UNCONFIRMED
        if kind in _ENTRIES and not self.other.dossier:
            return Turn.UNCONFIRMED
        return Turn.RESOLVED

    def _cause(self, store: str, kind: str) -> Cause:
        differs = self.shifted.get(store, (False,) * 8)[5:]
        if kind == "unit" or differs[0]:
            return Cause.ESTATE
        if differs[1]:
            return Cause.LAW
        if differs[2] or (not store and self.one.dossier != self.other.dossier):
            return Cause.DOSSIER
        if (self.one.as_of, self.one.edition) != (self.other.as_of, self.other.edition):
            return Cause.LAW
        if self.one.dossier != self.other.dossier:
            return Cause.DOSSIER
        return Cause.TOOL

    def _stores(self) -> Iterator[Shifted]:
        for id, kind, account, before, after, *_ in self.shifted.values():
            if before is None:
                fate = Fate.APPEARED
            elif after is None:
                read = self.whole.get((account, kind), False)
                fate = Fate.GONE if read else Fate.UNCONFIRMED
            elif before != after:
                fate = Fate.MOVED
            else:
                continue  # it changed where it is
            yield Shifted(store=id, kind=kind, account=account, fate=fate,
                          before=before or "", after=after or "")  # fmt: skip


def _side(base: sqlite3.Connection, seq: int) -> Side:
    row: tuple[Any, ...] = base.execute(
        "SELECT run, judgement, as_of, edition, dossier, version FROM runs WHERE seq = ?", (seq,)
    ).fetchone()
    run, judgement, day, edition, dossier, version = row
    return Side(run=run, judgement=judgement, as_of=date.fromisoformat(day), edition=edition,
                dossier=dossier, version=version)  # fmt: skip


def _order(turned: Turned) -> tuple[int, int, str, str, str]:
    severity = turned.severity or turned.was_severity
    weight = list(Severity).index(severity) if severity else len(Severity)
    return list(Turn).index(turned.turn), weight, turned.rule, turned.store, turned.subject


def _counted(kind: Any, values: Iterator[Any]) -> dict[str, int]:
    found = Counter(map(str, values))
    return {str(member): found[member] for member in kind}
