"""`auditor diff`: two runs, or two days of one, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ._click import Verb, day
from ._lang import words
from ._options import lang_option, settings_of, settings_options

if TYPE_CHECKING:
    from auditor.facts import Facts
    from auditor.model import Diff, Side, Turned

_SHOWN = 20  # findings of each turn, stores of each fate


@click.command(
    "diff",
    cls=Verb,
    help="Compare two runs: findings new, reopened, persisting, resolved, and why; stores that"
    " appeared, moved or went. OTHER may be left out with --from and --to: two days of one run,"
    " each judged before by an audit or a replay.",
)
@click.argument("one", metavar="RUN")
@click.argument("other", required=False)
@click.option("--from", "since", callback=day, metavar="DAY", help="The day of the first side.")
@click.option("--to", "until", callback=day, metavar="DAY", help="The day of the other side.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@lang_option
@settings_options
def command(
    one: str, other: str | None, since: date | None, until: date | None, as_json: bool,
    config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """Compare them, and tell it."""
    from auditor import pipeline
    from auditor.codec import dumps, to_json
    from auditor.errors import UsageError
    from auditor.runs.comparison import compared
    from auditor.schema import urn

    from ._stored import finished

    settings = settings_of(config, overrides, facts_dirs)
    if other is None and since == until:
        said = words()("there is nothing to compare {run} with", run=one)
        raise UsageError(said, hint=words()("name another run, or two days with --from and --to"))
    first, second = finished(one, settings), finished(other or one, settings)
    found = compared(first, second, since, until)
    if as_json:
        click.echo(dumps({"schema": urn("diff"), **to_json(found)}))
        return
    facts = pipeline.ready(settings)[1]
    for line in _lines(found, facts):
        click.echo(line)


def _lines(found: Diff, facts: Facts) -> Iterator[str]:
    from auditor.sdk import plain

    said = words()
    yield f"{_side(found.one)} → {_side(found.other)}"
    yield ""
    yield f"{said.title(said('Findings'))} {_counts(facts, 'turn', found.turns)}"
    yield f"{said.title(said('Because of'))} {_counts(facts, 'cause', found.causes)}"
    yield f"{said.title(said('Data stores'))} {_counts(facts, 'fate', found.fates)}"
    for turn in found.turns:
        listed = [f for f in found.findings if f.turn == turn]
        yield from _group(facts, "turn", turn, [_finding(facts, f) for f in listed])
    for fate in found.fates:
        moved = [s for s in found.stores if s.fate == fate]
        yield from _group(facts, "fate", fate, [
            " ".join(filter(None, (plain(s.store), plain(s.before), "→", plain(s.after))))
            for s in moved
        ])  # fmt: skip


def _side(side: Side) -> str:
    from auditor.sdk import plain

    said = words()
    text = said("{run}, judged for {day}, facts {edition}", run=plain(side.run),
                day=said.date(side.as_of), edition=plain(side.edition))  # fmt: skip
    return str(text)


def _counts(facts: Facts, choice: str, counts: Any) -> str:
    said = words()
    return ", ".join(
        f"{said.typeset(facts.word(choice, name, said.lang))} {said.number(n)}"
        for name, n in counts.items()
        if n
    ) or str(said("none"))


def _group(facts: Facts, choice: str, name: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    said = words()
    yield ""
    yield said.title(said.typeset(facts.word(choice, name, said.lang)).capitalize())
    yield from (f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  {said('{n} more with --json', n=said.number(len(lines) - _SHOWN))}"


def _finding(facts: Facts, f: Turned) -> str:
    from auditor.sdk import plain

    before = _weight(facts, f.was_severity, f.was_outcome)
    after = _weight(facts, f.severity, f.outcome)
    told = " → ".join(filter(None, dict.fromkeys((before, after))))
    cause = words().typeset(facts.word("cause", str(f.cause), words().lang))
    return f"{plain(f.rule)} {plain(f.store or f.subject)} ({told}; {cause})"


def _weight(facts: Facts, severity: Any, outcome: Any) -> str:
    if not severity:
        return ""
    said = words()
    parts = (facts.word("severity", str(severity), said.lang),
             facts.word("outcome", str(outcome), said.lang))  # fmt: skip
    return " ".join(map(said.typeset, parts))
