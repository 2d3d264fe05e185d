"""Cases of one store, met in every respect unless told otherwise."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from datetime import date

from auditor.model import (
    Case,
    Category,
    Certainty,
    Confidence,
    Custody,
    DataStore,
    Declared,
    Dossier,
    Entity,
    Entry,
    Health,
    KeyCustody,
    LawReach,
    Party,
    Place,
    Reach,
    Reached,
    Reason,
    Role,
    Seen,
    Share,
    Unknown,
)
from auditor.plugin import Rule

DENIED = Unknown(Reason.DENIED, "svc:Question")
US, OTHERS = "111111111111", "999999999999"


def place(country="FR", role=Role.PRIMARY, *, eu=None, eea=None, adequate=False, weak=False):
    """A place: the countries of the tables are given their standing here, as facts would."""
    eea_of = {"FR": True, "DE": True, "NO": True}
    inside = eea_of.get(country, False) if eea is None else eea
    return Place(
        country=country,
        in_eu=inside if eu is None else eu,
        in_eea=inside,
        adequate=adequate,
        region=f"{country.lower()}-1",
        role=role,
        confidence=Confidence.WEAK if weak else Confidence.FAIR,
    )


STORE = DataStore(
    id="acme:box:1",
    kind="acme.box",
    category=Category.OBJECT,
    partition="acme",
    account=US,
    region="fr-1",
    encrypted=True,
    calls={"shares": "svc:GetPolicy", "copies": "svc:GetReplication"},
)
HOME = place()
CASE = Case(
    store=STORE,
    health=Health(certainty=Certainty.PROBABLE),
    places=(HOME,),
    reach=Reach(
        offer="acme", verdict=Reached.NO_KNOWN_LINK, confidence=Confidence.FAIR, facts=("acme",)
    ),
    custody=KeyCustody(level=Custody.ENC_3, key="k", region="fr-1", account=US),
    organisation=frozenset({US, "222222222222"}),
    as_of=date(2026, 11, 22),
)


def case(**changes) -> Case:
    """The case with some of it changed; `store` is a mapping of changes of the store."""
    store = changes.pop("store", None)
    changed = replace(CASE, **changes)
    return replace(changed, store=replace(STORE, **store)) if store else changed


def custody(level, **more) -> KeyCustody:
    return KeyCustody(level=level, **{"key": "k", "region": "fr-1", "account": US, **more})


def linked(*laws: LawReach) -> Reach:
    path = (Entity(name="Acme SAS", seat="FR"), Entity(name="Acme Inc.", seat="US"))
    return Reach(
        offer="acme", verdict=Reached.LINKED, path=path, laws=laws, confidence=Confidence.FAIR
    )


def law(in_force=True, data_access=True) -> LawReach:
    return LawReach(
        law="X-ACT", name="X Act", country="US", in_force=in_force,
        confidence=Confidence.FAIR, data_access=data_access,
    )  # fmt: skip


def share(party=Party.ACCOUNT, account=OTHERS, condition=False) -> Share:
    return Share(party=party, account=account, via="policy", condition=condition)


def entry(subject="treatment:dpi", said=None, seen=None, **more) -> Entry:
    """One entry of a dossier, or one unit, with what was seen of it."""
    told = {"subject": subject, "said": said, "dossier": Dossier(edition=1), "as_of": CASE.as_of}
    return Entry(**{**told, "seen": seen or Seen(stores=1), **more})


def declared(**more) -> Declared:
    """What a dossier says of the store."""
    return Declared(**more)


def rules() -> dict[str, Rule]:
    """Every rule there is, found as the registry finds them."""
    folder = importlib.import_module("auditor.checks.rules")
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(folder.__path__, folder.__name__ + ".")
        if not found.name.rpartition(".")[2].startswith("_")
    ]
    return {v.id: v for m in modules for v in vars(m).values() if isinstance(v, Rule)}
