"""Findings by severity and rule, with their reasons; and what a person must qualify, apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from auditor.sdk import Certainty, Finding, Outcome, plain, sign

from ._blocks import Section, Table, section
from ._gather import PERSON, TOLD, Findings
from ._saying import because, in_words, shown, title_of, word

_SIGNS = 3  # of a store, the heaviest first


def findings(report: Any, words: Any, found: Findings) -> Iterator[Section]:
    """What deviates or is undetermined on health data, the most severe rules first."""
    rules = found.rules(holds=True)
    said = words("On stores whose health data is confirmed, declared or probable. A deviation says "
                 "that something seen contradicts a rule; undetermined, that something needed is "
                 "not known.")  # fmt: skip
    none = () if rules else (words("No finding on these stores."),)
    yield section(words("Findings on health data"), (said, *none))
    for rule in rules:
        yield _of_rule(report, words, found, rule)


def _of_rule(report: Any, words: Any, found: Findings, rule: str) -> Section:
    told = report.facts.rule(rule)
    severity = found.severity[rule]
    shown_first = list(found.of(rule, holds=True))
    total = sum(found.count[rule, outcome, True] for outcome in TOLD)
    table, shared = _listed(report, words, rule, shown_first, total)
    basis = ", ".join(map(plain, told.legal_basis))
    return section(
        f"{word(report, words, 'severity', severity).capitalize()} · {plain(rule)} · "
        + title_of(report, words, rule),
        (
            words("Deviations: {d}. Undetermined: {u}.",
                  d=words.number(found.count[rule, Outcome.DEVIATES, True]),
                  u=words.number(found.count[rule, Outcome.UNDETERMINED, True])),
            in_words(words, told.explanation),
            f"{words.title(words('What to do'))} {in_words(words, told.advice)}",
            f"{words.title(words('Texts'))} {basis}",
            *shared,
        ),
        (table,),
        mark=str(severity),
    )  # fmt: skip


def _listed(
    report: Any, words: Any, rule: str, first: list[Finding], total: int
) -> tuple[Table, tuple[str, ...]]:
    """The first findings of a rule; a reason that they all have is said once, above them."""
    rows = [_short(report, words, f) for f in first]
    columns: tuple[str, ...] = (
        words("Outcome"), words("Data store"), words("Type"), words("Account and region"),
        words("Health data"), words("Because"),
    )  # fmt: skip
    shares: tuple[int, ...] = (4, 6, 6, 5, 3, 7)
    shared: tuple[str, ...] = ()
    reasons = {row[-1] for row in rows}
    if len(rows) > 1 and len(reasons) == 1 and (why := reasons.pop()):
        shared = (words("Because, of each of those shown: {why}", why=why),)
        rows, columns, shares = [row[:-1] for row in rows], columns[:-1], shares[:-1]
    return Table(
        words("Findings of {rule}", rule=plain(rule)), columns, tuple(rows), total - len(rows),
        tuple(map(_mark, first)), shares,
    ), shared  # fmt: skip


def _short(report: Any, words: Any, finding: Finding) -> tuple[str, ...]:
    """One finding in the table of its rule."""
    store, kind, account, region, health, why = _cells(report, words, finding)
    answer, severity = _answer(report, words, finding), weight(report, words, finding)
    where = " · ".join(filter(None, (account, region)))
    return f"{answer} · {severity}", store, kind, where, health, why


def _columns(words: Any) -> tuple[str, ...]:
    return (
        words("Data store"), words("Type"), words("Account"), words("Region"),
        words("Health data"), words("Because"),
    )  # fmt: skip


def _cells(report: Any, words: Any, finding: Finding) -> tuple[str, ...]:
    return (
        what_of(report, words, finding),
        plain(finding.kind),
        plain(finding.account),
        shown(report, words, finding.region),
        word(report, words, "certainty", finding.health),
        because(report, words, finding.because),
    )


def finding_row(report: Any, words: Any, finding: Finding) -> tuple[str, ...]:
    """One finding as a line of a table."""
    outcome, severity = _answer(report, words, finding), weight(report, words, finding)
    return (severity, plain(finding.rule), outcome, *_cells(report, words, finding))


def what_of(report: Any, words: Any, finding: Finding) -> str:
    """What a finding is about: a data store, or an entry that is none."""
    of, _, id = finding.subject.partition(":")
    if finding.store or not of:
        return plain(finding.store)
    return f"{word(report, words, 'subject', of)} {plain(id)}".strip()


def weight(report: Any, words: Any, finding: Finding) -> str:
    """The severity, and the regimes that give it where they were declared."""
    severity = word(report, words, "severity", finding.severity)
    said = ", ".join(map(str, finding.regimes))
    return f"{severity} ({said})" if said else severity


def _answer(report: Any, words: Any, finding: Finding) -> str:
    outcome = word(report, words, "outcome", finding.outcome)
    if not finding.waiver:
        return outcome
    return f"{outcome}, {words('accepted by waiver {id}', id=plain(finding.waiver))}"


def _mark(finding: Finding) -> str:
    told = finding.outcome is Outcome.DEVIATES and not finding.waiver
    return str(finding.severity) if told else ""


def finding_columns(words: Any) -> tuple[str, ...]:
    """What the cells of `finding_row` are, in order."""
    return (words("Severity"), words("Rule"), words("Outcome"), *_columns(words))


def to_qualify(report: Any, words: Any, found: Findings, most: int) -> Section:
    """Stores whose health data nobody has established, and what the rules said of them."""
    said = words(
        "They are judged too, and told apart. Metadata never shows by itself that a store has no "
        "health data: only a person, or a reading of its content, can."
    )
    tables = (_stores(report, words, most), _apart(report, words, found, most))
    return section(words("To be qualified by a person"), (said,), tables)


def _stores(report: Any, words: Any, most: int) -> Table:
    order = {certainty: rank for rank, certainty in enumerate(PERSON)}
    kept: dict[Certainty, list[tuple[str, ...]]] = {certainty: [] for certainty in PERSON}
    total = 0
    for store, judged in report.stores():
        certainty = judged.health.certainty
        if certainty not in order:
            continue
        total += 1
        if len(kept[certainty]) < most:
            kept[certainty].append(_store(report, words, store, judged.health))
    total = max(total, sum(report.summary.health.get(str(c), 0) for c in PERSON))
    rows = tuple(islice((row for certainty in PERSON for row in kept[certainty]), most))
    columns = (
        words("Data store"), words("Name"), words("Type"), words("Account"), words("Region"),
        words("Health data"), words("Signs"),
    )  # fmt: skip
    return Table(words("Data stores to be qualified"), columns, rows, total - len(rows))


def _store(report: Any, words: Any, store: Any, health: Any) -> tuple[str, ...]:
    heavy = sorted((*health.evidence, *health.signals), key=lambda s: -s.weight)[:_SIGNS]
    signs = dict.fromkeys(sign(report.facts, words, s.detector) for s in heavy)
    return (
        plain(store.id), plain(store.name), plain(store.kind), plain(store.account),
        shown(report, words, store.region), word(report, words, "certainty", health.certainty),
        " · ".join(signs),
    )  # fmt: skip


def _apart(report: Any, words: Any, found: Findings, most: int) -> Table:
    rules = found.rules(holds=False)
    listed = [f for rule in rules for f in found.of(rule, holds=False)][:most]
    total = sum(found.count[rule, outcome, False] for rule in rules for outcome in TOLD)
    return Table(
        words("Findings on these stores"),
        finding_columns(words),
        tuple(finding_row(report, words, f) for f in listed),
        total - len(listed),
        tuple(map(_mark, listed)),
        (2, 2, 2, 6, 4, 3, 2, 3, 9),
    )
