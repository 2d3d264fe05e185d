"""Groups: stores that are exposed, counted together by treatment, by tag or by account."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from auditor.codec import encoded
from auditor.facts import Facts
from auditor.model import (
    Approved,
    Assumed,
    Case,
    Certainty,
    Counted,
    Custody,
    Dossier,
    Exposed,
    Group,
    Grouping,
    Judged,
    Place,
    Plan,
    Regime,
    Route,
    Unknown,
    Volume,
    schemes_of,
)

from .candidates import candidates_of
from .exposure import exposed, kind_of
from .prices import egress, hours, parallel
from .steps import blank, schedule

_HELD = (Certainty.CONFIRMED, Certainty.DECLARED, Certainty.PROBABLE)
_OUT_OF_REACH = (Custody.ENC_3, Custody.ENC_4)
Key = tuple[Grouping, str]


@dataclass(slots=True)
class _Heap:
    """What is counted of one group."""

    name: str = ""
    seen: int = 0
    held: int = 0
    unplanned: int = 0
    added: int = 0
    exposed: Counter[str] = field(default_factory=Counter)
    offers: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    custody: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)
    regimes: set[Regime] = field(default_factory=set)
    types: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unknown: Counter[str] = field(default_factory=Counter)  # kind → stores that told no size
    sizes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


class Planner:
    """Counts stores as they are judged, then lays out the plan."""

    def __init__(
        self, facts: Facts, dossier: Dossier | None, day: date, section: Mapping[str, Any],
        earlier: Mapping[str, Plan],
    ) -> None:  # fmt: skip
        self._facts, self._dossier, self._day = facts, dossier, day
        self._tags = tuple(tag.casefold() for tag in section.get("tags") or ())
        known = Assumed()
        self._assumed = Assumed(
            gbit_per_second=float(section.get("gbit_per_second") or known.gbit_per_second),
            efficiency=float(section.get("efficiency") or known.efficiency),
            parallel_months=int(section.get("parallel_months", known.parallel_months)),
        )
        self._earlier = earlier
        self._heaps: defaultdict[Key, _Heap] = defaultdict(_Heap)
        self._counted: Counter[str] = Counter()

    @cached_property
    def _moving(self) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self._facts.table("conventions")["moving"]
        return told

    def add(self, case: Case, judged: Judged) -> None:
        """Count one store; one whose content was read and holds no health data is left out."""
        if judged.health.certainty is Certainty.NONE:
            return
        why = exposed(judged)
        self._count(case, judged, why)
        key, name = self._group(case)
        heap = self._heaps[key]
        heap.name = heap.name or name
        heap.seen += 1
        if why:
            self._heap(heap, case, judged, why)

    def _count(self, case: Case, judged: Judged, why: frozenset[Exposed]) -> None:
        size = case.store.bytes if isinstance(case.store.bytes, int) else 0
        known = bool(why - {Exposed.UNDETERMINED})
        self._counted.update(
            stores=1,
            exposed=known,
            undetermined=bool(why) and not known,
            bytes=size,
            bytes_exposed=size if known else 0,
            keys_out_of_reach=judged.custody.level in _OUT_OF_REACH,
        )

    def _heap(self, heap: _Heap, case: Case, judged: Judged, why: frozenset[Exposed]) -> None:
        store, said = case.store, case.declared
        kind = kind_of(store, self._moving)
        offer = judged.offer if isinstance(judged.offer, str) else "?"
        heap.held += judged.health.certainty in _HELD
        heap.exposed.update(why)
        heap.offers[offer] += 1
        heap.countries.update({p.country if isinstance(p, Place) else "?" for p in judged.places})
        level = judged.custody.level
        heap.custody[level if isinstance(level, Custody) else "?"] += 1
        heap.regimes |= case.regimes
        heap.types[kind][store.kind] += 1
        if isinstance(store.bytes, int):
            heap.sizes[kind][offer] += store.bytes
        else:
            heap.unknown[kind] += 1
        steps = said.targets if said else ()
        heap.targets.update(target.id for target in steps)
        heap.unplanned += not steps
        begun = said.plan_since if said else None
        heap.added += begun is not None and str(store.created)[:10] > begun.isoformat() and (
            not isinstance(store.created, Unknown)
        )  # fmt: skip

    def _group(self, case: Case) -> tuple[Key, str]:
        """What a store is planned with: its first treatment, else a tag, else its account."""
        if case.declared and case.declared.treatments:
            treatment = case.declared.treatments[0]
            return (Grouping.TREATMENT, treatment.id), treatment.name
        store = case.store
        if isinstance(store.tags, Mapping):
            carried = {key.casefold(): value for key, value in store.tags.items()}
            for tag in self._tags:
                if carried.get(tag):
                    return (Grouping.TAG, f"{tag}={carried[tag]}"), ""
        return (Grouping.ACCOUNT, f"{store.partition}/{store.account}"), store.account_name

    def plan(self) -> Plan:
        """The plan of all that was counted; its version is that of its content."""
        dossier, day = self._dossier, self._day
        steps = schedule(self._facts, dossier, day, self._earlier)
        order = list(Grouping)
        heaps = sorted(self._heaps.items(), key=lambda kv: (order.index(kv[0][0]), kv[0][1]))
        groups = [self._laid(key, heap, steps.steps) for key, heap in heaps if heap.types]
        kinds = sorted({route.kind for group in groups for route in group.routes} - {""})
        made = Plan(
            version="",
            as_of=day,
            edition=self._facts.edition,
            dossier=dossier.digest if dossier else "",
            since=dossier.plan_since if dossier else None,
            approved=tuple(self._approved()),
            assumed=self._assumed,
            counted=Counted(**{name: int(n) for name, n in self._counted.items()}),
            groups=tuple(groups),
            candidates={kind: candidates_of(self._facts, kind, day) for kind in kinds},
            ends=steps.ends,
            undated=steps.undated,
        )
        digest = sha256(encoded(replace(made, groups=())))
        for group in groups:
            digest.update(encoded(group))
        return replace(made, version=f"{day}-{digest.hexdigest()[:8]}")

    def _approved(self) -> Iterator[Approved]:
        for version in self._dossier.versions.values() if self._dossier else ():
            yield Approved(id=version.id, day=version.approved, plan=version.plan)

    def _laid(self, key: Key, heap: _Heap, steps: Mapping[str, Any]) -> Group:
        by, name = key
        routes = tuple(self._route(heap, kind) for kind in sorted(heap.types))
        own = [
            replace(steps[id], stores=n) for id, n in sorted(heap.targets.items()) if id in steps
        ]
        rest = [blank(heap.unplanned)] if heap.unplanned else []
        return Group(
            id=f"{by}:{name}",
            by=by,
            name=heap.name,
            seen=heap.seen,
            volume=Volume(
                stores=sum(route.volume.stores for route in routes),
                bytes=sum(route.volume.bytes for route in routes),
                unknown=sum(route.volume.unknown for route in routes),
            ),
            held=heap.held,
            exposed=_sorted(heap.exposed),
            offers=_sorted(heap.offers),
            countries=_sorted(heap.countries),
            custody=_sorted(heap.custody),
            regimes=tuple(regime for regime in Regime if regime in heap.regimes),
            schemes=schemes_of(heap.regimes),
            routes=routes,
            steps=(*own, *rest),
            unplanned=heap.unplanned,
            added=heap.added,
        )

    def _route(self, heap: _Heap, kind: str) -> Route:
        sizes = dict(sorted(heap.sizes[kind].items()))
        total, objects = sum(sizes.values()), kind == "object_storage"
        months = self._assumed.parallel_months
        return Route(
            kind=kind,
            volume=Volume(
                stores=sum(heap.types[kind].values()), bytes=total, unknown=heap.unknown[kind]
            ),
            types=_sorted(heap.types[kind]),
            hours=round(hours(total, self._assumed), 2),
            egress=egress(self._facts, sizes),
            # the prices that were read are those of object storage
            parallel=parallel(self._facts, sizes if objects else {}, months),
        )


def _sorted(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {str(key): counts[key] for key in sorted(counts)}
