"""What becomes of every text of every noun, by profile. What is not named here is hidden.

Numbers, days and closed choices name nobody: they stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from auditor import model


class How(Enum):
    """How a text is told."""

    KEEP = auto()
    HIDE = auto()  # a word says that it is there, and not told
    BLANK = auto()  # as if it were not there
    NAME = auto()  # an identity: its pseudonym
    KEY = auto()  # a key, as a store names it: its pseudonym
    DETAIL = auto()  # words of ours, and identities
    TEXT = auto()  # words of people, in which identities may stand
    SAID = auto()  # a text of ours, unless it is none
    SUBJECT = auto()  # what a finding is about
    PART = auto()  # what stands before a colon
    EMPTY = auto()  # of several: none
    TAGS = auto()  # only what says which class of data it is
    TREATMENT = auto()  # numbered
    STEP = auto()
    ENTRY = auto()


KEEP, HIDE, BLANK, NAME, DETAIL = How.KEEP, How.HIDE, How.BLANK, How.NAME, How.DETAIL
TEXT, EMPTY, TREATMENT, STEP, ENTRY = How.TEXT, How.EMPTY, How.TREATMENT, How.STEP, How.ENTRY
Fields = Mapping[str, How]
Table = Mapping[type, Fields]


def _all(kind: type, how: How, /, **but: How) -> Fields:
    """Every field of a noun in one way, but some."""
    names: list[str] = list(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    return {**dict.fromkeys(names, how), **but}


_SEEN: Table = {  # by a survey
    model.Unknown: {"detail": DETAIL},
    model.Scope: _all(model.Scope, KEEP, account=NAME, account_name=BLANK),
    model.Copy: _all(model.Copy, KEEP, id=NAME, account=NAME),
    model.Share: _all(model.Share, KEEP, account=NAME),
    model.Coverage: _all(model.Coverage, KEEP),
    model.DataStore: {
        "id": NAME, "kind": KEEP, "category": KEEP, "partition": KEEP, "account": NAME,
        "region": KEEP, "name": BLANK, "also": EMPTY, "account_name": BLANK, "copies": KEEP,
        "shares": KEEP, "encrypted": KEEP, "key": How.KEY, "bytes": KEEP, "created": KEEP,
        "tags": How.TAGS, "origin": NAME, "parent": NAME, "facts": How.SAID, "calls": EMPTY,
        "collected": KEEP,
    },
}  # fmt: skip
_JUDGED: Table = {
    model.Signal: {"detector": KEEP, "seen_in": How.PART, "weight": KEEP},
    model.Evidence: _all(model.Evidence, KEEP, seen_in=How.PART, mask=BLANK),
    model.Health: _all(model.Health, KEEP),
    model.Place: _all(model.Place, KEEP),
    model.KeyCustody: _all(model.KeyCustody, KEEP, key=NAME, account=NAME, evidence=How.SAID),
    model.Judged: _all(model.Judged, KEEP, store=NAME, findings=EMPTY, law=BLANK, said=BLANK),
    model.Finding: _all(model.Finding, KEEP, uid=HIDE, store=NAME, account=NAME,
                        because=EMPTY, subject=How.SUBJECT),
    model.Aligned: _all(model.Aligned, KEEP),
    model.Alignment: _all(model.Alignment, KEEP),
}  # fmt: skip
_PLANNED: Table = {
    kind: _all(kind, KEEP)
    for kind in (
        model.Plan, model.Group, model.Route, model.Step, model.Milestone, model.Limit,
        model.Slip, model.Approved, model.Candidate, model.Price, model.Volume, model.Assumed,
        model.Counted,
    )
}  # fmt: skip
_DECLARED: Table = {
    model.Dossier: _all(model.Dossier, KEEP),
    model.Controller: _all(model.Controller, KEEP),
    model.Officer: _all(model.Officer, KEEP),
    model.Selection: {"stores": EMPTY, "accounts": NAME, "tags": EMPTY},
    **{
        kind: _all(kind, TEXT, id=KEEP)
        for kind in (
            model.Treatment, model.Contract, model.Attestation, model.Waiver, model.Holding,
            model.Assessment, model.Version, model.Target, model.Exempt,
        )
    },
    model.Document: _all(model.Document, TEXT, status=KEEP),
    model.Outsider: _all(model.Outsider, TEXT, id=KEEP, accounts=NAME),
}  # fmt: skip

CNIL: Table = {**_SEEN, **_JUDGED, **_PLANNED, **_DECLARED}
"""Technical identities hidden: whoever answers for the data is named, and nothing that they run."""

PUBLIC: Table = {
    model.Unknown: {"detail": BLANK},
    model.Scope: _all(model.Scope, KEEP, account=NAME, account_name=BLANK),
    model.Coverage: _all(model.Coverage, KEEP),
    model.Finding: _all(model.Finding, BLANK, rule=KEEP, severity=KEEP, outcome=KEEP, kind=KEEP,
                        health=KEEP, because=EMPTY, treatments=EMPTY, regimes=KEEP),
    model.Aligned: _all(model.Aligned, KEEP, treatment=TREATMENT, unread=KEEP,
                        attestations=EMPTY, expired=EMPTY),
    model.Alignment: _all(model.Alignment, KEEP, dossier=BLANK),
    **_PLANNED,
    model.Plan: _all(model.Plan, KEEP, version=BLANK, dossier=BLANK),
    model.Approved: _all(model.Approved, BLANK, id=ENTRY),
    model.Step: _all(model.Step, KEEP, id=STEP, after=STEP, service=HIDE, owner=HIDE),
    model.Milestone: _all(model.Milestone, KEEP, owner=HIDE),
    model.Slip: _all(model.Slip, KEEP, version=ENTRY),
    model.Dossier: _all(model.Dossier, ENTRY, treatments=TREATMENT, targets=STEP, digest=BLANK),
    model.Controller: _all(model.Controller, KEEP, contact=HIDE),
    model.Officer: _all(model.Officer, HIDE),
    model.Selection: _all(model.Selection, EMPTY),
    model.Treatment: _all(model.Treatment, HIDE, id=TREATMENT, legal_basis=KEEP, article_9=KEEP),
    model.Contract: _all(model.Contract, HIDE, id=ENTRY, offers=KEEP, clauses=KEEP),
    model.Outsider: _all(model.Outsider, HIDE, id=ENTRY, accounts=EMPTY, country=KEEP,
                         role=KEEP, safeguard=KEEP),
    model.Holding: _all(model.Holding, HIDE, id=ENTRY, country=KEEP),
    model.Assessment: _all(model.Assessment, HIDE, id=ENTRY),
    model.Attestation: _all(model.Attestation, HIDE, id=ENTRY, item=KEEP, treatment=TREATMENT),
    model.Waiver: _all(model.Waiver, HIDE, id=ENTRY, rule=KEEP, treatment=TREATMENT),
    model.Version: _all(model.Version, HIDE, id=ENTRY, plan=BLANK),
    model.Document: _all(model.Document, HIDE, status=KEEP),
    model.Target: _all(model.Target, HIDE, id=STEP, treatment=TREATMENT, offer=KEEP,
                       region=KEEP, after=STEP),
    model.Exempt: _all(model.Exempt, HIDE, id=ENTRY),
}  # fmt: skip
"""Counts only: entries of the dossier stay as so many, so that nothing told seems missing."""
