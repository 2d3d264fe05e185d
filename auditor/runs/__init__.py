"""Run folders: what was seen and concluded, append-only, chained, resumable."""

from .chain import Mismatch, unfinished, verify
from .comparing import compare
from .folder import RunFolder, run_id
from .judgement import JudgementFolder, approved_plans

__all__ = [
    "JudgementFolder", "Mismatch", "RunFolder", "approved_plans", "compare", "run_id", "unfinished",
    "verify",
]  # fmt: skip
