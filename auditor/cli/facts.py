"""`auditor facts`: what is held to be true, with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ._click import Family, Verb, day
from ._lang import words
from ._options import day_option, lang_option, settings_of, settings_options

if TYPE_CHECKING:
    from auditor.facts import Facts

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")


@click.group("facts", cls=Family, help="What is held to be true, with its sources.")
def command() -> None:
    """List, show, explain, check them; tell what gets old and how editions differ."""


@command.command("list", cls=Verb, help="Every fact, as kind:id; of one KIND when it is named.")
@click.argument("kind", required=False)
@day_option("Only facts that hold on this day.")
@settings_options
def listed(
    kind: str | None, as_of: date | None, config: str | None, overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """One line each."""
    from auditor.errors import UsageError

    facts = _facts(config, overrides, facts_dirs)
    kinds = sorted({k for k, _ in facts.ids()})
    if kind and kind not in kinds:
        said = words()("there is no kind of facts called {kind}", kind=kind)
        raise UsageError(said, hint=words()("one of: {names}", names=", ".join(kinds)))
    for found, name in facts.ids():
        if kind in (None, found) and (as_of is None or _holds(facts, found, name, as_of)):
            click.echo(f"{found}:{name}")


@command.command("show", cls=Verb, help="One fact, with its source, its days and its confidence.")
@click.argument("name", metavar="ID")
@day_option("Say whether it holds on this day.")
@settings_options
def show(
    name: str, as_of: date | None, config: str | None, overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """All that is written of it."""
    import json

    facts = _facts(config, overrides, facts_dirs)
    entry = facts.get(name)
    click.echo(json.dumps(entry, indent=2, ensure_ascii=False, default=_iso))
    if as_of is not None:
        click.echo(_standing(facts, entry, as_of))


@command.command(
    "explain", cls=Verb,
    help="What the facts say of an OFFER on a day: place, transfer, reach, guarantees, each with"
    " the facts behind it.",
)  # fmt: skip
@click.argument("offer")
@click.option("--service", default="", metavar="NAME", help="The service, as guarantees name it.")
@click.option("--region", default="", metavar="ID", help="The region, by its id at the provider.")
@click.option("--activity", type=click.IntRange(1, 6), metavar="N",
              help="The HDS activity, from 1 to 6.")  # fmt: skip
@day_option("The day; today in Paris by default.")
@_JSON
@lang_option
@settings_options
def explain(
    offer: str, service: str, region: str, activity: int | None, as_of: date | None,
    as_json: bool, config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """Three verdicts, what is attested, and where each fact was read."""
    from auditor.codec import to_json
    from auditor.days import today

    from ._explained import folded, known, lines

    facts = _facts(config, overrides, facts_dirs)
    known(facts, offer)
    answer = facts.answer(offer, service, region, as_of or today(), activity)
    if as_json:
        from auditor.schema import urn

        _echo_json({"schema": urn("answer"), **to_json(answer)})
        return
    for line in lines(facts, answer, words()):
        click.echo(folded(line))


@command.command("check", cls=Verb, help="Hold every fact to its contract, and against the others.")
@settings_options
def check(config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]) -> None:
    """Count what was checked; a mistake is told with its file, its key and its cure."""
    from collections import Counter

    from auditor.facts import check_whole

    facts = _facts(config, overrides, facts_dirs)
    check_whole(facts)
    counted = Counter(kind for kind, _ in facts.ids())
    for kind, n in sorted(counted.items()):
        click.echo(f"{kind:14} {words().number(n):>6}")
    said = words()("edition {edition}: {n} facts, each with its source, none against another",
                   edition=facts.edition, n=words().number(sum(counted.values())))  # fmt: skip
    click.echo(said)
    if facts.overlays:
        said = words()("of which yours: {ids}", ids=", ".join(facts.overlays))
        click.echo(said)


@command.command(
    "stale", cls=Verb,
    help="What is to be read again: what ends soon, what was not read for long, what is weak.",
)  # fmt: skip
@click.option("--within", default=90, metavar="DAYS", type=click.IntRange(0),
              help="What ends within this many days; 90 by default.")  # fmt: skip
@click.option("--not-read-since", metavar="DAY", callback=day,
              help="What was not read again since this day; none by default.")  # fmt: skip
@click.option("--weak", is_flag=True, help="What rests on memory or on a weak source too.")
@day_option("Counted from this day; today in Paris by default.")
@_JSON
@settings_options
def stale_(
    within: int, not_read_since: date | None, weak: bool, as_of: date | None, as_json: bool,
    config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """One line each: the day, why, the fact, its source."""
    from auditor.codec import to_json
    from auditor.days import today
    from auditor.facts import Old, stale

    facts = _facts(config, overrides, facts_dirs)
    found = stale(facts, as_of or today(), within, not_read_since or date.min)
    told = sorted((s for s in found if weak or s.why is not Old.MEMORY),
                  key=lambda s: (list(Old).index(s.why), s.day, s.id))  # fmt: skip
    if as_json:
        _echo_json([to_json(one) for one in told])
        return
    why = {
        Old.ENDS: words()("ends"),
        Old.NOT_READ: words()("last read"),
        Old.MEMORY: words()("weak, read"),
    }
    for one in told:
        click.echo(f"{why[one.why]} {words().date(one.day)}  {one.id}  {one.source}")
    if not told:
        click.echo(words()("nothing to read again"))


@command.command(
    "diff", cls=Verb,
    help="What changed from one edition of the facts to another. OLD and NEW are folders that hold"
    " an edition.toml; NEW is this version's own by default.",
)  # fmt: skip
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW", required=False)
@_JSON
@settings_options
def diff(
    old: str, new: str | None, as_json: bool, config: str | None, overrides: tuple[str, ...],
    facts_dirs: tuple[str, ...],
) -> None:  # fmt: skip
    """One line each: added, removed or changed, with the keys."""
    from auditor.codec import to_json
    from auditor.facts import differences, load_edition

    one = load_edition(Path(old))
    other = load_edition(Path(new)) if new else _facts(config, overrides, facts_dirs)
    told = list(differences(one, other))
    if as_json:
        _echo_json([to_json(d) for d in told])
        return
    mark = {"added": "+", "removed": "-", "changed": "~"}
    for d in told:
        click.echo(f"{mark[d.change]} {d.id}{'  ' + ', '.join(d.keys) if any(d.keys) else ''}")
    said = words()("from edition {old} to edition {new}: {n} facts differ",
                   old=one.edition, new=other.edition, n=words().number(len(told)))  # fmt: skip
    click.echo(said)


def _facts(config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...]) -> Facts:
    from auditor import pipeline

    return pipeline.ready(settings_of(config, overrides, facts_dirs))[1]


def _echo_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _dated(entry: Any) -> bool:
    """Whether a fact has days of its own: words and groups of facts have none."""
    source = entry.get("source") if isinstance(entry, Mapping) else None
    return isinstance(source, Mapping) and "retrieved" in source


def _holds(facts: Facts, kind: str, name: str, day: date) -> bool:
    entry = facts.get(f"{kind}:{name}")
    return not _dated(entry) or facts.edition_facts.holds(entry, day) is not False


def _standing(facts: Facts, entry: Any, day: date) -> str:
    shown = words().date(day)
    if not _dated(entry):
        return words()("{day}: it has no days of its own", day=shown)
    match facts.edition_facts.holds(entry, day):
        case True:
            return words()("{day}: it holds", day=shown)
        case False:
            return words()("{day}: it does not hold", day=shown)
    return words()("{day}: it is not known whether it holds", day=shown)


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
