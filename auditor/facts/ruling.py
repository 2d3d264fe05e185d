"""Rules as the facts tell them: their words, and how much a deviation weighs under each regime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.model import Force, Regime, Severity, Status

from .reading import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """What a rule is called, why it is asked, what to do, on which texts: in each language.

    `severity` is of a deviation where nobody has said which regimes apply; `weights` are by
    regime; `items` are the items of the alignment it feeds, with the best a deviation leaves them.
    """

    id: str
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    advice: Mapping[str, str]
    legal_basis: tuple[str, ...]
    severity: Severity
    weights: Mapping[Regime, tuple[Severity, Force]]
    items: Mapping[str, Status]


def words_of(id: str, entry: Table) -> RuleWords:
    """The words of one rule; a rule of a stranger's need not know our regimes."""
    return RuleWords(
        id=id,
        title=entry["title"],
        explanation=entry["explanation"],
        advice=entry["advice"],
        legal_basis=tuple(entry["legal_basis"]),
        severity=Severity(entry["severity"]),
        weights={
            Regime(regime): (Severity(weight["severity"]), Force(weight["force"]))
            for regime, weight in entry.get("regimes", {}).items()
        },
        items={item: Status(best) for item, best in entry.get("items", {}).items()},
    )
