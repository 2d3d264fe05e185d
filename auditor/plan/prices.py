"""Orders of magnitude: what leaving costs and how long it takes, by list prices and a formula.

Source of the formulas: the fact `prices:estimator`. What has no price that was read is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.facts import Facts
from auditor.model import Assumed, Price

_UNITS = {"GB": 1e9, "GiB": float(2**30)}
_TB = 1e12


def hours(size: int, assumed: Assumed) -> float:
    """Hours that bytes take: TB × 8,000 / (Gbit/s × efficiency × 3,600)."""
    return size / _TB * 8000 / (assumed.gbit_per_second * assumed.efficiency * 3600)


def egress(facts: Facts, sizes: Mapping[str, int]) -> Price:
    """What bytes by offer cost to take out: one tier, requests and archive restores not counted."""
    return _summed(sizes, {offer: list(_egress(facts, offer, sizes[offer])) for offer in sizes})


def parallel(facts: Facts, sizes: Mapping[str, int], months: int) -> Price:
    """What keeping bytes by offer at the former host costs for some months."""
    told = {}
    for offer, size in sizes.items():
        told[offer] = [
            (id, size / _TB * months * entry["eur_per_tb_month"])
            for id, entry in _priced(facts, "storage", offer)
        ]
    return _summed(sizes, told)


def _egress(facts: Facts, offer: str, size: int) -> Iterator[tuple[str, float]]:
    for id, entry in _priced(facts, "egress", offer):
        if "price_per_gb_eur" in entry:
            units = size / _UNITS[entry["unit"]] - entry.get("free_gb_month", 0)
            yield id, max(0.0, units) * entry["price_per_gb_eur"]


def _priced(facts: Facts, kind: str, offer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for id, entry in facts.table("prices").items():
        if entry["kind"] == kind and entry.get("offer") == offer:
            yield id, entry


def _summed(sizes: Mapping[str, int], told: Mapping[str, list[tuple[str, float]]]) -> Price:
    """The sum over the offers, from the cheapest of each to the dearest."""
    priced = [[cost for _, cost in costs] for costs in told.values() if costs]
    return Price(
        least=round(sum(map(min, priced), 0.0), 2),
        most=round(sum(map(max, priced), 0.0), 2),
        unpriced=sum(sizes[offer] for offer, costs in told.items() if not costs),
        facts=tuple(
            f"prices:{id}" for offer in sorted(told) for id, _ in told[offer] if sizes[offer]
        ),
    )
