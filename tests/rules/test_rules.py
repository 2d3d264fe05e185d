"""Each rule's table: met, deviates, undetermined, not applicable, and the edges between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from auditor.model import (
    Confidence,
    Custody,
    Holding,
    Outcome,
    Outsider,
    Party,
    Reach,
    Reached,
    Reason,
    Role,
    Unknown,
)

from .cases import (
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

WEAK = Unknown(Reason.WEAK)
MET, DEVIATES, OPEN, NONE = (
    Outcome.MET, Outcome.DEVIATES, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE,
)  # fmt: skip
PUBLIC = share(Party.PUBLIC, "")
MAYBE_PUBLIC = share(Party.PUBLIC, "", condition=True)
REPLICA, BACKUP, SNAPSHOT, LOG = Role.REPLICA, Role.BACKUP, Role.SNAPSHOT, Role.LOG

THROTTLED = Unknown(Reason.THROTTLED, "svc:Question")
HELD = declared(holding=Holding(id="k", country="FR", host_can_decrypt=False))
LAB = Outsider(id="lab", accounts=(OTHERS,), country="FR", role="processor")
BLANK = Outsider(id="lab", accounts=(OTHERS,))
WITH_LAB = declared(outsiders={OTHERS: LAB})
TABLE = [
    # --- every copy inside the EEA
    ("RES001", case(), MET),
    ("RES001", case(places=(HOME, place("NO", REPLICA, eu=False))), MET),
    ("RES001", case(places=(HOME, place("US", BACKUP))), DEVIATES),
    ("RES001", case(places=(HOME, place("CH", REPLICA, adequate=True))), DEVIATES),
    ("RES001", case(places=(DENIED, place("US", BACKUP))), DEVIATES),
    ("RES001", case(places=(place("US", weak=True),)), DEVIATES),
    ("RES001", case(places=(HOME, DENIED)), OPEN),
    ("RES001", case(places=(place(weak=True),)), OPEN),
    ("RES001", case(places=()), OPEN),
    # --- … or in an adequate country
    ("RES002", case(), MET),
    ("RES002", case(places=(HOME, place("CH", REPLICA, adequate=True))), MET),
    ("RES002", case(places=(place(adequate=WEAK),)), MET),  # inside the EEA it is not asked
    ("RES002", case(places=(HOME, place("XX", adequate=False))), DEVIATES),
    ("RES002", case(places=(DENIED, place("XX", adequate=False))), DEVIATES),
    ("RES002", case(places=(place("US", adequate=Unknown(Reason.PROJECTION)),)), OPEN),
    ("RES002", case(places=(place("CH", adequate=True, weak=True),)), OPEN),
    ("RES002", case(places=(HOME, DENIED)), OPEN),
    ("RES002", case(places=()), OPEN),
    # --- copies in the jurisdiction of the original
    ("RES003", case(places=(HOME, place("FR", BACKUP))), MET),
    ("RES003", case(places=(HOME, place("NO", SNAPSHOT))), MET),
    ("RES003", case(places=(place("US"), place("US", REPLICA))), MET),
    ("RES003", case(places=(place("US"), place("FR"), place("DE", REPLICA))), MET),
    ("RES003", case(places=(HOME, place("CH", REPLICA, adequate=True))), DEVIATES),
    ("RES003", case(places=(place("US"), place("FR", REPLICA))), DEVIATES),
    ("RES003", case(places=(HOME, DENIED, place("US", BACKUP))), DEVIATES),
    ("RES003", case(places=(HOME, DENIED)), OPEN),
    ("RES003", case(places=(DENIED, place("US", BACKUP))), OPEN),
    ("RES003", case(places=(HOME, place("DE", BACKUP, weak=True))), OPEN),
    ("RES003", case(places=(place("FR", BACKUP),)), OPEN),
    ("RES003", case(store={"copies": (DENIED,)}), OPEN),
    ("RES003", case(), NONE),
    # --- reach
    ("REA001", case(), MET),
    ("REA001", case(reach=linked(law())), DEVIATES),
    ("REA001", case(reach=linked()), DEVIATES),
    ("REA001", case(reach=Reach(offer="acme", verdict=Reached.UNDETERMINED)), OPEN),
    ("REA001", case(reach=Reach(offer="acme", verdict=Reached.UNDETERMINED, reason=WEAK)), OPEN),
    ("REA001", case(reach=Reach(
        offer="acme", verdict=Reached.NO_KNOWN_LINK, confidence=Confidence.WEAK)), OPEN),
    # --- encryption
    ("KEY001", case(), MET),
    ("KEY001", case(custody=custody(Custody.ENC_1)), MET),
    ("KEY001", case(custody=custody(DENIED)), MET),  # encrypted, though the key is unread
    ("KEY001", case(custody=custody(Custody.ENC_0), store={"encrypted": False}), DEVIATES),
    ("KEY001", case(custody=custody(DENIED), store={"encrypted": DENIED}), OPEN),
    # --- custody
    ("KEY002", case(custody=custody(Custody.ENC_4)), MET),
    ("KEY002", case(custody=custody(Custody.ENC_3)), DEVIATES),  # the host processes in clear
    ("KEY002", case(custody=custody(Custody.ENC_2), declared=HELD), MET),
    ("KEY002", case(custody=custody(Custody.ENC_3), declared=HELD), MET),
    ("KEY002", case(custody=custody(Custody.ENC_0), declared=HELD), DEVIATES),
    ("KEY002", case(declared=declared(holding=Holding(id="k"))), DEVIATES),
    ("KEY002", case(custody=custody(DENIED), declared=HELD), OPEN),
    ("KEY002", case(custody=custody(Custody.ENC_2)), DEVIATES),
    ("KEY002", case(custody=custody(Custody.ENC_1)), DEVIATES),
    ("KEY002", case(custody=custody(Custody.ENC_0)), DEVIATES),
    ("KEY002", case(custody=custody(DENIED, evidence=("at_least_enc_2",))), OPEN),
    # --- where the key rests
    ("KEY003", case(), MET),
    ("KEY003", case(places=(HOME, place("DE", REPLICA)), custody=custody(
        Custody.ENC_2, region="de-1")), MET),
    ("KEY003", case(places=(HOME, place("US", REPLICA)), custody=custody(
        Custody.ENC_2, region="us-1")), DEVIATES),
    ("KEY003", case(custody=custody(Custody.ENC_2, region="elsewhere-1")), OPEN),
    ("KEY003", case(custody=custody(Custody.ENC_2, region=DENIED)), OPEN),
    ("KEY003", case(custody=custody(Custody.ENC_2, evidence=("multi_region",))), OPEN),
    ("KEY003", case(custody=custody(Custody.ENC_2, evidence=("multi_region_unknown",))), OPEN),
    ("KEY003", case(places=(DENIED,)), OPEN),
    ("KEY003", case(places=(place(weak=True),)), OPEN),
    ("KEY003", case(custody=custody(DENIED, key="", region="")), OPEN),
    ("KEY003", case(custody=custody(Custody.ENC_1, key="", region="")), NONE),
    ("KEY003", case(custody=custody(Custody.ENC_0, key="", region="")), NONE),
    # --- the public
    ("SHR001", case(), MET),
    ("SHR001", case(shares=(share(),)), MET),
    ("SHR001", case(shares=(PUBLIC,), store={"facts": {"public_access_blocked": True}}), MET),
    ("SHR001", case(shares=(PUBLIC,), store={"facts": {"public_access_blocked_above": True}}), MET),
    ("SHR001", case(shares=(PUBLIC,)), DEVIATES),
    ("SHR001", case(shares=(PUBLIC,), store={"facts": {"public_access_blocked": False}}), DEVIATES),
    ("SHR001", case(shares=(DENIED, PUBLIC)), DEVIATES),
    ("SHR001", case(shares=(MAYBE_PUBLIC,)), OPEN),
    ("SHR001", case(shares=(PUBLIC,), store={"facts": {"public_access_blocked": DENIED}}), OPEN),
    ("SHR001", case(shares=(PUBLIC,), store={"facts": {
        "public_access_blocked": False, "public_access_blocked_above": DENIED}}), OPEN),
    ("SHR001", case(shares=(DENIED,)), OPEN),
    ("SHR001", case(store={"calls": {}}), NONE),
    # --- inside the organisation
    ("SHR002", case(), MET),
    ("SHR002", case(shares=(share(account="222222222222"),)), MET),
    ("SHR002", case(shares=(share(Party.SERVICE, "logs.acme"),)), MET),
    ("SHR002", case(shares=(PUBLIC,), store={"facts": {"public_access_blocked": True}}), MET),
    ("SHR002", case(shares=(share(),)), DEVIATES),
    ("SHR002", case(shares=(share(condition=True),)), DEVIATES),
    ("SHR002", case(shares=(PUBLIC,), organisation=frozenset()), DEVIATES),
    ("SHR002", case(shares=(DENIED, share())), DEVIATES),
    ("SHR002", case(shares=(share(),), organisation=frozenset()), OPEN),
    ("SHR002", case(shares=(share(account=""),)), OPEN),
    ("SHR002", case(shares=(share(Party.ORGANISATION, ""),)), OPEN),
    ("SHR002", case(shares=(MAYBE_PUBLIC,)), OPEN),
    ("SHR002", case(shares=(DENIED,)), OPEN),
    ("SHR002", case(store={"calls": {}}), NONE),
    # --- jurisdiction of accounts outside
    ("SHR003", case(shares=(share(account="222222222222"),)), MET),
    ("SHR003", case(shares=(share(),), declared=WITH_LAB), MET),
    ("SHR003", case(shares=(share(),), declared=declared(outsiders={OTHERS: BLANK})), OPEN),
    ("SHR003", case(shares=(share(),), declared=declared(outsiders={
        OTHERS: replace(LAB, until=date(2026, 11, 21))})), OPEN),
    ("SHR003", case(shares=(PUBLIC,)), DEVIATES),
    ("SHR003", case(shares=(share(),)), OPEN),
    ("SHR003", case(shares=(share(account="222222222222"), share())), OPEN),
    ("SHR003", case(shares=(share(account=US),), organisation=frozenset()), OPEN),
    ("SHR003", case(shares=(share(Party.ORGANISATION, ""),)), OPEN),
    ("SHR003", case(shares=(DENIED,)), OPEN),
    ("SHR003", case(), NONE),
    ("SHR003", case(store={"calls": {}}), NONE),
    # --- logs, inventories, exports
    ("TRF001", case(flows=(place("NO", LOG), place("DE", Role.EXPORT))), MET),
    ("TRF001", case(flows=(place("CH", LOG, adequate=True),)), DEVIATES),
    ("TRF001", case(flows=(DENIED, place("US", Role.INVENTORY))), DEVIATES),
    ("TRF001", case(flows=(place("DE", LOG), DENIED)), OPEN),
    ("TRF001", case(flows=(place("DE", LOG, weak=True),)), OPEN),
    ("TRF001", case(store={"copies": (DENIED,)}), OPEN),
    ("TRF001", case(), NONE),
    # --- completeness
    ("COV001", case(), MET),
    # --- what was read
    ("COV001", case(gaps=(THROTTLED,)), OPEN),
    ("COV001", case(gaps=(DENIED,)), DEVIATES),
    ("COV001", case(gaps=(THROTTLED, DENIED)), DEVIATES),
]  # fmt: skip
