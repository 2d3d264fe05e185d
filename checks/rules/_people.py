"""What people state that several rules ask for: whose an account is, what a contract says."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Contract,
    Outsider,
    Party,
    Share,
    Unknown,
    Verdict,
    deviates,
    met,
    undetermined,
)

from ._judging import said, stands


def outsider_of(case: Case, account: str) -> Outsider | None:
    """Who a person says holds an account, while the statement is in force."""
    told = case.declared.outsiders.get(account) if case.declared and account else None
    return told if told and stands(told.until, case.as_of) else None


def ours(case: Case, account: str) -> bool:
    """Whether an account is known to be ours: seen in the organisation, or stated."""
    told = outsider_of(case, account)
    return account in case.organisation or (told is not None and told.role == "ours")


def outsiders_of(case: Case) -> tuple[Share, ...]:
    """Shares with accounts that are not known to be ours."""
    return tuple(
        s for s in case.shares
        if isinstance(s, Share) and s.party is Party.ACCOUNT and not ours(case, s.account)
    )  # fmt: skip


def unread_of(case: Case) -> tuple[Unknown, ...]:
    """What was asked about shares and not answered."""
    return tuple(s for s in case.shares if isinstance(s, Unknown))


def in_force(case: Case) -> tuple[Contract, ...]:
    """The contracts with the host that run on the day."""
    contracts = case.declared.contracts if case.declared else ()
    return tuple(
        c for c in contracts
        if (c.signed is None or c.signed <= case.as_of) and stands(c.until, case.as_of)
    )  # fmt: skip


def by_clause(case: Case, clause: str) -> Verdict:
    """Whether a contract in force with the host carries a clause; no contract, nobody can tell."""
    contracts = in_force(case)
    holding = [c for c in contracts if clause in c.clauses]
    if holding:
        return met(*(said("contracts", c.id) for c in holding))
    if not contracts or any(not c.clauses for c in contracts):
        return undetermined(Because(code="no_contract" if not contracts else "clauses_unread"))
    return deviates(*(Because(code="no_clause", values={"entry": f"contracts.{c.id}",
                                                        "clause": clause})
                      for c in contracts))  # fmt: skip
