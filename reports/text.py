"""The short summary in plain text, for a log or a terminal that is none."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from auditor.sdk import renderer

from ._story import Section, headline, tell

_WIDTH, _MOST = 80, 8
SHORT = slice(1, 8)  # in short, places, reach, custody, rules, deviations, undetermined


@renderer("text", suffix=".txt", media_type="text/plain; charset=utf-8")
def summary(report: Any, words: Any) -> Iterator[bytes]:
    """What a reader needs first, in eighty columns."""
    yield (headline(report, words) + "\n").encode()
    for section in list(tell(report, words, _MOST))[SHORT]:
        yield ("\n" + "\n".join(_lines(section, words)) + "\n").encode()


def _lines(section: Section, words: Any) -> Iterator[str]:
    yield section.title
    yield "-" * len(section.title)
    for sentence in section.sentences:
        yield from wrap(sentence, _WIDTH)
    for row in section.rows:
        said = "  ".join(cell for cell in row if cell)
        yield from wrap(said, _WIDTH, initial_indent="- ", subsequent_indent="    ")
    if section.more:
        yield words("… and {n} more", n=words.number(section.more))
