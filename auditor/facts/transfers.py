"""Transfers: which adequacy decision answers a transfer to a country on a day.

The answer is about a transfer and nothing else: it clears neither place nor reach. A decision that
covers the organisations of a list never makes their country adequate.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from auditor.model import Framework, Unknown

from .places import decision_of

if TYPE_CHECKING:
    from .base import Facts


def framework_of(facts: Facts, country: str, day: date) -> Framework:
    """The decision that stands for a country on a day, or that none does."""
    known = facts.country(country, day)
    found = None if known.in_eea is True else decision_of(facts, country, day)
    if found is None:
        return Framework(
            country=country,
            decision="EEA" if known.in_eea is True else "",
            reason=known.in_eea if isinstance(known.in_eea, Unknown) else None,
            confidence=known.confidence,
            facts=known.facts,
        )
    id, decision, stands = found
    return Framework(
        country=country,
        decision=decision["reference"],
        listed_only=decision.get("entity_check_required", False),
        partial=decision["partial"],
        contested=decision["status"] == "in_force_contested",
        until=decision.get("until"),
        reason=stands if isinstance(stands, Unknown) else None,
        confidence=facts.edition_facts.confidence(decision, day),
        facts=(facts.cite(f"adequacy:{id}"),),
    )
