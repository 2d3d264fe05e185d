"""Tables: transfers, guarantees, keys and shares, with what people state of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from auditor.model import (
    Attested,
    Capital,
    Category,
    Confidence,
    Contract,
    Copy,
    Custody,
    Framework,
    Guarantee,
    Holding,
    Measured,
    Outcome,
    Outsider,
    Party,
    Reach,
    Reached,
    Regime,
    Role,
    Treatment,
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
    law,
    linked,
    place,
    share,
)

MET, DEVIATES, OPEN, NONE = (
    Outcome.MET, Outcome.DEVIATES, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE,
)  # fmt: skip
DAY = CASE.as_of
PUBLIC = share(Party.PUBLIC, "")
REPLICA, LOG = Role.REPLICA, Role.LOG
UNKNOWN_REACH = Reach(offer="acme", verdict=Reached.UNDETERMINED, reason=DENIED, doubts=(DENIED,))
HDS, CARE = frozenset({Regime.ALL, Regime.HDS}), frozenset({Regime.ALL, Regime.EDS})


def attested(scheme, state=Attested.QUALIFIED, **more):
    told = {"confidence": Confidence.FAIR, **more}
    return {scheme: Guarantee(scheme=scheme, state=state, **told)}


def hds(state=Attested.QUALIFIED, **more):
    return case(guarantees=attested("hds", state, **more), regimes=HDS)


def asked(*activities, state=Attested.QUALIFIED, named=(1, 2, 3), confidence=Confidence.FAIR):
    treatment = Treatment(id="t", regimes={"hds": "x"}, hds_activities=activities)
    return case(
        guarantees=attested("hds", state, activities=named, confidence=confidence),
        regimes=HDS, declared=declared(treatments=(treatment,)),
    )  # fmt: skip


def snc(state=Attested.QUALIFIED, **more):
    return case(guarantees=attested("secnumcloud", state, **more))


def covered(country="JP", **more):
    told = {"decision": "d", "confidence": Confidence.FAIR, **more}
    return {country: Framework(country=country, **told)}


def abroad(country="JP", frameworks=None, **more):
    away = place(country, REPLICA, adequate=True)
    return case(places=(HOME, away), frameworks=frameworks or covered(country), **more)


def shared(country="FR", safeguard="", frameworks=None, **more):
    who = Outsider(id="lab", accounts=(OTHERS,), country=country, safeguard=safeguard,
                   role="processor", **more)  # fmt: skip
    return case(shares=(share(),), declared=declared(outsiders={OTHERS: who}),
                frameworks=frameworks or {})  # fmt: skip


def contract(*clauses, until=None, signed=date(2024, 1, 1), **more):
    more = {"open_ended": until is None, **more}
    told = Contract(id="c", offers=("acme",), clauses=clauses, until=until, signed=signed, **more)
    return case(declared=declared(contracts=(told,)), regimes=HDS)


def copied(account, region="fr-1", role=REPLICA):
    return Copy(role=role, region=region, account=account)


US_LISTED = covered("US", listed_only=True)
ENDS = date(2026, 11, 22)
TABLE = [
    # --- in the Union
    ("RES004", case(), MET),
    ("RES004", case(places=(HOME, place("NO", REPLICA, eu=False))), DEVIATES),
    ("RES004", case(places=(HOME, place("CH", REPLICA, adequate=True))), DEVIATES),
    ("RES004", case(places=(HOME, DENIED)), OPEN),
    ("RES004", case(places=(place(weak=True),)), OPEN),
    # --- one country
    ("RES005", case(), MET),
    ("RES005", case(places=(HOME, place("DE", REPLICA))), MET),
    ("RES005", case(places=(replace(HOME, region="EUR4"),
                            replace(place("DE"), region="EUR4"))), DEVIATES),
    ("RES005", case(places=(DENIED, replace(HOME, region="EUR4"),
                            replace(place("DE"), region="EUR4"))), DEVIATES),
    ("RES005", case(places=(HOME, DENIED)), OPEN),
    ("RES005", case(places=()), OPEN),
    # --- geo-redundant
    ("RES006", case(places=(HOME, place("DE", REPLICA)),
                    store={"facts": {"geo_redundant": True}}), MET),
    ("RES006", case(places=(HOME, place("US", REPLICA)),
                    store={"facts": {"geo_redundant": True}}), DEVIATES),
    ("RES006", case(store={"facts": {"geo_redundant": True}}), OPEN),  # the pair is not told
    ("RES006", case(places=(HOME, place("DE", REPLICA, weak=True)),
                    store={"facts": {"geo_redundant": True}}), OPEN),
    ("RES006", case(store={"facts": {"geo_redundant": DENIED}}), OPEN),
    ("RES006", case(store={"facts": {"geo_redundant": False}}), NONE),
    ("RES006", case(), NONE),
    # --- global services
    ("RES007", case(store={"facts": {"global_service": False}}), MET),
    ("RES007", case(store={"facts": {"global_service": True}}), DEVIATES),
    ("RES007", case(store={"facts": {"global_service": DENIED}}), OPEN),
    ("RES007", case(), NONE),
    # --- capital
    ("REA002", case(capital=Capital(answer=Measured.MET, confidence=Confidence.FAIR)), MET),
    ("REA002", case(capital=Capital(answer=Measured.DEVIATES, reasons=("seat",))), DEVIATES),
    ("REA002", case(capital=Capital(answer=Measured.MET)), OPEN),  # by weak facts
    ("REA002", case(capital=Capital(answer=Measured.UNDETERMINED, reasons=("votes",))), OPEN),
    ("REA002", case(), OPEN),
    # --- laws in force
    ("REA003", case(reach=linked(law(in_force=False))), MET),
    ("REA003", case(reach=linked(law(in_force=False), law(data_access=False))), MET),
    ("REA003", case(reach=linked(law(in_force=False), law())), DEVIATES),
    ("REA003", case(reach=linked(law(in_force=DENIED))), OPEN),
    ("REA003", case(reach=linked(law(in_force=False), law(in_force=DENIED))), OPEN),
    ("REA003", case(reach=replace(linked(law(in_force=False)), confidence=Confidence.WEAK)), OPEN),
    ("REA003", case(reach=replace(linked(law(in_force=False)), doubts=(DENIED,))), OPEN),
    ("REA003", case(reach=UNKNOWN_REACH), OPEN),
    ("REA003", case(), NONE),
    # --- decisions
    ("TRF002", abroad(), MET),
    ("TRF002", case(places=(HOME, DENIED)), OPEN),
    ("TRF002", abroad("US", US_LISTED), OPEN),  # each organisation is to be looked up
    ("TRF002", abroad("JP", covered("JP", contested=True)), OPEN),
    ("TRF002", abroad("JP", covered("JP", partial=True)), OPEN),
    ("TRF002", abroad("JP", covered("JP", confidence=Confidence.WEAK)), OPEN),
    ("TRF002", abroad("JP", covered("JP", decision="", reason=DENIED)), OPEN),
    ("TRF002", replace(abroad(), places=(HOME, DENIED, place("JP", REPLICA))), OPEN),
    ("TRF002", case(places=(place(weak=True),)), OPEN),
    ("TRF002", case(places=()), OPEN),
    ("TRF002", abroad("IN", covered("IN", decision="")), DEVIATES),
    ("TRF002", case(flows=(place("IN", LOG),), frameworks=covered("IN", decision="")), DEVIATES),
    ("TRF002", case(places=(HOME, DENIED, place("IN", REPLICA)),
                    frameworks=covered("IN", decision="")), DEVIATES),
    ("TRF002", case(), NONE),
    # --- accounts outside
    ("TRF003", shared(), MET),
    ("TRF003", shared("JP", frameworks=covered()), MET),
    ("TRF003", shared("IN", "scc", covered("IN", decision="")), MET),
    ("TRF003", shared("US", "dpf", US_LISTED, dpf_listed_on=DAY), MET),
    ("TRF003", shared("IN", "", covered("IN", decision="")), DEVIATES),
    ("TRF003", shared("IN", "dpf", covered("IN", decision="")), DEVIATES),
    ("TRF003", shared("IN", "derogation", covered("IN", decision="")), DEVIATES),
    ("TRF003", shared("US", "dpf", US_LISTED), OPEN),  # nobody looked
    ("TRF003", shared("US", "dpf", US_LISTED, dpf_listed_on=DAY + timedelta(1)), OPEN),
    ("TRF003", shared("IN", "?", covered("IN", decision="")), OPEN),
    ("TRF003", shared("?"), OPEN),
    ("TRF003", shared(""), OPEN),
    ("TRF003", shared(until=DAY), MET),
    ("TRF003", shared(until=DAY - timedelta(1)), OPEN),  # the statement has run out
    ("TRF003", case(shares=(share(),)), OPEN),
    ("TRF003", case(shares=(DENIED,)), OPEN),
    ("TRF003", replace(shared(), shares=(share(), DENIED)), OPEN),
    ("TRF003", case(shares=(share(account="222222222222"),)), NONE),
    ("TRF003", case(), NONE),
    # --- the key in the EEA
    ("TRF004", case(key_places=(HOME,)), MET),
    ("TRF004", case(key_places=(place("US"),)), DEVIATES),
    ("TRF004", case(key_places=(HOME, place("US"))), DEVIATES),
    ("TRF004", case(key_places=(DENIED,)), OPEN),
    ("TRF004", case(key_places=(place(weak=True),)), OPEN),
    ("TRF004", case(), OPEN),
    ("TRF004", case(custody=custody(DENIED, key="", region="")), OPEN),
    ("TRF004", case(custody=custody(Custody.ENC_1, key="", region="")), NONE),
    # --- support
    ("TRF005", contract("support"), MET),
    ("TRF005", contract("support", until=DAY), MET),
    ("TRF005", contract("exit"), DEVIATES),
    ("TRF005", contract(), OPEN),  # nobody read its clauses
    ("TRF005", contract("support", until=DAY - timedelta(1)), OPEN),
    ("TRF005", contract("support", signed=DAY + timedelta(1)), OPEN),
    ("TRF005", contract("support", signed=None), OPEN),  # nobody knows whether it runs
    ("TRF005", contract("support", open_ended=False), OPEN),
    ("TRF005", case(declared=declared()), OPEN),
    ("TRF005", case(), NONE),
    # --- copies in our accounts
    ("TRF006", case(store={"copies": (copied(US),)}), MET),
    ("TRF006", case(store={"copies": (copied(OTHERS),)}), DEVIATES),
    ("TRF006", case(store={"copies": (DENIED, copied(OTHERS))}), DEVIATES),
    ("TRF006", case(store={"copies": (copied(OTHERS),)}, organisation=frozenset()), OPEN),
    ("TRF006", case(store={"copies": (copied(DENIED),)}), OPEN),
    ("TRF006", case(store={"copies": (copied(US), DENIED)}), OPEN),
    ("TRF006", case(store={"copies": (DENIED,)}), OPEN),
    ("TRF006", case(store={"copies": (copied(OTHERS),)}, declared=declared(outsiders={
        OTHERS: Outsider(id="o", accounts=(OTHERS,), role="ours")})), MET),
    ("TRF006", case(), NONE),
    # --- HDS
    ("HDS001", hds(), MET),
    ("HDS001", hds(confidence=Confidence.WEAK), OPEN),
    ("HDS001", hds(Attested.NOT_READ, reason=DENIED), OPEN),
    ("HDS001", case(), OPEN),  # no regime declared: judged
    ("HDS001", hds(Attested.NONE), DEVIATES),
    ("HDS001", hds(Attested.ENDED), DEVIATES),
    ("HDS001", hds(Attested.IN_PROGRESS), DEVIATES),
    ("HDS001", case(guarantees=attested("hds", Attested.NONE), regimes=CARE), NONE),
    ("HDS002", asked(1, 2), MET),
    ("HDS002", asked(1, 5), DEVIATES),
    ("HDS002", asked(1, state=Attested.NONE), DEVIATES),
    ("HDS002", asked(1, named=()), OPEN),
    ("HDS002", asked(1, confidence=Confidence.WEAK), OPEN),
    ("HDS002", asked(1, state=Attested.NOT_READ), OPEN),
    ("HDS002", asked(), NONE),
    ("HDS002", case(), NONE),
    ("HDS003", contract("hds"), MET),
    ("HDS003", contract("exit"), DEVIATES),
    ("HDS003", case(declared=declared(), regimes=HDS), OPEN),
    ("HDS003", case(declared=declared(), regimes=CARE), NONE),
    ("HDS003", case(), NONE),
    ("HDS004", contract("transparency"), MET),
    ("HDS004", contract("exit"), DEVIATES),
    ("HDS004", contract(), OPEN),
    ("HDS004", case(), NONE),
    # --- SecNumCloud
    ("SNC001", snc(), MET),
    ("SNC001", snc(Attested.IN_PROGRESS), DEVIATES),
    ("SNC001", snc(Attested.HOSTED), DEVIATES),
    ("SNC001", snc(Attested.ENDED), DEVIATES),
    ("SNC001", snc(Attested.NONE), DEVIATES),
    ("SNC001", snc(Attested.NOT_READ), OPEN),
    ("SNC001", snc(confidence=Confidence.WEAK), OPEN),
    ("SNC001", case(), OPEN),
    ("SNC002", snc(), MET),
    ("SNC002", snc(Attested.HOSTED), DEVIATES),
    ("SNC002", snc(Attested.NOT_READ, reason=DENIED), OPEN),
    ("SNC002", snc(confidence=Confidence.WEAK), OPEN),
    ("SNC002", case(), OPEN),
    ("SNC002", snc(Attested.NONE), NONE),
    # --- keys
    ("KEY004", case(), MET),
    ("KEY004", case(custody=custody(Custody.ENC_2, evidence=("key_not_enabled",))), DEVIATES),
    ("KEY004", case(custody=custody(DENIED)), OPEN),
    ("KEY004", case(custody=custody(DENIED, key="")), OPEN),
    ("KEY004", case(custody=custody(Custody.ENC_1, key="")), NONE),
    ("KEY005", case(declared=declared(holding=Holding(id="k", country="FR"))), MET),
    ("KEY005", case(declared=declared(holding=Holding(id="k", country="US")),
                    frameworks=US_LISTED), DEVIATES),
    ("KEY005", case(), OPEN),
    ("KEY005", case(declared=declared(holding=Holding(id="k", country="?"))), OPEN),
    ("KEY005", case(declared=declared(holding=Holding(id="k"))), OPEN),
    ("KEY005", case(custody=custody(DENIED)), OPEN),
    ("KEY005", case(custody=custody(Custody.ENC_2)), NONE),
    ("KEY006", case(), MET),
    ("KEY006", case(custody=custody(Custody.ENC_4)), MET),
    ("KEY006", case(custody=custody(Custody.ENC_2)), DEVIATES),
    ("KEY006", case(custody=custody(DENIED)), OPEN),
    ("KEY007", case(custody=custody(Custody.ENC_2)), MET),
    ("KEY007", case(custody=custody(Custody.ENC_1)), DEVIATES),
    ("KEY007", case(custody=custody(Custody.ENC_0)), DEVIATES),
    ("KEY007", case(custody=custody(DENIED, evidence=("at_least_enc_1",))), OPEN),
    # --- shares
    ("SHR004", case(store={"category": Category.SNAPSHOT}), MET),
    ("SHR004", case(store={"category": Category.SNAPSHOT}, shares=(share(),)), DEVIATES),
    ("SHR004", case(store={"category": Category.BACKUP}, shares=(PUBLIC,)), DEVIATES),
    ("SHR004", case(store={"category": Category.BACKUP}, shares=(DENIED,)), OPEN),
    ("SHR004", case(shares=(share(),)), NONE),
    ("SHR005", case(shares=(share(),)), MET),
    ("SHR005", case(shares=(PUBLIC,)), DEVIATES),
    ("SHR005", case(shares=(share(Party.ORGANISATION, ""),)), OPEN),
    ("SHR005", case(shares=(share(account=""),)), OPEN),
    ("SHR005", case(shares=(DENIED, share())), OPEN),
    ("SHR005", case(), NONE),
    ("SHR005", case(store={"calls": {}}), NONE),
    ("SHR006", case(store={"facts": {"public_access_blocked": True}}), MET),
    ("SHR006", case(store={"facts": {
        "public_access_blocked": False, "public_access_blocked_above": True}}), MET),
    ("SHR006", case(store={"facts": {"public_access_blocked": False}}), DEVIATES),
    ("SHR006", case(store={"facts": {
        "public_access_blocked": False, "public_access_blocked_above": DENIED}}), OPEN),
    ("SHR006", case(), NONE),
    ("SHR007", case(store={"facts": {"publicly_accessible": False}}), MET),
    ("SHR007", case(store={"facts": {"publicly_accessible": True}}), DEVIATES),
    ("SHR007", case(store={"facts": {"publicly_accessible": DENIED}}), OPEN),
    ("SHR007", case(), NONE),
    ("SHR008", shared(), MET),
    ("SHR008", case(shares=(share(),), declared=declared()), DEVIATES),
    ("SHR008", shared(until=DAY - timedelta(1)), DEVIATES),
    ("SHR008", case(shares=(share(),), declared=declared(outsiders={
        OTHERS: Outsider(id="o", accounts=(OTHERS,))})), DEVIATES),
    ("SHR008", case(shares=(share(),), declared=declared(outsiders={
        OTHERS: Outsider(id="o", accounts=(OTHERS,), role="?")})), OPEN),
    ("SHR008", case(shares=(DENIED,), declared=declared()), OPEN),
    ("SHR008", case(declared=declared()), NONE),
    ("SHR008", case(shares=(share(),)), NONE),
]  # fmt: skip
