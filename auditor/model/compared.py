"""What two judgements, side by side, say: findings that came and went, stores that moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .judged import Outcome, Severity


class Turn(StrEnum):
    """What became of a finding. Absence is a resolution only where everything was read."""

    NEW = "new"
    REOPENED = "reopened"  # it was there before the first of the two, and not in the first
    PERSISTING = "persisting"
    RESOLVED = "resolved"
    UNCONFIRMED = "unconfirmed"  # not there, where something was not read


class Cause(StrEnum):
    """Why a finding turned."""

    ESTATE = "estate"  # the store itself, its copies or its key
    LAW = "law"  # the estate is the same: the day, or the facts
    DOSSIER = "dossier"  # estate, day and facts are the same
    TOOL = "tool"  # and so is the dossier


class Fate(StrEnum):
    """What became of a store."""

    APPEARED = "appeared"
    MOVED = "moved"
    GONE = "gone"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two judgements."""

    run: str
    judgement: str  # "" the audit's own, else <day>-<edition>
    as_of: date
    edition: str
    dossier: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One finding that is not what it was; values of the side where it is not are empty."""

    uid: str
    rule: str
    store: str
    subject: str
    turn: Turn
    cause: Cause
    severity: Severity | None = None
    outcome: Outcome | None = None
    was_severity: Severity | None = None
    was_outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """One store that is not where it was."""

    store: str
    kind: str
    account: str
    fate: Fate
    before: str = ""  # its region, then those of its copies
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Two judgements compared. What persists unchanged is counted, and not listed."""

    one: Side
    other: Side
    turns: Mapping[str, int]  # turn → findings
    causes: Mapping[str, int]  # cause → findings that turned or changed
    fates: Mapping[str, int]  # fate → stores
    findings: tuple[Turned, ...]
    stores: tuple[Shifted, ...]
