"""The profile `cnil`: identities become numbered pseudonyms, the same in the whole document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditor.judge import uid
from auditor.model import (
    Coverage,
    DataStore,
    Dossier,
    Finding,
    Group,
    Grouping,
    Judged,
)
from auditor.report import Report

from .fields import CNIL
from .learning import learn
from .names import Names
from .telling import Conclusions, Teller

_HEADER = ("schema", "format", "run", "version", "edition", "started", "ended", "demo", "plugins",
           "scopes", "told_again")  # fmt: skip
_IDENTITY = ("partition", "kind", "rows", "written")
_CUSTODY = ("provider", "customer", "imported", "hsm", "external", "enabled", "disabled")


def named(report: Report, words: Any, known: Iterable[str]) -> Report:
    """The report with pseudonyms."""
    evidence = report.facts.table("words").get("evidence", ())
    names = Names(words, report.facts, {*known, *_CUSTODY, *evidence})
    learn(names, report.coverage(), report.stores())
    for id in (*report.header.get("organisation", ()), *_declared(report.dossier)):
        names.add("account", id)
    tell = Teller(names, CNIL, report.facts)
    run: Any = Run(report.run, tell)
    judgement: Any = Judgement(report.judgement, tell, names, tuple(report.summary.outcomes))
    return replace(report, header=header(report.header, names), run=run, judgement=judgement,
                   dossier=tell(report.dossier))  # fmt: skip


def _declared(dossier: Dossier | None) -> Iterator[str]:
    for outsider in dossier.accounts.values() if dossier else ():
        yield from outsider.accounts


def header(told: Mapping[str, Any], names: Names | None) -> dict[str, Any]:
    """The head of a run without who asked, whom, and with which settings."""
    kept = {key: value for key, value in told.items() if key in _HEADER}
    if names is None:
        return {**kept, "identity": {}, "settings": {}}
    identity = {
        provider: {k: v if k in _IDENTITY else v and names.hidden for k, v in said.items()}
        for provider, said in told["identity"].items()
    }
    ours = [names.said(id) for id in told.get("organisation", ())]
    more = {"organisation": ours} if "organisation" in told else {}
    return {**kept, **more, "identity": identity, "settings": {}}


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is told."""

    _run: Any
    _tell: Teller

    def stores(self) -> Iterator[DataStore]:
        """Every store, without name."""
        return map(self._tell, self._run.stores())

    def coverage(self) -> Iterator[Coverage]:
        """What was read of what, without accounts."""
        return map(self._tell, self._run.coverage())


@dataclass(frozen=True, slots=True)
class Judgement(Conclusions):
    """A judgement as it is told; groups of a plan are named after treatments and accounts."""

    _rules: tuple[str, ...]

    def judged(self) -> Iterator[Judged]:
        """What was concluded of every store; its findings have the names that they are told by."""
        for judged in self._judgement.judged():
            findings = tuple(self._uids(judged))
            yield replace(self._tell(judged), findings=findings)

    def findings(self) -> Iterator[Finding]:
        """Every finding, named after its rule and its store's number."""
        for finding in self._judgement.findings():
            told = self._tell(finding)
            because = tuple(map(self._tell, finding.because))
            of = self._names.number(finding.store) if finding.store else told.subject
            name = f"{finding.rule}-{of}".replace(" ", "-")
            yield replace(told, uid=name, because=because)

    def _uids(self, judged: Judged) -> Iterator[str]:
        if judged.findings:
            quiet = {*judged.met, *judged.not_applicable}
            rules = {uid(r, judged.store): r for r in self._rules if r not in quiet}
            number = self._names.number(judged.store)
            for at, id in enumerate(judged.findings, 1):
                yield f"{rules.get(id) or f'?{at}'}-{number}"

    def _group(self, at: int, group: Group) -> Group:
        told = self._tell(group)
        if group.by is Grouping.TREATMENT:
            return told
        ids = (group.name, group.id, group.id.partition(":")[2])
        known = (self._names.of(id) for id in ids if group.by is Grouping.ACCOUNT)
        name = next(filter(None, known), None) or self._names.group(at)
        return replace(told, id=f"{group.by}:{name}", name=name)
