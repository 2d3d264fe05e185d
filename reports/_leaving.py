"""S12: how each family moves, how long it takes, what it costs, and deletion with its proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import Plan, Route, plain

from ._asked import said
from ._blocks import Fields, Items, Section, Table, Text
from ._groups import alternatives, hours, name_of, price, volume
from ._outline import title_of
from ._saying import in_words, word
from ._told import Told


def leaving(told: Told) -> Iterator[Section]:
    """S12: how each family moves, how long it takes, what it costs, and deletion with its proof."""
    words, plan = told.words, told.plan
    document = told.dossier.document if told.dossier else None
    asked = Fields(
        ((words("How deletion at the former host is proved"),
          said(words, document.deletion if document else "", "document.deletion")),),
    )  # fmt: skip
    blocks: tuple[Any, ...] = (asked,)
    if plan is not None:
        blocks = (Text(_assumed(words, plan)), _costs(told), asked, *_switching(told))
    yield Section(title_of(told, "S12"), blocks, 2, "", "S12")
    for kind in plan.candidates if plan else ():
        yield _how(told, kind)


def _assumed(words: Any, plan: Plan) -> str:
    a = plan.assumed
    return str(words(
        "Reckoned for {gbit} Gbit/s of which {share} is really used, and {months} months at both "
        "hosts. List prices before tax, one tier: orders of magnitude. Requests and restores of "
        "archives are not counted; sizes that were not told are not either.",
        gbit=f"{a.gbit_per_second:g}".replace(".", "," if words.lang == "fr" else "."),
        share=words.percent(round(a.efficiency * 100), 100),
        months=words.number(a.parallel_months),
    ))  # fmt: skip


def _costs(told: Told) -> Table:
    words = told.words
    rows = tuple(
        (name_of(told, group), alternatives(told, route.kind),
         words.number(route.volume.stores), volume(told, route.volume),
         _time(told, route), _cost(told, route, route.egress), _kept(told, route))
        for group in told.groups
        for route in group.routes
    )  # fmt: skip
    columns = (words("Group"), words("Family"), words("Data stores"), words("Volume"),
               words("Transfer time"), words("Leaving, list price"),
               words("Former host kept meanwhile"))  # fmt: skip
    caption = words("Volumes, times and costs")
    return told.table(caption, columns, rows, (5, 4, 2, 4, 3, 4, 4))


def _time(told: Told, route: Route) -> str:
    known = route.volume.unknown < route.volume.stores
    return hours(told.words, route.hours) if known else str(told.words("not known"))


def _cost(told: Told, route: Route, cost: Any) -> str:
    known = route.volume.unknown < route.volume.stores
    return price(told.words, cost) if known else str(told.words("not known"))


def _kept(told: Told, route: Route) -> str:
    return _cost(told, route, route.parallel)


def _switching(told: Told) -> Iterator[Table]:
    """What the law and the clouds' programmes say of the cost of leaving, with source and date."""
    report, words = told.report, told.words
    left = {offer for group in told.groups for offer in group.offers}
    rows = []
    for id, entry in report.facts.table("switching").items():
        if entry.get("offer", "") in ("", *left):
            source = entry["source"]
            rows.append((plain(id), in_words(words, entry["fact"]),
                         plain(source.get("url") or source.get("document", "")),
                         words.date(source["retrieved"]),
                         word(report, words, "confidence", report.confidence(entry))))  # fmt: skip
    columns = (words("Fact"), words("What it says"), words("Source"), words("Read on"),
               words("Confidence"))  # fmt: skip
    yield Table(words("Charges of switching, and programmes that waive them"), columns,
                tuple(rows), 0, (), (3, 9, 5, 2, 2))  # fmt: skip
    prices = sorted({id.removeprefix("prices:") for group in told.groups for route in group.routes
                     for id in (*route.egress.facts, *route.parallel.facts)})  # fmt: skip
    lines = []
    for id in prices:
        entry = report.facts.table("prices")[id]
        amount = entry.get("price_per_gb_eur", entry.get("eur_per_tb_month", 0))
        per = entry.get("unit", "") or words("TB and month")
        figure = f"{amount:g}".replace(".", "," if words.lang == "fr" else ".")
        source = entry["source"]
        lines.append((plain(entry["offer"]), in_words(words, entry["item"]),
                      f"{figure} EUR / {per}", plain(source.get("document", "")),
                      words.date(source["retrieved"])))  # fmt: skip
    columns = (words("Offer"), words("What is billed"), words("Price"), words("Source"),
               words("Read on"))  # fmt: skip
    yield Table(words("Prices used"), columns, tuple(lines), 0, (), (2, 5, 3, 7, 2))


def _how(told: Told, kind: str) -> Section:
    """The tools, the steps and the traps of one family."""
    words, entry = told.words, told.report.facts.table("alternatives")[kind]
    report = told.report
    tools = tuple(
        (plain(tool["tool"]) if isinstance(tool["tool"], str) else in_words(words, tool["tool"]),
         _text(words, tool["use"]), word(report, words, "confidence", report.confidence(tool)))
        for tool in entry.get("tools", ())
    )  # fmt: skip
    columns = (words("Tool"), words("Use"), words("Confidence"))
    blocks: list[Any] = [Table(words("Tools to study"), columns, tools, 0, (), (3, 6, 2))]
    if entry.get("steps"):
        blocks += [Text(words("In this order:")),
                   Items(tuple(_text(words, s) for s in entry["steps"]), ordered=True)]  # fmt: skip
    if entry.get("pitfalls"):
        blocks += [Text(words("Traps:")), Items(tuple(_text(words, s) for s in entry["pitfalls"]))]
    return Section(words("How to move: {kind}", kind=alternatives(told, kind)), tuple(blocks), 3)


def _text(words: Any, text: Any) -> str:
    return plain(text) if isinstance(text, str) else in_words(words, text)
