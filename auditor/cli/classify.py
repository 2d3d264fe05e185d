"""`auditor classify`: whether files or objects hold health data, with the evidence and no value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ._click import Verb
from ._exit import Exit
from ._lang import words
from ._options import lang_option, settings_of, settings_options

if TYPE_CHECKING:
    from auditor.assessing import Row
    from auditor.model import Evidence
    from auditor.settings import Settings

_TOLD = 6  # pieces of evidence of one object
_FEW = 10  # counts up to ten are told as ten


@click.command(
    "classify",
    cls=Verb,
    help="Say whether a file, a folder or a bucket holds health data, from a sample of its content:"
    " the level, and the evidence without any value. PATH is local, or s3://bucket/prefix,"
    " gs://bucket/prefix, az://account/container/prefix; all files of a folder are read, a few"
    " objects of a bucket.",
)
@click.argument("path", required=False)
@click.option(
    "--metadata",
    "cases",
    metavar="FILE",
    help="Judge stores described in JSON lines (name, tags, columns) instead of content.",
)
@click.option(
    "-f",
    "--output-format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    help="A table for people, or a JSON object a line.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be read of a bucket, and what it would cost; read no object.",
)
@click.option(
    "--full-names",
    is_flag=True,
    help="Tell the names of objects in full: they may be personal data.",
)
@lang_option
@settings_options
def command(
    path: str | None, cases: str | None, form: str, dry_run: bool, full_names: bool,
    config: str | None, overrides: tuple[str, ...], facts_dirs: tuple[str, ...],
) -> int:  # fmt: skip
    """Read, and tell one line for each object."""
    from auditor import assessing, pipeline
    from auditor.errors import UsageError

    settings = settings_of(config, overrides, facts_dirs)
    if (path is None) == (cases is None):
        said = words()("nothing to classify, or too much")
        raise UsageError(said, hint=words()("give one path, or --metadata FILE"))
    if dry_run and path is not None:
        return _planned(path, settings)
    rows = (
        assessing.of_cases(Path(cases), settings)
        if cases is not None
        else assessing.of_path(str(path), settings, full_names=full_names)
    )
    return _tell(rows, form, pipeline.ready(settings)[1])


def _tell(rows: Iterator[Row], form: str, facts: Any) -> int:
    from auditor.codec import dumps
    from auditor.sdk import Reason, word

    unread = (Reason.DENIED, Reason.UNREACHABLE, Reason.GONE, Reason.THROTTLED, Reason.EXPIRED)
    code, levels = Exit.DONE, dict[str, int]()
    for row in rows:
        levels[row.level] = levels.get(row.level, 0) + 1
        if row.reason in unread:
            code = Exit.UNREAD
        if form == "jsonl":
            click.echo(dumps(row.json()))
            continue
        for line in _lines(row, facts):
            click.echo(line)
    if form == "table":
        said = words()
        counts = (f"{word(facts, said, 'certainty', k)} {said.number(n)}"
                  for k, n in sorted(levels.items()))  # fmt: skip
        click.echo(", ".join(counts) or said("nothing was there"))
    return code


def _lines(row: Row, facts: Any) -> Iterator[str]:
    from auditor.sdk import plain, word

    said = words()
    why = f" ({said.typeset(facts.reason(row.reason, said.lang))})" if row.reason else ""
    guard = f" [{word(facts, said, 'guard', row.guard)}]" if row.guard else ""
    yield f"{word(facts, said, 'certainty', row.level):<14} {plain(row.name)}{why}{guard}"
    for e in row.evidence[:_TOLD]:
        yield "    " + " · ".join(_evidence(e, facts))


def _evidence(e: Evidence, facts: Any) -> Iterator[str]:
    from auditor.sdk import plain, sign, word

    said = words()
    yield word(facts, said, "axis", e.axis)
    yield sign(facts, said, e.detector)
    yield plain(e.seen_in)
    if e.rate is not None:
        yield said("{share} pass", share=said.percent(round(100 * e.rate), 100))
    if e.distinct is not None and e.distinct <= _FEW:
        yield said("≤ 10 different")
    elif e.distinct is not None:
        yield said("{n} different", n=said.number(e.distinct))
    if e.bits is not None:
        yield said("{n} bits", n=said.number(round(e.bits)))
    if e.mask:
        yield plain(e.mask)


def _planned(path: str, settings: Settings) -> int:
    from auditor import assessing, pipeline
    from auditor.errors import ApiError
    from auditor.sdk import plain

    said = words()
    try:
        plan = assessing.planned(path, settings)
    except ApiError as error:
        why = said.typeset(pipeline.ready(settings)[1].reason(error.reason, said.lang))
        click.echo(f"{plain(path)} ({why})")
        return Exit.UNREAD
    click.echo(said(
        "{listed} objects listed; {objects} would be read, at most {bytes} MiB, by {calls}"
        " requests; {cold} of a cold class would be left, for their retrieval is charged",
        listed=said.number(plan.listed), objects=said.number(plan.objects),
        bytes=said.number(plan.bytes // 2**20 + 1),
        calls=said.number(plan.calls),
        cold=said.number(plan.cold),
    ))  # fmt: skip
    if "://" in path:
        click.echo(said(
            "cost: requests at the price of the storage class, and the volume read at the egress"
            " price unless this runs in the same region"
        ))  # fmt: skip
    return Exit.DONE
