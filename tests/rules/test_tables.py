"""What holds of every rule: its table shows all four answers, and knowing nothing is no pass."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from auditor.facts import load
from auditor.model import (
    Case,
    Certainty,
    Declared,
    Health,
    Outcome,
    Reach,
    Reached,
    Regime,
    Severity,
    Unknown,
)
from auditor.plugin import Rule, Subject

from .cases import CASE, DENIED, HOME, OTHERS, US, case, custody, law, linked, place, share
from .tables import TABLES
from .test_rules import BACKUP, PUBLIC

RULES = TABLES.rules
OF_STORES = sorted(id for id, rule in RULES.items() if rule.of == "store")
JUDGED_WHATEVER_IT_HOLDS = {"GOV018"}  # what people state of a content that was read
FACTS = load()
_ORDER = list(Severity)


@pytest.mark.parametrize(("id", "judged", "outcome"), TABLES)
def test_outcome(id, judged, outcome):
    verdict = RULES[id](judged)
    assert verdict.outcome is outcome
    assert verdict.because, "a verdict says why"


def test_there_are_forty_rules_at_least_in_every_family():
    assert len(RULES) >= 40
    families = {rule.family for rule in RULES.values()}
    assert families == {
        "RES", "REA", "TRF", "HDS", "SNC", "KEY", "SHR", "CPY", "EXP", "GOV", "COV",
    }  # fmt: skip
    assert {rule.of for rule in RULES.values()} <= set(get_args(Subject))


@pytest.mark.parametrize("id", sorted(RULES))
def test_every_table_shows_all_four_answers(id):
    shown = {outcome for rule, _, outcome in TABLES if rule == id}
    if RULES[id].of == "store" and id not in JUDGED_WHATEVER_IT_HOLDS:
        none = next(c for rule, c, _ in TABLES if rule == id)
        read = replace(none, health=Health(certainty=Certainty.NONE))
        shown.add(RULES[id](read).outcome)  # a content that was read without a sign
    if id == "GOV018":
        assert RULES[id].of == "store"
    assert shown == set(Outcome)


@pytest.mark.parametrize("id", sorted(set(OF_STORES) - {"GOV018", "GOV019"}))
@pytest.mark.parametrize("certainty", list(Certainty))
def test_who_is_judged(id, certainty):
    """All but the stores whose content was read without a sign."""
    for rule, judged, outcome in TABLES:
        if rule == id:
            health = replace(judged.health, certainty=certainty)
            got = RULES[id](replace(judged, health=health)).outcome
            assert got is (Outcome.NOT_APPLICABLE if certainty is Certainty.NONE else outcome)


BLANK = case(
    places=(DENIED,),
    flows=(DENIED,),
    key_places=(DENIED,),
    reach=Reach(offer="acme", verdict=Reached.UNDETERMINED, reason=DENIED, doubts=(DENIED,)),
    custody=custody(DENIED, key="", region=DENIED, account=DENIED),
    shares=(DENIED,),
    organisation=frozenset(),
    gaps=(DENIED,),
    original=DENIED,
    store={
        "copies": (DENIED,), "shares": (DENIED,), "encrypted": DENIED, "key": DENIED,
        "tags": DENIED, "created": DENIED, "origin": DENIED,
        "facts": dict.fromkeys(
            ("geo_redundant", "global_service", "public_access_blocked", "publicly_accessible"),
            DENIED,
        ),
    },
)  # fmt: skip
# what does not depend on an answer of the cloud: a type's own category, a reading, an absence
SAID = {"COV001": Outcome.DEVIATES, "SHR004": Outcome.NOT_APPLICABLE,
        "EXP004": Outcome.NOT_APPLICABLE,
        "HDS002": Outcome.NOT_APPLICABLE}  # fmt: skip
WITHOUT_DOSSIER = {"TRF005", "HDS003", "HDS004", "SHR008", "EXP005", "GOV001", "GOV012", "GOV013",
                   "GOV014", "GOV018"}  # fmt: skip


@pytest.mark.parametrize("id", OF_STORES)
def test_knowing_nothing_is_never_a_pass(id):
    got = RULES[id](BLANK).outcome
    if id in WITHOUT_DOSSIER:
        assert got is Outcome.NOT_APPLICABLE  # told once, by the audit's own rule
        assert RULES[id](replace(BLANK, declared=Declared())).outcome is not Outcome.MET
    else:
        assert got is SAID.get(id, Outcome.UNDETERMINED)


@pytest.mark.parametrize(
    ("id", "judged", "told"),
    [
        ("RES001", case(places=(HOME, place("US", BACKUP))), [("place", "US")]),
        ("REA001", case(reach=linked(law(), law(in_force=False), law(data_access=False))),
         [("linked", "acme"), ("entity", "FR"), ("entity", "US"), ("law", "US")]),
        ("REA001", case(reach=linked(law(in_force=DENIED))),
         [("linked", "acme"), ("entity", "FR"), ("entity", "US")]),
        ("SHR002", case(shares=(share(), share(account=US))), [("share", OTHERS)]),
        ("SHR001", case(shares=(PUBLIC,), store={"facts": {"public_access_blocked": True}}),
         [("public_access_blocked", None)]),
        ("KEY002", case(), [("custody", "ENC-3"), ("processed_in_clear", None)]),
    ],
)  # fmt: skip
def test_what_is_told(id, judged, told):
    """The reasons name what deviates, and only that."""
    got = [(b.code, _main(b.values)) for b in RULES[id](judged).because]
    assert got == told


def _main(values):
    for key in ("country", "offer", "account", "level"):
        if values.get(key):
            return values[key]
    return None


def test_rules_do_not_know_the_provider():
    for id, judged, outcome in TABLES:
        if isinstance(judged, Case):
            store = replace(judged.store, kind="zeta.thing", partition="zeta", id="zeta:1")
            other = replace(judged, store=store)
            assert RULES[id](other).outcome is outcome
    assert CASE.store.kind == "acme.box"


def test_no_reason_names_a_person():
    """Who states, asks, approves, holds or owns stays in the dossier."""
    people = ("Alix", "Nommee")
    for _, judged, _ in TABLES:
        assert not any(p in str(judged) for p in people)  # the tables themselves name nobody
    for id, judged, _ in TABLES:
        for because in RULES[id](judged).because:
            assert not {"who", "approver", "holder", "entity", "name_of"} & set(because.values)


@pytest.mark.parametrize("id", sorted(RULES))
def test_every_rule_of_ours_weighs_under_every_regime(id):
    words = FACTS.rule(id)
    assert Regime.ALL in words.weights
    least = words.weights[Regime.ALL][0]
    assert _ORDER.index(words.severity) <= _ORDER.index(least), "undeclared is no discount"
    for severity, _ in words.weights.values():
        assert _ORDER.index(severity) <= _ORDER.index(least), "no regime is lighter than the GDPR"


def test_every_item_that_a_rule_feeds_is_there():
    items = set(FACTS.table("alignment"))
    for words in FACTS.rules.values():
        assert set(words.items) <= items


def test_an_unknown_is_told_with_its_reason():
    for id, judged, outcome in TABLES:
        if outcome is Outcome.UNDETERMINED:
            assert any(b.code for b in RULES[id](judged).because)
    assert isinstance(DENIED, Unknown)


def test_a_rule_of_nothing_that_is_judged_cannot_be_made():
    with pytest.raises(ValueError, match="XYZ001"):
        Rule("XYZ001", RULES["COV001"].judge, "treatements")  # type: ignore[arg-type]
