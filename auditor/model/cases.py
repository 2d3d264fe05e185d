"""What is judged: one store on one day, or one entry that is no store, with all a rule may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .declared import (
    Attestation,
    Contract,
    Declared,
    Dossier,
    Outsider,
    Regime,
    Target,
    Treatment,
    Waiver,
)
from .judged import Health
from .known import Capital, Confidence, Framework, Guarantee, KeyCustody, Place, Reach
from .seen import Coverage, DataStore, Share, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a snapshot, a backup or an image was made of, where it was seen."""

    places: tuple[Place | Unknown, ...]
    account: str
    encrypted: bool | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """An announced end of a service: its last day at the latest, or why that is not known."""

    ends: date | Unknown
    confidence: Confidence
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a rule may look at for one store on one day.

    `frameworks` are by country: of the third countries where bytes, traces, the key or a declared
    outsider are. `declared` is None when there is no dossier; `regimes` are empty when nobody has
    said which apply.
    """

    store: DataStore
    health: Health
    places: tuple[Place | Unknown, ...]
    flows: tuple[Place | Unknown, ...] = ()
    reach: Reach
    custody: KeyCustody
    key_places: tuple[Place | Unknown, ...] = ()  # of the key that the store names
    shares: tuple[Share | Unknown, ...] = ()
    organisation: frozenset[str] = frozenset()  # accounts known to be ours
    gaps: tuple[Unknown, ...] = ()
    original: Original | Unknown | None = None  # None when it is a copy of nothing
    guarantees: Mapping[str, Guarantee] = field(default_factory=dict)  # by scheme
    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    capital: Capital | None = None  # None when the offer is not known
    ends: Ending | None = None  # an announced end of the service, None when none is known
    declared: Declared | None = None
    regimes: frozenset[Regime] = frozenset()
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a run saw of the stores that one entry of the dossier means.

    `lost` are the parts of a selection that matched no store; `gaps` say why a store may have been
    missed: empty only when everything in scope was read.
    """

    stores: int = 0
    linked: int = 0  # of them, those whose operator is linked to non-EU law
    findings: int = 0  # of a waiver: the deviations it covers
    undetermined: int = 0  # of a waiver: what is not determined, which it cannot cover
    lost: tuple[str, ...] = ()
    gaps: tuple[Unknown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the dossier, or one unit of the survey, or the audit itself, to be judged.

    `reach` and `guarantees` are those of a target's offer.
    """

    subject: str  # kind and id: treatment:imaging
    said: Treatment | Contract | Attestation | Waiver | Target | Outsider | Coverage | None = None
    dossier: Dossier | None = None
    seen: Seen = Seen()
    reach: Reach | None = None
    guarantees: Mapping[str, Guarantee] = field(default_factory=dict)
    regimes: frozenset[Regime] = frozenset()
    treatments: tuple[str, ...] = ()  # ids of those that it is about
    facts_read: date | None = None  # of the audit: the day of the edition of the facts
    as_of: date
