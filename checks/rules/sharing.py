"""Sharing: who outside the account may reach the data.

Where public access is blocked, a public share is granted without effect. A store says so in its
facts (bools, whatever the cloud): `public_access_blocked` for itself, `public_access_blocked_above`
for the account or project that it lies in.
"""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Party,
    Reason,
    Share,
    Unknown,
    Verdict,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import of_health_data

_BLOCKED = ("public_access_blocked", "public_access_blocked_above")


@rule("SHR001")
@of_health_data
def not_shared_with_the_public(case: Case) -> Verdict:
    """Nobody unnamed may reach the data."""
    if not _asked(case):
        return not_applicable(Because(code="shares_not_asked"))
    public, doubts = _public(case)
    if public:
        return deviates(*public)
    doubts += _unread(case)
    return undetermined(*doubts) if doubts else met(_nothing(case, "not_public"))


@rule("SHR002")
@of_health_data
def shared_only_inside_the_organisation(case: Case) -> Verdict:
    """Every account that may reach the data is known to be ours."""
    if not _asked(case):
        return not_applicable(Because(code="shares_not_asked"))
    public, doubts = _public(case)
    outside = _outside(case)
    theirs = [s for s in outside if s.account and case.organisation]
    if public or theirs:
        return deviates(*public, *theirs)
    doubts += (*_unread(case), *map(_unplaced, outside), *_organisations(case))
    if doubts:
        return undetermined(*doubts)
    return met(*(_inside(case) or [_nothing(case, "not_outside")]))


@rule("SHR003")
@of_health_data
def jurisdiction_of_accounts_outside_is_known(case: Case) -> Verdict:
    """Of everybody outside with whom data are shared, the country of establishment is known."""
    if not _asked(case):
        return not_applicable(Because(code="shares_not_asked"))
    public, doubts = _public(case)
    if public:
        return deviates(*public)
    # no cloud says where an account is established: only our own are known
    doubts += (*_unread(case), *_outside(case), *_organisations(case))
    if doubts:
        return undetermined(*doubts)
    ours = _inside(case)
    return met(*ours) if ours else not_applicable(Because(code="no_account_outside"))


Doubts = tuple[Unknown | Share, ...]


def _asked(case: Case) -> bool:
    """Whether this type's declaration asks for shares at all: silence proves nothing."""
    return bool(case.shares) or "shares" in case.store.calls


def _shares(case: Case, party: Party) -> tuple[Share, ...]:
    return tuple(s for s in case.shares if isinstance(s, Share) and s.party is party)


def _unread(case: Case) -> tuple[Unknown, ...]:
    return tuple(s for s in case.shares if isinstance(s, Unknown))


def _public(case: Case) -> tuple[tuple[Share, ...], Doubts]:
    """Public shares in effect, and what leaves it open whether there are any."""
    granted = _shares(case, Party.PUBLIC)
    blocked = [case.store.facts.get(name, False) for name in _BLOCKED]
    if not granted or True in blocked:
        return (), ()
    unread = tuple(b for b in blocked if isinstance(b, Unknown))
    if unread:
        return (), (*unread, *granted)
    plain = tuple(s for s in granted if not s.condition)
    return plain, tuple(s for s in granted if s.condition)


def _outside(case: Case) -> tuple[Share, ...]:
    """Shares with accounts that are not known to be ours."""
    shares = _shares(case, Party.ACCOUNT)
    return tuple(s for s in shares if s.account not in case.organisation)


def _organisations(case: Case) -> tuple[Share, ...]:
    """Shares with a whole organisation: the grant does not say that it is ours."""
    return _shares(case, Party.ORGANISATION)


def _unplaced(share: Share) -> Unknown:
    return Unknown(Reason.UNTOLD, f"account {share.account}".strip())


def _inside(case: Case) -> list[Because]:
    ours = [s for s in _shares(case, Party.ACCOUNT) if s.account in case.organisation]
    return [Because(code="inside", values={"account": s.account}) for s in ours]


def _nothing(case: Case, code: str) -> Because:
    """Why nothing is shared so: it was asked and not seen, or it is granted without effect."""
    return Because(code=_BLOCKED[0] if _shares(case, Party.PUBLIC) else code)
