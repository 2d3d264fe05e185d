"""What people declare: the dossier. The tool reads it, and never fills in what only they can say.

A text that is not known yet is written `?`: it is told as undetermined, an empty one as missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Regime(StrEnum):
    """Which rules a treatment falls under: what is mandatory for one is advice for another."""

    ALL = "all"  # the GDPR, whatever else applies
    HDS = "hds"
    EDS = "eds"
    SNDS = "snds"
    SREN31 = "sren31"
    EHDS = "ehds"


class Force(StrEnum):
    """What stands behind a rule under a regime."""

    LAW = "law"
    REGULATOR_DOCTRINE = "regulator_doctrine"
    GOOD_PRACTICE = "good_practice"


class Status(StrEnum):
    """Where an item of the alignment stands, the worst first; what has no object stands apart."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    HUMAN_REQUIRED = "human_required"
    PARTIAL = "partial"
    PASS = "pass"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """Who decides purposes and means."""

    name: str = ""
    capacity: str = ""  # controller, joint controllers …
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """The data protection officer: an opinion is theirs, a decision is not."""

    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which stores are meant: ids (`*` stands for anything), whole accounts, or all these tags."""

    stores: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One processing of health data, as the record of processing tells it."""

    id: str
    name: str = ""
    owner: str = ""
    purposes: tuple[str, ...] = ()
    legal_basis: str = ""  # article 6(1) GDPR
    article_9: str = ""  # the exception of article 9(2) GDPR
    categories: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    retention: str = ""
    recipients: tuple[str, ...] = ()
    record: str = ""  # its reference in the record of processing
    regimes: Mapping[str, str] = field(default_factory=dict)  # each with its reason
    hds_activities: tuple[int, ...] = ()  # asked of the host, from 1 to 6
    ended: date | None = None
    holds: Selection = field(default_factory=Selection)

    @property
    def under(self) -> frozenset[Regime]:
        """The regimes declared, with the GDPR's own as soon as one is; empty when none is."""
        return frozenset((Regime.ALL, *map(Regime, self.regimes)) if self.regimes else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract with a host, and the clauses that a person has read in it."""

    id: str
    offers: tuple[str, ...] = ()
    party: str = ""  # the entity that signed
    signed: date | None = None
    until: date | None = None
    open_ended: bool = False
    clauses: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What a person states of one item, for one treatment or for all of them."""

    id: str
    item: str
    treatment: str = ""  # "": all of them
    answer: Status
    reason: str = ""
    who: str
    role: str
    signed: date
    document: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A deviation that somebody accepts, until a day. What is not determined cannot be waived."""

    id: str
    rule: str
    why: str
    who: str
    approver: str
    until: date
    since: date | None = None
    treatment: str = ""
    of: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """An account of somebody else with whom data are shared, and where they are established."""

    id: str
    accounts: tuple[str, ...] = ()
    entity: str = ""
    country: str = ""
    role: str = ""  # ours, processor, controller, joint_controller, recipient
    safeguard: str = ""  # the instrument of chapter V GDPR
    dpf_listed_on: date | None = None  # when its listing was looked up
    who: str = ""
    document: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds the keys of some stores outside the host, as a person states it."""

    id: str
    holder: str = ""
    country: str = ""
    host_can_decrypt: bool = True  # false only where the host never has the key nor the clear data
    who: str = ""
    document: str = ""
    until: date | None = None
    of: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a person states of the content of some stores: health data, or none."""

    id: str
    holds_health: bool
    reason: str = ""
    who: str = ""
    signed: date | None = None
    until: date | None = None
    of: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of the plan that was approved."""

    id: str
    approved: date
    approver: str = ""
    plan: str = ""  # the version printed on the plan that was approved


class Progress(StrEnum):
    """How far a step of the plan has come."""

    STUDIED = "studied"
    DECIDED = "decided"
    UNDER_WAY = "under_way"
    SWITCHED = "switched"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where some stores go, by when, and who sees to it."""

    id: str
    treatment: str = ""
    offer: str = ""
    service: str = ""
    region: str = ""
    owner: str = ""
    state: Progress = Progress.STUDIED
    deadline: date | None = None
    earlier_deadlines: tuple[date, ...] = ()  # those of earlier approved versions
    offer_since: date | None = None  # the day an acceptable offer existed (SREN 31, III)
    reason: str = ""
    necessity: str = ""  # why staying for now is technically necessary
    budget: str = ""
    after: tuple[str, ...] = ()  # ids of the steps that must have switched before
    milestones: Mapping[str, date | None] = field(default_factory=dict)  # by phase
    owners: Mapping[str, str] = field(default_factory=dict)  # by phase, where not the step's
    of: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What only people can say in the plan's document, and is of no single step."""

    status: str = "draft"  # draft, approved, sent
    recipients: tuple[str, ...] = ()
    steering: str = ""
    budget: str = ""
    risks: str = ""
    opinion: str = ""  # the data protection officer's
    opinion_day: date | None = None
    measures: tuple[str, ...] = ()
    freeze: str = ""
    contingency: str = ""
    deletion: str = ""
    next_review: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """A store created during the freeze, and why."""

    id: str
    reason: str
    who: str
    signed: date
    of: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that people declare, held to its schema; `digest` says which text it was."""

    edition: int
    controller: Controller = Controller()
    dpo: Officer = Officer()
    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    accounts: Mapping[str, Outsider] = field(default_factory=dict)
    keys: Mapping[str, Holding] = field(default_factory=dict)
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    attestations: Mapping[str, Attestation] = field(default_factory=dict)
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    document: Document = Document()
    versions: Mapping[str, Version] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    exemptions: Mapping[str, Exempt] = field(default_factory=dict)
    digest: str = ""

    @property
    def plan_since(self) -> date | None:
        """The first day on which a version of the plan was approved: no new one resets it."""
        return min((v.approved for v in self.versions.values()), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the dossier says of one store."""

    treatments: tuple[Treatment, ...] = ()
    contracts: tuple[Contract, ...] = ()  # with the host, in force or not
    targets: tuple[Target, ...] = ()
    outsiders: Mapping[str, Outsider] = field(default_factory=dict)  # by account
    holding: Holding | None = None
    assessment: Assessment | None = None
    plan_since: date | None = None
    exempt: bool = False  # created during the freeze with a reason

    @property
    def regimes(self) -> frozenset[Regime]:
        """The regimes of its treatments; empty when nobody has said which apply."""
        return frozenset().union(*(t.under for t in self.treatments))
