"""The short summary: what a reader at a terminal needs first, one line per thing, in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from textwrap import wrap
from typing import Any

from auditor.sdk import Certainty, Outcome, Reason, Severity, plain

from ._alignment import by_status, status
from ._changes import row, title_of_changes
from ._director import holding, own_met
from ._findings import what_of
from ._gather import PERSON, TOLD, Findings, Read, findings_of, read_of, unread_units
from ._saying import because, country, path_of, shown, title_of, word
from ._story import headline
from ._verdicts import reaches

WIDTH = 80
_TOP = 5  # findings shown
_HEAVY = (Severity.BLOCKING, Severity.MAJOR)  # rules told one by one; the others by severity
_CHANGES = 40
_PLACES, _REASONS = 8, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: its text, how it looks, and how far it is set in."""

    text: str = ""
    look: str = ""  # title, head, soft, or a severity
    indent: int = 0
    cut: str = ""  # shortened in its "middle", or at its "end", rather than folded


def brief(report: Any, words: Any) -> Iterator[Line]:
    """Findings first, the most severe on top; then the verdicts, then what next."""
    found, read = findings_of(report, _TOP), read_of(report)
    yield from _head(report, words, read)
    yield from _changed(report, words)
    yield from _rules(report, words, found)
    yield from _top(report, words, found)
    yield from _verdicts(report, words)
    yield from _alignment(report, words)
    yield from _unread(report, words, read)
    yield from _next(report, words, read)


def _asked(provider: str, identity: Any, words: Any) -> str:
    """Who asked a cloud, and where; or which export was read instead."""
    taken = identity.get("credentials") or identity.get("accounts", "")
    parts = (taken, identity.get("endpoints"))
    label = words("Credentials taken")
    if "file" in identity:
        parts = (identity.get("kind"), identity.get("written"))
        label = words("Export read")
    said = words.title(f"{label} ({plain(provider)})")
    return f"{said} {', '.join(plain(part) for part in parts if part)}"


def _head(report: Any, words: Any, read: Read) -> Iterator[Line]:
    yield Line(headline(report, words), "title")
    yield Line(words("Accounts: {a}. Regions: {r}. Types looked for: {t}. Facts: edition {e}.",
                     a=len(read.accounts), r=len(read.all_regions()), t=len(read.looked_for()),
                     e=plain(report.edition)), "soft")  # fmt: skip
    for provider, identity in sorted(report.header["identity"].items()):
        yield Line(_asked(provider, identity, words), "soft")
    if report.facts.overlays:
        theirs = words.number(len(report.facts.overlays))
        yield Line(words("Facts of the user’s own laid over ours: {n}.", n=theirs), "soft")
    if report.summary.on_own_facts:
        yield Line(own_met(report, words), "major")
    yield Line()
    yield Line(holding(report, words))
    told = (
        f"{word(report, words, 'certainty', c)} {words.number(report.summary.health[str(c)])}"
        for c in Certainty
        if report.summary.health.get(str(c))
    )
    yield Line(f"{words.title(words('Certainty'))} {', '.join(told)}.", "soft")


def _changed(report: Any, words: Any) -> Iterator[Line]:
    """Of a replay: what its day changes, each line with the facts that did it."""
    told = report.changes()
    if told is None:
        return
    yield Line()
    yield Line(title_of_changes(told, words), "head")
    for change in told.changes[:_CHANGES]:
        subject, before, after, stores, because_of = row(report, words, change)
        if change.aspect == "event":
            yield Line(subject, "", 2)
        else:
            yield Line(f"{words.title(subject)} {before} → {after} ({stores})", "", 2)
        if because_of:
            yield Line(because_of, "soft", 4)
    more = len(told.changes) - _CHANGES
    if more > 0:
        yield Line(words("{n} more in the documents", n=words.number(more)), "soft", 2)
    if not told.changes:
        yield Line(words("Nothing changes."), "", 2)


def _rules(report: Any, words: Any, found: Findings) -> Iterator[Line]:
    yield Line()
    yield Line(words("Findings on health data, by rule: deviations, undetermined"), "head")
    rules = found.rules(holds=True)
    first = [rule for rule in rules if found.severity[rule] in _HEAVY]
    for rule in first:
        severity = found.severity[rule]
        deviates, unknown = (words.number(found.count[rule, o, True]) for o in TOLD)
        yield Line(
            f"{word(report, words, 'severity', severity):<11} {plain(rule):<7}{deviates:>6}"
            f"{unknown:>6}  {title_of(report, words, rule)}",
            str(severity) if found.count[rule, Outcome.DEVIATES, True] else "soft",
            2,
            cut="end",
        )
    for severity in Severity:
        others = [r for r in rules if r not in first and found.severity[r] is severity]
        if others:
            deviates, unknown = (
                words.number(sum(found.count[r, o, True] for r in others)) for o in TOLD
            )
            said = f"{word(report, words, 'severity', severity):<11} {len(others):<7}"
            listed = ", ".join(map(plain, others))
            yield Line(f"{said}{deviates:>6}{unknown:>6}  {listed}", "soft", 2, cut="end")
    if not rules:
        yield Line(words("No finding on these stores."), "", 2)


def _top(report: Any, words: Any, found: Findings) -> Iterator[Line]:
    """The first deviations, severity by severity, a rule at a time so that each is seen."""
    listed = [
        f
        for severity in Severity
        for rule in found.rules(holds=True)
        if found.severity[rule] is severity
        for f in islice(found.first[rule, Outcome.DEVIATES, True], 2)
    ][:_TOP]
    if not listed:
        return
    yield Line()
    yield Line(words("Look at these first"), "head")
    for f in listed:
        said = f"{plain(f.rule)} {what_of(report, words, f)}"
        yield Line(said, str(f.severity), 2, cut="middle")
        yield Line(because(report, words, f.because), "soft", 4, cut="middle")


def _verdicts(report: Any, words: Any) -> Iterator[Line]:
    yield Line()
    yield Line(words("Three verdicts, never merged"), "head")
    ordered = sorted(report.summary.countries.items(), key=lambda kv: (-kv[1], kv[0]))
    places = ", ".join(
        f"{words('undetermined') if c == '?' else country(report, words, c)} {words.number(n)}"
        for c, n in ordered[:_PLACES]
    )
    more = "" if len(ordered) <= _PLACES else ", …"
    yield Line(f"{words.title(words('Place'))} {places}{more}", "", 2)
    yield Line(f"{words.title(words('Transfer'))} {_transfer(report, words)}", "", 2)
    yield Line(f"{words.title(words('Reach'))} {reaches(report, words)}", "", 2)
    for _, reach in sorted(report.reaches.items()):
        if reach.path or reach.laws:
            yield Line(path_of(report, words, reach), "soft", 4)
    levels = sorted(report.summary.custody.items(), key=lambda kv: (kv[0] == "?", kv[0]))
    told = ", ".join(
        f"{words('undetermined') if level == '?' else level} {words.number(n)}"
        for level, n in levels
    )
    yield Line(f"{words.title(words('Custody of the keys (evidence)'))} {told}", "", 2)


def _alignment(report: Any, words: Any) -> Iterator[Line]:
    """The overall status, with every item it is made of: there is no score without them."""
    told = report.alignment()
    if told is None:
        return
    yield Line()
    yield Line(words("Alignment, 35 items; overall: {status}",
                     status=status(report, words, told.overall)), "head")  # fmt: skip
    for value, items in sorted(by_status(told).items(), key=lambda kv: _STATUSES.index(kv[0])):
        said = f"{status(report, words, value)} ({words.number(len(items))})"
        numbers = ", ".join(item.removeprefix("CNIL-") for item in items)
        yield Line(f"{words.title(said)} {numbers}", "", 2)
    if any(row.recommended for row in told.items if not row.treatment):
        yield Line(words("* outside the regimes declared: a recommendation"), "soft", 2)


_STATUSES = ("missing", "unknown", "human_required", "partial", "pass", "not_applicable")


def _transfer(report: Any, words: Any) -> str:
    counts = [
        counts
        for rule, counts in report.summary.outcomes.items()
        if rule.startswith(("TRF", "SHR"))
    ]
    said = (sum(c.get(str(o), 0) for c in counts) for o in (Outcome.DEVIATES, Outcome.UNDETERMINED))
    deviates, unknown = (words.number(n) for n in said)
    return str(words("answers on flows and shares that deviate: {d}; undetermined: {u}",
                     d=deviates, u=unknown))  # fmt: skip


def _unread(report: Any, words: Any, read: Read) -> Iterator[Line]:
    missing, units = unread_units(report.summary), sum(report.summary.coverage.values())
    if units and not missing:
        return
    yield Line()
    yield Line(words("What could not be read"), "head")
    if not units:
        yield Line(words("Nothing was read."), "", 2)
        return
    total = words.number(units)
    yield Line(words("Readings missing or partial: {n} of {total}. Never counted as met.",
                     n=words.number(missing), total=total), "", 2)  # fmt: skip
    seen: dict[Any, tuple[str, str, Any]] = {}
    for _, account, _, kind, gap in sorted(read.gaps, key=lambda g: (*g[:4], g[4].detail)):
        seen.setdefault(gap.reason, (account, kind, gap))
    for reason, n in sorted(read.reasons().items(), key=lambda kv: (-kv[1], kv[0]))[:_REASONS]:
        account, kind, gap = seen[reason]
        example = f"{plain(account)} {plain(kind)}"
        yield Line(
            f"{words.number(n)} × {shown(report, words, gap)}, {example}", "soft", 4, cut="middle"
        )


def _next(report: Any, words: Any, read: Read) -> Iterator[Line]:
    steps = []
    if unread_units(report.summary):
        steps.append(
            words("grant the missing read permissions (auditor permissions) and audit again")
            if Reason.DENIED in read.reasons()
            else words("mend what kept readings from being made, and audit again")
        )
    if any(n for o, n in _all_outcomes(report) if o == Outcome.DEVIATES):
        steps.append(words("read each finding, with its advice, in the HTML document"))
    plan = report.plan()
    bare = sum(group.unplanned for group in plan.groups) if plan else 0
    if bare:
        steps.append(words("set a step for the exposed data stores without one: {n} (auditor plan)",
                           n=words.number(bare)))  # fmt: skip
    person = sum(report.summary.health.get(str(Certainty(c)), 0) for c in PERSON)
    if person:
        steps.append(
            words("have a person qualify the other data stores: {n}", n=words.number(person))
        )
    if steps:
        yield Line()
        yield Line(words("Next"), "head")
        yield from (Line(f"{at}. {step}", "", 2) for at, step in enumerate(steps, 1))


def _all_outcomes(report: Any) -> Iterator[tuple[str, int]]:
    for counts in report.summary.outcomes.values():
        yield from counts.items()


def laid(line: Line) -> list[str]:
    """A line within the width: folded under its beginning, or shortened in its middle."""
    room = WIDTH - line.indent
    pad = " " * line.indent
    if line.cut:
        return [pad + shortened(line.text, room, line.cut)]
    hanging = pad + "   " if line.indent else pad
    return wrap(
        line.text, WIDTH, initial_indent=pad, subsequent_indent=hanging, break_on_hyphens=False
    ) or [""]


def shortened(text: str, room: int, where: str) -> str:
    """A text no longer than there is room; of a name, the beginning and the end say most."""
    if len(text) <= room:
        return text
    tail = (room - 1) // 3 if where == "middle" else 0
    return text[: room - 1 - tail] + "…" + text[len(text) - tail :]
