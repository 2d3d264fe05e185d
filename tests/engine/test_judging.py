"""Judging a run with a dossier: regimes weigh, waivers accept, what was not read is never met."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from auditor import pipeline, settings
from auditor.model import (
    Category,
    Copy,
    Coverage,
    CoverageState,
    DataStore,
    Force,
    Outcome,
    Reason,
    Regime,
    Role,
    Scope,
    Severity,
    Status,
    Unknown,
)
from auditor.registry import load as load_registry
from auditor.runs import JudgementFolder, RunFolder

DAY = date(2026, 11, 25)
MOMENT = datetime(2026, 11, 25, 9, tzinfo=UTC)
HEADER = {"version": "0", "edition": "", "started": "", "identity": {}, "plugins": []}
DENIED = Unknown(Reason.DENIED, "s3:ListAllMyBuckets")
DOSSIER = """
edition = 1
[controller]
name = "Someone"
[treatments.care]
name = "Care"
regimes = { hds = "hosted by a third party" }
holds = { stores = ["care-*"] }
[treatments.state]
name = "State"
regimes = { sren31 = "an administration of the State" }
holds = { stores = ["state-*"] }
[treatments.clinic]
name = "Clinic"
regimes = { all = "the GDPR alone" }
holds = { stores = ["clinic-*"] }
[treatments.bare]
holds = { stores = ["bare-*"] }
"""


def store(name, region="us-east-1", **more):
    return DataStore(
        id=name, kind="aws.s3.bucket", category=Category.OBJECT, name="patients", partition="aws",
        account="1", region=region, encrypted=True, tags={"data-class": "health"},
        **more,
    )  # fmt: skip


def run_of(folder, *stores, refused=False):
    """A sealed run with these stores; `refused`: one account could not be read."""
    with RunFolder.start(folder / "runs", "20261125T090000Z-0000", HEADER) as kept:
        kept.begin("one")
        for one in stores:
            kept.write("one", one)
        scope = Scope(provider="aws", partition="aws", account="1")
        told = Coverage(scope=scope, kind="aws.s3.bucket", state=CoverageState.READ,
                        stores=len(stores))  # fmt: skip
        kept.finish("one", told)
        if refused:
            other = Scope(provider="aws", partition="aws", account="2")
            kept.begin("two")
            told = Coverage(scope=other, kind="discovery", state=CoverageState.UNREAD,
                            gaps=(DENIED,))  # fmt: skip
            kept.finish("two", told)
        kept.seal({"organisation": ["1"], "ended": "", "scopes": 1})
    return kept.path


class Judged:
    """A judgement, read back."""

    def __init__(self, folder, run, dossier=DOSSIER, day=DAY):
        chosen = settings.load(None, {})
        if dossier:
            (folder / "dossier.toml").write_text(dossier, encoding="utf-8")
            chosen = chosen.replacing("judge", dossier=str(folder / "dossier.toml"))
        self.done = pipeline.replay(run, as_of=day, settings=chosen)
        kept = JudgementFolder(run, self.done.judgement)
        self.summary = self.done.summary
        self.findings = list(kept.findings())
        aligned = kept.alignment()
        assert aligned is not None
        self.alignment = aligned
        self.stores = list(kept.judged())

    def of(self, rule, store):
        return next(f for f in self.findings if f.rule == rule and store in (f.store, f.subject))

    def status(self, item, treatment=""):
        rows = {(r.item, r.treatment): r for r in self.alignment.items}
        return rows[item, treatment].status


def test_the_same_store_weighs_by_the_regime_of_its_treatment(tmp_path):
    names = ("care-1", "state-1", "clinic-1", "bare-1", "nobody-1")
    told = Judged(tmp_path, run_of(tmp_path, *map(store, names)))
    weights = {n: (f := told.of("REA001", n), (f.severity, f.force, f.regimes))[1] for n in names}
    law, doctrine = Force.LAW, Force.REGULATOR_DOCTRINE
    assert weights["state-1"] == (Severity.BLOCKING, law, (Regime.SREN31,))
    assert weights["care-1"] == (Severity.MINOR, law, (Regime.HDS,))
    assert weights["clinic-1"] == (Severity.MINOR, doctrine, (Regime.ALL,))
    undeclared = Severity.MAJOR, Unknown(Reason.UNTOLD, "regimes"), ()
    assert weights["bare-1"] == weights["nobody-1"] == undeclared
    assert told.of("REA001", "care-1").treatments == ("care",)
    assert told.summary.treatments == {"": 1, "bare": 1, "care": 1, "clinic": 1, "state": 1}


def test_a_treatment_makes_its_stores_declared(tmp_path):
    run = run_of(tmp_path, store("care-1"))
    assert Judged(tmp_path, run).stores[0].treatments == ("care",)


WAIVED = (
    DOSSIER
    + """
[waivers.w]
rule = "RES001"
why = "until the switch"
who = "A"
approver = "B"
since = 2026-11-01
until = 2026-11-25
of = { stores = ["care-1"] }
"""
)


@pytest.mark.parametrize(
    ("day", "accepted"),
    [
        (date(2026, 11, 25), "w"),  # its last day
        (date(2026, 11, 26), ""),
    ],
)
def test_a_waiver_accepts_a_deviation_until_its_last_day(tmp_path, day, accepted):
    run = run_of(tmp_path, store("care-1"), store("care-2"))
    told = Judged(tmp_path, run, WAIVED, day)
    assert told.of("RES001", "care-1").waiver == accepted
    assert told.of("RES001", "care-2").waiver == ""
    assert told.summary.waived == bool(accepted)
    assert told.summary.outcomes["RES001"]["deviates"] == 2  # it deviates all the same
    assert told.status("CNIL-06", "care") is Status.MISSING  # and holds its item down


def test_what_is_not_known_cannot_be_waived(tmp_path):
    copy = Copy(role=Role.REPLICA, region=DENIED, account=DENIED)
    run = run_of(tmp_path, store("care-1", "eu-west-3", copies=(copy,)))
    told = Judged(tmp_path, run, WAIVED)
    finding = told.of("RES001", "care-1")
    assert (finding.outcome, finding.waiver) == (Outcome.UNDETERMINED, "")
    assert told.summary.waived == 0


def test_one_refused_account_and_no_rule_is_met_of_the_whole_estate(tmp_path):
    """What depends on an account that was refused: every rule of stores, every item they feed."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    stores = [store("care-1", "eu-west-3"), store("state-1", "eu-west-3")]
    rules = load_registry().rules
    whole = Judged(tmp_path / "a", run_of(tmp_path / "a", *stores))
    part = Judged(tmp_path / "b", run_of(tmp_path / "b", *stores, refused=True))
    of_stores = [id for id, rule in rules.items() if rule.of in ("store", "unit")]
    assert whole.summary.answers["RES001"] is Outcome.MET
    met = {id for id in of_stores if part.summary.answers[id] is Outcome.MET}
    absent = {id for id in of_stores if part.summary.answers[id] is Outcome.NOT_APPLICABLE}
    assert not met | absent
    for row in part.alignment.items:
        if row.unread:
            assert row.status in (Status.UNKNOWN, Status.MISSING)
    assert whole.status("CNIL-06") is Status.HUMAN_REQUIRED
    assert part.status("CNIL-06") is Status.UNKNOWN


def test_a_dossier_never_makes_a_gap_disappear(tmp_path):
    """Everything attested, everything waived: what was not read is told all the same."""
    items = [f"CNIL-{n:02}" for n in range(1, 36)]
    attested = "".join(
        f'[attestations.a{i}]\nitem = "{item}"\nanswer = "{answer}"\nreason = "r"\nwho = "A"\n'
        f'role = "DPO"\nsigned = 2026-09-01\ndocument = "D"\nuntil = 2027-09-01\n'
        for i, (item, answer) in enumerate((i, a) for i in items for a in ("pass",))
    )
    run = run_of(tmp_path, store("care-1", DENIED), refused=True)
    told = Judged(tmp_path, run, WAIVED + attested)
    bare = Judged(tmp_path, run, "")
    kept = {(f.rule, f.store, f.outcome) for f in told.findings if f.store}
    gaps = {(f.rule, f.store, f.outcome) for f in bare.findings
            if f.store and f.outcome is Outcome.UNDETERMINED}  # fmt: skip
    assert gaps <= kept
    assert told.summary.coverage == bare.summary.coverage
    assert told.done.exit_code == bare.done.exit_code == 4
    assert told.status("CNIL-06") is Status.UNKNOWN
    assert told.alignment.overall is not Status.PASS


def test_the_judgement_names_its_dossier_and_nobody_in_it(tmp_path):
    run = run_of(tmp_path, store("care-1"))
    told = Judged(tmp_path, run, WAIVED.replace('"A"', '"Alix Nommee"'))
    assert len(told.summary.dossier) == 16
    assert Judged(tmp_path, run, "").summary.dossier == ""
    for file in told.done.judgement.rglob("*"):
        if file.is_file():
            import gzip

            content = file.read_bytes()
            content = gzip.decompress(content) if file.suffix == ".gz" else content
            assert b"Nommee" not in content
            assert b"Someone" not in content


def snapshot(name, origin):
    return DataStore(
        id=name, kind="aws.ec2.snapshot", category=Category.SNAPSHOT, name="patients",
        partition="aws", account="1", region="eu-west-3", encrypted=True, origin=origin,
        tags={"data-class": "health"},
    )  # fmt: skip


def units_of(folder, *stores, kinds=("aws.ec2.snapshot", "aws.ec2.volume"), organisation=("1",),
             state=CoverageState.READ, settings=None):  # fmt: skip
    header = {**HEADER, "settings": settings or {}}
    with RunFolder.start(folder / "runs", "20261125T090000Z-0000", header) as kept:
        for kind in kinds:
            kept.begin(kind)
            for one in stores:
                if one.kind == kind:
                    kept.write(kind, one)
            scope = Scope(provider="aws", partition="aws", account="1", region="eu-west-3")
            kept.finish(kind, Coverage(scope=scope, kind=kind, state=state))
        kept.seal({"organisation": list(organisation), "ended": "", "scopes": 1})
    return kept.path


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({}, Outcome.DEVIATES),  # volumes were read, and it is not among them
        ({"kinds": ("aws.ec2.snapshot",)}, Outcome.UNDETERMINED),  # volumes were not asked for
        ({"organisation": ("1", "2")}, Outcome.UNDETERMINED),  # an account of ours was left out
        ({"state": CoverageState.PARTIAL}, Outcome.UNDETERMINED),
        ({"settings": {"audit": {"types": ["aws.ec2.*"]}}}, Outcome.UNDETERMINED),
        ({"settings": {"aws": {"regions": ["eu-west-3"]}}}, Outcome.UNDETERMINED),
        ({"settings": {"audit": {"types": []}}}, Outcome.DEVIATES),
    ],
)
def test_a_copy_is_left_behind_only_where_its_original_was_looked_for(tmp_path, more, outcome):
    run = units_of(tmp_path, snapshot("snap-1", "vol-1"), **more)
    told = Judged(tmp_path, run, "")
    assert told.of("CPY001", "snap-1").outcome is outcome


def test_what_the_settings_leave_out_is_never_met_of_the_whole_estate(tmp_path):
    run = units_of(tmp_path, store("care-1", "eu-west-3"), kinds=("aws.s3.bucket",),
                   settings={"audit": {"types": ["aws.s3.*"]}})  # fmt: skip
    told = Judged(tmp_path, run)
    assert told.summary.answers["RES001"] is Outcome.UNDETERMINED
    assert told.status("CNIL-06") is Status.UNKNOWN
    lost = DOSSIER.replace('"care-*"', '"care-*", "gone"')
    finding = Judged(tmp_path, run, lost).of("GOV005", "treatment:care")
    assert finding.outcome is Outcome.UNDETERMINED
