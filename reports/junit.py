"""JUnit XML, for a pipeline that shows tests: a suite for each family of rules.

What deviates is a failure; what is undetermined is an error, for unknown is never a pass; what a
waiver accepts, and a rule that never applies, are skipped. A rule met wherever it was asked passes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any, cast
from xml.sax.saxutils import escape, quoteattr

from auditor.sdk import Finding, Outcome, plain, renderer

from ._findings import weight, what_of
from ._marks import xml
from ._saying import because, title_of, word
from ._story import headline

_LONGEST = 300  # characters of an attribute
_BODY = 4_000  # characters of what is said of one case
_KEPT = 1 << 18  # bytes of a suite in memory; beyond, they wait in a temporary file
_COUNTS = ("tests", "failures", "errors", "skipped")


@dataclass(slots=True)
class Suite:
    """The cases of one family, until all are counted."""

    cases: IO[bytes]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))

    def add(self, case: str, kind: str = "") -> None:
        """One more case; `kind` is what it counts as, besides a test."""
        self.counts["tests"] += 1
        if kind:
            self.counts[kind] += 1
        self.cases.write(case.encode("utf-8", "replace"))


@renderer("junit", suffix=".junit.xml", media_type="application/xml")
def suites(report: Any, words: Any) -> Iterator[bytes]:
    """One pass over the findings; then the suites, each with its counts before its cases."""
    with ExitStack() as held:
        told: dict[str, Suite] = {}

        def suite(rule: str) -> Suite:
            family = rule.rstrip("0123456789")
            if family not in told:
                spool = held.enter_context(tempfile.SpooledTemporaryFile(_KEPT))
                told[family] = Suite(cast(IO[bytes], spool))
            return told[family]

        for rule, answers in sorted(report.summary.outcomes.items()):
            _of_rule(report, words, rule, answers, suite(rule))
        titles: dict[str, str] = {}
        for finding in report.findings():
            if finding.rule not in titles:
                titles[finding.rule] = title_of(report, words, finding.rule)
            suite(finding.rule).add(*_case(report, words, finding, titles[finding.rule]))
        yield from _written(report, words, told)


def _of_rule(report: Any, words: Any, rule: str, answers: Mapping[str, int], suite: Suite) -> None:
    """A rule without findings: it passes where it is met, and is skipped where it never applies."""
    if answers.get("deviates") or answers.get("undetermined"):
        return  # its findings are its cases
    head = _head(rule, title_of(report, words, rule))
    if answers.get("met"):
        suite.add(f"{head}/>\n")
    else:
        said = word(report, words, "outcome", Outcome.NOT_APPLICABLE)
        suite.add(f"{head}><skipped message={_quoted(said)}/></testcase>\n", "skipped")


def _case(report: Any, words: Any, finding: Finding, title: str) -> tuple[str, str]:
    """One finding; its name is the same in every run, for histories are kept by name."""
    head = _head(finding.rule, f"{_cut(what_of(report, words, finding), 250)} [{finding.uid}]")
    said = because(report, words, finding.because) or title
    if finding.outcome is Outcome.UNDETERMINED:
        tag, kind = "error", "errors"
    elif finding.waiver:
        accepted = words("accepted by waiver {id}", id=plain(finding.waiver))
        return f"{head}><skipped message={_quoted(accepted)}/></testcase>\n", "skipped"
    else:
        tag, kind = "failure", "failures"
    lines = (title, weight(report, words, finding), what_of(report, words, finding), said)
    body = escape("\n".join(_cut(xml(line), _BODY) for line in lines))
    opened = f"<{tag} message={_quoted(said)} type={_quoted(str(finding.severity))}>"
    return f"{head}>{opened}{body}</{tag}></testcase>\n", kind


def _head(rule: str, name: str) -> str:
    family = rule.rstrip("0123456789")
    classname = _quoted(f"auditor.{family}.{rule}")
    return f'<testcase classname={classname} name={_quoted(name)} time="0"'


def _written(report: Any, words: Any, told: Mapping[str, Suite]) -> Iterator[bytes]:
    total = {name: sum(suite.counts[name] for suite in told.values()) for name in _COUNTS}
    name = _quoted(headline(report, words))
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name={name}{_counted(total)} time="0">\n'.encode()
    ended = report.header.get("ended") or report.header["started"]
    moment = datetime.fromisoformat(ended).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    for at, (family, suite) in enumerate(sorted(told.items())):
        head = f'name={_quoted(f"auditor.{family}")} id="{at}" timestamp="{moment}"'
        yield f'<testsuite {head}{_counted(suite.counts)} time="0">\n'.encode()
        suite.cases.seek(0)
        yield from iter(lambda cases=suite.cases: cases.read(_KEPT), b"")  # type: ignore[misc]
        yield b"</testsuite>\n"
    yield b"</testsuites>\n"


def _counted(counts: Mapping[str, int]) -> str:
    return "".join(f' {name}="{n}"' for name, n in counts.items())


def _quoted(text: str) -> str:
    return quoteattr(_cut(xml(text), _LONGEST))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
