"""What a sample of content says: evidence without values, and how sure it makes us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .seen import Unknown


class Certainty(StrEnum):
    """How sure we are that a store holds health data."""

    CONFIRMED = "confirmed"
    DECLARED = "declared"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    NONE = "none"
    NO_SIGN = "no_sign"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Listed:
    """One object of a store, as its listing tells it."""

    key: str = field(repr=False)
    size: int  # bytes
    storage: str = ""  # the storage class


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One sign in content: what saw it and where, how often, and a shape; never a value."""

    detector: str
    seen_in: str  # column:3 (patient), text, structure …
    axis: str  # H about health, P about a person, I at the level of one person
    family: str
    weight: float  # log-odds, natural logarithm
    rate: float | None = None  # share of the values looked at that pass, 0 to 1
    distinct: int | None = None  # different values that pass; 10 stands for up to ten
    bits: float | None = None  # log-likelihood ratio of a check, in bits
    mask: str = ""  # the commonest shape: a digit is 9, a letter A or a


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """How sure a sample makes us that an object or a store holds health data."""

    certainty: Certainty
    axes: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    reason: Unknown | None = None  # why it was not assessed
    guard: str = ""  # what took a meaning away: reference, aggregate, animal …


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSample:
    """What a sample of a store's objects says, all together."""

    store: str
    certainty: Certainty
    levels: Mapping[str, int] = field(default_factory=dict)  # level → objects
    reasons: Mapping[str, int] = field(default_factory=dict)  # why objects were not assessed
    evidence: tuple[Evidence, ...] = ()  # the two best on each axis
    listed: int = 0  # objects that were seen in the listing
    sampled: int = 0  # objects of which something was read
    bytes: int = 0  # that were read
    stopped: str = ""  # early, objects, bytes, run: why no more was read
    reason: Unknown | None = None  # why nothing was
