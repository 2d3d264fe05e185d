"""Entries: what is judged beside stores. The dossier's, the survey's units, the audit itself.

What the run saw of the stores that each entry means is counted while stores are judged, one at a
time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .bench import Bench
from .dossier.matching import Claim, Claims, chosen, selections, stands
from .model import (
    Coverage,
    Dossier,
    Entry,
    Finding,
    Guarantee,
    Judged,
    Outcome,
    Reached,
    Regime,
    Seen,
    Target,
    Unknown,
    Waiver,
)

Told = tuple[str, Entry]  # the kind of entry, and the entry


@dataclass(slots=True)
class Sightings:
    """What a run saw of the stores that the entries of a dossier mean."""

    dossier: Dossier
    day: date
    stores: Counter[Claim] = field(default_factory=Counter)
    linked: Counter[Claim] = field(default_factory=Counter)
    deviating: Counter[str] = field(default_factory=Counter)  # by waiver
    undetermined: Counter[str] = field(default_factory=Counter)  # by waiver
    parts: defaultdict[Claim, set[str]] = field(default_factory=lambda: defaultdict(set))
    _waivers: dict[tuple[str, ...], tuple[Waiver, ...]] = field(default_factory=dict)

    def waivers(self, claims: Sequence[Claims], treatments: Iterable[str]) -> tuple[Waiver, ...]:
        """The waivers that mean a store, in force or not."""
        if not self.dossier.waivers:
            return ()
        named = [id for (part, id), _, _ in claims if part == "waivers"]
        key = (*sorted(set(named)), "/", *treatments)
        if key not in self._waivers:
            meant, owners = set(named), set(treatments)
            self._waivers[key] = tuple(
                w for w in self.dossier.waivers.values()
                if (w.id in meant or not chosen(w.of))
                and (w.treatment in owners or not w.treatment)
            )  # fmt: skip
        return self._waivers[key]

    def in_force(self, waivers: Iterable[Waiver]) -> dict[str, str]:
        """Of some waivers, those in force on the day: rule → id."""
        return {
            w.rule: w.id
            for w in waivers
            if stands(w.until, self.day) and (w.since is None or w.since <= self.day)
        }

    def add(
        self,
        claims: Sequence[Claims],
        waivers: Iterable[Waiver],
        judged: Judged,
        findings: Iterable[Finding],
    ) -> None:
        """Count one store."""
        reached = judged.reach is Reached.LINKED
        meant = {claim for claim, _, _ in claims if claim[0] != "treatments"}
        for claim in meant | {("treatments", id) for id in judged.treatments}:
            self.stores[claim] += 1
            self.linked[claim] += reached
        for claim, _, part in claims:
            self.parts[claim].add(part)
        by_rule = {f.rule: f.outcome for f in findings} if waivers else {}
        for waiver in waivers:
            outcome = by_rule.get(waiver.rule)
            self.deviating[waiver.id] += outcome is Outcome.DEVIATES
            self.undetermined[waiver.id] += outcome is Outcome.UNDETERMINED

    def seen(self, claim: Claim, gaps: tuple[Unknown, ...]) -> Seen:
        """What was seen of one entry's stores."""
        part, id = claim
        said = dict(selections(self.dossier)).get(claim)
        wanted = (*said.stores, *said.accounts, *(["tags"] if said.tags else [])) if said else ()
        waiver = part == "waivers"
        return Seen(
            stores=self.stores[claim],
            linked=self.linked[claim],
            findings=self.deviating[id] if waiver else 0,
            undetermined=self.undetermined[id] if waiver else 0,
            lost=tuple(name for name in wanted if name not in self.parts[claim]),
            gaps=gaps,
        )


def entries_of(
    bench: Bench, sightings: Sightings | None, coverage: Iterable[Coverage]
) -> Iterator[Told]:
    """Everything that is judged beside stores, in the order of the form."""
    dossier, day = bench.matching.dossier if bench.matching else None, bench.day
    everything = every_regime(dossier)
    yield "audit", Entry(
        subject="audit", dossier=dossier, seen=Seen(gaps=bench.gaps), regimes=everything,
        facts_read=bench.facts.edition_day, as_of=day,
    )  # fmt: skip
    for unit in coverage:
        subject = f"unit:{unit.scope} {unit.kind}"
        yield "unit", Entry(subject=subject, said=unit, dossier=dossier, regimes=everything,
                            as_of=day)  # fmt: skip
    if dossier is not None and sightings is not None:
        yield from _declared(dossier, sightings, bench)


def every_regime(dossier: Dossier | None) -> frozenset[Regime]:
    """All regimes that a dossier declares: those of what is about the whole of it."""
    treatments = dossier.treatments.values() if dossier else ()
    return frozenset().union(*(t.under for t in treatments))


def _declared(dossier: Dossier, sightings: Sightings, bench: Bench) -> Iterator[Told]:
    parts: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("treatment", "treatments", dossier.treatments),
        ("contract", "contracts", dossier.contracts),
        ("outsider", "accounts", dossier.accounts),
        ("attestation", "attestations", dossier.attestations),
        ("waiver", "waivers", dossier.waivers),
        ("target", "targets", dossier.targets),
    )
    everything = every_regime(dossier)
    for of, part, entries in parts:
        for id, said in entries.items():
            about = id if of == "treatment" else getattr(said, "treatment", "")
            treatment = dossier.treatments.get(about)
            whole = of == "target" and about and not chosen(said.of)
            seen = sightings.seen(("treatments", about) if whole else (part, id), bench.gaps)
            yield of, Entry(
                subject=f"{of}:{id}", said=said, dossier=dossier, seen=seen,
                regimes=treatment.under if treatment else everything,
                treatments=(about,) if about else (), as_of=bench.day,
                **(_aimed(said, bench) if of == "target" else {}),
            )  # fmt: skip


def _aimed(target: Target, bench: Bench) -> dict[str, Any]:
    """What the facts say of the offer that a target aims at; nothing when it names none."""
    if not target.offer or target.offer == "?":
        return {}
    facts, day = bench.facts, bench.day
    told = facts.guarantees_of(target.offer, target.service, target.region, day)
    guarantees: dict[str, Guarantee] = {g.scheme: g for g in told}
    return {"reach": facts.reach_of(target.offer, day, target.region), "guarantees": guarantees}
