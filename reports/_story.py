"""What is told, said once: a report as titles, sentences and tables, in one language.

A format decides looks. Every text here is ready to be shown: strangers' names are on one line,
without control or direction marks; escaping for the medium is the format's work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from auditor.sdk import Because, Certainty, CoverageState, Finding, Outcome, Reached, Unknown, plain


@dataclass(frozen=True, slots=True)
class Section:
    """A title, sentences, and at most one table; `more` says how many rows are not shown."""

    title: str
    sentences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: int = 0
    marks: tuple[str, ...] = ()  # one per row: blocking, major … for those who like colours


def tell(report: Any, words: Any, most: int) -> Iterator[Section]:
    """The whole story, tables cut after `most` rows."""
    yield _what(report, words)
    yield _summary(report, words)
    yield _places(report, words)
    yield _reach(report, words)
    yield _custody(report, words)
    yield _rules(report, words)
    yield from _findings(report, words, most)
    yield _to_qualify(report, words, most)
    yield _unread(report, words, most)
    yield _limits(report, words)


def headline(report: Any, words: Any) -> str:
    """The title of every document."""
    return str(words("Residency of health data: audit of {day}", day=words.date(report.as_of)))


def word(report: Any, words: Any, choice: str, value: str) -> str:
    """A value of a closed choice, in words."""
    return str(report.facts.word(choice, value, words.lang))


def _what(report: Any, words: Any) -> Section:
    header = report.header
    rows = [
        (words("Run"), header["run"]),
        (words("Started"), header["started"]),
        (words("Law applied as of"), words.date(report.as_of)),
        (words("Edition of the facts"), report.edition),
        (words("Version"), header["version"]),
    ]
    for provider, identity in sorted(header["identity"].items()):
        rows += [(f"{provider} · {key}", value) for key, value in sorted(identity.items())]
    overlays = report.facts.overlays
    if overlays:
        rows.append((words("Facts laid over ours by the user"), ", ".join(overlays)))
    columns = (words("What"), words("Value"))
    return Section(words("What was audited"), (), columns, tuple((a, plain(b)) for a, b in rows))


def _summary(report: Any, words: Any) -> Section:
    s, n = report.summary, words.number
    rows = tuple(
        (word(report, words, "certainty", c), n(s.health[c]))
        for c in map(str, Certainty)
        if s.health.get(c)
    )
    sentences = (
        words("{n} data stores were seen.", n=n(s.stores)),
        words(
            "{n} deviations were found, of which {b} blocking; {u} answers are undetermined.",
            n=n(sum(s.severities.values())), b=n(s.severities.get("blocking", 0)),
            u=n(s.undetermined),
        ),
        _whole(report, words),
    )  # fmt: skip
    columns = (words("Health data"), words("Data stores"))
    return Section(words("In short"), sentences, columns, rows)


def unread_units(summary: Any) -> int:
    """How many units of the survey are not whole."""
    return sum(summary.coverage.get(s, 0) for s in (CoverageState.PARTIAL, CoverageState.UNREAD))


def _whole(report: Any, words: Any) -> str:
    missing = unread_units(report.summary)
    total = words.number(sum(report.summary.coverage.values()))
    if missing:
        return str(
            words("The survey is not whole: {n} of {total} readings are missing or partial.",
                  n=words.number(missing), total=total)
        )  # fmt: skip
    return str(words("The survey is whole: {total} readings out of {total}.", total=total))


def _places(report: Any, words: Any) -> Section:
    facts, n = report.facts, words.number
    rows = []
    for code, count in sorted(report.summary.countries.items(), key=lambda kv: (-kv[1], kv[0])):
        if code == "?":
            rows.append((words("unknown"), "", n(count)))
            continue
        country = facts.country(code, report.as_of)
        rows.append((facts.country_name(code, words.lang), _standing(country, words), n(count)))
    columns = (words("Country"), words("Standing on that day"), words("Data stores with a copy"))
    said = words("Place, transfer and reach are three separate verdicts. This is the first: "
                 "where the bytes rest.")  # fmt: skip
    return Section(words("Where copies rest"), (said,), columns, tuple(rows))


def _standing(country: Any, words: Any) -> str:
    if country.in_eu is True:
        return str(words("European Union"))
    if country.in_eea is True:
        return str(words("European Economic Area"))
    if country.adequate is True:
        return str(words("third country, adequate"))
    if isinstance(country.adequate, Unknown) or isinstance(country.in_eea, Unknown):
        return str(words("third country, adequacy to be examined"))
    return str(words("third country"))


def _reach(report: Any, words: Any) -> Section:
    rows, marks = [], []
    for offer, reach in sorted(report.reaches.items()):
        path = " → ".join(
            f"{e.name} ({plain(e.seat)})" if isinstance(e.seat, str) else e.name for e in reach.path
        )
        laws = ", ".join(law.name for law in reach.laws if law.data_access)
        rows.append((offer, word(report, words, "reached", reach.verdict), plain(path), laws))
        marks.append("major" if reach.verdict is Reached.LINKED else "")
    columns = (words("Offer"), words("Reach"), words("Path"), words("Laws that may reach it"))
    said = words("An exposure to an access request is not a transfer: it says whose law can "
                 "compel whoever operates or controls the host.")  # fmt: skip
    return Section(words("Whose law can compel"), (said,), columns, tuple(rows), 0, tuple(marks))


def _custody(report: Any, words: Any) -> Section:
    rows = tuple(
        (level, words("unknown") if level == "?" else word(report, words, "custody", level),
         words.number(count))
        for level, count in sorted(report.summary.custody.items())
    )  # fmt: skip
    columns = (words("Level"), words("Who can use the keys"), words("Data stores"))
    said = words("The levels are a convention of the project.")
    return Section(words("Custody of the keys"), (said,), columns, rows)


def _rules(report: Any, words: Any) -> Section:
    rows, marks = [], []
    for rule, counts in sorted(report.summary.outcomes.items()):
        said = report.facts.rule(rule)
        answers = (words.number(counts.get(str(o), 0)) for o in Outcome)
        severity = word(report, words, "severity", said.severity)
        rows.append((rule, said.title[words.lang], severity, *answers))
        marks.append(str(said.severity) if counts.get("deviates") else "")
    heads = (words("Rule"), words("Statement"), words("Severity"))
    columns = (*heads, *(word(report, words, "outcome", o) for o in Outcome))
    return Section(words("Rules"), (), columns, tuple(rows), 0, tuple(marks))


def _findings(report: Any, words: Any, most: int) -> Iterator[Section]:
    """Deviations first, then what is undetermined; each store by its own name."""
    for outcome, title in (
        (Outcome.DEVIATES, words("Deviations")),
        (Outcome.UNDETERMINED, words("Undetermined")),
    ):
        wanted = (f for f in report.findings() if f.outcome is outcome)
        shown = list(islice(wanted, most))
        columns = (
            words("Severity"), words("Rule"), words("Data store"), words("Account"),
            words("Region"), words("Health data"), words("Because"),
        )  # fmt: skip
        rows = tuple(finding_row(report, words, f) for f in shown)
        yield Section(title, (), columns, rows, sum(1 for _ in wanted),
                      tuple(str(f.severity) for f in shown))  # fmt: skip


def finding_row(report: Any, words: Any, finding: Finding) -> tuple[str, ...]:
    """One finding as a line of a table."""
    return (
        word(report, words, "severity", finding.severity),
        finding.rule,
        plain(finding.store),
        plain(finding.account),
        shown(report, words, finding.region),
        word(report, words, "certainty", finding.health),
        because(report, words, finding.because),
    )


def shown(report: Any, words: Any, value: Any) -> str:
    """A value that may be unknown, with its reason in words."""
    if isinstance(value, Unknown):
        detail = f" ({plain(value.detail)})" if value.detail else ""
        return str(report.facts.reason(value.reason, words.lang)) + detail
    return plain(value)


def because(report: Any, words: Any, reasons: tuple[Because, ...]) -> str:
    """The reasons of a verdict, in words; each is said once."""
    said = dict.fromkeys(_because(report, words, reason) for reason in reasons)
    return " ; ".join(said) if words.lang == "fr" else "; ".join(said)


def _because(report: Any, words: Any, reason: Because) -> str:
    form = report.facts.because(reason.code, words.lang)
    holes = report.facts.table("words")["because"][reason.code].get("holes", {})
    values = {
        name: _filled(report, words, holes.get(name, "text"), value)
        for name, value in reason.values.items()
    }
    return str(form.format_map(_Holes(values)))


class _Holes(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _filled(report: Any, words: Any, kind: str, value: str) -> str:
    if kind == "country":
        return str(report.facts.country_name(value, words.lang))
    if kind in ("reason", "reasons"):
        return str(report.facts.word("reasons", value, words.lang))
    if kind in ("role", "party", "custody", "certainty"):
        return word(report, words, kind, value)
    return plain(value)


_PERSON = (Certainty.POSSIBLE, Certainty.NO_SIGN, Certainty.NOT_ASSESSED)


def _to_qualify(report: Any, words: Any, most: int) -> Section:
    wanted = ((s, j) for s, j in report.stores() if j.health.certainty in _PERSON)
    rows = tuple(
        (plain(s.name or s.id), s.kind, plain(s.account), shown(report, words, s.region),
         word(report, words, "certainty", j.health.certainty))
        for s, j in islice(wanted, most)
    )  # fmt: skip
    columns = (words("Data store"), words("Type"), words("Account"), words("Region"),
               words("Health data"))  # fmt: skip
    said = words("They are judged too. Metadata alone never shows that there are none.")
    title = words("To be qualified by a person")
    return Section(title, (said,), columns, rows, sum(1 for _ in wanted))


def _unread(report: Any, words: Any, most: int) -> Section:
    gaps: Counter[tuple[str, str, str, str]] = Counter()
    states = (CoverageState.PARTIAL, CoverageState.UNREAD)
    for c in report.coverage():
        for gap in c.gaps if c.state in states else ():
            gaps[plain(c.scope.account), plain(c.scope.region), c.kind,
                 shown(report, words, gap)] += 1  # fmt: skip
    rows = tuple(sorted(gaps))
    columns = (words("Account"), words("Region"), words("Type"), words("Reason"))
    said = words("What could not be read is never counted as met.")
    return Section(words("What could not be read"), (said,), columns, rows[:most],
                   max(0, len(rows) - most))  # fmt: skip


def _limits(report: Any, words: Any) -> Section:
    return Section(
        words("What this document does not say"),
        (
            words("It says what was seen and which rule is met on that day. It is no legal advice, "
                  "and no authority has approved it."),
            words("A qualification, a contract or an attestation that only a person can give is "
                  "not replaced by it."),
        ),
    )  # fmt: skip


def counts(report: Any) -> Mapping[str, int]:
    """Deviations by severity."""
    found: Mapping[str, int] = report.summary.severities
    return found
