"""Which objects of a store are read, and what they say together.

Objects are taken evenly from every prefix, ending and size, a few of each; what is read of a cold
class would cost, and is left. A prefix whose objects are sure is left too, and so is a store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from auditor.errors import ApiError
from auditor.model import Certainty, Evidence, Listed, Reason, Sampled, StoreSample, Unknown

from .forms import ending_of
from .limits import Limits
from .objects import Objects
from .sources import Source
from .verdict import POSSIBLE, STRENGTH, not_assessed, strongest

_LISTED = 20_000  # objects of a store whose names are looked at
_FEW, _TOGETHER = 3, (1.5, 1.0)  # texts of one prefix, and the least H and P of each
# endings that no other kind of file has
_TELLING = frozenset(("dcm", "dicom", "hl7", "hl7v2", "mllp", "hpr", "hprim", "hpm", "edf", "scp",
                      "gdt", "ldt", "bdt", "nii", "svs", "ndpi", "mrxs", "fastq", "vcf", "bam",
                      "cram"))  # fmt: skip
_BEST = 2  # pieces of evidence of each axis


class ObjectStore(Protocol):
    """What sampling needs of a store of objects: its listing, and ranges of bytes. Read-only."""

    def objects(self) -> Iterator[Listed]:
        """Its objects, in the order of its listing; raises `ApiError` when refused."""

    def fetch(self, key: str, at: int, length: int) -> bytes:
        """Some bytes of an object; raises `ApiError` when refused."""


Told = Callable[[Listed, Sampled], None]


@dataclass(slots=True)
class Purse:
    """The bytes that a run may still read, shared by all its stores."""

    left: int


@dataclass(slots=True)
class Chosen:
    """The objects that will be read, and how many there are."""

    objects: list[Listed]
    cold: list[Listed]
    listed: int = 0


def chosen(objects: Iterable[Listed], limits: Limits) -> Chosen:
    """A few objects of each prefix, ending and size class, in turn, cold ones aside."""
    strata: dict[tuple[str, str, int], list[Listed]] = {}
    cold: list[Listed] = []
    listed = 0
    for one in objects:
        listed += 1
        if listed > _LISTED:
            break
        if not one.size or one.key.endswith("/"):
            continue
        if one.storage in limits.skip_storage_classes:
            cold.append(one)
            continue
        kept = strata.setdefault(
            (prefix_of(one.key, limits), ending_of(one.key), len(str(one.size))), []
        )
        if len(kept) < limits.per_prefix_max_objects:
            kept.append(one)
    return Chosen(list(_in_turn(strata, limits)), cold, listed)


def _in_turn(strata: dict[tuple[str, str, int], list[Listed]], limits: Limits) -> Iterator[Listed]:
    counts: Counter[str] = Counter()
    given = 0
    for turn in range(limits.per_prefix_max_objects):
        for (prefix, _, _), kept in sorted(strata.items()):
            if turn < len(kept) and counts[prefix] < limits.per_prefix_max_objects:
                counts[prefix] += 1
                given += 1
                yield kept[turn]
                if given >= limits.per_store_max_objects:
                    return


def prefix_of(key: str, limits: Limits) -> str:
    """The prefix that an object is counted under."""
    return "/".join(key.split("/")[:-1][: limits.prefix_depth])


def sample(
    name: str,
    store: ObjectStore,
    objects: Objects,
    purse: Purse,
    told: Told = lambda one, sampled: None,
) -> StoreSample:
    """What a sample of a store says; nothing of what it holds."""
    limits = objects.limits
    try:
        wanted = chosen(store.objects(), limits)
    except ApiError as error:
        why = Unknown(error.reason)
        return StoreSample(store=name, certainty=Certainty.NOT_ASSESSED, reason=why)
    taken = _Taken()
    taken.keys = tuple(_of_keys(wanted, objects))
    for one in wanted.cold:
        cold = not_assessed(Unknown(Reason.COLD))
        taken.add(one, cold, 0, limits)
        told(one, cold)
    stopped = ""
    for one in wanted.objects:
        if taken.sure_prefixes(limits) >= limits.early_stop_prefixes:
            stopped = "early"
            break
        if taken.bytes >= limits.per_store_max_bytes or purse.left <= 0:
            stopped = "run" if purse.left <= 0 else "bytes"
            break
        if taken.confirmed[prefix_of(one.key, limits)] >= limits.early_stop_objects:
            continue
        sampled, spent = read(one, name, store, objects)
        purse.left -= spent
        taken.add(one, sampled, spent, limits)
        told(one, sampled)
    return taken.told(name, wanted, stopped)


def read(one: Listed, name: str, store: ObjectStore, objects: Objects) -> tuple[Sampled, int]:
    """What one object of a store says, and how many bytes that took."""
    refused: list[ApiError] = []

    def fetch(at: int, length: int) -> bytes:
        try:
            return store.fetch(one.key, at, length)
        except ApiError as error:
            refused.append(error)
            raise OSError from None

    source = Source(fetch, one.size, objects.limits, seed=f"{name}/{one.key}")
    sampled = objects.assess(source, one.key)
    if refused:
        sampled = not_assessed(Unknown(refused[0].reason))
    return sampled, source.spent


def _of_keys(wanted: Chosen, objects: Objects) -> Iterator[Evidence]:
    """What prefixes and endings say: the names of health formats, and words of ours."""
    listed = (*wanted.objects, *wanted.cold)
    endings = Counter(ending_of(one.key) for one in listed)
    for form in objects.known.structures:
        times = sum(endings[e] for e in form.endings & _TELLING)
        if times:
            yield Evidence(detector=form.id, seen_in="keys", axis="H", family="name_h",
                           weight=1.0, distinct=max(times, 10))  # fmt: skip
    prefixes = {part for one in listed for part in one.key.split("/")[:-1]}
    words = {s.detector: s for part in sorted(prefixes) for s in objects.names(part).signals}
    for detector, sign in sorted(words.items(), key=lambda pair: -pair[1].weight)[:_BEST]:
        yield Evidence(detector=detector, seen_in="keys", axis="H", family="name_h",
                       weight=min(1.5, sign.weight))  # fmt: skip


@dataclass(slots=True)
class _Taken:
    """What was read of a store so far."""

    all: list[Sampled] = field(default_factory=list)
    levels: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    confirmed: Counter[str] = field(default_factory=Counter)
    together: dict[str, list[Sampled]] = field(default_factory=dict)
    keys: tuple[Evidence, ...] = ()  # what the names of objects say
    bytes: int = 0

    def add(self, one: Listed, sampled: Sampled, spent: int, limits: Limits) -> None:
        """One more object."""
        prefix = prefix_of(one.key, limits)
        self.bytes += spent
        self.levels[sampled.certainty] += 1
        if sampled.reason is not None:
            self.reasons[sampled.reason.reason] += 1
            return
        if sampled.certainty is Certainty.CONFIRMED:
            self.confirmed[prefix] += 1
        least_h, least_p = _TOGETHER
        enough = sampled.axes.get("H", 0.0) >= least_h and sampled.axes.get("P", 0.0) >= least_p
        if enough and not sampled.guard:
            self.together.setdefault(prefix, []).append(sampled)
        self.all.append(sampled)

    def sure_prefixes(self, limits: Limits) -> int:
        """How many prefixes need no more reading."""
        return sum(1 for n in self.confirmed.values() if n >= limits.early_stop_objects)

    def told(self, name: str, wanted: Chosen, stopped: str) -> StoreSample:
        """All of it together: the level of the strongest, or of several that agree."""
        best = strongest(self.all)
        level = best.certainty if best else Certainty.NOT_ASSESSED
        if any(len(t) >= _FEW for t in self.together.values()):
            level = max(level, Certainty.PROBABLE, key=STRENGTH.index)
        if level is Certainty.NONE and self.reasons:
            level = Certainty.NOT_ASSESSED  # a part was not read: never none
        said = sum(e.weight for e in self.keys)
        if level is not Certainty.NONE and said >= POSSIBLE:  # read, and nothing there, is stronger
            level = max(level, Certainty.POSSIBLE, key=STRENGTH.index)
        empty = not wanted.listed
        return StoreSample(
            store=name,
            certainty=Certainty.NONE if empty else level,
            levels=dict(sorted(self.levels.items())),
            reasons=dict(sorted(self.reasons.items())),
            evidence=(*_best(self.all), *self.keys),
            listed=wanted.listed,
            sampled=len(self.all),
            bytes=self.bytes,
            stopped=stopped,
        )


def _best(sampled: Iterable[Sampled]) -> tuple[Evidence, ...]:
    """The two best of each axis, each detector once."""
    found: dict[str, list[Evidence]] = {"H": [], "P": [], "I": []}
    every = sorted(
        (e for s in sampled for e in s.evidence), key=lambda e: (-e.weight, e.detector, e.seen_in)
    )
    for e in every:
        kept = found[e.axis]
        if len(kept) < _BEST and all(k.detector != e.detector for k in kept):
            kept.append(e)
    return tuple(e for kept in found.values() for e in kept)
