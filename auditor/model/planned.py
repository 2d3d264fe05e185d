"""What is planned: groups of exposed stores, where they could go, by when, at what cost.

A run keeps no name of people: who approves, attests or sees to a step is in the dossier, and joins
a plan when a document is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .declared import Progress, Regime
from .known import Attested, Confidence, Reached
from .seen import Unknown

Both = Mapping[str, str]  # a text in each language


_SCHEMES = {Regime.SREN31: "secnumcloud", Regime.HDS: "hds"}


def schemes_of(regimes: Collection[Regime]) -> tuple[str, ...]:
    """The schemes that some regimes ask of a host."""
    return tuple(scheme for regime, scheme in _SCHEMES.items() if regime in regimes)


class Grouping(StrEnum):
    """What some stores are planned together by: the first that is known."""

    TREATMENT = "treatment"
    TAG = "tag"
    ACCOUNT = "account"


class Exposed(StrEnum):
    """Why a store is in the plan. A store can be there for several reasons."""

    REACH = "reach"  # whoever operates it is linked to non-EU law
    PLACE = "place"  # a copy rests outside the European Economic Area
    TRANSFER = "transfer"  # traces of it go there
    UNDETERMINED = "undetermined"  # one of these is not known, and nothing clears it


class Phase(StrEnum):
    """The milestones of a step, in the order in which they are reached."""

    EVALUATION = "evaluation"
    DECISION = "decision"
    CONTRACT = "contract"
    BUILD = "build"
    COPY = "copy"
    CHECK = "check"
    SWITCH = "switch"
    DELETION = "deletion"
    PROOF = "proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """Bytes of some stores: those known, and how many stores did not say."""

    stores: int = 0
    bytes: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """An order of magnitude in euros before tax, from list prices; the two ends when they differ.

    `facts` are the prices it was made of; `unpriced` the bytes that no price was read for.
    """

    least: float = 0.0
    most: float = 0.0
    unpriced: int = 0
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An offer that stores of one kind could go to, and its state on the day.

    `established`: no known link to non-EU law, and equivalent, by fair or strong facts. Under
    `excluded`, why it is none to study: `linked`. What a decision or a certificate covers of the
    product is `secnumcloud_scope` and `hds_scope`; whether one stands that day, the state beside.
    """

    offer: str
    product: Both
    compatibility: Both
    regions: tuple[str, ...] = ()
    reach: Reached
    reason: Unknown | None = None  # why its reach is not known
    established: bool = False
    excluded: str = ""
    secnumcloud_scope: str = "unknown"
    secnumcloud: Attested = Attested.NOT_READ
    secnumcloud_until: date | None = None
    hds_scope: str = "unknown"
    hds: Attested = Attested.NOT_READ
    hds_until: date | None = None
    confidence: Confidence = Confidence.WEAK
    note: Both = field(default_factory=dict)
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What the stores of one kind in a group take to move: `kind` is one of the alternatives.

    `hours` is the time of the transfer at the bandwidth of the plan, for the bytes known.
    """

    kind: str  # "" of those for which no alternative was read
    volume: Volume
    types: Mapping[str, int] = field(default_factory=dict)  # store type → stores
    hours: float = 0.0
    egress: Price = Price()
    parallel: Price = Price()


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One phase of a step: the day set for it, who sees to it, whether the step is past it."""

    phase: Phase
    day: date | None = None
    owner: str = ""
    reached: bool = False
    critical: bool = False  # on the path that decides when the last step ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A day that a step should not pass, and what sets it: a convention of ours, or a text."""

    day: date
    origin: str  # convention_warn, convention_fail, or the reference of a text
    counted_from: date
    passed: bool = False  # by the step's deadline, or by the day when it has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """How far a step's deadline lies from that of an earlier approved version, in days."""

    version: str  # its id in the dossier; "" of a deadline that the dossier tells without one
    deadline: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where the stores of a group go, or some of them. `id` is the target's in the dossier."""

    id: str
    stores: int = 0
    offer: str = ""
    service: str = ""
    region: str = ""
    owner: str = ""
    state: Progress = Progress.STUDIED
    deadline: date | None = None
    after: tuple[str, ...] = ()  # the steps that must have switched before
    milestones: tuple[Milestone, ...] = ()
    limits: tuple[Limit, ...] = ()
    slips: tuple[Slip, ...] = ()
    asked: tuple[str, ...] = ()  # what only a person can say and has not: owner, necessity …


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Stores that move together, why they are exposed, and what moving takes."""

    id: str
    by: Grouping
    name: str = ""
    seen: int = 0  # all stores of the group
    volume: Volume = Volume()  # of those in the plan
    held: int = 0  # of them, those judged to hold health data; the others are to be qualified
    exposed: Mapping[str, int] = field(default_factory=dict)  # reason → stores
    offers: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)
    custody: Mapping[str, int] = field(default_factory=dict)  # level, "?" unknown → stores
    regimes: tuple[Regime, ...] = ()
    schemes: tuple[str, ...] = ()  # that these regimes ask of the host
    routes: tuple[Route, ...] = ()
    steps: tuple[Step, ...] = ()
    unplanned: int = 0  # stores that no step of the dossier means
    added: int = 0  # created since the first approved version: the freeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A version that the dossier says was approved; `plan` is the version printed on it."""

    id: str
    day: date
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many stores and bytes are exposed, of how many that are judged: what progress shows."""

    stores: int = 0
    exposed: int = 0
    undetermined: int = 0
    bytes: int = 0
    bytes_exposed: int = 0
    keys_out_of_reach: int = 0  # stores whose keys the host cannot use alone: ENC-3, ENC-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What transfer times and costs are told for; a convention until the settings say otherwise."""

    gbit_per_second: float = 1.0
    efficiency: float = 0.7
    parallel_months: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The transition plan of one judgement. `version` names its content, and its day."""

    version: str
    as_of: date
    edition: str
    dossier: str
    since: date | None = None  # the first approval: no later one resets it
    approved: tuple[Approved, ...] = ()
    assumed: Assumed = Assumed()
    counted: Counted = Counted()
    groups: tuple[Group, ...] = ()
    candidates: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)  # by kind
    ends: date | None = None  # the last milestone known
    undated: int = 0  # milestones without a day: the critical path waits for them
