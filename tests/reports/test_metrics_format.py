"""Metrics, read again by the parsers of Prometheus: bounded, escaped, nothing from the clock."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

from auditor.model import Certainty, CoverageState, Outcome, Severity, Status

from .golden import LANGUAGES, rendered
from .invented import COVERAGE, FINDINGS, HEADER, HOSTILE, STORES, Kept, report
from .planned import PLAN, planned

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
LABELS = {"provider", "severity", "outcome", "family", "certainty", "reach", "custody", "state",
          "status"}  # fmt: skip


def told(lang: str = "en", of=None) -> str:
    return rendered("openmetrics", lang, of or planned()).decode()


def samples(of=None, lang: str = "en") -> dict:
    return {
        (s.name.removeprefix("auditor_"), *sorted(s.labels.items())): s.value
        for family in openmetrics(told(lang, of))
        for s in family.samples
    }


@BOTH
@pytest.mark.parametrize("of", [planned, report])
def test_both_parsers_read_it(lang, of):
    text = told(lang, of())
    assert text.endswith("# EOF\n")
    one, other = list(openmetrics(text)), list(prometheus(text))
    assert [f.name for f in one] == [f.name for f in other]
    assert {f.type for f in one} == {"gauge"}
    assert all(f.documentation for f in one)
    read = [s for f in one for s in f.samples]
    assert [(s.name, s.labels, s.value) for s in read] == [
        (s.name, s.labels, s.value) for f in other for s in f.samples
    ]
    assert {s.timestamp for s in read} == {None}
    assert {label for s in read for label in s.labels} <= LABELS


def test_findings_are_counted_by_severity_outcome_and_provider():
    read = samples()
    for severity in Severity:
        for outcome in ("deviates", "waived", "undetermined"):
            counted = sum(
                f.severity is severity
                and outcome == ("waived" if f.waiver else f.outcome)
                for f in FINDINGS
            )  # fmt: skip
            each = [
                value for key, value in read.items()
                if key[0] == "findings" and ("severity", severity) in key
                and ("outcome", outcome) in key
            ]  # fmt: skip
            assert len(each) == 2  # of the provider, and of what is about no store
            assert sum(each) == counted
    stores = [read["stores", ("certainty", str(c)), ("provider", "acme")] for c in Certainty]
    assert sum(stores) == len(STORES)
    assert sum(v for k, v in read.items() if k[0] == "readings") == len(COVERAGE)
    assert read[("coverage_ratio",)] == 0.5
    assert read["answers", ("family", "RES"), ("outcome", str(Outcome.DEVIATES))] == 2
    assert sum(v for k, v in read.items() if k[0] == "alignment_items") == 3
    assert read["alignment_items", ("status", str(Status.PASS))] == 1


def test_nothing_read_is_no_whole_coverage():
    of = report(Kept(units=()))
    of = replace(of, summary=replace(of.summary, coverage={}))
    assert samples(of)[("coverage_ratio",)] == 0
    missing = replace(of.summary, coverage={str(CoverageState.UNREAD): 1, "read": 99_999_999})
    assert samples(replace(of, summary=missing))[("coverage_ratio",)] < 1


def test_the_last_success_is_the_end_of_the_run_and_no_other_moment():
    ended = "2026-11-22T01:02:03+00:00"
    moment = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC).timestamp()
    read = samples(replace(planned(), header={**HEADER, "ended": ended}))
    assert read[("last_success_timestamp_seconds",)] == moment
    assert ("last_success_timestamp_seconds",) not in samples()  # this run does not say its end


def test_the_plan_is_measured_where_there_is_one():
    read = samples()
    assert read[("plan_stores_exposed",)] == PLAN.counted.exposed
    assert read["plan_steps", ("state", "decided")] == 1
    assert read[("plan_slip_days",)] == 91
    assert read[("plan_limits_passed",)] == 1
    assert not [key for key in samples(report(Kept(planned=None))) if key[0].startswith("plan_")]


@BOTH
def test_no_label_holds_a_name_and_none_is_without_bounds(lang):
    strangers = (*HOSTILE, *(f"cloud{n}" for n in range(200)), 'a"b\\c\nd', "x" * 10_000)
    found = tuple(replace(FINDINGS[0], uid=name, kind=f"{name}.box", account=name)
                  for name in strangers)  # fmt: skip
    of = report(Kept(found=found))
    wild = {**of.summary.outcomes, **{f"{name}001": {"met": 1} for name in strangers}}
    wild |= {f"{a}{b}9": {"met": 1} for a in "ABCDEFGHIJ" for b in "KLMNOPQRSTU"}
    text = told(lang, replace(of, summary=replace(of.summary, outcomes=wild)))
    read = [s for f in openmetrics(text) for s in f.samples]
    assert len(read) < 1200
    for value in (value for s in read for value in s.labels.values()):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,31}", value)
    assert [s for s in read if s.labels.get("provider") == "other"]


@BOTH
def test_same_report_same_bytes(lang):
    assert told(lang) == told(lang)
