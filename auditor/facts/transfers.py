"""Transfers: which adequacy decision answers a transfer to a country on a day.

The answer is about a transfer and nothing else: it clears neither place nor reach. A decision that
covers the organisations of a list never makes their country adequate.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from auditor.model import Framework, Reason, Unknown

from .standing import weakest

if TYPE_CHECKING:
    from .base import Facts


def framework_of(facts: Facts, country: str, day: date) -> Framework:
    """The decision that stands for a country on a day, or that none does."""
    known = facts.country(country, day)
    if known.in_eea is True:
        return Framework(
            country=country, decision="EEA", confidence=known.confidence, facts=known.facts
        )
    edition = facts.edition_facts
    for id, decision in facts.by_country(country):
        stands = edition.clears(decision, day)
        if stands is False:
            continue
        sure = edition.confidence(decision, day)
        if day < decision["source"]["retrieved"] and "date_confidence" in decision:
            sure = weakest(sure, edition.scale.get(decision["date_confidence"], sure))
        why = stands if isinstance(stands, Unknown) else None
        if why is not None and why.reason is Reason.UNCATALOGUED:
            continue
        return Framework(
            country=country,
            decision=decision["reference"],
            listed_only=decision.get("entity_check_required", False),
            partial=decision["partial"],
            contested=decision["status"] == "in_force_contested",
            until=decision.get("until"),
            reason=why,
            confidence=sure,
            facts=(facts.cite(f"adequacy:{id}"),),
        )
    why = known.in_eea if isinstance(known.in_eea, Unknown) else None
    return Framework(country=country, reason=why, confidence=known.confidence, facts=known.facts)
