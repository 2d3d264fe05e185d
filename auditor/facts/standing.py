"""Standing: whether a dated fact holds on a day, and how sure its sources are.

- Before `since`, it did not hold. Without `since` it is not known before it was retrieved.
- After `until`, both days included, it has ended, if the end lies before what was last read;
  otherwise the end is known and a renewal is not: a projection, with the date to watch.
- Without `until` it stands; what clears a store stands no longer than the edition's `review_by`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from auditor.model import Confidence, Reason, Unknown

_ORDER = tuple(Confidence)


def weakest(*seen: Confidence) -> Confidence:
    """The lowest of some confidences: a chain of facts holds no better than that."""
    return max(seen, key=_ORDER.index)


def strongest(*seen: Confidence) -> Confidence:
    """The highest of some confidences: of several proofs, one is enough."""
    return min(seen, key=_ORDER.index)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of the facts this is, until when it may clear, and its scale of confidence."""

    name: str
    day: date
    review_by: date
    scale: Mapping[str, Confidence]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Edition:
        """The edition as its file tells it."""
        words = table["confidence"].items()
        scale = {word: Confidence(to) for to, several in words for word in several}
        return cls(table["edition"], table["day"], table["review_by"], scale)

    def confidence(self, fact: Mapping[str, Any], day: date | None = None) -> Confidence:
        """How sure a fact is, on our one scale, from its source's own word.

        On a day before it was retrieved, how surely its first day is known counts too: where that
        was read (`since_from`), or what the source says of it (`date_confidence`, at times a
        sentence, which then says nothing).
        """
        sure = self.scale[fact["confidence"]]
        if day is None or day >= fact["source"]["retrieved"]:
            return sure
        read = self.scale[fact.get("since_from", fact)["confidence"]]
        return weakest(sure, read, self.scale.get(fact.get("date_confidence", ""), sure))

    def holds(self, fact: Mapping[str, Any], day: date) -> bool | Unknown:
        """Whether a fact holds on a day."""
        retrieved: date = fact["source"]["retrieved"]
        since = fact.get("since")
        if day < (since or retrieved):
            return False if since else Unknown(Reason.UNCATALOGUED)
        until = fact.get("until")
        if until is None or day <= until:
            return True
        if until < max(self.day, retrieved):
            return False
        return Unknown(Reason.PROJECTION, until.isoformat())

    def clears(self, fact: Mapping[str, Any], day: date) -> bool | Unknown:
        """The same of a fact that may clear a store: one without end is read again in time."""
        held = self.holds(fact, day)
        frontier = max(self.review_by, fact["source"]["retrieved"])
        if held is True and "until" not in fact and day > frontier:
            return Unknown(Reason.PROJECTION, frontier.isoformat())
        return held
