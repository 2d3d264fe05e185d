"""The line of a finding is the very line that the codec writes, whatever strangers wrote in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.codec import encoded
from auditor.model import Because, Finding, Outcome, Reason, Regime, Severity, Unknown
from auditor.runs.findings import FindingLines

from .making import finding

ONE = finding(1, Severity.MAJOR, "RES001")
TEXTS = st.text(max_size=12) | st.sampled_from(
    ["\ue000store\ue000", "\ue000account\ue000", '"', "\\", "\u2028", "é\ud800"]
)


def whole(of: Finding) -> bytes:
    return encoded(of) + b"\n"


def odd(store: str, account: str, region: str, why: str, uid: str, of: str) -> Finding:
    because = (Because(code="place", values={"country": why}),)
    return replace(ONE, store=store, account=account, region=region, uid=uid, subject=of,
                   because=because)  # fmt: skip


@given(st.lists(st.builds(odd, *[TEXTS] * 5, st.just("") | TEXTS), max_size=8))
def test_every_line_is_what_the_codec_writes(found):
    lines = FindingLines()
    assert [lines.line(f) for f in found] == [whole(f) for f in found]


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": Outcome.UNDETERMINED},
        {"severity": Severity.INFO},
        {"account": "2"},
        {"region": Unknown(Reason.DENIED)},
        {"kind": "other"},
        {"regimes": (Regime.HDS,)},
        {"treatments": ("care",)},
        {"waiver": "w"},
        {"subject": "treatment:x"},
        {"because": (Because(code="place", values={"country": "DE"}),)},
        {"rule": "RES002"},
    ],
)
def test_two_findings_that_differ_in_anything_else_have_lines_of_their_own(more):
    lines, other = FindingLines(), replace(ONE, **more)
    assert [lines.line(f) for f in (ONE, other, ONE)] == [whole(f) for f in (ONE, other, ONE)]


def test_equal_findings_of_many_stores_share_a_form():
    lines = FindingLines()
    because = (Because(code="place", values={"country": "FR"}),)
    for n in range(100):
        one = replace(ONE, account=f"a{n % 7}", store=f"s{n}", uid=f"u{n}", because=because)
        assert lines.line(one) == whole(one)
    assert len(lines._forms) == 1


def test_a_finding_of_no_store_leaves_no_form():
    lines = FindingLines()
    for n in range(100):
        one = replace(ONE, store="", account="", uid=f"u{n}", subject=f"unit:{n}")
        assert lines.line(one) == whole(one)
    assert lines._forms == {}
