"""The one door for plugin authors: what a check, a rule or a report format may import."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .days import months_after
from .declare import (
    GIB,
    MIB,
    Ask,
    Copies,
    Epoch,
    Field,
    Folded,
    Generator,
    Grants,
    Listing,
    Metric,
    Paired,
    Part,
    Policy,
    Ref,
    Row,
    Size,
    StoreType,
    Text,
    Unsaid,
    Value,
)
from .errors import ApiError, CredentialsError, SettingsError
from .model import (
    Aligned,
    Alignment,
    Approved,
    Assumed,
    Attestation,
    Attested,
    Because,
    Candidate,
    Case,
    Category,
    Certainty,
    Confidence,
    Contract,
    Copy,
    Counted,
    Coverage,
    CoverageState,
    Custody,
    DataStore,
    Dossier,
    Entry,
    Exposed,
    Finding,
    Force,
    Framework,
    Gap,
    Group,
    Grouping,
    Guarantee,
    Limit,
    Link,
    Listed,
    Measured,
    Milestone,
    Original,
    Outcome,
    Outsider,
    Party,
    Phase,
    Place,
    Plan,
    Price,
    Progress,
    Reached,
    Reason,
    Regime,
    Role,
    Route,
    Scope,
    Severity,
    Share,
    Slip,
    Status,
    Step,
    Target,
    Treatment,
    Unknown,
    Verdict,
    Volume,
    Waiver,
    schemes_of,
)
from .patience import backoff, patiently
from .plugin import Inventory, Provider, Renderer, Rule, renderer, rule
from .quota import Quota
from .saying import chains, country, law_name, path_of, plain, shown, sign, standing, word


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question of a provider's inventory: whom it is put to, and whose rows it lists."""

    target: Scope
    op: str
    params: Mapping[str, Any]
    accounts: tuple[str, ...]


class Inventoried(Protocol):
    """What a connection can besides, where its provider declares an inventory."""

    def inventory(self, accounts: Sequence[Scope], rows: Collection[str]) -> Iterable[Inquiry]:
        """The questions that list rows of these types over these accounts."""


class Checked(Protocol):
    """What a connection can besides, where what may not be read is left out without a word."""

    def unseen(self, accounts: Sequence[Scope], operations: Collection[str]) -> Iterable[Gap]:
        """What of these operations, and of these rows of the inventory, may not be read whole.

        A gap for each account where some may not be read, or where that cannot be found out. It
        is asked before a survey, of rows; and by the doctor, of operations too.
        """


class Api(Protocol):
    """What the engine needs of a cloud: who and where, one call, the next page. Read-only.

    Pace, retries and concurrency are the engine's: `call` asks once, and says by `ApiError`
    what came instead of an answer and whether to ask again.
    """

    def identity(self) -> Mapping[str, str]:
        """Which credentials were taken, from where, and the endpoints asked; no secret."""

    def accounts(self) -> Iterable[Scope | Gap]:
        """The accounts in scope (their region is ""), and those that cannot be read."""

    def regions(self, account: Scope) -> Iterable[Scope | Gap]:
        """The enabled regions of an account; what it has not enabled is no gap."""

    def organisation(self) -> frozenset[str]:
        """Every account known to be ours, read or not."""

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Ask one question and give the answer in JSON values; raise `ApiError` otherwise."""

    def next_page(
        self, service: str, operation: str, params: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The parameters of the page after this answer, or None at the end."""

    def offered(self, service: str, region: str) -> bool:
        """Whether the provider's own model lists this service in this region."""


def _told(reason: Because | Place | Unknown | Share) -> Because:
    match reason:
        case Place():
            values = {"country": reason.country, "region": reason.region, "role": reason.role.value}
            return Because(code="place", values=values, facts=reason.facts)
        case Unknown():
            return Because(
                code="unknown", values={"reason": reason.reason.value, "detail": reason.detail}
            )
        case Share():
            values = {"party": reason.party.value, "account": reason.account, "via": reason.via}
            return Because(code="share", values=values)
        case Because():
            return reason


def met(*reasons: Because | Place | Unknown | Share) -> Verdict:
    """The rule's statement holds, by established facts, for everything it speaks of."""
    return Verdict(outcome=Outcome.MET, because=tuple(map(_told, reasons)))


def deviates(*reasons: Because | Place | Unknown | Share) -> Verdict:
    """Something known contradicts the rule's statement."""
    return Verdict(outcome=Outcome.DEVIATES, because=tuple(map(_told, reasons)))


def undetermined(*reasons: Because | Place | Unknown | Share) -> Verdict:
    """Something needed is not known: never a pass."""
    return Verdict(outcome=Outcome.UNDETERMINED, because=tuple(map(_told, reasons)))


def not_applicable(*reasons: Because | Place | Unknown | Share) -> Verdict:
    """The rule has nothing to say of this case, and why."""
    return Verdict(outcome=Outcome.NOT_APPLICABLE, because=tuple(map(_told, reasons)))


def inert(text: object) -> str:
    """A stranger's text for a table cell: one line, no control or direction marks, no formula."""
    shown = plain(text)
    return "'" + shown if shown[:1] in ("=", "+", "-", "@", "\t") else shown


__all__ = [
    "GIB", "MIB", "Aligned", "Alignment", "Api", "ApiError", "Approved", "Ask", "Assumed",
    "Attestation", "Attested", "Because", "Candidate", "Case", "Category", "Certainty",
    "Checked", "Confidence", "Contract", "Copies", "Copy", "Counted", "Coverage",
    "CoverageState", "CredentialsError", "Custody", "DataStore", "Dossier", "Entry", "Epoch",
    "Exposed", "Field", "Finding", "Folded", "Force", "Framework", "Gap", "Generator", "Grants",
    "Group", "Grouping", "Guarantee", "Inquiry", "Inventoried", "Inventory", "Limit", "Link",
    "Listed", "Listing", "Measured", "Metric", "Milestone", "Original", "Outcome", "Outsider",
    "Paired", "Part", "Party", "Phase", "Place", "Plan", "Policy", "Price", "Progress",
    "Provider", "Quota", "Reached", "Reason", "Ref", "Regime", "Renderer", "Role", "Route",
    "Row", "Rule", "Scope", "SettingsError", "Severity", "Share", "Size", "Slip", "Status",
    "Step", "StoreType", "Target", "Text", "Treatment", "Unknown", "Unsaid", "Value", "Verdict",
    "Volume", "Waiver", "backoff", "chains", "country", "deviates", "inert", "law_name", "met",
    "months_after", "not_applicable", "path_of", "patiently", "plain", "renderer", "rule",
    "schemes_of", "shown", "sign", "standing", "undetermined", "word",
]  # fmt: skip
