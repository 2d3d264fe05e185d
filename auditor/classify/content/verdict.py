"""From evidence to a level: a conjunction of three axes, each a sum of capped families.

About health (H), about a person (P), at the level of one person (I): a nomenclature is H without P,
payroll is P without H, open statistics are H without I. Only evidence of one table, one record or
one text is put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.model import Certainty, Evidence, Sampled, Unknown

FAMILY_CAP = 3.5
INDIVIDUAL = 0.5  # I, where nothing speaks against it
HEALTH, PERSON_SURE, PERSON, FLOOR = 2.5, 2.0, 1.0, -0.5
POSSIBLE = 1.0
GUARDED = 0.9
_KEPT = 12  # pieces of evidence told of one object, strongest first
_FEW = 10  # counts up to ten are told as ten
STRENGTH = (
    Certainty.NOT_ASSESSED,
    Certainty.NO_SIGN,
    Certainty.NONE,
    Certainty.POSSIBLE,
    Certainty.PROBABLE,
    Certainty.DECLARED,
    Certainty.CONFIRMED,
)


def axes_of(evidence: Iterable[Evidence]) -> dict[str, float]:
    """The three axes: within a family up to its cap, then summed."""
    families: dict[tuple[str, str], float] = {}
    for e in evidence:
        key = e.axis, e.family
        families[key] = min(FAMILY_CAP, families.get(key, 0.0) + e.weight)
    axes = {"H": 0.0, "P": 0.0, "I": INDIVIDUAL}
    for (axis, _), weight in families.items():
        axes[axis] += weight
    return {axis: round(total, 3) for axis, total in axes.items()}


def assess(
    evidence: Iterable[Evidence], *, sure: bool, model: str = "", guard: str = ""
) -> Sampled:
    """The level that evidence of one place gives.

    `sure` says that what decides was validated on enough values; `model` is the level of a data
    model of patients that was recognised, which needs no further sign of a person.
    """
    found = tuple(evidence)
    axes = _guarded(axes_of(found), guard)
    return Sampled(
        certainty=_level(axes, sure, model),
        axes=axes,
        evidence=found,
        guard=guard,
    )


def _guarded(axes: Mapping[str, float], guard: str) -> dict[str, float]:
    health, person = axes["H"], axes["P"]
    if guard == "reference":
        health = min(health, GUARDED)
    elif guard in ("animal", "professional", "impersonal", "code"):
        person = min(person, GUARDED)
    return {
        "H": health,
        "P": person,
        "I": axes["I"] - (2.0 if guard in ("aggregate", "empty") else 0.0),
    }


def _level(axes: Mapping[str, float], sure: bool, model: str) -> Certainty:
    health, person, individual = axes["H"], axes["P"], axes["I"]
    if health >= HEALTH and individual >= FLOOR:
        if person >= PERSON_SURE and individual >= 0 and sure:
            return Certainty.CONFIRMED
        if person >= PERSON or model == Certainty.PROBABLE:
            return Certainty.PROBABLE
    return Certainty.POSSIBLE if health >= POSSIBLE else Certainty.NONE


def told(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The strongest evidence, each once, small counts told as up to ten."""
    ordered = sorted(
        dict.fromkeys(evidence), key=lambda e: (-abs(e.weight), e.axis, e.detector, e.seen_in)
    )
    return tuple(
        replace(e, distinct=None if e.distinct is None else max(e.distinct, _FEW))
        for e in ordered[:_KEPT]
    )


def strongest(assessments: Iterable[Sampled]) -> Sampled | None:
    """The assessment that says most: the highest level, then the heaviest axes."""
    return max(
        assessments,
        key=lambda a: (STRENGTH.index(a.certainty), sum(a.axes.values())),
        default=None,
    )


def not_assessed(reason: Unknown) -> Sampled:
    """Nothing was read, and why: never the same as nothing found."""
    return Sampled(certainty=Certainty.NOT_ASSESSED, reason=reason)
