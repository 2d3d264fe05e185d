"""The short summary in plain text, for a log or a terminal that is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import renderer

from ._brief import brief, laid


@renderer("text", suffix=".txt", media_type="text/plain; charset=utf-8")
def summary(report: Any, words: Any) -> Iterator[bytes]:
    """What a reader needs first, in eighty columns."""
    for line in brief(report, words):
        yield "".join(f"{part}\n" for part in laid(line)).encode("utf-8", "replace")
