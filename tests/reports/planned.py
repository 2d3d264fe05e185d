"""An invented plan: a group with a step that slips, one without any, names that strangers chose."""

from __future__ import annotations

from datetime import date

from auditor.model import (
    Approved,
    Counted,
    Exposed,
    Group,
    Grouping,
    Limit,
    Milestone,
    Phase,
    Plan,
    Price,
    Progress,
    Regime,
    Route,
    Slip,
    Step,
    Volume,
)

from .invented import DAY, HOSTILE, Kept, report

SWITCH, DELETION = date(2027, 6, 30), date(2027, 9, 30)
STEP = Step(
    id=HOSTILE[1], stores=3, offer="home", service="box", region="fr-1", owner=HOSTILE[0],
    state=Progress.DECIDED, deadline=SWITCH, after=(HOSTILE[6],),
    milestones=(
        Milestone(phase=Phase.EVALUATION, day=date(2026, 10, 1), reached=True),
        Milestone(phase=Phase.SWITCH, day=SWITCH, owner=HOSTILE[5], critical=True),
        Milestone(phase=Phase.DELETION, day=DELETION),
        Milestone(phase=Phase.PROOF),
    ),
    limits=(
        Limit(day=date(2027, 3, 31), origin="convention_warn", counted_from=DAY, passed=True),
        Limit(day=date(2027, 12, 31), origin="SREN-31", counted_from=DAY),
    ),
    slips=(Slip(version="v1", deadline=date(2027, 3, 31), days=91),), asked=("necessity",),
)  # fmt: skip
SECOND = Step(id="later", stores=1, asked=("owner", "deadline", "offer"))
BARE = Step(id="", stores=1, asked=("owner",))
GROUPS = (
    Group(
        id="imaging", by=Grouping.TREATMENT, name=HOSTILE[3], seen=6, held=4,
        volume=Volume(stores=5, bytes=7 * 2**40, unknown=1), exposed={Exposed.REACH: 5},
        offers={"acme": 5}, countries={"US": 4, "?": 1}, custody={"ENC-1": 5},
        regimes=(Regime.HDS,), schemes=("hds",), steps=(STEP, SECOND, BARE), unplanned=1, added=2,
        routes=(Route(kind="object", volume=Volume(stores=5, bytes=7 * 2**40), hours=27.5,
                      egress=Price(least=500.0, most=650.5)),),
    ),
    Group(id="111111111111", by=Grouping.ACCOUNT, seen=2, volume=Volume(stores=2),
          exposed={Exposed.UNDETERMINED: 2}, unplanned=2, steps=(Step(id="", stores=2),)),
)  # fmt: skip
PLAN = Plan(
    version="0123456789ab", as_of=DAY, edition="2026.11-2", dossier="0123456789abcdef",
    since=date(2026, 1, 15), approved=(Approved(id="v1", day=date(2026, 1, 15)),), groups=GROUPS,
    counted=Counted(stores=9, exposed=7, undetermined=2, bytes=8 * 2**40,
                    bytes_exposed=7 * 2**40, keys_out_of_reach=1),
    ends=DELETION, undated=1,
)  # fmt: skip
PLANNED = Kept(planned=PLAN)


def planned():
    """The invented report, with its plan."""
    return report(PLANNED)
