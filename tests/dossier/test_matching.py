"""Which stores an entry means: the most precise selection wins, and unread tags match nothing."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.dossier import Matching
from auditor.model import (
    Assessment,
    Category,
    Contract,
    DataStore,
    Dossier,
    Exempt,
    Holding,
    Outsider,
    Reason,
    Regime,
    Selection,
    Target,
    Treatment,
    Unknown,
    Version,
)

DAY = date(2026, 11, 22)


def store(id="arn:x:bucket/a", account="1", tags=None, also=()) -> DataStore:
    return DataStore(
        id=id, kind="acme.box", category=Category.OBJECT, partition="acme", account=account,
        region="fr-1", tags=tags if tags is not None else {}, also=also,
    )  # fmt: skip


def treatment(id, *stores, accounts=(), tags=None, **more) -> Treatment:
    return Treatment(
        id=id, holds=Selection(stores=stores, accounts=accounts, tags=tags or {}), **more
    )


def said(dossier, of, day=DAY, offer="acme"):
    matching = Matching(dossier)
    return matching.declared(tuple(matching.claims(of)), offer, day)


def treatments(*several, of=None) -> list[str]:
    dossier = Dossier(edition=1, treatments={t.id: t for t in several})
    return [t.id for t in said(dossier, of or store()).treatments]


@pytest.mark.parametrize(
    ("several", "of", "found"),
    [
        ((treatment("a", "arn:x:bucket/a"),), store(), ["a"]),
        ((treatment("a", "arn:x:bucket/*"),), store(), ["a"]),
        ((treatment("a", "arn:x:BUCKET/*"),), store(), []),
        ((treatment("a", "other-name"),), store(also=("other-name",)), ["a"]),
        ((treatment("a", accounts=("1",)),), store(), ["a"]),
        ((treatment("a", accounts=("2",)),), store(), []),
        ((treatment("a", tags={"app": "dpi"}),), store(tags={"app": "dpi", "env": "p"}), ["a"]),
        ((treatment("a", tags={"app": "dpi", "x": "y"}),), store(tags={"app": "dpi"}), []),
        ((treatment("a", tags={"app": "dpi"}),), store(tags=Unknown(Reason.DENIED)), []),
        # the most precise wins
        ((treatment("a", "arn:x:bucket/a"), treatment("b", "arn:x:*")), store(), ["a"]),
        ((treatment("a", "arn:x:*"), treatment("b", accounts=("1",))), store(), ["a"]),
        ((treatment("a", tags={"app": "d"}), treatment("b", accounts=("1",))),
         store(tags={"app": "d"}), ["a"]),
        ((treatment("a", "arn:x:*"), treatment("b", tags={"app": "d"})),
         store(tags={"app": "d"}), ["a"]),
        # two that are as precise both claim it
        ((treatment("a", "arn:x:*"), treatment("b", "*bucket/a")), store(), ["a", "b"]),
        # what looks like a pattern of another kind is a name
        ((treatment("a", "arn:x:bucket/?"),), store(), []),
        ((treatment("a", "arn:x:bucket/[a]"),), store(), []),
        ((treatment("a", "arn:x:bucket/[*"),), store("arn:x:bucket/[z"), ["a"]),
    ],
)  # fmt: skip
def test_matches(several, of, found):
    assert treatments(*several, of=of) == found


def test_a_target_of_a_whole_treatment_and_one_of_a_store():
    whole = Target(id="whole", treatment="a")
    one = Target(id="one", treatment="a", of=Selection(stores=("arn:x:bucket/a",)))
    dossier = Dossier(
        edition=1,
        treatments={"a": treatment("a", accounts=("1",))},
        targets={"whole": whole, "one": one},
    )
    assert said(dossier, store()).targets == (one,)
    assert said(dossier, store("arn:x:bucket/b")).targets == (whole,)
    assert said(dossier, store(account="2", id="z")).targets == ()


def test_what_has_ended_is_not_relied_upon():
    of = Selection(accounts=("1",))
    dossier = Dossier(
        edition=1,
        keys={"k": Holding(id="k", until=DAY, of=of)},
        assessments={"s": Assessment(id="s", holds_health=False, until=DAY, of=of)},
        versions={"v1": Version(id="v1", approved=DAY)},
    )
    last, after = said(dossier, store()), said(dossier, store(), date(2026, 11, 23))
    assert last.holding is not None
    assert last.assessment is not None
    assert after.holding is None
    assert after.assessment is None
    assert said(dossier, store(), date(2026, 11, 21)).plan_since is None
    assert last.plan_since == DAY


def test_contracts_are_of_the_offer_and_accounts_by_their_number():
    dossier = Dossier(
        edition=1,
        contracts={"c": Contract(id="c", offers=("acme",))},
        accounts={"lab": Outsider(id="lab", accounts=("9",))},
        exemptions={
            "x": Exempt(id="x", reason="r", who="w", signed=DAY, of=Selection(accounts=("1",)))
        },
    )
    found = said(dossier, store())
    assert [c.id for c in found.contracts] == ["c"]
    assert found.outsiders["9"].id == "lab"
    assert found.exempt
    assert said(dossier, store(), offer="other").contracts == ()
    assert said(dossier, store(), offer=Unknown(Reason.UNCATALOGUED)).contracts == ()


def test_regimes_are_those_of_its_treatments():
    hds = treatment("a", accounts=("1",), regimes={"hds": "x"})
    eds = treatment("b", accounts=("1",), regimes={"eds": "x"})
    none = treatment("c", accounts=("2",))
    dossier = Dossier(edition=1, treatments={t.id: t for t in (hds, eds, none)})
    assert said(dossier, store()).regimes == {Regime.ALL, Regime.HDS, Regime.EDS}
    assert said(dossier, store(account="2")).regimes == frozenset()


def test_of_two_statements_the_one_that_clears_less_counts():
    of = Selection(accounts=("1",))
    dossier = Dossier(
        edition=1,
        keys={"a": Holding(id="a", host_can_decrypt=False, of=of), "b": Holding(id="b", of=of)},
        assessments={
            "a": Assessment(id="a", holds_health=False, of=of),
            "b": Assessment(id="b", holds_health=True, of=of),
        },
    )
    found = said(dossier, store())
    assert found.holding is not None
    assert found.assessment is not None
    assert (found.holding.id, found.assessment.id) == ("b", "b")


def test_what_is_signed_later_does_not_count_yet():
    of, later = Selection(accounts=("1",)), date(2026, 11, 23)
    dossier = Dossier(
        edition=1,
        assessments={"a": Assessment(id="a", holds_health=False, signed=later, of=of)},
        exemptions={"e": Exempt(id="e", reason="r", who="w", signed=later, of=of)},
    )
    assert said(dossier, store()).assessment is None
    assert not said(dossier, store()).exempt
    assert said(dossier, store(), later).assessment is not None
    assert said(dossier, store(), later).exempt
