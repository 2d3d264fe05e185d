"""Redaction: a report of the same shape that tells less, for whoever it is handed to.

`internal` tells everything. `cnil` names whoever answers for the data, and hides what technical
identities they run. `public` is counts only. A format is handed a report, and knows of none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from auditor.report import Report

from .counting import counted
from .naming import named

PROFILES = ("internal", "cnil", "public")
_MADE = {"cnil": named, "public": counted}


def redacted(report: Report, profile: str, words: Any, known: Iterable[str] = ()) -> Report:
    """A report as a profile tells it; its options say which.

    `known` are words of ours that name nobody: the operations that a cloud may be asked.
    """
    told = _MADE[profile](report, words, known) if profile != PROFILES[0] else report
    return replace(told, options={**report.options, "redaction": profile})
