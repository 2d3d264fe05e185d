"""Groups: every exposed store in exactly one, why it is exposed, and the plan of a whole run."""

from __future__ import annotations

import json
from datetime import date

import pytest

from auditor import pipeline, settings
from auditor.facts import load
from auditor.model import (
    Category,
    Certainty,
    DataStore,
    Exposed,
    Health,
    Judged,
    KeyCustody,
    Place,
    Reached,
    Reason,
    Unknown,
)
from auditor.plan.exposure import exposed, kind_of
from auditor.runs import JudgementFolder, RunFolder
from tests.engine.test_judging import run_of, store

FACTS = load()
DAY = date(2026, 11, 22)
NOWHERE = Unknown(Reason.DENIED)
FR = Place(country="FR", in_eu=True, in_eea=True, adequate=False)
US = Place(country="US", in_eu=False, in_eea=False, adequate=False)
NO, LINKED, OPEN = Reached.NO_KNOWN_LINK, Reached.LINKED, Reached.UNDETERMINED


def judged(reach, places=(FR,), flows=()):
    return Judged(store="s", offer="aws", health=Health(certainty=Certainty.DECLARED),
                  places=places, flows=flows, reach=reach,
                  custody=KeyCustody(level=NOWHERE))  # fmt: skip


@pytest.mark.parametrize(("told", "why"), [
    (judged(NO), set()),
    (judged(LINKED), {Exposed.REACH}),
    (judged(LINKED, (FR, US)), {Exposed.REACH, Exposed.PLACE}),
    (judged(NO, (FR, US)), {Exposed.PLACE}),
    (judged(NO, (FR,), (US,)), {Exposed.TRANSFER}),
    (judged(NO, (NOWHERE,)), {Exposed.UNDETERMINED}),  # unknown is never a pass
    (judged(NO, (FR,), (NOWHERE,)), {Exposed.UNDETERMINED}),
    (judged(OPEN), {Exposed.UNDETERMINED}),
    (judged(OPEN, (US,)), {Exposed.PLACE}),
])  # fmt: skip
def test_why_a_store_is_in_the_plan(told, why):
    assert exposed(told) == why


@pytest.mark.parametrize(("kind", "category", "engine", "family"), [
    ("aws.s3.bucket", Category.OBJECT, "", "object_storage"),
    ("aws.rds.db_instance", Category.RELATIONAL, "postgres", "postgresql"),
    ("aws.rds.db_cluster", Category.RELATIONAL, "aurora-postgresql", "postgresql"),
    ("aws.rds.db_cluster", Category.RELATIONAL, "aurora-mysql", "mysql"),
    ("aws.rds.db_instance", Category.RELATIONAL, "oracle-ee", ""),  # nobody read of one
    ("aws.rds.db_snapshot", Category.SNAPSHOT, "", "backup"),
    ("gcp.healthcare.fhir_store", Category.HEALTH, "", "fhir_server"),
    ("aws.omics.variant_store", Category.HEALTH, "", ""),
])  # fmt: skip
def test_which_family_a_store_could_go_to(kind, category, engine, family):
    facts = {"engine": engine} if engine else {}
    one = DataStore(id="x", kind=kind, category=category, partition="aws", account="1",
                    region="eu-west-3", facts=facts)  # fmt: skip
    assert kind_of(one, FACTS.table("conventions")["moving"]) == family


# ---------------------------------------------------------------------- of a whole run

DOSSIER = """
edition = 1
[treatments.care]
name = "Care"
regimes = { hds = "hosted by a third party" }
holds = { stores = ["care-*"] }
[versions.v1]
approved = 2026-01-01
[targets.move]
of = { stores = ["care-1"] }
deadline = 2027-01-31
"""


def planned(folder, *stores, dossier=DOSSIER, day=DAY, run=None):
    chosen = settings.load(None, {})
    if dossier:
        (folder / "dossier.toml").write_text(dossier, encoding="utf-8")
        chosen = chosen.replacing("judge", dossier=str(folder / "dossier.toml"))
    run = run or run_of(folder, *stores)
    done = pipeline.replay(run, as_of=day, settings=chosen)
    plan = JudgementFolder(run, done.judgement).plan()
    assert plan is not None
    return plan, run, done


def test_every_exposed_store_is_in_one_group(tmp_path):
    stores = [store(f"care-{n}", bytes=10) for n in range(3)]
    stores += [store("tagged"), store("alone", region="eu-west-3")]
    plan, _, _ = planned(tmp_path, *stores)
    found = {group.id: group for group in plan.groups}
    assert set(found) == {"treatment:care", "account:aws/1"}
    care = found["treatment:care"]
    assert (care.seen, care.volume.stores, care.volume.bytes, care.unplanned) == (3, 3, 30, 2)
    assert [(step.id, step.stores) for step in care.steps] == [("move", 1), ("", 2)]
    assert care.exposed == {"place": 3, "reach": 3}
    assert care.schemes == ("hds",)
    assert found["account:aws/1"].exposed == {"place": 1, "reach": 2}
    assert sum(group.volume.stores for group in plan.groups) == plan.counted.exposed == 5


def test_stores_of_no_treatment_are_grouped_by_the_first_tag_they_carry(tmp_path):
    tags = {"Application": "pacs", "data-class": "health"}
    plan, _, _ = planned(tmp_path, store("a").__class__(
        **{**{f: getattr(store("a"), f) for f in store("a").__dataclass_fields__}, "tags": tags}
    ))  # fmt: skip
    assert [group.id for group in plan.groups] == ["tag:application=pacs"]


def test_a_size_that_is_not_known_is_counted_as_such(tmp_path):
    plan, _, _ = planned(tmp_path, store("care-1", bytes=7), store("care-2", bytes=NOWHERE))
    (route,) = plan.groups[0].routes
    assert (route.volume.bytes, route.volume.unknown, route.kind) == (7, 1, "object_storage")


def test_nothing_seen_makes_a_plan_of_nothing(tmp_path):
    plan, _, _ = planned(tmp_path)
    assert plan.groups == ()
    assert plan.counted.stores == 0


def test_a_version_is_that_of_the_content(tmp_path):
    one, run, _ = planned(tmp_path, store("care-1"))
    again, _, _ = planned(tmp_path, run=run)
    assert one == again
    other, _, done = planned(tmp_path, run=run, dossier=DOSSIER.replace("2027-01-31", "2027-02-28"))
    assert other.version != one.version
    kept = sorted(path.name for path in done.judgement.glob("plan*.json"))
    assert kept == [f"plan-{one.version}.json", "plan.json"]  # the one before is not lost
    told = json.loads((done.judgement / f"plan-{one.version}.json").read_text())
    assert told["version"] == one.version


def test_an_approved_version_is_found_again_and_slippage_told_against_it(tmp_path):
    one, run, _ = planned(tmp_path, store("care-1"))
    later = DOSSIER.replace("2027-01-31", "2027-03-02").replace(
        "approved = 2026-01-01", f'approved = 2026-01-01\nplan = "{one.version}"'
    )
    plan, _, _ = planned(tmp_path, run=run, dossier=later)
    (slip,) = plan.groups[0].steps[0].slips
    assert (slip.version, slip.days) == ("v1", 30)
    assert plan.since == date(2026, 1, 1)


def test_the_history_of_a_run_ends_with_itself(tmp_path):
    plan, run, done = planned(tmp_path, store("care-1"))
    with RunFolder.open(run):
        told = JudgementFolder(run, done.judgement).history()
    assert told == ((plan.as_of, plan.counted),)


def test_a_damaged_plan_stops_neither_a_new_judgement_nor_a_document(tmp_path):
    plan, run, done = planned(tmp_path, store("care-1"))
    (done.judgement / "plan.json").write_text('{"as_of": "2026-11-22", "counted": [')
    again, _, done = planned(tmp_path, run=run)
    assert again == plan
    kept = JudgementFolder(run, done.judgement)
    assert sorted(path.name for path in done.judgement.glob("plan*.json")) == [
        "plan-damaged.json", "plan.json",
    ]  # fmt: skip
    (done.judgement / "plan.json").write_text('{"as_of": "2026-11-22", "counted": [')
    assert kept.history() == ()
