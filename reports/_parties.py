"""S0 to S3: the document itself, its scope, the parties, the treatments."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.sdk import Treatment, plain

from ._asked import blank, day, listed, said
from ._blocks import Cell, Fields, Items, Section, Table, Text
from ._director import conclusion
from ._findings import to_qualify
from ._outline import title_of
from ._saying import path_of, word
from ._scope import what
from ._told import Told


def cover(told: Told) -> Iterator[Section]:
    """S0: whose document it is, which version, and what it is not."""
    words, plan, dossier = told.words, told.plan, told.dossier
    document = dossier.document if dossier else None
    regimes = sorted({str(r) for t in _treatments(told) for r in t.regimes})
    status = word(told.report, words, "document_status", document.status if document else "draft")
    fields: list[tuple[str, Cell]] = [
        (words("The controller"), said(words, dossier.controller.name if dossier else "",
                                   "controller.name")),
        (words("Data protection officer"), said(words, dossier.dpo.name if dossier else "",
                                                "dpo.name")),
        (words("Version of the plan"), plan.version if plan else words("none")),
        (words("Day of the law applied"), words.date(told.report.as_of)),
        (words("Status of the document"), status),
        (words("Approved versions"), _approved(told) or blank(words, "versions")),
        (words("Recipients"), listed(words, document.recipients if document else (),
                                     "document.recipients")),
        (words("Regimes declared"), listed(words, regimes, "treatments.….regimes")),
    ]  # fmt: skip
    profile = told.report.options.get("redaction", "internal")
    if profile != "internal":
        fields.append((words("Redaction profile"), plain(profile)))
    yield Section(
        title_of(told, "S0"),
        (
            *_absent(told),
            Fields(tuple(fields)),
            Items(tuple(conclusion(told)), ordered=True),
            Text(words("This document is not a decision of the CNIL, and no authority has approved "
                       "it. Its outline is a convention of the project: the CNIL has published no "
                       "template of transition plan."), "note"),
        ),
        2, "", "S0",
    )  # fmt: skip


def _absent(told: Told) -> tuple[Text, ...]:
    """That a dossier was judged with, and is not at hand to be quoted."""
    if not told.report.summary.dossier or told.dossier is not None:
        return ()
    said = told.words("The dossier that this run was judged with is not at hand, or has changed: "
                      "what it says is shown as to be completed. `auditor plan` with the dossier "
                      "judges the run again.")  # fmt: skip
    return (Text(said, "warning"),)


def _approved(told: Told) -> str:
    words = told.words
    who = {v.id: v.approver for v in told.dossier.versions.values()} if told.dossier else {}
    return " · ".join(
        ", ".join(filter(None, (plain(version.id), words.date(version.day),
                                plain(who.get(version.id, "")), plain(version.plan))))
        for version in (told.plan.approved if told.plan else ())
    )  # fmt: skip


def scope(told: Told) -> Iterator[Section]:
    """S1: what was looked at, what was not, under which regimes."""
    report, words = told.report, told.words
    rows = tuple(
        (plain(t.name or t.id), str(regime), said(words, reason, f"treatments.{t.id}.regimes"))
        for t in _treatments(told)
        for regime, reason in sorted(t.regimes.items())
    )
    columns = (words("Treatment"), words("Regime"), words("Reason"))
    regimes = Table(words("Regimes declared, with their reason"), columns, rows)
    about = words("Data stores of the accounts below were looked for, by the types named. What the "
                  "regimes are is declared by people, never inferred.")  # fmt: skip
    yield Section(title_of(told, "S1"), (Text(about), regimes), 2, "", "S1")
    yield what(report, words, told.read, told.most)


def parties(told: Told) -> Iterator[Section]:
    """S2: controller, officer, hosts and whoever controls them, contracts."""
    words, dossier = told.words, told.dossier
    controller, dpo = (dossier.controller, dossier.dpo) if dossier else (None, None)
    capacity = controller.capacity if controller else ""
    named: Cell = blank(words, "controller.capacity")
    if capacity not in ("", "?"):
        named = word(told.report, words, "capacity", capacity)
    fields: tuple[tuple[str, Cell], ...] = (
        (words("The controller"), said(words, controller.name if controller else "",
                                   "controller.name")),
        (words("Capacity"), named),
        (words("Contact of the controller"), said(words, controller.contact if controller else "",
                                                  "controller.contact")),
        (words("Data protection officer"), said(words, dpo.name if dpo else "", "dpo.name")),
        (words("Contact of the officer"), said(words, dpo.contact if dpo else "", "dpo.contact")),
    )  # fmt: skip
    blocks = (Fields(fields), _hosts(told), _contracts(told), _outsiders(told))
    yield Section(title_of(told, "S2"), blocks, 2, "", "S2")


def _hosts(told: Told) -> Table:
    report, words = told.report, told.words
    rows = tuple(
        (plain(offer), path_of(report, words, reach) or words("not read"),
         word(report, words, "reached", reach.verdict))
        for offer, reach in sorted(report.reaches.items())
    )  # fmt: skip
    columns = (words("Offer"), words("Operator, its parent companies, the laws that reach them"),
               words("Reach"))  # fmt: skip
    return Table(words("Hosts, processors as a rule"), columns, rows, 0, (), (2, 8, 2))


def _contracts(told: Told) -> Table:
    words, rows = told.words, []
    for one in told.dossier.contracts.values() if told.dossier else ():
        key = f"contracts.{one.id}"
        ends = words("without end") if one.open_ended else day(words, one.until, f"{key}.until")
        rows.append(
            (plain(one.id), listed(words, one.offers, f"{key}.offers"),
             said(words, one.party, f"{key}.party"), day(words, one.signed, f"{key}.signed"),
             ends, said(words, one.document, f"{key}.document"))
        )  # fmt: skip
    columns = (words("Contract"), words("Offers"), words("Signed by"), words("Signed on"),
               words("Until"), words("Document"))  # fmt: skip
    return Table(words("Contracts declared"), columns, tuple(rows))


def _outsiders(told: Told) -> Table:
    report, words, rows = told.report, told.words, []
    for one in told.dossier.accounts.values() if told.dossier else ():
        key = f"accounts.{one.id}"
        role: Cell = blank(words, f"{key}.role")
        if one.role not in ("", "?"):
            role = word(report, words, "account_role", one.role)
        rows.append((said(words, one.entity, f"{key}.entity"), role,
                     said(words, one.country, f"{key}.country"),
                     said(words, one.document, f"{key}.document")))  # fmt: skip
    columns = (words("Party"), words("Role"), words("Country"), words("Document"))
    return Table(words("Others with whom data are shared, as declared"), columns, tuple(rows))


def treatments(told: Told) -> Iterator[Section]:
    """S3: one sheet per treatment, then what belongs to none and what is to be qualified."""
    report, words = told.report, told.words
    counted = report.summary.treatments
    about = words("Purposes, legal basis and retention are those that people declare. Data stores "
                  "of no treatment: {n}.", n=words.number(counted.get("", 0)))  # fmt: skip
    none = () if _treatments(told) else (Text(words("No treatment is declared."), "warning"),)
    yield Section(title_of(told, "S3"), (Text(about), *none), 2, "", "S3")
    for treatment in _treatments(told):
        yield _sheet(told, treatment)
    yield to_qualify(report, words, told.found, told.most)


def _sheet(told: Told, one: Treatment) -> Section:
    report, words, key = told.report, told.words, f"treatments.{one.id}"

    def chosen(choice: str, value: str) -> Cell:
        empty = value in ("", "?")
        return blank(words, f"{key}.{choice}") if empty else word(report, words, choice, value)

    fields: list[tuple[str, Cell]] = [
        (words("Who answers for it"), said(words, one.owner, f"{key}.owner")),
        (words("Purposes"), listed(words, one.purposes, f"{key}.purposes")),
        (words("Legal basis, article 6"), chosen("legal_basis", one.legal_basis)),
        (words("Exception, article 9"), chosen("article_9", one.article_9)),
        (words("Categories of data"), listed(words, one.categories, f"{key}.categories")),
        (words("Data subjects"), listed(words, one.persons, f"{key}.persons")),
        (words("Retention"), said(words, one.retention, f"{key}.retention")),
        (words("Recipients"), listed(words, one.recipients, f"{key}.recipients")),
        (words("Record of processing"), said(words, one.record, f"{key}.record")),
        (words("Data stores seen"), words.number(report.summary.treatments.get(one.id, 0))),
    ]
    if one.ended is not None:
        fields.append((words("Ended on"), words.date(one.ended)))
    return Section(plain(one.name or one.id), (Fields(tuple(fields)),), 3)


def _treatments(told: Told) -> tuple[Treatment, ...]:
    return tuple(told.dossier.treatments.values()) if told.dossier else ()
