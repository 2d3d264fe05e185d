"""Annexes A to F: inventory and findings, hosts, alignment, transfers, references, versions."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.sdk import plain

from ._alignment import alignment
from ._asked import blank, said
from ._blocks import Cell, Fields, Section, Table, Text
from ._findings import findings
from ._outline import title_of
from ._saying import country, in_words, path_of, shown, word
from ._sources import texts
from ._told import Told
from ._verdicts import others


def inventory(told: Told) -> Iterator[Section]:
    """A: findings with their evidence, and what every other rule answered."""
    report, words = told.report, told.words
    about = words("The register of all data stores, with every call that gave a value, is in the "
                  "JSON and XLSX formats.")  # fmt: skip
    yield Section(title_of(told, "A"), (Text(about),), 2, "", "A")
    yield from findings(report, words, told.found)
    yield from others(report, words)


def hosts(told: Told) -> Iterator[Section]:
    """B: one sheet per offer that holds something."""
    report, words = told.report, told.words
    yield Section(title_of(told, "B"), (), 2, "", "B")
    for offer, reach in sorted(report.reaches.items()):
        known = report.facts.table("offers").get(offer, {})
        fields: list[tuple[str, Cell]] = [
            (words("Reach"), word(report, words, "reached", reach.verdict)),
            (words("Path: operator → control → laws"), path_of(report, words, reach)
             or words("not read")),
            (words("Confidence"), word(report, words, "confidence", reach.confidence)),
        ]  # fmt: skip
        fields += [
            (words("Not established"), shown(report, words, doubt)) for doubt in reach.doubts
        ]
        for one in report.facts.guarantees_of(offer, "", "", report.as_of):
            state = word(report, words, "attested", one.state)
            why = f" ({shown(report, words, one.reason)})" if one.reason else ""
            fields.append((word(report, words, "scheme", one.scheme), state + why))
        name = known.get("name", offer)
        title = plain(name) if isinstance(name, str) else in_words(words, name)
        yield Section(title, (Fields(tuple(fields)),), 3)


def aligned(told: Told) -> Iterator[Section]:
    """C: the 35 items."""
    yield Section(title_of(told, "C"), (), 2, "", "C")
    yield from alignment(told.report, told.words)


def transfers(told: Told) -> Iterator[Section]:
    """D: what a transfer impact assessment starts from, country by country."""
    report, words = told.report, told.words
    about = words("Pre-filled from what was seen: exporter, importer and instrument are to be "
                  "confirmed by people. An exposure without an observed flow is no "
                  "transfer.")  # fmt: skip
    yield Section(title_of(told, "D"), (Text(about),), 2, "", "D")
    dossier = told.dossier
    exporter = said(words, dossier.controller.name if dossier else "", "controller.name")
    third = [code for code in sorted(report.summary.countries) if code != "?"
             and report.facts.country(code, report.as_of).in_eea is not True]  # fmt: skip
    for code in third:
        framework = report.facts.framework_of(code, report.as_of)
        laws = sorted({law.name for reach in report.reaches.values() for law in reach.laws
                       if law.country == code and law.data_access})  # fmt: skip
        fields: tuple[tuple[str, Cell], ...] = (
            (words("Exporter"), exporter),
            (words("Importer"), blank(words, "accounts.….entity")),
            (words("Country"), country(report, words, code)),
            (words("Data stores with a copy there"),
             words.number(report.summary.countries[code])),
            (words("Adequacy decision"), plain(framework.decision) or words("none")),
            (words("Instrument"), blank(words, "accounts.….safeguard")),
            (words("Laws at stake"), ", ".join(map(plain, laws)) or words("none read")),
            (words("Supplementary measures"), blank(words, "document.measures")),
            (words("Conclusion"), blank(words, "attestations (CNIL-24)")),
        )  # fmt: skip
        yield Section(country(report, words, code), (Fields(fields),), 3)


def references(told: Told) -> Iterator[Section]:
    """E: what words mean, and the texts that are cited."""
    report, words = told.report, told.words
    entry = report.facts.table("conventions")["glossary"]
    rows = []
    for text in entry["words"].values():
        term, _, meaning = text.get(words.lang, text["en"]).partition(":")
        rows.append((words.typeset(term.strip()), words.typeset(meaning.strip())))
    columns = (words("Word"), words("Meaning"))
    table = Table(words("Glossary"), columns, tuple(rows), 0, (), (3, 5))
    yield Section(title_of(told, "E"), (table,), 2, "", "E")
    yield texts(report, words, told.found)


def versions(told: Told) -> Iterator[Section]:
    """F: versions of the plan and attestations, with who, when and on which document."""
    words, dossier = told.words, told.dossier
    approved = tuple(
        (plain(v.id), words.date(v.approved),
         said(words, v.approver, f"versions.{plain(v.id)}.approver"),
         said(words, v.plan, f"versions.{plain(v.id)}.plan"))
        for v in (dossier.versions.values() if dossier else ())
    )  # fmt: skip
    columns = (words("Version"), words("Approved on"), words("Approved by"),
               words("Version printed on it"))  # fmt: skip
    first = Table(words("Versions of the plan"), columns, approved)
    signed = tuple(
        (plain(a.id), plain(a.item), plain(a.treatment),
         said(words, a.who, f"attestations.{plain(a.id)}.who"),
         said(words, a.role, f"attestations.{plain(a.id)}.role"), words.date(a.signed),
         said(words, a.document, f"attestations.{plain(a.id)}.document"), words.date(a.until))
        for a in (dossier.attestations.values() if dossier else ())
    )  # fmt: skip
    heads = (words("Attestation"), words("Item"), words("Treatment"), words("Who"),
               words("Role"), words("Signed on"), words("Document"), words("Until"))  # fmt: skip
    second = Table(words("Attestations"), heads, signed)
    yield Section(title_of(told, "F"), (first, second), 2, "", "F")
