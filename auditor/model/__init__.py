"""The nouns: what the survey saw, where it rests, who can compel, what is concluded.

Every noun is a value: frozen, compared by content, without input or output. What could not be
learnt is an `Unknown` with its reason, never `None`, `""` or a missing row.
"""

from .judged import (
    Because,
    Case,
    Certainty,
    Finding,
    Health,
    Judged,
    Outcome,
    Severity,
    Signal,
    Summary,
    Verdict,
)
from .known import Confidence, Custody, Entity, KeyCustody, LawReach, Place, Reach, Reached
from .seen import (
    Category,
    Copy,
    Coverage,
    CoverageState,
    DataStore,
    Gap,
    Party,
    Reason,
    Role,
    Scope,
    Share,
    Unknown,
)

__all__ = [
    "Because",
    "Case",
    "Category",
    "Certainty",
    "Confidence",
    "Copy",
    "Coverage",
    "CoverageState",
    "Custody",
    "DataStore",
    "Entity",
    "Finding",
    "Gap",
    "Health",
    "Judged",
    "KeyCustody",
    "LawReach",
    "Outcome",
    "Party",
    "Place",
    "Reach",
    "Reached",
    "Reason",
    "Role",
    "Scope",
    "Severity",
    "Share",
    "Signal",
    "Summary",
    "Unknown",
    "Verdict",
]
