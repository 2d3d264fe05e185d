"""What another day changes in a run, and because of which fact.

Rules are pure: a store for which nothing that depends on the day differs cannot be judged
otherwise, and is not judged twice. What is attested and what answers a transfer is compared for
each offer and region of the run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from .bench import Bench
from .cases import on
from .facts import Facts
from .model import (
    Answer,
    Aspect,
    Case,
    Change,
    Changes,
    Framework,
    Guarantee,
    LawReach,
    Place,
    Reason,
    Unknown,
    Verdict,
)
from .remembering import Remembered

# of all that a rule looks at, what the day changes: `cases.on`
_OF_THE_DAY = attrgetter(
    "places", "flows", "key_places", "reach", "frameworks", "guarantees", "capital"
)
Key = tuple[Aspect, str, str, str]


@dataclass(slots=True)
class Compared:
    """A judgement compared, store by store, with that of another day."""

    bench: Bench
    rules: tuple[Remembered, ...]
    against: date
    day: date
    _stores: Counter[Key] = field(default_factory=Counter)
    _facts: defaultdict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    _pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def facts(self) -> Facts:
        """The facts that both days are judged with."""
        return self.bench.facts

    def add(self, case: Case, offer: str | Unknown) -> None:
        """Count what the other day would answer differently of one store."""
        if isinstance(offer, str):
            region = case.store.region if isinstance(case.store.region, str) else ""
            self._pairs[offer, region] += 1
        then = on(case, offer, self.bench, self.against)
        dated = case.declared is not None or case.ends is not None  # they have days of their own
        if not dated and _OF_THE_DAY(then) == _OF_THE_DAY(case):
            return
        for rule in self.rules:
            before, after = rule(then), rule(case)
            if before.outcome is not after.outcome:
                key = Aspect.RULE, rule.id, str(before.outcome), str(after.outcome)
                self._stores[key] += 1
                self._facts[key] |= self._cited(before) ^ self._cited(after)

    def _cited(self, verdict: Verdict) -> set[str]:
        """The facts that a verdict names, those that it doubts among them."""
        told = {id for reason in verdict.because for id in reason.facts}
        doubted = {self.facts.about(r.values.get("detail", "")) for r in verdict.because}
        return told | doubted - {""}

    def changes(self) -> Changes:
        """All changes: by aspect, then by subject."""
        for (offer, region), stores in sorted(self._pairs.items()):
            self._compare(offer, region, stores)
        told = [
            Change(aspect=a, subject=s, before=b, after=n, stores=count,
                   facts=tuple(sorted(self._facts[a, s, b, n])))
            for (a, s, b, n), count in self._stores.items()
        ]  # fmt: skip
        told.sort(key=lambda c: (list(Aspect).index(c.aspect), c.subject, c.before, c.after))
        return Changes(
            against=self.against,
            as_of=self.day,
            edition=self.facts.edition,
            changes=(*told, *self._events()),
        )

    def _compare(self, offer: str, region: str, stores: int) -> None:
        """What the facts answer otherwise of an offer in a region."""
        before, after = (
            self.facts.answer(offer, "", region, day) for day in (self.against, self.day)
        )
        for aspect, one, other in (
            (Aspect.PLACE, _places(before), _places(after)),
            (Aspect.TRANSFER, _frameworks(before), _frameworks(after)),
            (Aspect.REACH, _reach(before), _reach(after)),
            (Aspect.LAW, _laws(before), _laws(after)),
            (Aspect.GUARANTEE, _guarantees(before), _guarantees(after)),
        ):
            for subject in sorted({*one, *other}):
                (was, cited), (now, citing) = (x.get(subject, ("", ())) for x in (one, other))
                if was != now:
                    key = aspect, subject, was, now
                    self._stores[key] += stores
                    self._facts[key] |= self._moved({*cited, *citing}, set(cited) ^ set(citing))

    def _moved(self, ids: Iterable[str], only_one: set[str]) -> set[str]:
        """Of some facts, those cited on one day only, or that do not hold alike on both."""
        moved = {
            id for id in ids if self._standing(id, self.against) != self._standing(id, self.day)
        }
        return (only_one | moved) or set(ids)

    def _standing(self, id: str, day: date) -> object:
        entry = self.facts.get(id)
        unsettled = entry.get("unsettled_from")
        return self.facts.edition_facts.holds(
            entry, day
        ), unsettled is not None and day >= unsettled

    def _events(self) -> Iterator[Change]:
        """What happened between the two days; of a day that lies back, what had not happened."""
        first, last = sorted((self.against, self.day))
        offers = {offer for offer, _ in self._pairs}
        later = self.day >= self.against
        for id in self.facts.events(first, last, offers):
            entry = self.facts.table("timeline")[id]
            named = set(entry.get("offers") or offers)
            stores = sum(n for (offer, _), n in self._pairs.items() if offer in named)
            day = entry["since"].isoformat()
            ids = [f"timeline:{id}", *([f"texts:{entry['text']}"] if "text" in entry else [])]
            yield Change(
                aspect=Aspect.EVENT,
                subject=id,
                before="" if later else day,
                after=day if later else "",
                stores=stores,
                facts=tuple(map(self.facts.cite, ids)),
            )


Told = Mapping[str, tuple[str, tuple[str, ...]]]  # subject → what is answered, by which facts


def _name(answer: Answer) -> str:
    return f"{answer.offer}/{answer.region}" if answer.region else answer.offer


def _places(answer: Answer) -> Told:
    known = [p for p in answer.places if isinstance(p, Place)]
    said = " ".join(sorted({p.country if isinstance(p, Place) else "?" for p in answer.places}))
    return {_name(answer): (said, tuple(id for place in known for id in place.facts))}


def _frameworks(answer: Answer) -> Told:
    return {f"{_name(answer)} {f.country}": (_decision(f), f.facts) for f in answer.frameworks}


def _decision(framework: Framework) -> str:
    return "?" if framework.reason is not None else framework.decision or "none"


def _reach(answer: Answer) -> Told:
    return {_name(answer): (str(answer.reach.verdict), answer.reach.facts)}


def _laws(answer: Answer) -> Told:
    return {law.law: (_in_force(law), (f"laws:{law.law}",)) for law in answer.reach.laws}


def _in_force(law: LawReach) -> str:
    if isinstance(law.in_force, Unknown):
        return "undetermined"
    return "in_force" if law.in_force else "ended"


def _guarantees(answer: Answer) -> Told:
    return {f"{_name(answer)} {g.scheme}": (_attested(g), g.facts) for g in answer.guarantees}


def _attested(guarantee: Guarantee) -> str:
    """The state, or of a projection the day to watch: its last, after which nobody has read."""
    why = guarantee.reason
    if why is not None and why.reason is Reason.PROJECTION:
        return f"projection {why.detail}"
    return str(guarantee.state)
