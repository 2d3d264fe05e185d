"""JUnit XML, in the shape that Jenkins reads: counts that agree, unknown never a pass."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring

from auditor.model import Outcome

from .golden import LANGUAGES, rendered
from .invented import FINDINGS, HOSTILE, STORES, SUMMARY, Kept, report

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
# What junit-10.xsd of Jenkins' xunit plugin lets an element hold.
ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors", "skipped"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "disabled", "skipped",
                  "timestamp", "hostname", "id", "package"},
    "testcase": {"name", "assertions", "time", "classname", "status"},
    "failure": {"type", "message"}, "error": {"type", "message"},
    "skipped": {"type", "message"},
}  # fmt: skip
CHILDREN = {"testsuites": {"testsuite"}, "testsuite": {"testcase"},
            "testcase": {"failure", "error", "skipped"}}  # fmt: skip
KIND = {"failures": "failure", "errors": "error", "skipped": "skipped"}
EVIL = (*HOSTILE, "\x00\x0b\ufffe\uffff\ud800", "]]>", "&lt;&amp;", "🙈" * 9, "y" * 10_000, '"')


def told(lang: str = "en", of=None) -> bytes:
    return rendered("junit", lang, of or report())


def evil():
    stores = tuple(replace(STORES[0], id=f"x:{name}", name=name) for name in EVIL)
    found = tuple(
        replace(FINDINGS[0], uid=f"{at:016}", store=s.id, waiver=(s.name, "")[at % 2])
        for at, s in enumerate(stores)
    )  # fmt: skip
    return report(Kept(found=found, seen=stores))


@BOTH
@pytest.mark.parametrize("of", [report, evil])
def test_it_has_the_shape_that_jenkins_reads(lang, of):
    root = fromstring(told(lang, of()))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert all(len(value) <= 300 for value in element.attrib.values())
        assert len(element.text or "") < 20_000
    for suite in root:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp"))
        assert all(case.get("name") and case.get("classname") for case in suite)
        assert all(len(case) <= 1 for case in suite)


@BOTH
@pytest.mark.parametrize("of", [report, evil])
def test_the_counts_are_those_of_the_cases(lang, of):
    root = fromstring(told(lang, of()))
    for holder in (root, *root):
        cases = list(holder.iter("testcase"))
        assert int(holder.get("tests")) == len(cases)
        for count, tag in KIND.items():
            assert int(holder.get(count)) == len(list(holder.iter(tag)))
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)


def test_unknown_is_never_a_pass():
    cases = {c.get("name").rpartition("[")[2][:-1]: c for c in fromstring(told()).iter("testcase")}
    assert len(cases) == len(FINDINGS)
    for finding in FINDINGS:
        (result,) = cases[finding.uid]
        if finding.outcome is Outcome.UNDETERMINED:
            assert result.tag == "error"
        else:
            assert result.tag == ("skipped" if finding.waiver else "failure")


class _Rules:
    """A rule has its words, whatever was found."""

    def __init__(self, facts) -> None:
        self.facts = facts

    def __getattr__(self, name):
        return getattr(self.facts, name)

    def rule(self, id: str):
        return self.facts.rule("RES001")


def test_a_rule_without_findings_passes_once_or_is_skipped():
    answers = {
        "KEY009": {"met": 7, "not_applicable": 2}, "KEY010": {"not_applicable": 9},
        "RES001": {"met": 3, "undetermined": 1},
    }  # fmt: skip
    whole = report()
    told_of = report(Kept(found=()), replace(SUMMARY, outcomes=answers), _Rules(whole.facts))
    cases = {c.get("classname"): c for c in fromstring(told("en", told_of)).iter("testcase")}
    assert Counter(len(case) for case in cases.values()) == {0: 1, 1: 1}
    assert len(cases["auditor.KEY.KEY009"]) == 0
    assert cases["auditor.KEY.KEY010"][0].tag == "skipped"


@BOTH
def test_same_report_same_bytes_and_a_suite_too_long_for_memory(lang):
    many = tuple(
        replace(FINDINGS[at % 3], uid=f"{at:016x}", store=f"{at:0300}") for at in range(2000)
    )
    of = report(Kept(found=many))
    assert told(lang, of) == told(lang, of)
    assert len(list(fromstring(told(lang, of)).iter("testcase"))) == 2000
