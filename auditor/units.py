"""Units of a survey: one store type in one scope, and where what it sees is kept."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from .declare import Ask, Listing, StoreType
from .errors import ApiError
from .model import Coverage, CoverageState, DataStore, Reason, Scope, Unknown


class Sink(Protocol):
    """Where what was seen goes as it comes: the run folder."""

    @property
    def done(self) -> Set[str]: ...
    @property
    def subjects(self) -> Mapping[str, DataStore]: ...
    def begin(self, unit: str) -> None: ...
    def write(self, unit: str, store: DataStore) -> None: ...
    def write_subject(self, subject: DataStore) -> None: ...
    def finish(self, unit: str, coverage: Coverage) -> None: ...
    def finish_empty(self, covered: Mapping[str, Coverage]) -> None: ...


@dataclass(slots=True)
class Unit:
    """One store type in one scope, while it is being surveyed."""

    scope: Scope
    kind: StoreType
    open: int = 0  # calls and subjects not yet answered
    stores: int = 0
    opened: int = 0
    gaps: Counter[Unknown] = field(default_factory=Counter)
    unlisted: bool = False
    not_offered: bool = False
    lock: Any = field(default_factory=threading.RLock)

    @property
    def name(self) -> str:
        """What the journal calls it."""
        return f"{self.scope} {self.kind.name}"

    def refused(self, listing: Listing, error: ApiError, offered: bool) -> None:
        """A listing had no answer: there are none, there is no such service, or it is a gap."""
        if error.code in listing.absent:
            return
        if error.reason is Reason.UNSUPPORTED and not offered:
            self.not_offered = True
            return
        self.unlisted = True
        self.gaps[error.unknown] += 1

    def coverage(self) -> Coverage:
        """What can be said of its completeness."""
        if self.not_offered:
            state = CoverageState.NOT_OFFERED
        elif self.unlisted:
            state = CoverageState.UNREAD if not self.stores else CoverageState.PARTIAL
        else:
            state = CoverageState.PARTIAL if self.gaps else CoverageState.READ
        return Coverage(scope=self.scope, kind=self.kind.name, state=state, stores=self.stores,
                        gaps=in_order(self.gaps))  # fmt: skip


def in_order(gaps: Iterable[Unknown]) -> tuple[Unknown, ...]:
    """Gaps as coverage lists them."""
    return tuple(sorted(gaps, key=lambda gap: (gap.reason, gap.detail)))


def subject_name(scope: Scope, reference: str) -> str:
    """The name under which a reference from this account and region is linked to its subject."""
    whole = reference.startswith(("arn:", "/", "//", "projects/", "https://"))
    return reference if whole else f"{scope.account}/{scope.region}/{reference}"


def owned(subject: DataStore, name: str) -> DataStore:
    """A subject under the name that was referred to, in the account that it says is its own.

    Many stores refer to one key, and which of them asks first is chance: it says nothing of whose
    the key is.
    """
    also, owner = tuple(sorted({*subject.also, name})), subject.facts.get("owner")
    if not isinstance(owner, str) or not owner:
        return replace(subject, also=also)
    return replace(subject, also=also, account=owner, account_name="")


def joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> Mapping[str, Any]:
    """Two pages of one answer: their lists put together."""
    both = {k: [*one[k], *v] for k, v in other.items() if isinstance(v, list) and one.get(k)}
    return {**one, **other, **both}


def answer_of(ask: Ask, answer: Any) -> Any:
    """An answer as a value: what is declared to mean "there is none" is an empty answer."""
    if not isinstance(answer, ApiError):
        return answer
    return {} if answer.code in ask.absent else answer.unknown
