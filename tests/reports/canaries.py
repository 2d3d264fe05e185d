"""A run with a canary in every place where an identity can stand: whoever leaks one is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from auditor import pipeline, settings
from auditor.facts import Facts
from auditor.judge import uid
from auditor.model import (
    Aligned,
    Alignment,
    Approved,
    Assessment,
    Attestation,
    Because,
    Category,
    Certainty,
    Changes,
    Contract,
    Controller,
    Copy,
    Counted,
    Coverage,
    CoverageState,
    Custody,
    DataStore,
    Dossier,
    Evidence,
    Exempt,
    Finding,
    Group,
    Grouping,
    Health,
    Holding,
    Judged,
    KeyCustody,
    Milestone,
    Officer,
    Outcome,
    Outsider,
    Party,
    Phase,
    Place,
    Plan,
    Reached,
    Reason,
    Regime,
    Role,
    Scope,
    Selection,
    Severity,
    Share,
    Signal,
    Slip,
    Status,
    Step,
    Summary,
    Target,
    Treatment,
    Unknown,
    Version,
    Waiver,
)
from auditor.report import Report

DAY = date(2026, 11, 22)
LATER = date(2027, 6, 30)
MARK = "zq7kw9"  # in every canary, and in nothing else


def at(place: str) -> str:
    """The canary of one place."""
    return f"{MARK}-{place}"


PEOPLE = {  # named where a document must name them, and not in public
    "dpo": "Dominique Pzq8 Officer", "dpo-contact": "dpo@pzq8.example",
    "attester": "Camille Pzq8 Attester", "role": "Director Pzq8 of systems",
    "approver": "Alix Pzq8 Approver", "party": "Hébergeur Pzq8 SAS", "owner": "Owner Pzq8",
    "treatment": "pzq8-imaging", "document": "Annexe Pzq8 du contrat", "contact": "dg@pzq8.example",
}  # fmt: skip
CONTROLLER = "CHU de Pzq9-Lumière"
ACCOUNT, OTHER, OUTSIDE = at("account"), at("account-two"), at("account-outside")
ARN = f"arn:aws:s3:::{at('bucket')}"
KEY = f"arn:aws:kms:eu-west-3:{ACCOUNT}:key/{at('key')}"
GONE = f"arn:aws:rds:eu-west-3:{ACCOUNT}:db:{at('origin')}"
_DENIED = Unknown(Reason.DENIED, f"s3:GetBucketLocation: {at('message')}")


def _stores() -> Iterator[DataStore]:
    yield DataStore(
        id=ARN, kind="aws.s3.bucket", category=Category.OBJECT, partition="aws", account=ACCOUNT,
        region="eu-west-3", name=at("name"), also=(at("also"),), account_name=at("account-name"),
        copies=(
            Copy(role=Role.REPLICA, id=at("also-two"), region="us-east-1", account=OTHER),
            Copy(role=Role.LOG, id=at("logs"), region=Unknown(Reason.OUT_OF_SCOPE, at("logs")),
                 account=Unknown(Reason.OUT_OF_SCOPE, at("copy-account"))),
            Unknown(Reason.DENIED, at("copy")),
        ),
        shares=(Share(party=Party.ACCOUNT, account=OUTSIDE, via="policy"),
                Unknown(Reason.MALFORMED, at("share"))),
        encrypted=True, key=f"alias/{at('alias')}", bytes=7 * 2**30,
        created="2026-01-02T03:04:05+00:00",
        tags={"data-class": "sante", "owner": at("tag"), at("tag-key"): "aaaa",
              f"{at('prefix')}:data-class": f"sante-{at('class')}"},
        origin=GONE, parent=at("parent"),
        facts={"endpoint": at("endpoint"), "versioning": True, "why": _DENIED},
        calls={"tags": at("call")}, collected="2026-11-22T00:00:00+00:00",
    )  # fmt: skip
    yield DataStore(
        id=f"arn:aws:s3:::{at('bucket-two')}", kind="aws.s3.bucket", category=Category.OBJECT,
        partition="aws", account=OTHER, region="us-east-1", name=at("name-two"),
        also=(at("also-two"),), encrypted=_DENIED, key=Unknown(Reason.DENIED, KEY),
        bytes=_DENIED, created=_DENIED, tags=Unknown(Reason.DENIED, at("tags")),
        origin=Unknown(Reason.OUT_OF_SCOPE, at("origin-two")),
    )  # fmt: skip
    yield DataStore(
        id=f"/subscriptions/{at('subscription')}/x/{at('resource')}", kind="azure.storage.account",
        category=Category.OBJECT, partition="AzureCloud", account=at("subscription"),
        region=Unknown(Reason.DENIED, f"{at('region')}: refused"), encrypted=True,
        origin=ARN, key=KEY,
    )  # fmt: skip


STORES = tuple(_stores())


def _reasons() -> tuple[Because, ...]:
    """Every reason of the facts, each hole that is a text filled with a canary."""
    kinds = {"country": "US", "day": "2026-11-22", "reason": "denied"}
    choices = facts().table("words")
    words = {"region": "eu-west-3", "offer": "aws", "via": "policy", "what": "aws.s3.bucket",
             "entry": "contracts.host", "activities": "1, 3", "stores": "12", "findings": "3",
             "rule": "RES001"}  # fmt: skip
    found = []
    for code, told in facts().table("words")["because"].items():
        company = code in ("entity", "law", "law_ended")
        values = {
            hole: kinds.get(kind) or next(iter(choices[kind])) if kind != "text"
            else "Amazon.com, Inc." if company and hole == "name"
            else words.get(hole, at(f"{code}-{hole}"))
            for hole, kind in told["holes"].items()
        }  # fmt: skip
        found.append(Because(code=code, values=values))
    known = (ARN, ACCOUNT, KEY, GONE, f"account {OUTSIDE}", f"key {at('parent')}", at("also"))
    more = (Because(code="unknown", values={"reason": "denied", "detail": d}) for d in known)
    return (*found, *more)


def _judged(store: DataStore, at_key: bool) -> Judged:
    custody = KeyCustody(level=Custody.ENC_2, key=KEY, region="eu-west-3", account=ACCOUNT,
                         evidence=("customer_key", at("evidence")))  # fmt: skip
    unread = Unknown(Reason.OUT_OF_SCOPE, at("custody"))
    place = Place(country="FR", in_eu=True, in_eea=True, adequate=unread, region="eu-west-3")
    return Judged(
        store=store.id, offer="aws",
        health=Health(certainty=Certainty.DECLARED, signals=(
            Signal(detector="tag-health-value", seen_in=f"tag:{at('signal')}", weight=3.5),),
            evidence=(Evidence(detector="nir", seen_in=f"column:3 ({at('column')})", axis="P",
                               family="id", weight=1.0, mask=at("mask")),)),
        places=(place, unread), flows=(unread,), reach=Reached.LINKED,
        custody=custody if at_key else KeyCustody(level=unread, region=unread, account=unread),
        met=("COV001",), findings=(uid("RES001", store.id), uid("KEY001", store.id)),
        treatments=(PEOPLE["treatment"],), law=uid("law", store.id), said=uid("said", store.id),
    )  # fmt: skip


JUDGED = tuple(_judged(s, n == 0) for n, s in enumerate(STORES))
UNIT = Scope(provider="aws", partition="aws", account=ACCOUNT, region="eu-west-3",
             account_name=at("account-name"))  # fmt: skip


@cache
def facts() -> Facts:
    """The true facts."""
    return pipeline.ready(settings.load(None, {}, []))[1]


def _finding(rule: str, store: DataStore | None, subject: str = "", **more: Any) -> Finding:
    of = store.id if store else ""
    whole = {
        "severity": Severity.BLOCKING, "outcome": Outcome.DEVIATES, "region": "",
        "health": Certainty.DECLARED, "kind": store.kind if store else "unit",
        "account": store.account if store else "", "treatments": (PEOPLE["treatment"],), **more,
    }  # fmt: skip
    return Finding(uid=uid(rule, of, subject), rule=rule, store=of, subject=subject, **whole)


def _findings() -> Iterator[Finding]:
    for store in STORES:
        yield _finding("RES001", store, because=_reasons(), region=store.region)
    for store in STORES:
        yield _finding("KEY001", store, outcome=Outcome.UNDETERMINED, severity=Severity.MAJOR)
    yield _finding("COV002", None, f"unit:{UNIT} aws.s3.bucket")
    yield _finding("COV002", None, f"unit:aws/{at('nowhere')} aws.s3.bucket")
    yield _finding("GOV002", None, f"treatment:{PEOPLE['treatment']}", waiver="w1")


FINDINGS = tuple(_findings())
COVERAGE = (
    Coverage(scope=UNIT, kind="aws.s3.bucket", state=CoverageState.PARTIAL, stores=1,
             gaps=(_DENIED, Unknown(Reason.NOT_ASKED, at("account-name")))),
    Coverage(scope=replace(UNIT, account=OTHER, region="us-east-1", account_name=""),
             kind="aws.s3.bucket", state=CoverageState.READ, stores=1),
    Coverage(scope=Scope(provider="azure", partition="AzureCloud", account=at("subscription")),
             kind="azure.storage.account", state=CoverageState.UNREAD, gaps=(_DENIED,)),
)  # fmt: skip
SUMMARY = Summary(
    as_of=DAY, edition="2026.11-2", stores=len(STORES), health={"declared": len(STORES)},
    countries={"FR": 3, "?": 1}, reach={"linked": 3}, custody={"ENC-2": 1, "?": 2},
    outcomes={"RES001": {"deviates": 3}, "KEY001": {"undetermined": 3}, "COV002": {"deviates": 2},
              "GOV002": {"deviates": 1}},
    severities={"blocking": 5}, undetermined=3, coverage={"partial": 1, "read": 1, "unread": 1},
    exit_code=4, unknown_regions={"aws/xx-west-9": 1}, waived=1, dossier="0123456789abcdef",
    answers={"RES001": Outcome.DEVIATES}, treatments={"": 1, PEOPLE["treatment"]: 2},
)  # fmt: skip
HEADER = {
    "schema": "urn:health-residency-auditor:schema:run:1", "format": 1, "run": "20261122T000000Z",
    "version": "0.1.0", "edition": "2026.11-2", "started": "2026-11-22T00:00:00+00:00",
    "ended": "2026-11-22T00:00:01+00:00", "scopes": 3,
    "identity": {
        "aws": {"accounts": ACCOUNT, "credentials": f"{ACCOUNT}: {at('profile')}",
                "endpoints": f"https://{at('host')}.example", "tenant": at("tenant"),
                "partition": "aws"},
        "files": {"file": f"{at('export')}.json", "sha256": at("sha256"), "rows": "12"},
    },
    "organisation": [ACCOUNT, at("organisation")],
    "plugins": [{"name": "health-residency-auditor", "version": "0.1.0", "record": ""}],
    "settings": {"aws": {"profiles": [at("setting")], "endpoint": f"https://{at('host')}"}},
}  # fmt: skip
ALIGNMENT = Alignment(
    as_of=DAY, edition="2026.11-2", dossier="0123456789abcdef", overall=Status.MISSING,
    items=(
        Aligned(item="CNIL-06", treatment="", status=Status.MISSING, evidence=Status.MISSING,
                unread=(_DENIED, Unknown(Reason.OUT_OF_SCOPE, ARN))),
        Aligned(item="CNIL-06", treatment=PEOPLE["treatment"], status=Status.MISSING,
                evidence=Status.MISSING),
        Aligned(item="CNIL-25", treatment="", status=Status.PASS, evidence=Status.PASS),
        Aligned(item="CNIL-25", treatment=PEOPLE["treatment"], status=Status.PASS,
                evidence=Status.PASS, said=Status.PASS, attestations=("a1",), expired=("a0",)),
    ),
)  # fmt: skip
_MEANT = Selection(stores=(ARN, f"{at('pattern')}*"), accounts=(ACCOUNT, at("meant")),
                   tags={at("meant-key"): at("meant-tag")})  # fmt: skip
_WHY = f"Voir {ARN}, {KEY} et « {GONE} » du compte {ACCOUNT}."
DOSSIER = Dossier(
    edition=1, digest="0123456789abcdef",
    controller=Controller(name=CONTROLLER, capacity="controller", contact=PEOPLE["contact"]),
    dpo=Officer(name=PEOPLE["dpo"], contact=PEOPLE["dpo-contact"]),
    treatments={PEOPLE["treatment"]: Treatment(
        id=PEOPLE["treatment"], name=PEOPLE["treatment"], owner=PEOPLE["owner"],
        purposes=("soins", _WHY), regimes={"hds": _WHY}, holds=_MEANT)},
    contracts={"c1": Contract(id="c1", offers=("aws",), party=PEOPLE["party"],
                              document=PEOPLE["document"], clauses=("exit",))},
    accounts={"o1": Outsider(id="o1", accounts=(OUTSIDE, at("outsider")),
                             entity=PEOPLE["party"], country="US")},
    keys={"k1": Holding(id="k1", holder=PEOPLE["party"], who=PEOPLE["attester"], of=_MEANT)},
    assessments={"s1": Assessment(id="s1", holds_health=True, reason=_WHY, of=_MEANT)},
    attestations={"a1": Attestation(
        id="a1", item="CNIL-25", treatment=PEOPLE["treatment"], answer=Status.PASS, reason=_WHY,
        who=PEOPLE["attester"], role=PEOPLE["role"], signed=DAY, until=LATER,
        document=PEOPLE["document"])},
    waivers={"w1": Waiver(id="w1", rule="GOV002", why=_WHY, who=PEOPLE["attester"],
                          approver=PEOPLE["approver"], until=LATER, of=_MEANT)},
    versions={"v1": Version(id="v1", approved=DAY, approver=PEOPLE["approver"])},
    targets={"t1": Target(id="t1", treatment=PEOPLE["treatment"], offer="outscale",
                          owner=PEOPLE["owner"], reason=_WHY, of=_MEANT)},
    exemptions={"e1": Exempt(id="e1", reason=_WHY, who=PEOPLE["attester"], signed=DAY,
                             of=_MEANT)},
)  # fmt: skip
_STEP = Step(id="t1", stores=2, offer="outscale", owner=PEOPLE["owner"],
             milestones=(Milestone(phase=Phase.SWITCH, day=LATER, owner=PEOPLE["owner"]),),
             slips=(Slip(version="v1", deadline=LATER, days=3),))  # fmt: skip
PLAN = Plan(
    version="0123", as_of=DAY, edition="2026.11-2", dossier="0123456789abcdef", since=DAY,
    approved=(Approved(id="v1", day=DAY, plan="0123"),), counted=Counted(stores=3, exposed=3),
    groups=(
        Group(id=f"treatment:{PEOPLE['treatment']}", by=Grouping.TREATMENT,
              name=PEOPLE["treatment"], seen=2, regimes=(Regime.HDS,), steps=(_STEP,)),
        Group(id=f"tag:{at('application')}", by=Grouping.TAG, name=at("application"), seen=1),
        Group(id=f"account:{ACCOUNT}", by=Grouping.ACCOUNT, name=ACCOUNT, seen=4),
        Group(id=f"account:{at('stray')}", by=Grouping.ACCOUNT, name=at("stray"), seen=5),
    ),
)  # fmt: skip


@dataclass
class Kept:
    """A run and its judgement, in memory."""

    def stores(self) -> Iterator[DataStore]:
        return iter(STORES)

    def judged(self) -> Iterator[Judged]:
        return iter(JUDGED)

    def findings(self) -> Iterator[Finding]:
        return iter(FINDINGS)

    def coverage(self) -> Iterator[Coverage]:
        return iter(COVERAGE)

    def changes(self) -> Changes | None:
        return None

    def alignment(self) -> Alignment | None:
        return ALIGNMENT

    def plan(self) -> Plan | None:
        return PLAN

    def history(self) -> tuple[tuple[date, Counted], ...]:
        return ((DAY, PLAN.counted),)


def report() -> Report:
    """The report of that run."""
    held: Any = Kept()
    reaches = {"aws": facts().reach_of("aws", DAY)}
    return Report(HEADER, SUMMARY, facts(), reaches, held, held, DOSSIER)
