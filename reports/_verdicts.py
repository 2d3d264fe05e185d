"""The three verdicts, each apart: place, transfer, reach; and the custody of keys, as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Outcome, Reached, plain, standing

from ._blocks import Section, Table, numbers, section
from ._saying import country, own_facts, path_of, shown, title_of, word

# Which rules speak for which verdict, by the letters of their ids.
PLACE, TRANSFER, REACH, CUSTODY = ("RES",), ("TRF", "SHR"), ("REA",), ("KEY",)


def transfer(report: Any, words: Any) -> Section:
    """Who outside the EEA receives or reaches the data."""
    return section(
        words("2. Transfer: who outside the EEA receives or reaches the data?"),
        (words("Only observed flows count: shares, and destinations of logs, inventories and "
               "exports. An exposure to an access request is not a transfer."),
         words("Being listed under the Data Privacy Framework can answer this verdict only.")),
        _rules(report, words, TRANSFER),
    )  # fmt: skip


def place(report: Any, words: Any) -> Section:
    """Where the bytes rest, by country."""
    rows, marks = [], []
    nowhere = words("the place of a copy is not known")
    for code, count in sorted(report.summary.countries.items(), key=lambda kv: (-kv[1], kv[0])):
        known = None if code == "?" else report.facts.country(code, report.as_of)
        name = country(report, words, code) if known else words("undetermined")
        rows.append((name, standing(words, known) if known else nowhere, words.number(count)))
        marks.append("" if known and known.in_eea is True else "blocking" if known else "minor")
    columns = (words("Country"), words("Standing on that day"), words("Data stores with a copy"))
    caption = words("Where copies rest, by country")
    return section(
        words("1. Place: in which countries do the bytes rest?"),
        (words("Every copy counts: replicas, backups and snapshots are storage. One copy whose "
               "place is unknown leaves the verdict undetermined."),
         *_unknown_regions(report, words)),
        (Table(caption, columns, tuple(rows), 0, tuple(marks)), *_rules(report, words, PLACE)),
    )  # fmt: skip


def _unknown_regions(report: Any, words: Any) -> Iterator[str]:
    """The regions that no fact knows, and what to write so that they are known."""
    found = report.summary.unknown_regions
    if not found:
        return
    listed = ", ".join(f"{plain(name)} ({words.number(n)})" for name, n in found.items())
    yield words("Regions that no fact knows, with their data stores: {regions}. To make one known, "
                "write its country and its source as {line} in DIR/regions/ours.toml, and audit "
                "with --facts DIR.",
                regions=listed, line=_to_add(next(iter(found))))  # fmt: skip


def _to_add(name: str) -> str:
    """The beginning of the lines that make a region known."""
    offer, _, region = name.partition("/")
    return f'[{plain(offer)}."{plain(region)}"] country = "…"'


def reach(report: Any, words: Any) -> Section:
    """Whose law can compel, by offer."""
    rows, marks = [], []
    for offer, found in sorted(report.reaches.items()):
        verdict = word(report, words, "reached", found.verdict)
        why = shown(report, words, found.reason) if found.reason else ""
        theirs = report.theirs(found.facts)
        own = own_facts(words, theirs) if theirs else ""
        rows.append((plain(offer), " · ".join(filter(None, (verdict, why, own))),
                     path_of(report, words, found),
                     word(report, words, "confidence", found.confidence)))  # fmt: skip
        marks.append("major" if found.verdict is Reached.LINKED else "")
    given = f"{words.title(words('Data stores'))} {reaches(report, words)}."
    columns = (
        words("Offer"), words("Reach"), words("Path: operator → control → laws"),
        words("Confidence"),
    )  # fmt: skip
    offers = Table(words("Reach of each offer"), columns, tuple(rows), 0, tuple(marks))
    return section(
        words("3. Reach: whose law can compel whoever operates or controls the host?"),
        (words("It is an exposure to an access request, told from the sources read on that day; "
               "the absence of a link is never affirmed."), given),
        (offers, *_rules(report, words, REACH)),
    )  # fmt: skip


def reaches(report: Any, words: Any) -> str:
    """How many stores each reach verdict was given to."""
    counts = report.summary.reach
    return ", ".join(
        f"{word(report, words, 'reached', verdict)} ({words.number(counts[str(verdict)])})"
        for verdict in Reached
        if counts.get(str(verdict))
    )


def custody(report: Any, words: Any) -> Section:
    """Who can use the keys: evidence, not a verdict."""
    rows = tuple(
        (words("undetermined") if level == "?" else level,
         words("who can use the keys could not be established") if level == "?"
         else word(report, words, "custody", level),
         words.number(count), words.percent(count, report.summary.stores))
        for level, count in sorted(report.summary.custody.items(), key=_unknown_last)
    )  # fmt: skip
    columns = (words("Level"), words("Who can use the keys"), words("Data stores"), words("Share"))
    table = Table(words("Data stores by custody of their keys"), columns, rows)
    said = words("The levels are a convention of the project. Keys that the host can use do not "
                 "protect against the host’s own law.")  # fmt: skip
    title = words("Custody of the keys (evidence)")
    return section(title, (said,), (table, *_rules(report, words, CUSTODY)))


def others(report: Any, words: Any) -> Iterator[Section]:
    """What the rules of every other family answered: guarantees, copies, ends, governance."""
    told = PLACE + TRANSFER + REACH + CUSTODY
    families = {rule.rstrip("0123456789") for rule in report.summary.outcomes}
    tables = _rules(report, words, tuple(sorted(families.difference(told))))
    if tables:
        said = words("A guarantee counts on its day, for its service, there. What the dossier says "
                     "is told as said, never as seen.")  # fmt: skip
        yield section(words("Guarantees, copies, ends and governance"), (said,), tables)


def _unknown_last(item: tuple[str, int]) -> tuple[bool, str]:
    return item[0] == "?", item[0]


def _rules(report: Any, words: Any, families: tuple[str, ...]) -> tuple[Table, ...]:
    """What the rules of some families answered, of all stores; nothing when there are none."""
    found = sorted(report.summary.outcomes.items())
    rows, marks = [], []
    for rule, counts in found:
        if rule.rstrip("0123456789") in families:
            severity = report.facts.rule(rule).severity
            answers = (counts.get(str(outcome), 0) for outcome in Outcome)
            rows.append((f"{plain(rule)} · {title_of(report, words, rule)}",
                         word(report, words, "severity", severity),
                         _whole(report, words, rule), *numbers(words, answers)))  # fmt: skip
            marks.append(str(severity) if counts.get(str(Outcome.DEVIATES)) else "")
    if not rows:
        return ()
    columns = (
        words("Rule"), words("Severity"), words("Of the whole estate"),
        *(word(report, words, "outcome", outcome) for outcome in Outcome),
    )  # fmt: skip
    caption = words("What the rules answered, in data stores")
    return (Table(caption, columns, tuple(rows), 0, tuple(marks), (7, 3, 4, 2, 3, 4, 3)),)


def _whole(report: Any, words: Any, rule: str) -> str:
    """What a rule answers of the whole estate: not met as long as something was not read."""
    answer = report.summary.answers.get(rule)
    return word(report, words, "outcome", answer) if answer else ""
