"""Nouns as flat objects: scalars and lists of scalars, under names that stay.

A value that is not known is null, and why stands under the same name and `_unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from auditor.sdk import Phase, Place, Share, Step, Unknown

Flat = dict[str, Any]


def _known(name: str, value: Any) -> Flat:
    """A value and why it is not known: one of the two is null."""
    unknown = isinstance(value, Unknown)
    return {name: None if unknown else value, f"{name}_unknown": value.reason if unknown else None}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def run(header: Mapping[str, Any], totals: Any, redaction: str) -> Flat:
    return {
        "uid": header["run"], "version": header["version"], "started": header["started"],
        "ended": header.get("ended"), "demo": bool(header.get("demo")), "stores": totals.stores,
        "deviates": sum(totals.severities.values()), "undetermined": totals.undetermined,
        "waived": totals.waived, "exit_code": totals.exit_code, "dossier": totals.dossier or None,
        "redaction": redaction,
    }  # fmt: skip


def item(row: Any) -> Flat:
    return {
        "uid": _uid(row.item, row.treatment), "item": row.item, "treatment": row.treatment or None,
        "status": row.status, "evidence": row.evidence, "attested": row.said,
        "recommended": row.recommended, "rules": list(row.rules),
        "attestations": list(row.attestations), "expired": list(row.expired),
        "unread": sorted({str(gap.reason) for gap in row.unread}),
    }  # fmt: skip


def step(plan: Any, group: Any, told: Any) -> Flat:
    """A step of a group; of what no step means yet, `step` is null."""
    return {
        "uid": _uid("step", group.by, group.id, told.id), "plan": plan.version,
        "group": group.id, "group_name": group.name, "group_by": group.by,
        "group_stores": group.volume.stores, "group_held": group.held, "group_added": group.added,
        "group_bytes": group.volume.bytes, "group_unsized": group.volume.unknown,
        "group_hours": sum(route.hours for route in group.routes),
        "egress_least": sum(route.egress.least for route in group.routes),
        "egress_most": sum(route.egress.most for route in group.routes),
        "exposed": sorted(group.exposed), "offers": sorted(group.offers),
        "countries": sorted(set(group.countries) - {"?"}),
        "regimes": sorted(group.regimes), "schemes": sorted(group.schemes),
        "step": told.id or None,
        **_said(told),
    }  # fmt: skip


def _said(told: Step) -> Flat:
    """What a step says of itself: null is what nobody has said yet."""
    days = {m.phase: _day(m.day) for m in told.milestones}
    limits = sorted(told.limits, key=lambda limit: limit.day)
    return {
        "stores": told.stores,
        "to_offer": told.offer or None, "to_service": told.service or None,
        "to_region": told.region or None, "owner": told.owner or None,
        "state": told.state if told.id else None, "deadline": _day(told.deadline),
        "after": list(told.after), "asked": list(told.asked),
        **{f"{phase}_on": days.get(phase) for phase in Phase},
        "reached": [m.phase for m in told.milestones if m.reached],
        "critical": [m.phase for m in told.milestones if m.critical],
        "limit_on": _day(limits[0].day) if limits else None,
        "limit_by": limits[0].origin if limits else None,
        "limits_passed": [limit.origin for limit in limits if limit.passed],
        "slip_days": max((slip.days for slip in told.slips), default=None),
    }  # fmt: skip


def finding(finding: Any) -> Flat:
    return {
        "uid": finding.uid, "rule": finding.rule, "family": finding.rule.rstrip("0123456789"),
        "severity": finding.severity, "outcome": finding.outcome, "store": finding.store or None,
        "subject": finding.subject or None, "kind": finding.kind,
        "account": finding.account or None, **_known("region", finding.region or None),
        "health": finding.health, **_known("force", finding.force),
        "regimes": list(finding.regimes), "treatments": list(finding.treatments),
        "waiver": finding.waiver or None, "because": [reason.code for reason in finding.because],
        "facts": sorted({fact for reason in finding.because for fact in reason.facts}),
    }  # fmt: skip


def store(told: Any, judged: Any, counts: Mapping[str, int]) -> Flat:
    """A store and what was concluded of it."""
    return {
        "uid": told.id, "name": told.name, "kind": told.kind, "category": told.category,
        "provider": told.kind.partition(".")[0], "partition": told.partition,
        "account": told.account, "account_name": told.account_name or None,
        **_known("region", told.region), **_known("offer", judged.offer),
        **_places("", judged.places), **_places("flow_", judged.flows),
        "reach": judged.reach, **_known("custody", judged.custody.level),
        "health": judged.health.certainty,
        "signs": sorted({s.detector for s in (*judged.health.signals, *judged.health.evidence)}),
        **_known("encrypted", told.encrypted), **_known("bytes", told.bytes),
        **_known("created", told.created), **_tags(told.tags),
        "shared_with": sorted({str(s.party) for s in told.shares if isinstance(s, Share)}),
        "shares_unread": sum(isinstance(s, Unknown) for s in told.shares),
        "parent": told.parent or None, "treatments": list(judged.treatments),
        "regimes": sorted(judged.regimes), **counts, "findings": list(judged.findings),
        "collected": told.collected or None,
    }  # fmt: skip


def _places(before: str, places: Iterable[Place | Unknown]) -> Flat:
    """The countries and regions where copies rest, and how many copies are nobody knows where."""
    known = [place for place in places if isinstance(place, Place)]
    return {
        f"{before}countries": sorted({place.country for place in known}),
        f"{before}regions": sorted({place.region for place in known if place.region}),
        f"{before}unplaced": sum(isinstance(place, Unknown) for place in places),
    }


def _tags(tags: Any) -> Flat:
    if isinstance(tags, Unknown):
        return _known("tags", tags)
    return _known("tags", [f"{key}={tags[key]}" for key in sorted(tags)])


def gap(unit: Any, told: Unknown) -> Flat:
    """One reason for which a reading is not whole."""
    scope = unit.scope
    where = (scope.provider, scope.partition, scope.account, scope.region, unit.kind)
    return {
        "uid": _uid("gap", *where, told.reason, told.detail), "kind": unit.kind,
        "state": unit.state, "provider": scope.provider, "partition": scope.partition,
        "account": scope.account, "account_name": scope.account_name or None,
        "region": scope.region or None, "reason": told.reason, "detail": told.detail,
        "stores": unit.stores,
    }  # fmt: skip


def _uid(*parts: str) -> str:
    """The same in every run, as that of a finding is."""
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
