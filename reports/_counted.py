"""What the rules answered of each store, counted from one pass over the findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from auditor.sdk import Finding, Outcome


@dataclass(slots=True)
class Told:
    """Which findings are undetermined, and which a waiver accepts: all others deviate."""

    undetermined: set[str] = field(default_factory=set)
    waived: set[str] = field(default_factory=set)

    def seen(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        """The same findings, remembered as they pass."""
        for finding in findings:
            if finding.outcome is Outcome.UNDETERMINED:
                self.undetermined.add(finding.uid)
            elif finding.waiver:
                self.waived.add(finding.uid)
            yield finding

    def counts(self, judged: Any) -> dict[str, int]:
        """How many rules are met, deviate, are accepted so, undetermined or not applicable."""
        open_ = sum(uid in self.undetermined for uid in judged.findings)
        waived = sum(uid in self.waived for uid in judged.findings)
        return {
            "met": len(judged.met),
            "deviates": len(judged.findings) - open_ - waived,
            "waived": waived,
            "undetermined": open_,
            "not_applicable": len(judged.not_applicable),
        }
