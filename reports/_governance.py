"""S13 to S18: contracts, information, formalities, governance, follow-up, method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.sdk import plain

from ._asked import blank, day, said
from ._blocks import Cell, Fields, Items, Section, Table, Text
from ._changes import changes
from ._outline import title_of
from ._saying import in_words, word
from ._scope import unread
from ._sources import limits
from ._told import Told

_CLAUSES = ("article_28", "sub_processors", "article_48", "location", "support", "exit",
            "deletion", "transparency", "hds", "qualification")  # fmt: skip


def contracts(told: Told) -> Iterator[Section]:
    """S13: the clauses that a person has read in each contract."""
    report, words = told.report, told.words
    known = list(told.dossier.contracts.values()) if told.dossier else []
    rows = tuple(
        (word(report, words, "clause", clause),
         *(words("read") if clause in one.clauses
           else blank(words, f"contracts.{plain(one.id)}.clauses") for one in known))
        for clause in _CLAUSES
    )  # fmt: skip
    columns = (words("Clause"), *(plain(one.id) for one in known))
    table = Table(words("Clauses read in each contract"), columns, rows)
    about = words(
        "What a contract says, only a person reads. A contractual clause does not replace a "
        "technical measure."
    )
    yield Section(title_of(told, "S13"), (Text(about), table), 2, "", "S13")


def information(told: Told) -> Iterator[Section]:
    """S14: what people are told, which only a person can attest."""
    words = told.words
    about = words("Notices, their publication and how rights are exercised are attested by people: "
                  "nothing of them is seen in a cloud.")  # fmt: skip
    yield Section(title_of(told, "S14"), (Text(about),), 2, "", "S14")


def formalities(told: Told) -> Iterator[Section]:
    """S15: DPIA, record, TIA, formalities, each by its reference."""
    words = told.words
    rows = tuple(
        (plain(t.name or t.id), said(words, t.record, f"treatments.{plain(t.id)}.record"))
        for t in (told.dossier.treatments.values() if told.dossier else ())
    )
    columns = (words("Treatment"), words("Record of processing"))
    table = Table(words("References in the record"), columns, rows)
    filed = words("S4 to S6 feed the data and transfers of the DPIA and the TIA; S5 and S16 its "
                  "risk of illegitimate access; S11 is its action plan; S2 to S4 the "
                  "record.")  # fmt: skip
    yield Section(title_of(told, "S15"), (Text(filed), table), 2, "", "S15")


def decisions(told: Told) -> Iterator[Section]:
    """S16: who steers, what is accepted by whom, the officer's opinion, the signature."""
    words = told.words
    d = told.dossier.document if told.dossier else None
    fields: list[tuple[str, Cell]] = [
        (words("Steering body"), said(words, d.steering if d else "", "document.steering")),
        (words("Budget"), said(words, d.budget if d else "", "document.budget")),
        (words("Residual risks accepted, and by whom"), said(words, d.risks if d else "",
                                                             "document.risks")),
        (words("Opinion of the data protection officer"), said(words, d.opinion if d else "",
                                                               "document.opinion")),
        (words("Day of that opinion"), day(words, d.opinion_day if d else None,
                                           "document.opinion_day")),
        (words("Signature of the controller"), blank(words, "signature")),
        (words("Day of the signature"), blank(words, "signature")),
    ]  # fmt: skip
    rows = tuple(
        (plain(w.id), plain(w.rule), said(words, w.why, f"waivers.{plain(w.id)}.why"),
         said(words, w.approver, f"waivers.{plain(w.id)}.approver"), words.date(w.until))
        for w in (told.dossier.waivers.values() if told.dossier else ())
    )  # fmt: skip
    columns = (words("Waiver"), words("Rule"), words("Why"), words("Approved by"), words("Until"))
    table = Table(words("Deviations accepted by waiver"), columns, rows)
    about = words("Risks are accepted by the controller, never by the tool. The officer gives an "
                  "opinion and does not decide.")  # fmt: skip
    yield Section(title_of(told, "S16"), (Text(about), Fields(tuple(fields)), table), 2, "", "S16")


def follow_up(told: Told) -> Iterator[Section]:
    """S17: when it is reviewed, what triggers a review, what changed."""
    report, words = told.report, told.words
    policy = report.facts.table("conventions")["deadlines"]
    d = told.dossier.document if told.dossier else None
    every = words("Reviewed at least every {n} months, a convention of the project, and as soon as "
                  "one of these happens:", n=policy["review_every_months"])  # fmt: skip
    events = report.facts.table("alignment")["CNIL-33"]["requirement"]
    ahead = tuple(
        (words.date(one["date"]), in_words(words, one["what"]), plain(one["ref"]))
        for one in policy["known_dates"] if one["date"] >= report.as_of
    )  # fmt: skip
    columns = (words("Day"), words("What"), words("Text"))
    fields = Fields(((words("Next review"), day(words, d.next_review if d else None,
                                                "document.next_review")),))  # fmt: skip
    blocks = (Text(every), Text(in_words(words, events)), fields,
              Table(words("Days to watch"), columns, ahead, 0, (), (2, 8, 3)))  # fmt: skip
    yield Section(title_of(told, "S17"), blocks, 2, "", "S17")
    yield from changes(report, words, told.most)


def method(told: Told) -> Iterator[Section]:
    """S18: what was asked and not answered, the certificate, and what the tool does not say."""
    report, words = told.report, told.words
    header: Any = report.header
    said_by = Items((
        words("Version {version}, facts of edition {edition}, law of {day}.",
              version=plain(header["version"]), edition=plain(report.edition),
              day=words.date(report.as_of)),
        words("Started {started}; every file of the run is listed with its SHA-256 in its "
              "manifest, which `auditor verify` checks.", started=plain(header["started"])),
        words("Only questions that read were asked, with the rights that `auditor permissions` "
              "prints."),
    ))  # fmt: skip
    yield Section(title_of(told, "S18"), (said_by,), 2, "", "S18")
    yield unread(report, words, told.read, told.most)
    yield limits(report, words)
