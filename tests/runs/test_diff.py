"""Two runs compared: what is resolved was looked for again, and each turn has its cause."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import RunError, RunFolderError
from auditor.model import (
    Category,
    Cause,
    Certainty,
    Copy,
    Coverage,
    CoverageState,
    Custody,
    DataStore,
    Fate,
    Finding,
    Health,
    Judged,
    KeyCustody,
    Outcome,
    Place,
    Reached,
    Reason,
    Role,
    Scope,
    Severity,
    Turn,
    Unknown,
)
from auditor.runs import RunFolder
from auditor.runs.comparison import compared
from auditor.runs.index import FILE, asked, finished, rebuild

from .making import HEADER, summary

DAY = date(2026, 1, 1)
READ = CoverageState.READ
RULES = {"RES001": Outcome.DEVIATES, "KEY001": Outcome.MET}


def store(name="s1", region="eu-west-3", **more) -> DataStore:
    return DataStore(
        id=name, kind="acme.box", category=Category.OBJECT, partition="acme", account="1",
        region=region, collected="now", **more,
    )  # fmt: skip


def copy(region, **more) -> Copy:
    return Copy(role=Role.REPLICA, region=region, account="1", **more)


def judged(of: DataStore, copies=(), **more) -> Judged:
    home = Place(country="FR", in_eu=True, in_eea=True, adequate=False, region=str(of.region))
    other = (replace(home, region=region, role=Role.REPLICA) for region in copies)
    return Judged(
        store=of.id, offer="acme", health=Health(certainty=Certainty.PROBABLE),
        places=(home, *other), reach=Reached.LINKED, custody=KeyCustody(level=Custody.ENC_1),
        **more,
    )  # fmt: skip


def finding(name="s1", rule="RES001", severity=Severity.MAJOR, outcome=Outcome.DEVIATES,
            subject="", kind="acme.box"):  # fmt: skip
    return Finding(
        uid=f"{rule}-{name}{subject}", rule=rule, severity=severity, outcome=outcome, store=name,
        kind=kind, account="1" if name else "", region="", health=Certainty.PROBABLE,
        subject=subject,
    )  # fmt: skip


def coverage(state=READ, kind="acme.box", region="eu-west-3"):
    scope = Scope(provider="acme", partition="acme", account="1", region=region)
    gaps = () if state is READ else (Unknown(Reason.DENIED),)
    return Coverage(scope=scope, kind=kind, state=state, gaps=gaps)


def run(root, number, *findings, stores=None, units=(None,), day=DAY, edition="e",
        dossier="", version="0", rules=RULES, marks=("", ""), copies=(), replay=None):  # fmt: skip
    """A run that was judged; `units` are its coverage, one read unit by default."""
    header = {**HEADER, "version": version}
    with RunFolder.start(root, f"20260101T00000{number}Z-0000", header) as kept:
        kept.begin("u")
        for one in (store(),) if stores is None else stores:
            kept.write("u", one)
        for n, unit in enumerate(units):
            kept.finish(f"u{n}" if n else "u", unit or coverage())
        kept.seal({"ended": ""})
        judge(kept, findings, day, edition, dossier, rules, marks, copies)
        for again in replay or ():
            judge(kept, findings, again, edition, dossier, rules, marks, copies, is_replay=True)
    return kept.path


def judge(kept, findings, day, edition, dossier, rules, marks, copies, is_replay=False):
    with kept.judgement(day, edition, replay=is_replay) as judgement:
        for one in kept.stores():
            mine = [f for f in findings if f.store == one.id]
            judgement.write(judged(one, copies, law=marks[0], said=marks[1]), mine)
        judgement.write_findings([f for f in findings if not f.store])
        told = replace(summary(), as_of=day, edition=edition, dossier=dossier, answers=rules)
        judgement.close(told)


def turns(root, one, other):
    found = compared(one, other)
    return {(f.uid, f.turn, f.cause) for f in found.findings}, found


ONE = "RES001-s1"


def test_new_persisting_and_resolved(tmp_path):
    a = run(tmp_path, 1, finding(), finding(rule="KEY001"))
    b = run(tmp_path, 2, finding(), finding(rule="SHR001"), rules={**RULES, "SHR001": "met"})
    told, found = turns(tmp_path, a, b)
    assert {(uid, turn) for uid, turn, _ in told} == {
        ("KEY001-s1", Turn.RESOLVED),
        ("SHR001-s1", Turn.NEW),
    }
    assert found.turns == {"new": 1, "reopened": 0, "persisting": 1, "resolved": 1,
                           "unconfirmed": 0}  # fmt: skip


def test_what_comes_back_is_reopened(tmp_path):
    runs = [run(tmp_path, 1, finding()), run(tmp_path, 2), run(tmp_path, 3, finding())]
    assert [t for _, t, _ in turns(tmp_path, runs[0], runs[1])[0]] == [Turn.RESOLVED]
    assert [t for _, t, _ in turns(tmp_path, runs[1], runs[2])[0]] == [Turn.REOPENED]
    assert turns(tmp_path, runs[0], runs[2])[0] == set()


def test_a_severity_or_an_outcome_that_changes_is_told(tmp_path):
    a = run(tmp_path, 1, finding(), finding("s2"), stores=(store(), store("s2")))
    b = run(
        tmp_path, 2, finding(severity=Severity.BLOCKING),
        finding("s2", outcome=Outcome.UNDETERMINED), stores=(store(), store("s2")), dossier="d",
    )  # fmt: skip
    found = compared(a, b)
    f = found.findings[0]
    assert (f.turn, f.cause) == (Turn.PERSISTING, Cause.DOSSIER)
    assert (f.was_severity, f.severity) == (Severity.MAJOR, Severity.BLOCKING)
    assert found.turns["persisting"] == 2
    assert (found.findings[1].was_outcome, found.findings[1].outcome) == (
        Outcome.DEVIATES,
        Outcome.UNDETERMINED,
    )


@pytest.mark.parametrize(
    ("more", "turn"),
    [
        ({}, Turn.RESOLVED),  # the store is still seen, and its rule was asked
        ({"stores": ()}, Turn.RESOLVED),  # it is gone, where all was read
        ({"stores": (), "units": (coverage(CoverageState.PARTIAL),)}, Turn.UNCONFIRMED),
        ({"stores": (), "units": (coverage(CoverageState.UNREAD),)}, Turn.UNCONFIRMED),
        ({"stores": (), "units": (coverage(), coverage(CoverageState.UNREAD, region="eu-2"))},
         Turn.UNCONFIRMED),  # it may have moved there
        ({"stores": (), "units": (coverage(CoverageState.NOT_OFFERED),)}, Turn.UNCONFIRMED),
        ({"stores": (), "units": (coverage(kind="acme.tape"),)}, Turn.UNCONFIRMED),
        ({"stores": (), "units": (coverage(), coverage(CoverageState.UNREAD, "discovery"))},
         Turn.UNCONFIRMED),
        ({"stores": (), "units": (coverage(region="us-1"),)}, Turn.UNCONFIRMED),  # left out
        ({"rules": {"KEY001": Outcome.MET}}, Turn.UNCONFIRMED),  # the rule was not asked
        ({"units": (coverage(CoverageState.PARTIAL),)}, Turn.RESOLVED),  # of another store
    ],
)  # fmt: skip
def test_resolved_only_where_it_was_looked_for_again(tmp_path, more, turn):
    a = run(tmp_path, 1, finding())
    b = run(tmp_path, 2, **more)
    ((_, told, _),) = turns(tmp_path, a, b)[0]
    assert told is turn


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ({}, {"stores": (store(encrypted=True),)}, Cause.ESTATE),
        ({}, {"stores": (store(copies=(copy("us-east-1"),)),)}, Cause.ESTATE),
        ({}, {"copies": ("us-east-1",), "day": date(2026, 2, 1)}, Cause.LAW),  # as the facts say
        (
            {},
            {"stores": (store(bytes=9, calls={"id": "c"}, facts={"messages": 3}),), "version": "1"},
            Cause.TOOL,
        ),
        ({}, {"stores": (store(facts={"open": True}),)}, Cause.ESTATE),
        ({}, {"stores": (store(encrypted=True),), "day": date(2026, 2, 1)}, Cause.ESTATE),
        ({}, {"marks": ("law", ""), "dossier": "d"}, Cause.LAW),
        ({}, {"marks": ("", "said"), "dossier": "d", "day": date(2026, 2, 1)}, Cause.DOSSIER),
        ({}, {"day": date(2026, 2, 1)}, Cause.LAW),
        ({}, {"edition": "f"}, Cause.LAW),
        ({}, {"dossier": "d"}, Cause.DOSSIER),
        ({}, {"version": "1"}, Cause.TOOL),
    ],
)
def test_why_a_finding_turned(tmp_path, before, after, cause):
    a = run(tmp_path, 1, **before)
    b = run(tmp_path, 2, finding(), **after)
    assert turns(tmp_path, a, b)[0] == {(ONE, Turn.NEW, cause)}


def test_when_it_was_collected_makes_no_difference(tmp_path):
    a = run(tmp_path, 1, finding())
    b = run(tmp_path, 2, finding(), stores=(store(),))
    assert compared(a, b).causes == {"estate": 0, "law": 0, "dossier": 0, "tool": 0}
    later = run(tmp_path, 3, stores=(replace(store(), collected="later"),))
    assert {c for _, _, c in turns(tmp_path, b, later)[0]} == {Cause.TOOL}


def test_stores_that_appeared_moved_and_went(tmp_path):
    names = ("stays", "moves", "goes", "changes")
    a = run(tmp_path, 1, stores=tuple(store(n) for n in names))
    b = run(tmp_path, 2, stores=(store("stays"), store("moves", "us-east-1"), store("comes"),
                                 store("changes", encrypted=True)))  # fmt: skip
    found = compared(a, b)
    assert [(s.store, s.fate, s.before.split()[0] if s.before else "") for s in found.stores] == [
        ("comes", Fate.APPEARED, ""),
        ("moves", Fate.MOVED, "eu-west-3"),
        ("goes", Fate.GONE, "eu-west-3"),
    ]
    unread = run(tmp_path, 3, stores=(), units=(coverage(CoverageState.PARTIAL),))
    assert {s.fate for s in compared(b, unread).stores} == {Fate.UNCONFIRMED}


def test_entries_of_the_dossier_and_units(tmp_path):
    waiver = finding("", "GOV007", subject="waiver:w", kind="waiver")
    unit = finding("", "COV002", subject="unit:acme/1/eu-west-3 acme.box", kind="unit")
    rules = {"GOV007": Outcome.MET, "COV002": Outcome.MET}
    a = run(tmp_path, 1, waiver, unit, dossier="d", rules=rules,
            units=(coverage(CoverageState.UNREAD),))  # fmt: skip
    b = run(tmp_path, 2, dossier="e", rules=rules)
    assert turns(tmp_path, a, b)[0] == {
        (waiver.uid, Turn.RESOLVED, Cause.DOSSIER),
        (unit.uid, Turn.RESOLVED, Cause.ESTATE),
    }
    without = run(tmp_path, 3, rules=rules, units=(coverage(kind="other"),))
    assert {t for _, t, _ in turns(tmp_path, a, without)[0]} == {Turn.UNCONFIRMED}


def test_two_days_of_one_run(tmp_path):
    later = date(2026, 6, 1)
    a = run(tmp_path, 1, finding(), replay=(later,))
    found = compared(a, a, DAY, later)
    assert (found.one.as_of, found.other.as_of) == (DAY, later)
    assert found.other.judgement == "2026-06-01-e"
    assert found.turns["persisting"] == 1
    with pytest.raises(RunError, match="not judged for 2026-07-01"):
        compared(a, a, DAY, date(2026, 7, 1))


def rows(root: Path) -> list:
    with closing(sqlite3.connect(root / FILE)) as base:
        return [
            sorted(map(repr, base.execute(f"SELECT * FROM {table}")))
            for table in ("runs", "rules", "findings", "stores", "units")
        ]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=4))
def test_an_index_that_grew_is_one_that_was_made_again(tmp_path_factory, contents):
    root = tmp_path_factory.mktemp("runs")
    for number, names in enumerate(contents):
        run(root, number, *(finding(n) for n in sorted(names)),
            stores=tuple(store(n) for n in sorted(names)))  # fmt: skip
        asked(root, str)
    grown = rows(root)
    assert rebuild(root) == len(contents)
    assert rows(root) == grown


def test_a_version_is_one_row_from_run_to_run(tmp_path):
    for number in range(5):
        run(tmp_path, number, finding())
    assert asked(tmp_path, lambda base: base.execute(
        "SELECT since, until FROM findings").fetchall()) == [(1, 5)]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"not a base", b"SQLite format 3\x00" + b"\x00" * 200])
def test_an_index_that_is_damaged_is_made_again(tmp_path, content):
    a, b = run(tmp_path, 1, finding()), run(tmp_path, 2)
    (tmp_path / FILE).write_bytes(content)
    assert compared(a, b).turns["resolved"] == 1


def test_an_index_that_is_damaged_within_is_made_again(tmp_path):
    a, b = run(tmp_path, 1, finding()), run(tmp_path, 2)
    compared(a, b)
    path = tmp_path / FILE
    size = path.stat().st_size
    with path.open("r+b") as file:  # its first page is whole: it opens
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    assert compared(a, b).turns["resolved"] == 1


def test_an_index_that_cannot_be_made_is_told(tmp_path):
    a, b = run(tmp_path, 1, finding()), run(tmp_path, 2)
    (tmp_path / FILE).mkdir()
    with pytest.raises(RunFolderError, match="cannot be written"):
        compared(a, b)


_COMPARE = """
import sys
from pathlib import Path
from auditor.runs.comparison import compared
from auditor.runs.index import rebuild
one, other = map(Path, sys.argv[1:])
print("ready", flush=True)
for _ in range(5):
    assert compared(one, other).turns["resolved"] == 1
    assert rebuild(one.parent) == 2
"""


def test_several_processes_take_turns_at_one_index(tmp_path):
    a, b = run(tmp_path, 1, finding()), run(tmp_path, 2)
    words = [sys.executable, "-c", _COMPARE, str(a), str(b)]

    def during(_):
        several = [subprocess.Popen(words, stdout=-1, stderr=-1) for _ in range(3)]
        assert [cast("IO[bytes]", p.stdout).readline() for p in several] == [b"ready\n"] * 3
        with pytest.raises(subprocess.TimeoutExpired):
            several[0].wait(0.5)
        return several

    several = asked(tmp_path, during)
    assert [p.communicate()[1] for p in several] == [b""] * 3


def test_a_place_is_the_estates_and_not_the_laws(tmp_path):
    """A region that the facts know on one day only has not moved; a copy that came has."""
    near = store(copies=(copy(Unknown(Reason.UNTOLD), id="s2"),))
    a = run(tmp_path, 1, stores=(near, store("s2", "us-1")), copies=("us-1",))
    b = run(tmp_path, 2, stores=(near, store("s2", "us-1")), day=date(2027, 1, 1))
    assert compared(a, b).stores == ()
    c = run(tmp_path, 3, stores=(near, store("s2", "us-2")))
    moved = [(s.store, s.before, s.after) for s in compared(b, c).stores]
    assert moved == [
        ("s1", "eu-west-3 replica:us-1", "eu-west-3 replica:us-2"),
        ("s2", "us-1", "us-2"),
    ]


def test_a_run_that_went_or_changed_is_noticed(tmp_path):
    paths = [run(tmp_path, n, finding()) for n in range(3)]
    compared(paths[0], paths[2])
    for file in paths[1].iterdir():
        file.unlink()
    paths[1].rmdir()
    found = asked(tmp_path, lambda base: (
        base.execute("SELECT count(*) FROM runs").fetchone(),
        base.execute("SELECT since, until FROM findings").fetchall(),
    ))  # fmt: skip
    assert found == ((2,), [(1, 2)])


def test_it_is_private_and_an_unfinished_run_is_left_out(tmp_path):
    run(tmp_path, 1, finding())
    half = tmp_path / "20260101T000009Z-0000"
    half.mkdir()
    (half / "run.json").write_text("{}")
    asked(tmp_path, str)
    assert stat.S_IMODE(os.stat(tmp_path / FILE).st_mode) == 0o600
    assert len(finished(tmp_path)) == 1


def test_names_of_strangers_are_kept_as_they_are(tmp_path):
    odd = "'; DROP TABLE findings; --\n\x1b[31m"
    a = run(tmp_path, 1, finding(odd), stores=(store(odd),))
    b = run(tmp_path, 2, stores=(store(odd),))
    assert compared(a, b).findings[0].store == odd


def test_a_type_that_no_unit_speaks_of_was_not_read(tmp_path):
    tape = (coverage(kind="acme.tape"),)
    a, b = run(tmp_path, 1, finding(), units=tape), run(tmp_path, 2, stores=(), units=tape)
    assert {t for _, t, _ in turns(tmp_path, a, b)[0]} == {Turn.UNCONFIRMED}
    assert {s.fate for s in compared(a, b).stores} == {Fate.UNCONFIRMED}
