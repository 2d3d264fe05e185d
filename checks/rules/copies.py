"""Copies forgotten behind: backups, snapshots and images that outlive what they were made of."""

from __future__ import annotations

from auditor.sdk import (
    Because,
    Case,
    Entry,
    Place,
    Progress,
    Reason,
    Target,
    Unknown,
    Verdict,
    deviates,
    met,
    not_applicable,
    rule,
    undetermined,
)

from ._judging import known, of_health_data, originals, same_jurisdiction, unsure

_NONE = not_applicable(Because(code="no_copy_itself"))


@rule("CPY001")
@of_health_data
def the_original_is_still_there(case: Case) -> Verdict:
    """What a backup or a snapshot was made of was seen: it was not left behind."""
    original = case.original
    match original:
        case None:
            return _NONE
        case Unknown(reason=Reason.GONE):
            return deviates(Because(code="original_gone"))
        case Unknown():
            return undetermined(original)
        case _:
            return met(Because(code="original_seen"))


@rule("CPY002")
@of_health_data
def a_copy_rests_with_its_original(case: Case) -> Verdict:
    """A backup or a snapshot rests in the country of its original, or both in the EEA."""
    original = case.original
    if original is None:
        return _NONE
    if isinstance(original, Unknown):
        return undetermined(original)
    home, here = known(original.places), originals(case)
    apart = [p for p in here if home and not any(same_jurisdiction(p, h) for h in home)]
    if apart:
        return deviates(*apart, *map(_original, home))
    doubts = unsure((*original.places, *case.places))
    if doubts or not home or not here:
        return undetermined(*(doubts or (Unknown(Reason.UNTOLD, "places"),)))
    return met(*here, *map(_original, home))


def _original(place: Place) -> Because:
    values = {"country": place.country, "region": place.region}
    return Because(code="original", values=values, facts=place.facts)


@rule("CPY003")
@of_health_data
def a_copy_is_encrypted_as_its_original(case: Case) -> Verdict:
    """A backup or a snapshot is encrypted wherever its original is."""
    original = case.original
    if original is None:
        return _NONE
    if isinstance(original, Unknown):
        return undetermined(original)
    if original.encrypted is False:
        return not_applicable(Because(code="original_in_clear"))
    here = case.store.encrypted
    if here is False:
        if isinstance(original.encrypted, Unknown):
            return undetermined(original.encrypted)
        return deviates(Because(code="not_encrypted"))
    if isinstance(here, Unknown):
        return undetermined(here)
    return met(Because(code="encrypted"))


@rule("CPY004", of="target")
def nothing_is_left_where_data_have_left(entry: Entry) -> Verdict:
    """Once a step is done, no store is left at the former host."""
    target, seen = entry.said, entry.seen
    assert isinstance(target, Target)
    late = target.deadline is not None and target.deadline < entry.as_of
    done = target.state is Progress.DELETED or (target.state is Progress.SWITCHED and late)
    if not done:
        return not_applicable(Because(code="not_switched"))
    if not _names_stores(entry, target):
        return undetermined(Because(code="nothing_declared"))
    if seen.stores:
        return deviates(Because(code="stores_left", values={"stores": str(seen.stores)}))
    return undetermined(*seen.gaps) if seen.gaps else met(Because(code="nothing_left"))


def _names_stores(entry: Entry, target: Target) -> bool:
    """Whether a step, or the treatment that it is of, names any store."""
    treatments = entry.dossier.treatments if entry.dossier else {}
    of = treatments.get(target.treatment)
    named = (target.of, of.holds) if of else (target.of,)
    return any(s.stores or s.accounts or s.tags for s in named)
