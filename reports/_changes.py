"""What another day changes: each change with what was, what is, and the facts that did it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from auditor.sdk import plain

from ._blocks import Section, Table, section
from ._saying import country, in_words, title_of, word

_CHOICE = {"reach": "reached", "guarantee": "attested", "rule": "outcome", "law": "standing"}


def changes(report: Any, words: Any, most: int) -> Iterator[Section]:
    """One table, when this judgement was compared with that of another day."""
    told = report.changes()
    if told is None:
        return
    said = words(
        "Under the law of {day} against that of {other}, with edition {edition} of the facts. What "
        "is later than the edition is a projection.",
        day=words.date(told.as_of), other=words.date(told.against), edition=told.edition,
    )  # fmt: skip
    title = title_of_changes(told, words)
    if not told.changes:
        yield section(title, (said, words("Nothing changes.")))
        return
    rows = tuple(row(report, words, change) for change in told.changes[:most])
    columns = (
        words("What"), words("Before"), words("After"), words("Data stores"),
        words("Because of"),
    )  # fmt: skip
    table = Table(title, columns, rows, len(told.changes) - len(rows))
    yield section(title, (said,), (table, _facts(report, words, told.changes[:most])))


def _facts(report: Any, words: Any, told: Any) -> Table:
    """Every fact that the changes name, with where it was read."""
    rows = []
    for id in sorted({id for change in told for id in change.facts}):
        fact = report.facts.cited(id)
        source = plain(" · ".join(filter(None, (fact.source, fact.locator))))
        read = words.date(fact.retrieved) if fact.retrieved else "–"
        rows.append((plain(id), source, read, word(report, words, "confidence", fact.confidence)))
    columns = (words("Fact"), words("Source"), words("Read on"), words("Confidence"))
    return Table(words("Facts behind these changes"), columns, tuple(rows))


def title_of_changes(told: Any, words: Any) -> str:
    """Since which day, or on which day that lies back."""
    if told.as_of < told.against:
        return str(words("What was otherwise on {day}", day=words.date(told.as_of)))
    return str(words("What changes since {day}", day=words.date(told.against)))


def row(report: Any, words: Any, change: Any) -> tuple[str, ...]:
    """What changed, before, after, for how many stores, because of which facts."""
    aspect = word(report, words, "aspect", change.aspect)
    because = ", ".join(plain(id) for id in change.facts)
    stores = words.number(change.stores)
    if change.aspect == "event":
        entry = report.facts.table("timeline")[change.subject]
        day, what = words.date(entry["since"]), in_words(words, entry["what"])
        force = word(report, words, "force", entry["force"])
        known = (f"{day} · {what} ({force}{_regimes(words, entry)})",)
        verify = [in_words(words, entry["verify"])] if "verify" in entry else []
        happened = (words("yes") if change.before else "", words("yes") if change.after else "")
        return (" ".join([*known, *verify]), *happened, stores, because)
    subject = plain(change.subject)
    if change.aspect == "rule":
        subject = f"{subject} · {title_of(report, words, change.subject)}"
    if change.aspect == "law":
        subject = plain(report.facts.law(change.subject)["name"])
    before, after = (_told(report, words, change, value) for value in (change.before, change.after))
    return f"{aspect} · {subject}", before, after, stores, because


def _regimes(words: Any, entry: Any) -> str:
    """For whom it binds or matters, when not for all."""
    named = [r for r in entry["regimes"] if r != "all"]
    separator = words.typeset(" ; ") if words.lang == "fr" else "; "
    return f"{separator}{', '.join(named)}" if named else ""


def _told(report: Any, words: Any, change: Any, value: str) -> str:
    """One side of a change, in words."""
    if not value:
        return "–"
    state, _, watched = value.partition(" ")
    if state == "projection":
        day = words.date(date.fromisoformat(watched))
        return str(words("undetermined: a projection, nothing was read after {day}", day=day))
    if change.aspect in _CHOICE:
        return word(report, words, _CHOICE[change.aspect], value)
    if value == "none":
        return str(words("none"))
    if change.aspect == "place":
        return ", ".join(
            words("undetermined") if code == "?" else country(report, words, code)
            for code in value.split()
        )
    return str(words("undetermined")) if value == "?" else plain(value)
