"""Run folders: what was seen and concluded, append-only, chained, resumable."""

from .chain import Mismatch, compare, unfinished, verify
from .folder import RunFolder
from .judgement import JudgementFolder

__all__ = ["JudgementFolder", "Mismatch", "RunFolder", "compare", "unfinished", "verify"]
