"""Sharing: who outside the account may reach the data.

Where public access is blocked, a public share is granted without effect. A store says so in its
facts (bools, whatever the cloud): `public_access_blocked` for itself, `public_access_blocked_above`
for the account or project that it lies in.
"""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Category,
    Outsider,
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

from ._judging import fact, not_known, of_dossier, of_health_data, said
from ._people import ours, outsider_of, outsiders_of

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
    # no cloud says where an account is established: a person does
    outside = outsiders_of(case)
    told = [outsider_of(case, s.account) for s in outside]
    unplaced = [s for s, t in zip(outside, told, strict=True) if not _placed(t)]
    doubts += (*_unread(case), *unplaced, *_organisations(case))
    if doubts:
        return undetermined(*doubts)
    found = [*_inside(case), *(said("accounts", t.id) for t in told if t)]
    return met(*found) if found else not_applicable(Because(code="no_account_outside"))


def _placed(outsider: Outsider | None) -> bool:
    """Whether a person states where somebody is established."""
    return outsider is not None and bool(outsider.country) and not not_known(outsider.country)


@rule("SHR004")
@of_health_data
def copies_are_not_shared_outside(case: Case) -> Verdict:
    """Snapshots, backups and images are shared with nobody outside the organisation."""
    if case.store.category not in (Category.SNAPSHOT, Category.BACKUP):
        return not_applicable(Because(code="no_copy_itself"))
    judged: Verdict = shared_only_inside_the_organisation(case)
    return judged


@rule("SHR005")
@of_health_data
def every_share_names_an_account(case: Case) -> Verdict:
    """Whoever may reach the data is named: no public, no whole organisation, no blank."""
    if not _asked(case):
        return not_applicable(Because(code="shares_not_asked"))
    public, doubts = _public(case)
    if public:
        return deviates(*public)
    nameless = [s for s in _shares(case, Party.ACCOUNT) if not s.account]
    doubts += (*_unread(case), *nameless, *_organisations(case))
    if doubts:
        return undetermined(*doubts)
    named = [s for s in case.shares if isinstance(s, Share) and s.party is not Party.PUBLIC]
    return met(*named) if named else not_applicable(_nothing(case, "not_public"))


@rule("SHR006")
@of_health_data
def public_access_is_blocked_beforehand(case: Case) -> Verdict:
    """Public access is blocked for the store, or above it, whatever is granted later."""
    blocked = [case.store.facts[name] for name in _BLOCKED if name in case.store.facts]
    if not blocked:
        return not_applicable(Because(code="no_such_block"))
    if True in blocked:
        return met(Because(code="public_access_blocked"))
    unread = [b for b in blocked if isinstance(b, Unknown)]
    return undetermined(*unread) if unread else deviates(Because(code="public_access_open"))


@rule("SHR007")
@of_health_data
def not_reachable_from_the_public_network(case: Case) -> Verdict:
    """The store has no address on the public network."""
    reachable = fact(case, "publicly_accessible")
    if reachable is None:
        return not_applicable(Because(code="no_address_asked"))
    if isinstance(reachable, Unknown):
        return undetermined(reachable)
    told = Because(code="public_address" if reachable else "no_public_address")
    return deviates(told) if reachable else met(told)


@rule("SHR008")
@of_health_data
@of_dossier
def accounts_outside_stand_in_the_dossier(case: Case) -> Verdict:
    """Every account outside with whom data are shared is declared, with what it is to us."""
    outside = outsiders_of(case)
    if not outside:
        unread = _unread(case)
        if unread:
            return undetermined(*unread)
        return not_applicable(Because(code="no_account_outside"))
    told = [outsider_of(case, s.account) for s in outside]
    missing = [s for s, t in zip(outside, told, strict=True) if t is None or not t.role]
    if missing:
        return deviates(*missing)
    unsaid = [t for t in told if t and not_known(t.role)]
    unread = _unread(case)
    if unread or unsaid:
        return undetermined(*unread, *(said("accounts", t.id) for t in unsaid))
    return met(*(said("accounts", t.id) for t in told if t))


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
    return outsiders_of(case)


def _organisations(case: Case) -> tuple[Share, ...]:
    """Shares with a whole organisation: the grant does not say that it is ours."""
    return _shares(case, Party.ORGANISATION)


def _unplaced(share: Share) -> Unknown:
    return Unknown(Reason.UNTOLD, f"account {share.account}".strip())


def _inside(case: Case) -> list[Because]:
    near = [s for s in _shares(case, Party.ACCOUNT) if ours(case, s.account)]
    return [Because(code="inside", values={"account": s.account}) for s in near]


def _nothing(case: Case, code: str) -> Because:
    """Why nothing is shared so: it was asked and not seen, or it is granted without effect."""
    return Because(code=_BLOCKED[0] if _shares(case, Party.PUBLIC) else code)
