"""The schema of the flat format, with what each key means: `python -m tests.reports.of_flat`."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from auditor import model
from tests.schemas.of_model import HERE, URN

TEXT, WHOLE, PART, TRUE = ({"type": n} for n in ("string", "integer", "number", "boolean"))
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
NULL = {"type": "null"}


def said(description: str, kind: dict[str, Any] = TEXT) -> dict[str, Any]:
    return {"description": description, **kind}


def maybe(description: str, kind: dict[str, Any] = TEXT) -> dict[str, Any]:
    return {"description": description, "anyOf": [kind, NULL]}


def one(description: str, choice: type[StrEnum], *, absent: bool = False) -> dict[str, Any]:
    kind = {"enum": [str(member) for member in choice]}
    return maybe(description, kind) if absent else said(description, kind)


def several(description: str, kind: dict[str, Any] = TEXT) -> dict[str, Any]:
    return {"description": description, "type": "array", "items": kind}


def known(name: str, description: str, kind: dict[str, Any] = TEXT) -> dict[str, Any]:
    """A value, and beside it why it is not known."""
    why = one(f"Why `{name}` is not known; null when it is.", model.Reason, absent=True)
    return {name: maybe(f"{description} Null when it is not known.", kind), f"{name}_unknown": why}


def choice(kind: type[StrEnum]) -> dict[str, Any]:
    return {"enum": [str(member) for member in kind]}


COUNTRIES = "Countries, ISO 3166-1 alpha-2,"
RUN = {
    "uid": said("The run's own name, as `run`."),
    "version": said("The version of the auditor that surveyed."),
    "started": said("When the survey began: ISO 8601, UTC."),
    "ended": maybe("When the survey ended: ISO 8601, UTC. Null of a run that does not say."),
    "demo": said("Whether it is the invented estate of the demo.", TRUE),
    "stores": said("How many data stores were seen.", WHOLE),
    "deviates": said("How many findings deviate, those that a waiver accepts left out.", WHOLE),
    "undetermined": said("How many findings are undetermined.", WHOLE),
    "waived": said("How many deviations a waiver accepts.", WHOLE),
    "exit_code": said("The exit code of the audit: 4 when something in scope was not read.", WHOLE),
    "dossier": maybe("The digest of the dossier that was judged with. Null without one."),
    "redaction": said(
        "What is told: everything (internal), no technical identity (cnil), counts "
        "only, a finding being one of each sort (public)."
    ),
}
ITEM = {
    "uid": said("The same for this item and treatment in every run."),
    "item": said("The item of the alignment: CNIL-06."),
    "treatment": maybe("The treatment that it is told for. Null of the whole estate."),
    "status": one("Where the item stands.", model.Status),
    "evidence": one("The best that what was seen allows.", model.Status),
    "attested": one("What a person attests, in force that day.", model.Status, absent=True),
    "recommended": said("Whether it lies outside the regimes declared.", TRUE),
    "rules": several("The rules that hold it down."),
    "attestations": several("Ids of the attestations in force, in the dossier."),
    "expired": several("Ids of the attestations that are not in force any more."),
    "unread": several("Why something that it rests on was not read.", choice(model.Reason)),
}
STEP = {
    "uid": said("The same for this step of this group in every run."),
    "plan": said("The version of the plan: a digest of its content."),
    "group": said("The group of stores that move together: a treatment, a tag or an account."),
    "group_name": said("The name of the group; may be empty."),
    "group_by": one("What the stores of the group have in common.", model.Grouping),
    "group_stores": said("How many stores of the group are in the plan.", WHOLE),
    "group_held": said("Of them, those judged to hold health data.", WHOLE),
    "group_added": said("Of them, those created since the first approval of a plan.", WHOLE),
    "group_bytes": said("The bytes of the stores of the group whose size is known.", WHOLE),
    "group_unsized": said("How many stores of the group have no known size.", WHOLE),
    "group_hours": said("Hours of transfer of the group, at the bandwidth of the plan.", PART),
    "egress_least": said("Cost of the transfer out of the host, euros before tax, at least.", PART),
    "egress_most": said("Cost of the transfer out of the host, euros before tax, at most.", PART),
    "exposed": several("Why the stores of the group are in the plan.", choice(model.Exposed)),
    "offers": several("The offers where the stores of the group are today."),
    "countries": several(f"{COUNTRIES} where copies of the group rest, those that are known."),
    "regimes": several("The regimes of the group.", choice(model.Regime)),
    "schemes": several("What these regimes ask of a host: secnumcloud, hds."),
    "step": maybe("The target in the dossier. Null of the stores that no step means yet."),
    "stores": said("How many stores the step means.", WHOLE),
    "to_offer": maybe("The offer aimed at. Null until somebody says it."),
    "to_service": maybe("The service aimed at. Null until somebody says it."),
    "to_region": maybe("The region aimed at. Null until somebody says it."),
    "owner": maybe("Who sees to it. Null until somebody says it."),
    "state": one("How far it has come. Null without a step.", model.Progress, absent=True),
    "deadline": maybe("The day by which it is done. Null until somebody says it.", DAY),
    "after": several("The steps that must have switched before."),
    "asked": several("What only a person can say and has not."),
    **{f"{phase}_on": maybe(f"The day of the milestone {phase}. Null until there is one.", DAY)
       for phase in model.Phase},
    "reached": several("The milestones that are behind it.", choice(model.Phase)),
    "critical": several("Its milestones that decide when the plan ends.", choice(model.Phase)),
    "limit_on": maybe("The first day that it should not pass. Null when none is known.", DAY),
    "limit_by": maybe("What sets that day: convention_warn, convention_fail, or a text."),
    "limits_passed": several("What sets the days that it does pass."),
    "slip_days": maybe("Days after the deadline of the earlier version farthest from it.", WHOLE),
}  # fmt: skip
FINDING = {
    "uid": said("The finding's own name, the same in every run: rule, store and subject."),
    "rule": said("The rule: RES001."),
    "family": said("The letters of the rule: RES."),
    "severity": one("How much a deviation weighs here.", model.Severity),
    "outcome": one("What the rule answers: deviates or undetermined.", model.Outcome),
    "store": maybe("The `uid` of the store. Null of what is about no store."),
    "subject": maybe("What it is about besides: a treatment, a reading, the audit."),
    "kind": said("The type of the store, or of the subject."),
    "account": maybe("The account. Null of what is about no store."),
    **known("region", "The region; null with no reason, of what is about no store."),
    "health": one("How sure it is that the store holds health data.", model.Certainty),
    **known("force", "What stands behind the rule under the regimes declared.",
            choice(model.Force)),
    "regimes": several("The regimes that give it this severity.", choice(model.Regime)),
    "treatments": several("The treatments of the store, ids of the dossier."),
    "waiver": maybe("The waiver that accepts it that day. Null without one."),
    "because": several("The reasons, as codes: `words/because.toml` of the facts says them."),
    "facts": several("Ids of the facts that were used; the user's own begin with `user:`."),
}  # fmt: skip
STORE = {
    "uid": said("The store's own id, the same in every run: ARN, ARM id, full resource name."),
    "name": said("The name; may be empty."),
    "kind": said("The store type: aws.s3.bucket."),
    "category": one("What kind of thing holds the bytes.", model.Category),
    "provider": said("The first part of the store type: aws, azure, gcp."),
    "partition": said("The partition or cloud."),
    "account": said("The account, subscription or project."),
    "account_name": maybe("Its name. Null when none was told."),
    **known("region", "The region of the store itself."),
    **known("offer", "The offer of the host, as the facts name it."),
    "countries": several(f"{COUNTRIES} where copies rest, those that are known."),
    "regions": several("Regions where copies rest, those that are known."),
    "unplaced": said("How many copies rest nobody knows where: above 0, never near.", WHOLE),
    "flow_countries": several(f"{COUNTRIES} where traces go: logs, inventories, exports."),
    "flow_regions": several("Regions where traces go."),
    "flow_unplaced": said("How many of these flows go nobody knows where.", WHOLE),
    "reach": one("What the sources say of foreign law over the offer.", model.Reached),
    **known("custody", "Who can use the keys: ENC-0 to ENC-4.", choice(model.Custody)),
    "health": one("How sure it is that it holds health data.", model.Certainty),
    "signs": several("What saw a sign of health data: detectors, never a value."),
    **known("encrypted", "Whether the data are encrypted at rest.", TRUE),
    **known("bytes", "The size.", WHOLE),
    **known("created", "When it was created, as the provider writes it."),
    **known("tags", "Tags as key=value.", {"type": "array", "items": TEXT}),
    "shared_with": several("Who else may reach it.", choice(model.Party)),
    "shares_unread": said("How many of its shares were not read.", WHOLE),
    "parent": maybe("The `uid` of what it lies in. Null when it lies in nothing."),
    "treatments": several("Treatments that claim it, ids of the dossier."),
    "regimes": several("The regimes of these treatments.", choice(model.Regime)),
    "met": said("How many rules are met.", WHOLE),
    "deviates": said("How many deviate, those that a waiver accepts left out.", WHOLE),
    "waived": said("How many deviations a waiver accepts.", WHOLE),
    "undetermined": said("How many rules are undetermined.", WHOLE),
    "not_applicable": said("How many rules have nothing to say of it.", WHOLE),
    "findings": several("The `uid` of each of its findings."),
    "collected": maybe("When it was seen: ISO 8601, UTC."),
}
GAP = {
    "uid": said("The same for this gap in every run."),
    "kind": said("The store type that was not read whole, or discovery."),
    "state": said("How much of it was read.", {"enum": ["partial", "unread"]}),
    "provider": said("The provider."),
    "partition": said("The partition or cloud."),
    "account": said("The account, subscription or project."),
    "account_name": maybe("Its name. Null when none was told."),
    "region": maybe("The region. Null of what an account has once."),
    "reason": one("Why it was not read.", model.Reason),
    "detail": said("What was asked and what came back; may be empty."),
    "stores": said("How many stores this reading gave all the same.", WHOLE),
}
KINDS = {"run": RUN, "item": ITEM, "step": STEP, "finding": FINDING, "store": STORE, "gap": GAP}
TOLD = {
    "run": "The audit itself, once, first: what is counted in the other lines.",
    "item": "One item of the alignment, of the whole estate or of one treatment.",
    "step": "One step of the transition plan, or what no step of a group means yet.",
    "finding": "One rule that deviates or is undetermined.",
    "store": "One data store.",
    "gap": "One reason for which a reading is not whole.",
}


def _kind(name: str) -> dict[str, Any]:
    properties = {
        "type": said("What this line is.", {"const": name}),
        "schema": said("This schema.", {"const": URN.format("flat")}),
        "run": said("The run: its lines carry the same name, whoever gathers them."),
        "as_of": said("The day whose law was applied.", DAY),
        "edition": said("The edition of the facts that were applied."),
        **KINDS[name],
    }
    return {"title": name, "description": TOLD[name], "type": "object",
            "additionalProperties": False, "properties": properties,
            "required": sorted(properties)}  # fmt: skip


def flat() -> dict[str, Any]:
    """One line of the flat format. Names stay: a key is added, and none changes its meaning."""
    text = (
        "One line of a report told flat, for dashboards: scalars and lists of scalars only. "
        "Every key is there on every line of its type. Where `x_unknown` stands beside `x`, one of "
        "the two is null; both are null where there is nothing to know. Within this version keys "
        "may be added; none is taken out, and none changes its meaning."
    )
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, "$id": URN.format("flat"), "title": "flat", "description": text,
            "oneOf": [_kind(name) for name in KINDS]}  # fmt: skip


def text_of() -> str:
    """The file's text."""
    return json.dumps(flat(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (HERE / "flat.json").write_text(text_of(), encoding="utf-8")
