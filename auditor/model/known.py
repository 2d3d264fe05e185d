"""What facts say of a day: places, reach, custody of keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .seen import Role, Unknown


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


class Link(StrEnum):
    """How a company, a country or another offer comes within the reach of a law."""

    CONTRACTS = "contracts"  # signs with customers in the Union
    OWNS = "owns"  # owns or controls the step before
    OPERATES = "operates"  # runs the infrastructure, without being of the chain
    ESTABLISHED = "established"  # the step before is established there
    LISTED = "listed"  # the step before is listed and active there
    CUSTOMERS = "customers"  # the step before has customers there
    HOSTS = "hosts"  # another offer, on which this one runs
    SITE = "site"  # the region itself lies there


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One step of the path from an offer to whoever can be compelled; the path is in order."""

    name: str
    seat: str | Unknown  # country
    share: str = ""
    link: Link = Link.OWNS
    confidence: Confidence = Confidence.WEAK  # of the whole path to here
    facts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The step among those of its path: a company has one for each country it is in."""
        return f"{self.name} ({self.seat})" if isinstance(self.seat, str) else self.name


class Reached(StrEnum):
    """What the sources read on that day say of foreign law."""

    LINKED = "linked"
    NO_KNOWN_LINK = "no_known_link"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawReach:
    """One foreign law, whether it stands on the day, and through whom it reaches."""

    law: str
    name: str
    country: str
    in_force: bool | Unknown
    confidence: Confidence
    data_access: bool = True  # export controls are not
    via: str = ""  # the key of the first step of the path that it reaches


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whose law can compel whoever operates or controls an offer, with the path shown."""

    offer: str
    verdict: Reached
    path: tuple[Entity, ...] = ()
    laws: tuple[LawReach, ...] = ()
    confidence: Confidence = Confidence.WEAK
    reason: Unknown | None = None
    doubts: tuple[Unknown, ...] = ()  # all that keeps it open, the first of them being `reason`
    facts: tuple[str, ...] = ()


class Attested(StrEnum):
    """What is attested about a service on a day. Only the first is a guarantee."""

    QUALIFIED = "qualified"  # of HDS: certified
    ENDED = "ended"
    IN_PROGRESS = "in_progress"
    HOSTED = "hosted_on_qualified"
    NONE = "none"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """What a scheme attests of a service, in a region, for an activity, on one day."""

    scheme: str  # secnumcloud, hds
    state: Attested
    service: str = ""  # as the decision names it
    version: str = ""  # of the scheme
    activities: tuple[int, ...] = ()  # of HDS, from 1 to 6
    since: date | None = None
    until: date | None = None
    read_on: date | None = None
    ends_in: int | None = None  # days left, told from 90 on
    reason: Unknown | None = None
    confidence: Confidence = Confidence.WEAK
    facts: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it is a guarantee that may be relied upon: weak facts give none."""
        return self.state is Attested.QUALIFIED and self.confidence is not Confidence.WEAK


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """What answers a transfer to a country on a day: an adequacy decision, or none.

    `listed_only`: it covers organisations of a list, each to be looked up; never the country.
    """

    country: str
    decision: str = ""  # the reference; empty when none stands
    listed_only: bool = False
    partial: bool = False
    contested: bool = False
    until: date | None = None
    reason: Unknown | None = None
    confidence: Confidence = Confidence.WEAK
    facts: tuple[str, ...] = ()


class Measured(StrEnum):
    """What the capital test of SecNumCloud 3.2, 19.6 answers."""

    MET = "met"
    DEVIATES = "deviates"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capital:
    """Seat, capital, votes and powers against SecNumCloud 3.2, 19.6 a) and b), in percent.

    `alone` is the largest part of one holder outside the Union, `together` that of all of them,
    the larger of capital and votes. `unknown` is what is held by nobody knows whom.
    """

    answer: Measured
    alone: float = 0.0
    together: float = 0.0
    unknown: float = 0.0
    holder: str = ""
    reasons: tuple[str, ...] = ()  # codes: what deviates, or else what is not known
    confidence: Confidence = Confidence.WEAK
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A fact behind an answer, with where it was read, when and how surely."""

    id: str
    source: str
    locator: str
    retrieved: date | None
    confidence: Confidence
    since: date | None = None
    since_source: str = ""  # where the first day was read, when elsewhere
    until: date | None = None
    theirs: bool = False  # the user's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that the facts say of (offer, service, region) on one day: three verdicts, apart."""

    offer: str
    service: str
    region: str
    as_of: date
    edition: str
    places: tuple[Place | Unknown, ...]
    reach: Reach
    frameworks: tuple[Framework, ...]
    guarantees: tuple[Guarantee, ...]
    capital: Capital
    facts: tuple[Cited, ...]


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
