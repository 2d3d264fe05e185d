"""S4 to S6: where data rest and go, whose law reaches them, which measures protect them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.sdk import Place, Role, plain, standing

from . import _figures
from ._asked import blank
from ._blocks import Block, Cell, Section, Table, Text
from ._groups import counted, name_of
from ._outline import title_of
from ._saying import country, in_words, shown, word
from ._told import Told
from ._verdicts import custody, place, reach, transfer

_LEVELS = ("ENC-0", "ENC-1", "ENC-2", "ENC-3", "ENC-4")


def places(told: Told) -> Iterator[Section]:
    """S4: places of every copy, flows, transfers."""
    report, words = told.report, told.words
    about = words(
        "Place, transfer and reach answer three questions: none of them clears another. A store "
        "can rest in France and still be exposed to the law of a third country."
    )
    yield Section(title_of(told, "S4"), (Text(about), *_figures.places(told)), 2, "", "S4")
    yield place(report, words)
    yield transfer(report, words)
    flows: Block = _flows(told)
    if report.options.get("redaction") == "public":
        flows = Text(words("Flows are told store by store: not under this profile."), "note")
    yield Section(words("Flows seen, and the tool of chapter V"), (flows,), 3)


def _flows(told: Told) -> Table:
    """What leaves the EEA, by country and role, with the instrument that a person must name."""
    report, words = told.report, told.words
    counts: dict[tuple[str, Role, bool], int] = {}
    for _, judged in report.stores():
        out = {(p.country, p.role, p.adequate is True) for p in (*judged.places, *judged.flows)
               if isinstance(p, Place) and not p.in_eea}  # fmt: skip
        for key in out:
            counts[key] = counts.get(key, 0) + 1
    rows: list[tuple[Cell, ...]] = []
    for (code, role, adequate), n in sorted(counts.items()):
        tool: Cell = blank(words, "accounts.….safeguard")
        if adequate:
            tool = words("adequacy decision, to be confirmed for this recipient")
        where = report.facts.country(code, report.as_of)
        rows.append((country(report, words, code), standing(words, where),
                     word(report, words, "role", role), words.number(n), tool))  # fmt: skip
    columns = (words("Country"), words("Standing on that day"), words("What rests or goes there"),
               words("Data stores"), words("Instrument"))  # fmt: skip
    return Table(words("Copies and traces outside the EEA"), columns, tuple(rows))


def laws(told: Told) -> Iterator[Section]:
    """S5: exposure to non-EU law, which is no transfer."""
    report, words = told.report, told.words
    about = words("An exposure to an access request is not a transfer: it is told from the sources "
                  "read on that day, and the absence of a link is never affirmed.")  # fmt: skip
    yield Section(title_of(told, "S5"), (Text(about), *_figures.paths(told)), 2, "", "S5")
    yield reach(report, words)
    yield Section(words("Laws at stake"), (_laws(told),), 3)


def _laws(told: Told) -> Table:
    report, words, rows = told.report, told.words, []
    for offer, found in sorted(report.reaches.items()):
        for law in found.laws:
            if law.data_access:
                force = shown(report, words, law.in_force)
                if isinstance(law.in_force, bool):
                    force = words("yes") if law.in_force else words("no")
                rows.append((plain(offer), plain(law.name), country(report, words, law.country),
                             force, plain(law.via),
                             word(report, words, "confidence", law.confidence)))  # fmt: skip
    columns = (words("Offer"), words("Law"), words("Country"), words("In force"),
               words("Entity within its reach"), words("Confidence"))  # fmt: skip
    return Table(words("Laws that reach whoever operates or controls a host"), columns,
                 tuple(rows))  # fmt: skip


def measures(told: Told) -> Iterator[Section]:
    """S6: encryption and custody of keys, and against whom each level protects."""
    report, words = told.report, told.words
    conventions = report.facts.table("conventions")
    protects = {
        "none": words("none"), "limited": words("limited"), "conditional": words("conditional"),
    }  # fmt: skip
    rows = tuple(
        (level, in_words(words, conventions[level]["said"]),
         protects[conventions[level]["protects_against_host_law"]],
         in_words(words, conventions[level]["note"]) if "note" in conventions[level] else "")
        for level in _LEVELS
    )  # fmt: skip
    columns = (words("Level"), words("Who can use the keys"),
               words("Protection against the host’s law"), words("Note"))  # fmt: skip
    table = Table(words("What each level protects from"), columns, rows, 0, (), (1, 4, 2, 5))
    groups = tuple((name_of(told, group), counted(told, group.custody)) for group in told.groups)
    by_group = told.table(words("Custody of the keys, by group"),
                          (words("Group"), words("Levels")), groups, (1, 2))  # fmt: skip
    note = Text(in_words(words, conventions["ENC"]["said"]), "note")
    blocks: tuple[Block, ...] = (*_figures.verdicts(told), table, by_group, note)
    yield Section(title_of(told, "S6"), blocks, 2, "", "S6")
    yield custody(report, words)
