"""What another day changes: each rule that answers otherwise, and the facts that did it."""

from datetime import UTC, date, datetime

import pytest

from auditor import pipeline, settings
from auditor.model import Aspect, Category, Coverage, CoverageState, DataStore, Scope
from auditor.runs import JudgementFolder, RunFolder
from tests.facts.days import overlay

MOMENT = datetime(2026, 11, 25, 9, tzinfo=UTC)
HEADER = {"version": "0", "edition": "", "started": "", "identity": {}, "plugins": []}


def store(number, kind="azure.storage.account", partition="AzureCloud", region="francecentral"):
    return DataStore(
        id=f"{kind}:{number}", kind=kind, category=Category.OBJECT, name="patients",
        partition=partition, account="1", region=region, encrypted=True,
        tags={"data-class": "health"},
    )  # fmt: skip


@pytest.fixture
def run(tmp_path):
    with RunFolder.start(tmp_path / "runs", "20261125T090000Z-0000", HEADER) as kept:
        for unit, stores in {
            "azure": [store(1), store(2)],
            "aws": [store(3, "aws.s3.bucket", "aws", "eu-west-2")],
        }.items():
            kept.begin(unit)
            for one in stores:
                kept.write(unit, one)
            scope = Scope(provider=unit, partition=stores[0].partition, account="1")
            state = CoverageState.READ
            kept.finish(unit, Coverage(scope=scope, kind=unit, state=state, stores=len(stores)))
        kept.seal({"organisation": [], "ended": "", "scopes": 2})
    return kept.path


def changes(run, day, against, facts=()):
    chosen = settings.load(None, {}).replacing("facts", dirs=list(map(str, facts)))
    done = pipeline.replay(run, as_of=day, settings=chosen, against=against)
    return done, JudgementFolder(run, done.judgement).changes()


def of(told, aspect):
    return {(c.subject, c.before, c.after): (c.stores, c.facts) for c in told.changes
            if c.aspect is aspect}  # fmt: skip


def test_nothing_changes_on_the_same_day(run):
    day = date(2026, 11, 25)
    _, told = changes(run, day, day)
    assert (told.against, told.as_of, told.changes) == (day, day, ())


def test_rules_that_answer_otherwise_with_the_facts_that_did_it(run):
    _, told = changes(run, date(2026, 11, 25), date(2026, 11, 21))
    rules = of(told, Aspect.RULE)
    stores, facts = rules["RES001", "undetermined", "deviates"]  # London, known from the 22nd
    assert stores == 1
    assert "regions:aws/eu-west-2" in facts
    assert ("REA001", "undetermined", "deviates") in rules
    assert of(told, Aspect.PLACE)["aws/eu-west-2", "?", "GB"] == (
        1,
        ("adequacy:32021D1772", "countries:GB", "regions:aws/eu-west-2"),
    )


def test_an_end_of_a_framework_changes_transfers_and_nothing_else(run):
    _, told = changes(run, date(2020, 7, 17), date(2020, 7, 16))
    assert {c.aspect for c in told.changes} == {Aspect.TRANSFER}
    ((key, (stores, facts)),) = of(told, Aspect.TRANSFER).items()
    assert key == ("azure/francecentral US", "(EU) 2016/1250", "none")
    assert stores == 2
    assert "adequacy:32016D1250" in facts


def test_a_law_that_lapses_is_undetermined_and_reach_stays(run):
    _, told = changes(run, date(2026, 6, 12), date(2026, 6, 11))
    ((key, (stores, facts)),) = of(told, Aspect.LAW).items()
    assert key == ("US-FISA-702", "in_force", "undetermined")
    assert (stores, facts) == (2, ("laws:US-FISA-702",))
    assert not of(told, Aspect.REACH)


def test_events_are_those_of_the_offers_of_the_run(run):
    _, told = changes(run, date(2021, 3, 12), date(2020, 10, 7))
    events = [c for c in told.changes if c.aspect is Aspect.EVENT]
    assert [c.subject for c in events] == [
        "2020-10-08-cnil-observations", "2020-10-09-transfers-banned", "2020-10-13-ce-444937",
        "2020-11-19-ministerial-commitment", "2021-02-19-cnam-case-by-case",
        "2021-03-12-ce-450163",
    ]  # fmt: skip
    assert [c.stores for c in events] == [2, 2, 2, 2, 2, 1]  # Doctolib was on AWS
    assert "texts:CNIL-MEM-2020" in events[0].facts


def test_of_a_day_that_lies_back_it_is_told_what_had_not_happened(run):
    _, told = changes(run, date(2020, 10, 7), date(2020, 10, 8))
    (event,) = (c for c in told.changes if c.aspect is Aspect.EVENT)
    assert (event.before, event.after) == ("2020-10-08", "")


def test_the_day_of_the_audit_is_what_a_replay_is_compared_with(run):
    chosen = settings.load(None, {})
    done = pipeline.replay(run, as_of=date(2026, 11, 25), settings=chosen)
    assert JudgementFolder(run, done.judgement).changes() is None  # it was not judged then


MINE = """
[aws.eu-west-2]
country = "FR"
since = 2020-01-01
source = { document = "a letter of the provider", retrieved = 2026-11-24 }
confidence = "primary_read"
"""


def test_what_a_users_fact_clears_is_told_and_never_silent(run, tmp_path):
    facts = overlay(tmp_path / "mine", "regions", MINE)
    done, _ = changes(run, date(2026, 11, 25), date(2020, 1, 1), [facts])
    assert done.summary.on_own_facts == {"RES001": 1, "RES002": 1, "RES004": 1, "RES005": 1}
    cleared = [j for j in JudgementFolder(run, done.judgement).judged() if j.on_own_facts]
    assert [(j.store, j.on_own_facts) for j in cleared] == [
        ("aws.s3.bucket:3", ("RES001", "RES002", "RES004", "RES005"))
    ]
    assert all(rule in cleared[0].met for rule in cleared[0].on_own_facts)
    without, _ = changes(run, date(2026, 11, 25), date(2026, 11, 25))
    assert without.summary.on_own_facts == {}
