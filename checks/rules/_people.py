"""What people state that several rules ask for: whose an account is, what a contract says."""

from __future__ import annotations

from datetime import date

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


def runs(contract: Contract, day: date) -> bool | None:
    """Whether a contract runs on a day; None when its beginning or its end is not stated."""
    if contract.signed is not None and day < contract.signed:
        return False
    if contract.until is not None and contract.until < day:
        return False
    ended = contract.until is not None or contract.open_ended
    return True if ended and contract.signed is not None else None


def running(case: Case) -> tuple[tuple[Contract, ...], tuple[Contract, ...]]:
    """The contracts with the host that run on the day, and those of which nobody can tell."""
    contracts = case.declared.contracts if case.declared else ()
    told = [(c, runs(c, case.as_of)) for c in contracts]
    sure = tuple(c for c, answer in told if answer is True)
    return sure, tuple(c for c, answer in told if answer is None)


def by_clause(case: Case, clause: str) -> Verdict:
    """Whether a contract in force with the host carries a clause; no contract, nobody can tell."""
    sure, unsure = running(case)
    holding = [c for c in sure if clause in c.clauses]
    if holding:
        return met(*(said("contracts", c.id) for c in holding))
    if unsure:
        return undetermined(*(said("contracts", c.id) for c in unsure))
    if not sure or any(not c.clauses for c in sure):
        return undetermined(Because(code="clauses_unread" if sure else "no_contract"))
    return deviates(*(
        Because(code="no_clause", values={"entry": f"contracts.{c.id}", "clause": clause})
        for c in sure
    ))  # fmt: skip
