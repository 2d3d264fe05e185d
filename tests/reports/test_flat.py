"""The flat format: one object for each thing, flat, as its schema says, whatever the names."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema_rs
import pytest

from auditor.model import Outcome, Reason, Unknown
from tests.schemas.of_model import HERE

from . import of_flat
from .golden import LANGUAGES, rendered
from .invented import COVERAGE, FINDINGS, JUDGED, STORES, Kept, report
from .planned import GROUPS, PLANNED, planned
from .test_documents import no_marks

CHECK = jsonschema_rs.validator_for(of_flat.flat())


def told(of=None, lang: str = "en") -> bytes:
    return rendered("flat", lang, of or planned())


def lines(of=None) -> list[dict]:
    return [json.loads(line) for line in told(of).splitlines()]


def test_published_schema_is_what_is_said_here():
    assert (HERE / "flat.json").read_text("utf-8") == of_flat.text_of()


def test_every_key_is_documented():
    for kind in of_flat.flat()["oneOf"]:
        assert kind["description"]
        for name, said in kind["properties"].items():
            assert said["description"].endswith("."), name


def test_every_line_fits_its_schema_and_is_flat():
    read = lines()
    assert [line for line in read if not CHECK.is_valid(line)] == []
    for value in (value for line in read for value in line.values()):
        flat = value if isinstance(value, list) else [value]
        assert not [each for each in flat if isinstance(each, dict | list)]
    assert not CHECK.is_valid({**read[0], "surplus": 1})
    assert not CHECK.is_valid({k: v for k, v in read[-1].items() if k != "uid"})


def test_there_is_one_line_for_each_thing():
    read = lines()
    kinds = [line["type"] for line in read]
    gaps = sum(len(unit.gaps) for unit in COVERAGE)
    steps = sum(len(group.steps) for group in GROUPS)
    assert kinds[0] == "run"
    assert [kinds.count(n) for n in ("run", "item", "step", "finding", "store", "gap")] == [
        1, 6, steps, len(FINDINGS), len(STORES), gaps,
    ]  # fmt: skip
    uids = [(line["type"], line["uid"]) for line in read]
    assert len(set(uids)) == len(uids)
    assert {(line["run"], line["as_of"], line["edition"]) for line in read} == {
        ("20261122T000000Z", "2026-11-22", "2026.11-2")
    }


def test_names_are_kept_whole_and_harm_no_terminal():
    assert [s["name"] for s in lines() if s["type"] == "store"] == [s.name for s in STORES]
    assert no_marks(told().decode()) == []


def test_not_knowing_is_null_and_says_why():
    nowhere = next(s for s in lines() if s["type"] == "store" and s["name"] == "nowhere")
    assert (nowhere["region"], nowhere["region_unknown"]) == (None, "denied")
    assert (nowhere["bytes"], nowhere["bytes_unknown"]) == (5 * 2**40, None)
    assert nowhere["unplaced"] == 1


def test_what_a_store_is_answered_is_counted():
    known = {f.uid: f for f in FINDINGS}
    judged = tuple(
        replace(j, findings=tuple(f.uid for f in FINDINGS if f.store == j.store)) for j in JUDGED
    )
    told = [s for s in lines(report(Kept(concluded=judged))) if s["type"] == "store"]
    for store in told:
        findings = [known[uid] for uid in store["findings"]]
        opened = [f for f in findings if f.outcome is Outcome.UNDETERMINED]
        assert store["undetermined"] == len(opened)
        assert store["waived"] == sum(bool(f.waiver) for f in findings)
        assert store["deviates"] == len(findings) - store["undetermined"] - store["waived"]
    assert max(store["undetermined"] for store in told) == 4
    assert max(store["waived"] for store in told) == 1


def test_steps_say_what_is_asked_and_null_what_nobody_said():
    first, later, rest, alone = [line for line in lines() if line["type"] == "step"]
    assert (first["switch_on"], first["proof_on"], first["build_on"]) == ("2027-06-30", None, None)
    assert (first["slip_days"], first["limits_passed"]) == (91, ["convention_warn"])
    assert (later["owner"], later["asked"]) == (None, ["owner", "deadline", "offer"])
    assert (rest["step"], rest["state"], rest["stores"]) == (None, None, 1)
    assert (alone["step"], alone["group_by"], alone["stores"]) == (None, "account", 2)


@pytest.mark.parametrize("kept", [Kept(found=(), seen=(), concluded=(), units=(), aligned=None),
                                  replace(PLANNED, seen=(replace(STORES[0], name="a\ud800b",
                                  tags=Unknown(Reason.DENIED)), *STORES[1:]))])  # fmt: skip
def test_nothing_and_anything_fit_too(kept):
    assert all(CHECK.is_valid(line) for line in lines(report(kept)))


def test_same_report_same_bytes():
    assert len({told(lang=lang) for lang in LANGUAGES for _ in range(2)}) == 1
