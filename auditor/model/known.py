"""What facts say of a day: places, reach, custody of keys."""

from __future__ import annotations

from dataclasses import dataclass
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
