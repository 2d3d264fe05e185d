"""What a survey sees: stores, their copies and shares, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why something is not known."""

    DENIED = "denied"  # the role may not ask
    THROTTLED = "throttled"  # asked too often, patience ended
    UNREACHABLE = "unreachable"  # network, time-out, no such host
    UNSUPPORTED = "unsupported"  # the service does not exist in this region
    NOT_ENABLED = "not_enabled"  # the account has not opted in, or its keys are not known there
    EXPIRED = "expired"  # credentials ended and could not be renewed
    MALFORMED = "malformed"  # cut, empty, HTML or unreadable answer
    SUSPENDED = "suspended"  # the account is suspended or closed
    GONE = "gone"  # it was listed, then no longer there
    FAILED = "failed"  # any other answer of the provider
    OUT_OF_SCOPE = "out_of_scope"  # it lies outside what was audited
    UNCATALOGUED = "uncatalogued"  # no fact of ours speaks of it
    UNTOLD = "untold"  # the provider's answer does not say
    UNREAD = "unread"  # no source that was read establishes it
    WEAK = "weak"  # only a fact of weak confidence speaks of it
    PROJECTION = "projection"  # the day is later than the edition of the facts
    NOT_ASKED = "not_asked"  # the question was not put
    ENCRYPTED = "encrypted"  # an object whose content only its owner can open
    NO_READER = "no_reader"  # no reader of ours knows the format of an object
    BUDGET = "budget"  # more would have to be read than may be
    COLD = "cold"  # to read it would cost a retrieval fee


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


PAIRED = "paired:"  # before a region: the one that the provider pairs with it


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
