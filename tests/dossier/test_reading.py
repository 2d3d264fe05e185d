"""A dossier is read whole, and everything wrong with it is told with its place and its cure."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.dossier import early, held, passed, read, to_complete
from auditor.errors import AuditorError
from auditor.facts import load
from auditor.model import Dossier, Regime, Status

FACTS = load()
DEMO = Path(str(files("auditor.dossier") / "demo.toml"))
WAIVER = """
[waivers.w]
rule = "RES001"
why = "x"
who = "x"
approver = "x"
until = 2027-01-01
"""
ATTESTED = """
[attestations.a]
item = "CNIL-19"
answer = "pass"
who = "x"
role = "DPO"
signed = 2026-09-01
document = "x"
until = 2027-01-01
"""


def told(folder: Path, text: str) -> Dossier:
    file = folder / "dossier.toml"
    file.write_text(f"edition = 1\n{text}", encoding="utf-8")
    return read(file, FACTS, FACTS.rules)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(AuditorError) as error:
        told(folder, text)
    assert str(folder / "dossier.toml") in str(error.value)
    return str(error.value)


def test_the_demo_is_whole():
    dossier = read(DEMO, FACTS, FACTS.rules)
    assert dossier.treatments["entrepot"].under == {Regime.ALL, Regime.EDS, Regime.HDS}
    assert dossier.attestations["snds"].answer is Status.NOT_APPLICABLE
    assert dossier.plan_since == date(2025, 6, 16)
    assert len(dossier.digest) == 16


def test_nothing_is_declared_that_nobody_wrote(tmp_path):
    dossier = told(tmp_path, '[treatments.t]\nname = "T"\n')
    assert dossier.treatments["t"].under == frozenset()
    assert dossier.treatments["t"].ended is None
    assert dossier.controller.name == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # unknown keys
        ('[treatments.t]\nnom = "x"', "treatments.t.nom: there is no such key"),
        ('[traitements.t]\nname = "x"', "traitements: there is no such section — write treatments"),
        ('[treatments.t]\nregimes = { hdss = "x" }', "treatments.t.regimes.hdss"),
        # kinds and choices
        ('[treatments.t]\nlegal_basis = "interest"', "expected one of"),
        ('[treatments.t]\npurposes = "soins"', "expected a list, found a text"),
        ('[treatments.t]\nended = 2026-09-01T10:00:00', "found a date or a time"),
        ("[treatments.t]\nhds_activities = [7]", "expected 6 or less"),
        ('[treatments.t]\nregimes = { hds = "" }', "it is empty or too short"),
        ('[treatments."a b"]\nname = "x"', "treatments"),
        # dangling references
        (ATTESTED.replace("CNIL-19", "CNIL-99"), "CNIL-99 is not known"),
        (ATTESTED + 'treatment = "t"', "t is not known"),
        (WAIVER.replace("RES001", "RES999"), "RES999 is not known"),
        (WAIVER + 'treatment = "t"', "waivers.w.treatment: t is not known"),
        ('[targets.t]\ntreatment = "x"', "targets.t.treatment: x is not known"),
        ('[targets.t]\noffer = "nowhere"', "`auditor facts list offers`"),
        ('[contracts.c]\noffers = ["aws", "nowhere"]', "nowhere is not known"),
        ('[accounts.a]\naccounts = ["1"]\ncountry = "XX"', "XX is not known"),
        ('[keys.k]\ncountry = "QQ"', "QQ is not known"),
        # days
        ('[treatments.t]\nended = "2026-02-30"', "there is no such day"),
        ('[targets.t]\nearlier_deadlines = ["2026-13-01"]', "there is no such day"),
        (ATTESTED.replace("2027-01-01", "2026-08-31"), "it lies before signed (2026-09-01)"),
        (WAIVER + "since = 2027-01-02", "it lies before since (2027-01-02)"),
        ('[contracts.c]\noffers = ["aws"]\nsigned = 2026-01-02\nuntil = 2026-01-01', "signed"),
        ('[contracts.c]\noffers = ["aws"]\nuntil = 2026-01-01\nopen_ended = true', "no last day"),
        ("[versions.v]\napproved = 2026-06-15\n[targets.t]\ndeadline = 2026-06-14", "versions"),
        # two owners of one store
        ('[treatments.a]\nholds = { stores = ["s"] }\n[treatments.b]\nholds = { stores = ["s"] }',
         "treatments.b.holds.stores: s belongs to treatments.a already"),
        ('[treatments.a]\nholds = { tags = { env = "p" } }\n'
         '[treatments.b]\nholds = { tags = { env = "p" } }', "env = p belongs to treatments.a"),
        ('[accounts.a]\naccounts = ["1"]\n[accounts.b]\naccounts = ["1"]', "accounts.a already"),
        ('[keys.a]\nof = { accounts = ["1"] }\n[keys.b]\nof = { accounts = ["1"] }', "keys.a"),
        # what cannot be declared
        (WAIVER.replace("until = 2027-01-01\n", ""), "waivers.w.until: it is missing"),
        (WAIVER.replace("RES001", "COV001"), "what could not be read cannot be waived"),
        (WAIVER.replace('approver = "x"', 'approver = ""'), "it is empty or too short"),
        (ATTESTED.replace('"pass"', '"not_applicable"'), "needs a written reason (R3)"),
        (ATTESTED.replace('"pass"', '"human_required"'), "expected one of"),
        (ATTESTED.replace('role = "DPO"\n', ""), "attestations.a.role: it is missing"),
        (ATTESTED.replace('document = "x"\n', ""), "attestations.a.document: it is missing"),
        ('[treatments.t]\nholds = { tags = { patient = "x" } }', "does not keep the values"),
        ("[treatments.t\n", "not TOML"),
    ],
)  # fmt: skip
def test_refused_with_file_key_and_cure(tmp_path, text, said):
    assert said in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "edition: it is missing"), ("edition = 2", "edition: expected 1")],
)
def test_an_older_edition_is_refused(tmp_path, text, said):
    file = tmp_path / "dossier.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AuditorError, match=said):
        read(file, FACTS, FACTS.rules)


def test_all_that_is_wrong_is_told_at_once_by_line(tmp_path):
    said = refused(tmp_path, '[treatments.t]\nnom = "x"\nended = 3\n').splitlines()
    assert [line.partition(".toml:")[2].partition(":")[0] for line in said] == ["3", "4"]


def test_no_such_file(tmp_path):
    with pytest.raises(AuditorError, match="cannot be read"):
        read(tmp_path / "absent.toml", FACTS, FACTS.rules)


def test_the_digest_is_of_what_is_said_not_of_how_it_is_written(tmp_path):
    one = told(tmp_path, '[controller]\nname = "x"\n')
    two = told(tmp_path, '# a comment\ncontroller = { name = "x", capacity = "" }\n')
    assert one.digest == two.digest
    assert told(tmp_path, '[controller]\nname = "y"\n').digest != one.digest


def test_what_time_has_overtaken(tmp_path):
    dossier = told(tmp_path, f"{ATTESTED}{WAIVER}[targets.t]\ndeadline = 2026-12-31\n")
    assert list(passed(dossier, date(2026, 12, 31))) == []
    ended = [path for path, _ in passed(dossier, date(2027, 1, 1))]
    assert ended == [("targets", "t", "deadline")]
    later = [path for path, _ in passed(dossier, date(2027, 1, 2))]
    assert ("attestations", "a", "until") in later
    assert ("waivers", "w", "until") in later
    assert [path for path, _ in early(dossier, date(2026, 8, 31))] == [
        ("attestations", "a", "signed")
    ]
    assert list(early(dossier, date(2026, 9, 1))) == []


def test_what_is_still_to_be_said():
    said = {"a": "?", "b": {"c": ["x", "?"], "d": "yes?"}, "e": []}
    assert list(to_complete(said)) == [("a",), ("b", "c")]


@given(st.binary(max_size=400))
def test_no_file_is_answered_with_a_defect(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("d") / "dossier.toml"
    file.write_bytes(b"edition = 1\n" + content)
    with suppress(AuditorError):
        read(file, FACTS, FACTS.rules)


_JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=6)),
    lambda below: st.one_of(
        st.lists(below, max_size=2),
        st.dictionaries(
            st.sampled_from(["a", "treatments", "until", "rule", "of", "stores", "tags", "holds"]),
            below, max_size=3,
        ),
    ),
    max_leaves=5,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.dictionaries(st.sampled_from(["treatments", "waivers", "keys", "dpo"]), _JUNK))
def test_no_shape_is_answered_with_a_defect(data):
    held({"edition": 1, **data}, FACTS, FACTS.rules, lambda path: "here")
