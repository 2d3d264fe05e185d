"""What was audited and what could not be read: accounts, regions, gaps, completeness."""

from __future__ import annotations

from typing import Any

from auditor.sdk import CoverageState, plain

from ._blocks import Section, Table, numbers, section
from ._gather import Read, unread_units
from ._saying import own_facts, shown, word


def what(report: Any, words: Any, read: Read, most: int) -> Section:
    header = report.header
    rows = [
        (words("Run"), header["run"]),
        (words("Started"), header["started"]),
        (words("Law applied as of"), words.date(report.as_of)),
        (words("Edition of the facts"), report.edition),
        (words("Version of the auditor"), header["version"]),
        *((words("Plugin"), f"{p['name']} {p['version']}") for p in header["plugins"]),
    ]
    labels = {
        "accounts": words("caller’s account"),
        "credentials": words("credentials taken"),
        "endpoints": words("endpoints asked"),
        "partition": words("partition"),
        "tenant": words("tenant"),
        "file": words("export read"),
        "kind": words("kind of export"),
        "rows": words("rows in it"),
        "sha256": words("SHA-256 of the export"),
        "written": words("date of the file"),
    }
    for provider, identity in sorted(header["identity"].items()):
        rows += [(f"{provider} · {labels.get(k, k)}", v) for k, v in sorted(identity.items())]
    kinds = read.looked_for()
    rows.append((words("Store types looked for: {n}", n=len(kinds)), ", ".join(kinds)))
    told = tuple((plain(a), plain(b)) for a, b in rows)
    columns = (words("What"), words("Value"))
    return section(
        words("What was audited"),
        _overlays(report, words),
        (Table(words("The run"), columns, told), _accounts(words, read, most)),
    )


def _overlays(report: Any, words: Any) -> tuple[str, ...]:
    theirs = report.facts.overlays
    if not theirs:
        return ()
    said = words("Some facts are the user’s own, laid over ours: they are not vouched for here.")
    return (f"{said} {own_facts(words, theirs)}",)


def _accounts(words: Any, read: Read, most: int) -> Table:
    rows = tuple(
        (plain(account), plain(name), plain(partition),
         ", ".join(map(plain, sorted(read.regions[partition, account]))),
         words.number(read.stores[partition, account]))
        for (partition, account), name in sorted(read.accounts.items())[:most]
    )  # fmt: skip
    columns = (
        words("Account"), words("Name"), words("Partition"), words("Regions"), words("Data stores"),
    )  # fmt: skip
    return Table(words("Accounts and regions"), columns, rows, len(read.accounts) - len(rows))


def whole(report: Any, words: Any) -> str:
    """Whether the survey is whole."""
    missing, total = unread_units(report.summary), sum(report.summary.coverage.values())
    if not total:
        return str(words("Nothing was read."))
    if missing:
        return str(
            words("The survey is not whole. Readings missing or partial: {n} of {total}.",
                  n=words.number(missing), total=words.number(total))
        )  # fmt: skip
    return str(words("The survey is whole. Readings: {total} of {total}.",
                     total=words.number(total)))  # fmt: skip


def unread(report: Any, words: Any, read: Read, most: int) -> Section:
    ordered = sorted(read.gaps, key=lambda g: (*g[:4], g[4].reason, g[4].detail))
    rows = tuple(
        (plain(account), plain(region), plain(kind), shown(report, words, gap))
        for _, account, region, kind, gap in ordered[:most]
    )
    columns = (words("Account"), words("Region"), words("Type"), words("Reason"))
    gaps = Table(words("Gaps"), columns, rows, max(0, len(ordered) - most))
    said = (whole(report, words), words("What could not be read is never counted as met."))
    title = words("What could not be read")
    return section(title, said, (gaps, _certificate(report, words, read)))


def _certificate(report: Any, words: Any, read: Read) -> Table:
    rows, marks = [], []
    for kind, counts in sorted(read.kinds.items()):
        states = [counts.get(str(state), 0) for state in CoverageState]
        rows.append((plain(kind), *numbers(words, (*states, counts["stores"]))))
        marks.append("minor" if counts.get("partial") or counts.get("unread") else "")
    columns = (
        words("Type"),
        *(word(report, words, "coverage", state) for state in CoverageState),
        words("Data stores"),
    )
    caption = words("Certificate of completeness: readings of each type, by account and region")
    return Table(caption, columns, tuple(rows), 0, tuple(marks))
