"""How an attestation is told: what the entry says on the day, with its last reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from auditor.model import Attested, Guarantee, Unknown

from .standing import weakest

if TYPE_CHECKING:
    from .base import Facts

ANNOUNCED = timedelta(days=90)
Entry = tuple[str, Mapping[str, Any]]


def told(
    facts: Facts, scheme: str, state: Attested, entry: Entry, day: date,
    why: Unknown | None = None, *, below: Guarantee | None = None, kind: str = "guarantees",
) -> Guarantee:  # fmt: skip
    """The answer that an entry gives: its own days and service, unless it is a whole offer's."""
    id, fact = entry
    sure = facts.edition_facts.confidence(fact, day)
    own = kind == "guarantees"
    since, until = (fact.get("since"), fact.get("until")) if own else (None, None)
    left = (until - day).days if until and state is Attested.QUALIFIED else None
    return Guarantee(
        scheme=scheme,
        state=state,
        service=fact.get("service", "") if own else "",
        version=fact.get("version", "") if own else "",
        activities=tuple(fact.get("activities", ())) if own else (),
        since=since,
        until=until,
        read_on=fact["source"]["retrieved"],
        ends_in=left if left is not None and left <= ANNOUNCED.days else None,
        reason=why,
        confidence=weakest(sure, below.confidence) if below else sure,
        facts=(facts.cite(f"{kind}:{id}"), *(below.facts if below else ())),
    )
