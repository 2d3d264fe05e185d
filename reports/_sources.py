"""On what it rests: the texts and laws cited, how surely each was read, and what is not said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import plain

from ._blocks import Section, Table, section
from ._gather import Findings
from ._saying import in_words, word


def texts(report: Any, words: Any, found: Findings) -> Section:
    """The texts that the findings cite and the laws of the reaches, each with its source."""
    rules = {rule for rule, _, _ in found.count}
    cited = {id for rule in rules for id in report.facts.rule(rule).legal_basis}
    laws = {law.law: law for reach in report.reaches.values() for law in reach.laws}
    rows = [*_rows(report, words, "texts", cited), *_rows(report, words, "laws", laws)]
    columns = (
        words("Text"), words("Title"), words("Confidence"), words("Source"), words("Read on"),
    )  # fmt: skip
    said = words("Confidence says how surely the source was read: weak means from memory, to be "
                 "read again before it is quoted.")  # fmt: skip
    table = Table(words("Texts and laws cited"), columns, tuple(rows))
    return section(words("Texts and laws cited"), (said,), (table,))


def _rows(report: Any, words: Any, kind: str, ids: Any) -> Iterator[tuple[str, ...]]:
    table = report.facts.table(kind)
    for id in sorted(ids):
        entry = table.get(id)
        if entry is None:
            yield plain(id), words("undetermined"), "", "", ""
            continue
        source = entry["source"]
        yield (
            plain(id),
            _title(words, entry),
            word(report, words, "confidence", report.confidence(entry)),
            plain(source.get("url") or source.get("document", "")),
            words.date(source["retrieved"]) if "retrieved" in source else "",
        )


def _title(words: Any, entry: Mapping[str, Any]) -> str:
    title = entry.get("title") or entry.get("name", "")
    return plain(title) if isinstance(title, str) else plain(in_words(words, title))


def limits(report: Any, words: Any) -> Section:
    """What the reader must not take from it."""
    return section(
        words("What this document does not say"),
        (
            words("It says what was seen, what could not be seen and what the texts cited require "
                  "on that day. It is no legal advice, and no authority has approved it."),
            words("Only the store types named under “What was audited” were looked for: a store of "
                  "another service may hold health data, and was not seen."),
            words("No rule judges HDS certifications, SecNumCloud qualifications or contracts: "
                  "what sources attest is evidence, which a person confirms. Hosted on a qualified "
                  "service is not qualified."),
            words("Rules met are counted, not listed; the JSON format holds them for every store."),
        ),
    )  # fmt: skip
