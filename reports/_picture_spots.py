"""What a map tells: the countries where copies rest, what each is to the Union, and its look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auditor.sdk import Unknown, standing

from ._saying import country

# By standing: three shades, strokes, and their colour.
LOOKS = {
    "eu": (("#d3e6f5", "#8fc1e8", "#559fd8"), "", "#083d6b"),
    "eea": (("#cdeee7", "#86d3c4", "#35a791"), "level", "#0a4d40"),
    "adequate": (("#fbf0c4", "#f4d970", "#dbb021"), "rising", "#5e4700"),
    "examined": (("#fbdfca", "#f3b587", "#df8044"), "falling", "#6b2c00"),
    "third": (("#f5d5e3", "#e092b8", "#c25a8d"), "crossed", "#5c0f38"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One country, what it is to the Union, and how many stores have a copy there."""

    code: str
    name: str
    kind: str
    standing: str
    stores: int
    shade: int


def spots_of(report: Any, words: Any) -> list[Spot]:
    """Countries with stores: the Union first, then by their number."""
    counts = {code: n for code, n in report.summary.countries.items() if code != "?" and n}
    most = max(counts.values(), default=0)
    found = []
    for code, stores in counts.items():
        known = report.facts.country(code, report.as_of)
        shade = sum(stores > bound for bound in bounds(most)[:-1])
        found.append(
            Spot(
                code,
                country(report, words, code),
                _kind(known),
                standing(words, known),
                stores,
                shade,
            )
        )
    order = list(LOOKS)
    return sorted(found, key=lambda s: (order.index(s.kind), -s.stores, s.code))


def bounds(most: int) -> list[int]:
    """Up to how many stores each shade goes."""
    return sorted({max(1, most // 10), max(1, most // 2), max(1, most)})


def _kind(known: Any) -> str:
    if known.in_eu is True:
        return "eu"
    if known.in_eea is True:
        return "eea"
    if known.adequate is True:
        return "adequate"
    doubt = isinstance(known.adequate, Unknown) or isinstance(known.in_eea, Unknown)
    return "examined" if doubt else "third"
