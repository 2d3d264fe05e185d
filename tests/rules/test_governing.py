"""Tables: copies left behind, what ends, the dossier and its plan, and what could not be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from auditor.model import (
    Assessment,
    Attestation,
    Attested,
    Certainty,
    Confidence,
    Contract,
    Controller,
    Copy,
    Coverage,
    CoverageState,
    Custody,
    Dossier,
    Ending,
    Framework,
    Guarantee,
    Health,
    Officer,
    Original,
    Outcome,
    Progress,
    Reach,
    Reached,
    Reason,
    Regime,
    Role,
    Scope,
    Seen,
    Selection,
    Signal,
    Status,
    Target,
    Treatment,
    Unknown,
    Version,
    Waiver,
)

from .cases import (
    CASE,
    DENIED,
    HOME,
    OTHERS,
    US,
    case,
    custody,
    declared,
    entry,
    law,
    linked,
    place,
)

MET, DEVIATES, OPEN, NONE = (
    Outcome.MET, Outcome.DEVIATES, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE,
)  # fmt: skip
DAY = CASE.as_of  # 2026-11-22
NEXT, BEFORE = DAY + timedelta(1), DAY - timedelta(1)
GONE = Unknown(Reason.GONE, "vol-1")
THROTTLED = Unknown(Reason.THROTTLED)
LEFT = Unknown(Reason.OUT_OF_SCOPE, "elsewhere")
GAP = Seen(gaps=(DENIED,))
UNKNOWN_REACH = Reach(offer="acme", verdict=Reached.UNDETERMINED, reason=DENIED)
EXPOSED = linked(law())


def original(*places, encrypted=True):
    return Original(places=places or (HOME,), account=US, encrypted=encrypted)


def attested(scheme, state=Attested.QUALIFIED, **more):
    told = {"confidence": Confidence.FAIR, **more}
    return case(guarantees={scheme: Guarantee(scheme=scheme, state=state, **told)})


def decided(until=None, **more):
    told = {"decision": "d", "confidence": Confidence.FAIR, "until": until, **more}
    return case(places=(HOME, place("JP", Role.REPLICA)),
                frameworks={"JP": Framework(country="JP", **told)})  # fmt: skip


def ending(day, confidence=Confidence.FAIR):
    return case(ends=Ending(ends=day, confidence=confidence))


def contracted(**more):
    told = {"id": "c", "offers": ("acme",), "signed": date(2024, 1, 1), **more}
    return case(declared=declared(contracts=(Contract(**told),)))


def treatment(**more):
    return Treatment(id="dpi", **more)


def of_treatment(seen=None, **more):
    return entry(said=treatment(**more), seen=seen)


HOLDS = {"holds": Selection(stores=("a",))}


def attestation(**more):
    told = {"id": "a", "item": "CNIL-01", "answer": Status.PASS, "who": "w", "role": "r",
            "signed": date(2026, 9, 1), "document": "d", "until": DAY, **more}  # fmt: skip
    return entry("attestation:a", Attestation(**told))


def waiver(seen=None, **more):
    told = {"id": "w", "rule": "RES001", "why": "y", "who": "w", "approver": "a", "until": DAY,
            **more}  # fmt: skip
    return entry("waiver:w", Waiver(**told), seen)


def contract(*clauses, **more):
    return entry("contract:c", Contract(id="c", offers=("acme",), clauses=clauses, **more))


PLANNED = Dossier(edition=1, versions={
    "v1": Version(id="v1", approved=date(2025, 6, 16)),
    "v2": Version(id="v2", approved=date(2026, 6, 15)),
})  # fmt: skip


def target(state=Progress.DECIDED, seen=None, dossier=PLANNED, regimes=frozenset(), reach=None,
           guarantees=None, **more):  # fmt: skip
    more = {"of": Selection(stores=("a",)), **more}
    said = Target(id="t", state=state, **more)
    return entry("target:t", said, seen, dossier=dossier, regimes=regimes, reach=reach,
                 guarantees=guarantees or {})  # fmt: skip


SREN = frozenset({Regime.ALL, Regime.SREN31})
HDS = frozenset({Regime.ALL, Regime.HDS})
FREE = Reach(offer="acme", verdict=Reached.NO_KNOWN_LINK, confidence=Confidence.FAIR)
QUALIFIED = {"secnumcloud": Guarantee(scheme="secnumcloud", state=Attested.QUALIFIED,
                                      confidence=Confidence.FAIR)}  # fmt: skip
CERTIFIED = {"hds": Guarantee(scheme="hds", state=Attested.QUALIFIED,
                              confidence=Confidence.FAIR)}  # fmt: skip
NOTHING = {"hds": Guarantee(scheme="hds", state=Attested.NONE)}


def unit(state, *gaps):
    scope = Scope(provider="acme", partition="acme", account=US)
    return entry("unit:u", Coverage(scope=scope, kind="k", state=state, gaps=gaps))


def audit(dossier=None, read=date(2026, 11, 22), day=DAY):
    return entry("audit", None, dossier=dossier, facts_read=read, as_of=day)


def dossier(*treatments, controller="C", dpo="D"):
    return Dossier(edition=1, controller=Controller(name=controller), dpo=Officer(name=dpo),
                   treatments={str(n): t for n, t in enumerate(treatments)})  # fmt: skip


def created(text, reach=EXPOSED, begun=date(2026, 6, 15), **more):
    return case(reach=reach, declared=declared(plan_since=begun, **more),
                store={"created": text})  # fmt: skip


def stated(holds, certainty=Certainty.NO_SIGN, *signals):
    said = Assessment(id="s", holds_health=holds)
    return case(declared=declared(assessment=said),
                health=Health(certainty=certainty, signals=signals))  # fmt: skip


SIGN = Signal(detector="names", seen_in="name", weight=1.0)
OF_DOSSIER = Signal(detector="dossier", seen_in="assessments:s", weight=1.0)
UNDER = {"regimes": {"hds": "because"}}
TABLE = [
    # --- copies
    ("CPY001", case(original=original()), MET),
    ("CPY001", case(original=GONE), DEVIATES),
    ("CPY001", case(original=LEFT), OPEN),
    ("CPY001", case(original=DENIED), OPEN),
    ("CPY001", case(), NONE),
    ("CPY002", case(original=original()), MET),
    ("CPY002", case(original=original(place("DE"))), MET),
    ("CPY002", case(original=original(place("US"))), DEVIATES),
    ("CPY002", case(original=original(HOME), places=(place("US"),)), DEVIATES),
    ("CPY002", case(original=original(DENIED)), OPEN),
    ("CPY002", case(original=original(place(weak=True))), OPEN),
    ("CPY002", case(original=original(), places=(DENIED,)), OPEN),
    ("CPY002", case(original=original(), places=()), OPEN),
    ("CPY002", case(original=GONE), OPEN),
    ("CPY002", case(), NONE),
    ("CPY003", case(original=original()), MET),
    ("CPY003", case(original=original(encrypted=DENIED)), MET),
    ("CPY003", case(original=original(), store={"encrypted": False}), DEVIATES),
    ("CPY003", case(original=original(encrypted=DENIED), store={"encrypted": False}), OPEN),
    ("CPY003", case(original=original(), store={"encrypted": DENIED}), OPEN),
    ("CPY003", case(original=GONE), OPEN),
    ("CPY003", case(original=original(encrypted=False)), NONE),
    ("CPY003", case(), NONE),
    ("CPY004", target(Progress.DELETED, Seen()), MET),
    ("CPY004", target(Progress.DELETED, Seen(stores=1)), DEVIATES),
    ("CPY004", target(Progress.DELETED, Seen(stores=1, gaps=(DENIED,))), DEVIATES),
    ("CPY004", target(Progress.DELETED, GAP), OPEN),
    ("CPY004", target(Progress.DELETED, Seen(), of=Selection()), OPEN),  # it names no store
    ("CPY004", target(Progress.SWITCHED, Seen(stores=2), deadline=BEFORE), DEVIATES),
    ("CPY004", target(Progress.SWITCHED, Seen(stores=2), deadline=DAY), NONE),
    ("CPY004", target(Progress.DECIDED, Seen(stores=2), deadline=BEFORE), NONE),
    # --- ends
    ("EXP001", attested("secnumcloud", until=date(2028, 1, 1)), MET),
    ("EXP001", attested("secnumcloud", ends_in=90), DEVIATES),
    ("EXP001", attested("secnumcloud", ends_in=0), DEVIATES),
    ("EXP001", attested("secnumcloud", Attested.ENDED), DEVIATES),
    ("EXP001", attested("secnumcloud", Attested.NOT_READ, reason=DENIED), OPEN),
    ("EXP001", attested("secnumcloud", confidence=Confidence.WEAK), OPEN),
    ("EXP001", case(), OPEN),
    ("EXP001", attested("secnumcloud", Attested.NONE), NONE),
    ("EXP002", attested("hds"), MET),
    ("EXP002", attested("hds", ends_in=12), DEVIATES),
    ("EXP002", attested("hds", Attested.NOT_READ), OPEN),
    ("EXP002", attested("hds", Attested.NONE), NONE),
    ("EXP003", decided(), MET),
    ("EXP003", decided(DAY + timedelta(90)), MET),
    ("EXP003", decided(DAY + timedelta(89)), DEVIATES),
    ("EXP003", decided(DAY), DEVIATES),
    ("EXP003", decided(contested=True), OPEN),
    ("EXP003", decided(confidence=Confidence.WEAK), OPEN),
    ("EXP003", decided(decision="", reason=DENIED), OPEN),
    ("EXP003", case(places=(HOME, DENIED)), OPEN),
    ("EXP003", replace(decided(), flows=(DENIED,)), OPEN),
    ("EXP003", decided(decision=""), NONE),
    ("EXP003", case(), NONE),
    ("EXP004", ending(DAY + timedelta(548)), MET),
    ("EXP004", ending(DAY + timedelta(547)), DEVIATES),
    ("EXP004", ending(BEFORE), DEVIATES),
    ("EXP004", ending(BEFORE, Confidence.WEAK), DEVIATES),  # a weak fact accuses
    ("EXP004", ending(DAY + timedelta(548), Confidence.WEAK), OPEN),  # and never clears
    ("EXP004", ending(Unknown(Reason.UNREAD, "ends")), OPEN),
    ("EXP004", case(), NONE),
    ("EXP005", contracted(until=DAY + timedelta(90)), MET),
    ("EXP005", contracted(open_ended=True), MET),
    ("EXP005", contracted(until=DAY + timedelta(89)), DEVIATES),
    ("EXP005", contracted(until=DAY), DEVIATES),
    ("EXP005", contracted(), OPEN),
    ("EXP005", contracted(until=BEFORE), NONE),
    ("EXP005", case(declared=declared()), NONE),
    ("EXP005", case(), NONE),
    ("EXP006", audit(), MET),
    ("EXP006", audit(day=date(2027, 2, 20)), MET),  # 90 days
    ("EXP006", audit(day=date(2027, 2, 21)), DEVIATES),
    ("EXP006", audit(read=None), OPEN),
    ("EXP006", audit(day=BEFORE), NONE),
    # --- whose it is
    ("GOV001", case(declared=declared(treatments=(treatment(),))), MET),
    ("GOV001", case(declared=declared(treatments=(treatment(), Treatment(id="b"))),), DEVIATES),
    ("GOV001", case(declared=declared(), store={"tags": {}}), DEVIATES),
    ("GOV001", case(declared=declared(), store={"tags": DENIED}), OPEN),
    ("GOV001", case(), NONE),
    ("GOV002", of_treatment(owner="x"), MET),
    ("GOV002", of_treatment(), DEVIATES),
    ("GOV002", of_treatment(owner="?"), OPEN),
    ("GOV002", of_treatment(ended=BEFORE), NONE),
    ("GOV002", of_treatment(ended=DAY), DEVIATES),
    ("GOV003", of_treatment(legal_basis="consent", article_9="research"), MET),
    ("GOV003", of_treatment(legal_basis="consent"), DEVIATES),
    ("GOV003", of_treatment(article_9="research"), DEVIATES),
    ("GOV003", of_treatment(legal_basis="consent", article_9="?"), OPEN),
    ("GOV003", of_treatment(ended=BEFORE), NONE),
    ("GOV004", of_treatment(**UNDER), MET),
    ("GOV004", of_treatment(), DEVIATES),
    ("GOV004", of_treatment(regimes={"hds": "?"}), OPEN),
    ("GOV004", of_treatment(ended=BEFORE), NONE),
    ("GOV005", of_treatment(**HOLDS), MET),
    ("GOV005", of_treatment(Seen(lost=("a",)), **HOLDS), DEVIATES),
    ("GOV005", of_treatment(Seen(lost=("a",), gaps=(DENIED,)), **HOLDS), OPEN),
    ("GOV005", of_treatment(GAP, **HOLDS), MET),  # what is declared was seen
    ("GOV005", of_treatment(), NONE),
    ("GOV005", of_treatment(Seen(lost=("a",)), ended=BEFORE, **HOLDS), NONE),
    ("GOV006", attestation(), MET),
    ("GOV006", attestation(until=BEFORE), DEVIATES),
    ("GOV006", attestation(document="?"), OPEN),
    ("GOV006", attestation(role="?"), OPEN),
    ("GOV006", attestation(signed=NEXT, until=date(2027, 1, 1)), NONE),
    ("GOV006", attestation(signed=DAY), MET),
    ("GOV007", waiver(), MET),
    ("GOV007", waiver(until=BEFORE), DEVIATES),
    ("GOV007", waiver(approver="?"), OPEN),
    ("GOV007", waiver(since=NEXT, until=date(2027, 1, 1)), NONE),
    ("GOV008", waiver(Seen(findings=1)), MET),
    ("GOV008", waiver(Seen(findings=1, gaps=(DENIED,))), MET),
    ("GOV008", waiver(Seen()), DEVIATES),
    ("GOV008", waiver(Seen(undetermined=1)), OPEN),
    ("GOV008", waiver(GAP), OPEN),
    ("GOV008", waiver(Seen(), until=BEFORE), NONE),
    # --- the plan
    ("GOV009", target(deadline=DAY), MET),
    ("GOV009", target(deadline=BEFORE), DEVIATES),
    ("GOV009", target(), DEVIATES),
    ("GOV009", target(Progress.STUDIED), OPEN),
    ("GOV009", target(Progress.SWITCHED, deadline=BEFORE), NONE),
    ("GOV010", target(deadline=DAY, earlier_deadlines=(DAY,)), MET),
    ("GOV010", target(deadline=DAY, earlier_deadlines=(BEFORE, DAY)), DEVIATES),
    ("GOV010", target(deadline=DAY, earlier_deadlines=(BEFORE,), reason="r"), DEVIATES),
    ("GOV010", target(earlier_deadlines=(DAY,)), OPEN),
    ("GOV010", target(deadline=DAY), NONE),
    ("GOV011", target(deadline=date(2026, 12, 16)), MET),  # 18 months from the first version
    ("GOV011", target(deadline=date(2026, 12, 17)), DEVIATES),
    ("GOV011", target(deadline=date(2026, 12, 17), reason="r"), MET),
    ("GOV011", target(deadline=date(2026, 12, 17), reason="?"), OPEN),
    ("GOV011", target(deadline=date(2027, 6, 16), reason="r"), MET),  # 24
    ("GOV011", target(deadline=date(2027, 6, 17), reason="r"), DEVIATES),
    ("GOV011", target(), OPEN),
    ("GOV011", target(deadline=DAY, dossier=Dossier(edition=1)), OPEN),
    ("GOV011", target(Progress.DELETED, deadline=date(2030, 1, 1)), NONE),
    ("GOV011", target(deadline=date(2026, 12, 16), regimes=SREN), OPEN),  # since when an offer is
    ("GOV011", target(deadline=date(2026, 12, 16), regimes=SREN,
                      offer_since=date(2025, 6, 16)), MET),
    ("GOV011", target(deadline=date(2026, 12, 16), regimes=SREN,
                      offer_since=date(2025, 6, 15)), DEVIATES),
    ("GOV011", target(deadline=date(2027, 2, 28), regimes=SREN, reason="r",
                      offer_since=date(2025, 8, 31)), MET),  # the last day of a shorter month
    ("GOV011", target(deadline=date(2027, 3, 1), regimes=SREN, reason="r",
                      offer_since=date(2025, 8, 31)), DEVIATES),
    ("GOV011", target(deadline=date(2028, 1, 1), regimes=SREN), DEVIATES),
    ("GOV012", created("2026-06-14T23:59:59+00:00"), MET),
    ("GOV012", created("2026-06-15T00:00:00+00:00"), DEVIATES),
    ("GOV012", created("2026-06-15T00:00:00+00:00", exempt=True), MET),
    ("GOV012", created(DENIED), OPEN),
    ("GOV012", created("lately"), OPEN),
    ("GOV012", created("2026-06-16", UNKNOWN_REACH), OPEN),
    ("GOV012", created("2026-06-16", FREE), NONE),
    ("GOV012", created("2026-06-16", begun=None), NONE),
    ("GOV012", case(reach=EXPOSED), NONE),
    ("GOV013", case(reach=EXPOSED, declared=declared(targets=(Target(id="t"),))), MET),
    ("GOV013", case(reach=EXPOSED, declared=declared()), DEVIATES),
    ("GOV013", case(reach=UNKNOWN_REACH, declared=declared()), OPEN),
    ("GOV013", case(declared=declared()), NONE),
    ("GOV013", case(reach=EXPOSED), NONE),
    # --- contracts
    ("GOV014", contracted(until=DAY), MET),
    ("GOV014", contracted(until=BEFORE), DEVIATES),
    ("GOV014", contracted(signed=NEXT), DEVIATES),
    ("GOV014", case(declared=declared()), DEVIATES),
    ("GOV014", contracted(open_ended=True), MET),
    ("GOV014", contracted(), OPEN),  # its end is not stated
    ("GOV014", contracted(signed=None, until=DAY), OPEN),
    ("GOV014", case(), NONE),
    ("GOV015", contract("article_28", "sub_processors", "deletion"), MET),
    ("GOV015", contract("article_28", "sub_processors"), DEVIATES),
    ("GOV015", contract(), OPEN),
    ("GOV015", contract("article_28", until=BEFORE), NONE),
    ("GOV020", contract("article_48"), MET),
    ("GOV020", contract("exit"), DEVIATES),
    ("GOV020", contract(), OPEN),
    ("GOV020", contract("exit", until=BEFORE), NONE),
    ("GOV021", contract("exit", until=DAY), MET),
    ("GOV021", contract("article_48"), DEVIATES),
    ("GOV021", contract(), OPEN),
    ("GOV021", contract("article_48", until=BEFORE), NONE),
    # --- what a step aims at
    ("GOV016", target(offer="acme", reach=FREE), MET),
    ("GOV016", target(offer="acme", reach=EXPOSED), DEVIATES),
    ("GOV016", target(), DEVIATES),
    ("GOV016", target(Progress.STUDIED), OPEN),
    ("GOV016", target(offer="?"), OPEN),
    ("GOV016", target(offer="acme", reach=UNKNOWN_REACH), OPEN),
    ("GOV016", target(offer="acme", reach=replace(FREE, confidence=Confidence.WEAK)), OPEN),
    ("GOV016", target(Progress.DELETED), NONE),
    ("GOV017", target(reach=FREE, regimes=SREN, guarantees=QUALIFIED), MET),
    ("GOV017", target(reach=FREE, regimes=HDS, guarantees=CERTIFIED), MET),
    ("GOV017", target(reach=FREE, regimes=HDS, guarantees=NOTHING), DEVIATES),
    ("GOV017", target(reach=FREE, regimes=SREN | HDS, guarantees=QUALIFIED | NOTHING), DEVIATES),
    ("GOV017", target(reach=FREE, regimes=SREN | HDS, guarantees=QUALIFIED), OPEN),
    ("GOV017", target(regimes=HDS), OPEN),
    ("GOV017", target(reach=FREE, guarantees=NOTHING), NONE),
    ("GOV017", target(Progress.DELETED, regimes=HDS), NONE),
    # --- what is stated
    ("GOV018", stated(False), MET),
    ("GOV018", stated(True, Certainty.DECLARED, OF_DOSSIER), MET),
    ("GOV018", stated(False, Certainty.PROBABLE, SIGN), DEVIATES),
    ("GOV018", stated(False, Certainty.POSSIBLE, SIGN), OPEN),
    ("GOV018", stated(False, Certainty.DECLARED, OF_DOSSIER), MET),
    ("GOV018", stated(True, Certainty.NONE), DEVIATES),
    ("GOV018", case(declared=declared()), NONE),
    ("GOV018", case(), NONE),
    ("GOV019", case(health=Health(certainty=Certainty.PROBABLE, signals=(SIGN,)),
                    store={"tags": {}}), MET),
    ("GOV019", case(health=Health(certainty=Certainty.PROBABLE, conflict="x")), DEVIATES),
    ("GOV019", case(health=Health(certainty=Certainty.PROBABLE, signals=(SIGN,)),
                    store={"tags": DENIED}), OPEN),
    ("GOV019", case(store={"tags": {}}), NONE),
    ("GOV022", audit(dossier(treatment(**UNDER))), MET),
    ("GOV022", audit(), DEVIATES),
    ("GOV022", audit(dossier()), DEVIATES),
    ("GOV022", audit(dossier(treatment())), DEVIATES),
    ("GOV022", audit(dossier(treatment(**UNDER), treatment())), DEVIATES),
    ("GOV022", audit(dossier(treatment(**UNDER), dpo="")), DEVIATES),
    ("GOV022", audit(dossier(treatment(**UNDER), controller="?")), OPEN),
    ("GOV022", audit(dossier(treatment(ended=BEFORE, **UNDER))), NONE),
    # --- what could not be read
    ("COV002", unit(CoverageState.READ), MET),
    ("COV002", unit(CoverageState.UNREAD, DENIED), DEVIATES),
    ("COV002", unit(CoverageState.PARTIAL, THROTTLED, DENIED), DEVIATES),
    ("COV002", unit(CoverageState.PARTIAL, THROTTLED), OPEN),
    ("COV002", unit(CoverageState.UNREAD), OPEN),
    ("COV002", unit(CoverageState.NOT_OFFERED), NONE),
    ("COV003", case(), MET),
    ("COV003", case(store={"copies": (Copy(role=Role.REPLICA, region="fr-1", account=US),)}), MET),
    ("COV003", case(store={"copies": (Copy(role=Role.REPLICA, region=LEFT, account=US),)}),
     DEVIATES),
    ("COV003", case(store={"copies": (Copy(role=Role.REPLICA, region=LEFT, account=OTHERS),)}),
     OPEN),
    ("COV003", case(store={"copies": (Copy(role=Role.REPLICA, region=LEFT, account=DENIED),)}),
     OPEN),
    ("COV003", case(custody=custody(LEFT)), OPEN),
    ("COV003", case(store={"copies": (DENIED,)}), OPEN),
    ("COV003", case(custody=custody(DENIED, key="")), OPEN),
    ("COV003", case(custody=custody(Custody.ENC_1, key="")), NONE),
]  # fmt: skip
