"""The nouns: what the survey saw, where it rests, who can compel, what is concluded.

Every noun is a value: frozen, compared by content, without input or output. What could not be
learnt is an `Unknown` with its reason, never `None`, `""` or a missing row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    """Why something is not known."""

    DENIED = "denied"  # the role may not ask
    THROTTLED = "throttled"  # asked too often, patience ended
    UNREACHABLE = "unreachable"  # network, time-out, no such host
    UNSUPPORTED = "unsupported"  # the service does not exist in this region
    NOT_ENABLED = "not_enabled"  # the account has not opted in
    EXPIRED = "expired"  # credentials ended and could not be renewed
    MALFORMED = "malformed"  # cut, empty, HTML or unreadable answer
    SUSPENDED = "suspended"  # the account is suspended or closed
    GONE = "gone"  # it was listed, then no longer there
    FAILED = "failed"  # any other answer of the provider
    OUT_OF_SCOPE = "out_of_scope"  # it lies outside what was audited
    UNCATALOGUED = "uncatalogued"  # no fact of ours speaks of it
    UNTOLD = "untold"  # the provider's answer does not say
    WEAK = "weak"  # only a fact of weak confidence speaks of it
    PROJECTION = "projection"  # the day is later than the edition of the facts
    NOT_ASKED = "not_asked"  # the question was not put


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not knowing, as a value."""

    reason: Reason
    detail: str = ""


class Category(StrEnum):
    """What kind of thing holds the bytes."""

    OBJECT = "object"
    BLOCK = "block"
    FILE = "file"
    RELATIONAL = "relational"
    NOSQL = "nosql"
    WAREHOUSE = "warehouse"
    SEARCH = "search"
    CACHE = "cache"
    STREAM = "stream"
    QUEUE = "queue"
    LOG = "log"
    BACKUP = "backup"
    SNAPSHOT = "snapshot"
    HEALTH = "health"
    KEY = "key"  # a subject: it holds no data, stores refer to it


class Role(StrEnum):
    """What a further place is to a store: the first four hold its data, the others its traces."""

    PRIMARY = "primary"
    REPLICA = "replica"
    BACKUP = "backup"
    SNAPSHOT = "snapshot"
    EXPORT = "export"
    LOG = "log"
    INVENTORY = "inventory"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Scope:
    """One account in one region of one partition: names only, never a credential."""

    provider: str
    partition: str
    account: str
    region: str = ""  # "" for what an account has once
    account_name: str = field(default="", compare=False)

    def __str__(self) -> str:
        return "/".join(p for p in (self.partition, self.account, self.region) if p)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One further place where a store's bytes, or traces of them, rest."""

    role: Role
    id: str = ""
    region: str | Unknown
    account: str | Unknown


class Party(StrEnum):
    """With whom a store is shared."""

    PUBLIC = "public"
    ACCOUNT = "account"
    ORGANISATION = "organisation"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Somebody outside the account who may reach the data."""

    party: Party
    account: str = ""
    via: str  # policy, acl, attribute …
    condition: bool = False  # granted under conditions that we do not evaluate


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStore:
    """A place where bytes rest, as one survey saw it."""

    id: str
    kind: str  # the store type's name: aws.s3.bucket
    category: Category
    partition: str  # aws, aws-eusc …: which offer that is, is a fact
    account: str
    region: str | Unknown
    name: str = ""
    also: tuple[str, ...] = ()  # further ids under which others refer to it
    account_name: str = ""
    copies: tuple[Copy | Unknown, ...] = ()
    shares: tuple[Share | Unknown, ...] = ()
    encrypted: bool | Unknown = Unknown(Reason.NOT_ASKED)
    key: str | Unknown = ""  # the subject's id; "" when the provider's own key is used
    bytes: int | Unknown = Unknown(Reason.NOT_ASKED)
    created: str | Unknown = Unknown(Reason.NOT_ASKED)
    tags: Mapping[str, str] | Unknown = Unknown(Reason.NOT_ASKED)
    origin: str | Unknown = ""  # what this is a snapshot or a backup of
    parent: str = ""
    facts: Mapping[str, str | int | bool | Unknown] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)  # attribute → the call that gave it
    collected: str = ""  # when, UTC; aside from what is compared between runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What a survey could not read, and why."""

    scope: Scope
    kind: str  # store type, or "discovery"
    reason: Reason
    detail: str = ""
    region: str = ""


class CoverageState(StrEnum):
    """Whether one store type in one scope was read to its end."""

    READ = "read"
    PARTIAL = "partial"  # listed, but some question failed
    UNREAD = "unread"
    NOT_OFFERED = "not_offered"  # the service does not exist there: nothing to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The completeness certificate of one store type in one scope."""

    scope: Scope
    kind: str
    state: CoverageState
    stores: int = 0
    gaps: tuple[Unknown, ...] = ()


class Confidence(StrEnum):
    """How sure a fact is, on one scale."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country where bytes rest, and what the law of the day says of it."""

    country: str  # ISO 3166-1 alpha-2
    in_eu: bool
    in_eea: bool
    adequate: bool | Unknown
    region: str = ""
    role: Role = Role.PRIMARY
    confidence: Confidence = Confidence.STRONG
    facts: tuple[str, ...] = ()  # ids of the facts used

    @property
    def established(self) -> bool:
        """Whether this place can clear a store: weak facts cannot."""
        return self.confidence is not Confidence.WEAK


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A company on the path from an operator to whoever controls it."""

    name: str
    seat: str | Unknown  # country
    share: str = ""


class Reached(StrEnum):
    """What the sources read on that day say of foreign law."""

    LINKED = "linked"
    NO_KNOWN_LINK = "no_known_link"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawReach:
    """One foreign law, and whether it stands on the day."""

    law: str
    name: str
    country: str
    in_force: bool | Unknown
    confidence: Confidence
    data_access: bool = True  # export controls are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whose law can compel whoever operates or controls an offer, with the path shown."""

    offer: str
    verdict: Reached
    path: tuple[Entity, ...] = ()
    laws: tuple[LawReach, ...] = ()
    confidence: Confidence = Confidence.WEAK
    reason: Unknown | None = None
    facts: tuple[str, ...] = ()


class Custody(StrEnum):
    """Who can use the keys: a convention of the project (EDPB-01-2020, annex 2)."""

    ENC_0 = "ENC-0"
    ENC_1 = "ENC-1"
    ENC_2 = "ENC-2"
    ENC_3 = "ENC-3"
    ENC_4 = "ENC-4"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCustody:
    """Who can use the keys of a store, with the evidence."""

    level: Custody | Unknown
    key: str = ""
    region: str | Unknown = ""
    account: str | Unknown = ""
    evidence: tuple[str, ...] = ()


class Certainty(StrEnum):
    """How sure we are that a store holds health data."""

    CONFIRMED = "confirmed"
    DECLARED = "declared"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    NONE = "none"
    NO_SIGN = "no_sign"
    NOT_ASSESSED = "not_assessed"


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
    conflict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a rule may look at for one store on one day."""

    store: DataStore
    health: Health
    places: tuple[Place | Unknown, ...]
    flows: tuple[Place | Unknown, ...] = ()
    reach: Reach
    custody: KeyCustody
    shares: tuple[Share | Unknown, ...] = ()
    organisation: frozenset[str] = frozenset()  # accounts known to be ours
    gaps: tuple[Unknown, ...] = ()
    as_of: date


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
    subject: str = ""


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
