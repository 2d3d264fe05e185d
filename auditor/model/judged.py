"""What is concluded: health certainty, verdicts, findings, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .declared import (
    Force,
    Regime,
    Status,
)
from .known import KeyCustody, Place, Reached
from .sampled import Certainty, Evidence
from .seen import Reason, Unknown

UNDECLARED = Unknown(Reason.UNTOLD, "regimes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One reason to think so: the detector and what it looked at, never a value."""

    detector: str
    seen_in: str  # name, tag:data-class, kind …
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether a store holds health data, with evidence."""

    certainty: Certainty
    signals: tuple[Signal, ...] = ()
    conflict: str = ""  # negative_tag: a tag says otherwise; content_none: what was read does
    evidence: tuple[Evidence, ...] = ()  # of its content, where it was sampled


class Outcome(StrEnum):
    """What a rule answers."""

    MET = "met"
    DEVIATES = "deviates"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How much a deviation weighs."""

    BLOCKING = "blocking"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason of a verdict: a code whose words are facts, and what fills them."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule concludes of a case."""

    outcome: Outcome
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that deviates or is undetermined for a store."""

    uid: str
    rule: str
    severity: Severity
    outcome: Outcome
    store: str
    kind: str
    account: str
    region: str | Unknown
    health: Certainty
    because: tuple[Because, ...] = ()
    subject: str = ""  # of a finding that is about no store: treatment:imaging
    force: Force | Unknown = UNDECLARED
    regimes: tuple[Regime, ...] = ()  # those that give it this severity
    treatments: tuple[str, ...] = ()
    waiver: str = ""  # the id of the waiver that accepts it, on that day


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was concluded of one store on one day; its findings are kept beside it."""

    store: str
    offer: str | Unknown
    health: Health
    places: tuple[Place | Unknown, ...]
    flows: tuple[Place | Unknown, ...] = ()
    reach: Reached
    custody: KeyCustody
    met: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    on_own_facts: tuple[str, ...] = ()  # of the rules met, those that a fact of the user's met
    treatments: tuple[str, ...] = ()
    regimes: tuple[Regime, ...] = ()
    law: str = ""  # a digest of what the facts say of it that day
    said: str = ""  # a digest of what the dossier says of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A judgement counted. Keys are the values of the enums, or country codes ("?" unknown)."""

    as_of: date
    edition: str
    stores: int
    health: Mapping[str, int]
    countries: Mapping[str, int]
    reach: Mapping[str, int]
    custody: Mapping[str, int]
    outcomes: Mapping[str, Mapping[str, int]]  # rule → outcome → stores
    severities: Mapping[str, int]  # findings that deviate
    undetermined: int
    coverage: Mapping[str, int]  # coverage state → units
    exit_code: int = 0
    unknown_regions: Mapping[str, int] = field(default_factory=dict)  # offer/region → stores
    on_own_facts: Mapping[str, int] = field(default_factory=dict)  # rule → stores that it cleared
    answers: Mapping[str, Outcome] = field(default_factory=dict)  # rule → of the whole estate
    treatments: Mapping[str, int] = field(default_factory=dict)  # treatment ("" none) → stores
    waived: int = 0  # deviations that a waiver accepts
    dossier: str = ""  # the digest of the dossier that was read, "" when there was none


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Where one item of the alignment stands, for one treatment or overall, and what from.

    `evidence` is the best that what was seen allows; `said` what a person attests, in force that
    day. `recommended`: outside the regimes declared, shown all the same (R4).
    """

    item: str
    treatment: str  # "" overall
    status: Status
    evidence: Status
    said: Status | None = None
    recommended: bool = False
    rules: tuple[str, ...] = ()  # those that hold it down
    unread: tuple[Unknown, ...] = ()  # why a collection failed
    attestations: tuple[str, ...] = ()  # ids in the dossier, in force
    expired: tuple[str, ...] = ()  # ids in the dossier, no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The alignment table of one judgement: no status stands without its items (R7)."""

    as_of: date
    edition: str
    dossier: str
    overall: Status
    items: tuple[Aligned, ...]


class Aspect(StrEnum):
    """What changed from one day to another."""

    PLACE = "place"
    TRANSFER = "transfer"
    REACH = "reach"
    LAW = "law"
    GUARANTEE = "guarantee"
    RULE = "rule"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that another day changes, how many stores it concerns, and which facts did it.

    `before` and `after` are values of the aspect's own choice (an outcome, a reached, an attested
    state, a decision's reference, country codes), `projection` and the day to watch, or empty
    where nothing was or is.
    """

    aspect: Aspect
    subject: str  # a rule, a law, a scheme, an offer and its region, an event
    before: str
    after: str
    stores: int
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changes in one run from one day to another, under one edition of the facts."""

    against: date
    as_of: date
    edition: str
    changes: tuple[Change, ...]
