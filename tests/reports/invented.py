"""An invented report: every case that a format must tell, and names that strangers chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from auditor.facts import Country, RuleWords
from auditor.model import (
    Aligned,
    Alignment,
    Aspect,
    Because,
    Category,
    Certainty,
    Change,
    Changes,
    Cited,
    Confidence,
    Counted,
    Coverage,
    CoverageState,
    Custody,
    DataStore,
    Entity,
    Finding,
    Force,
    Health,
    Judged,
    KeyCustody,
    LawReach,
    Outcome,
    Place,
    Plan,
    Reach,
    Reached,
    Reason,
    Regime,
    Scope,
    Severity,
    Status,
    Summary,
    Unknown,
)
from auditor.report import Report

DAY = date(2026, 11, 22)
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example";"x")',
    "\x1b[31mred\x1b[0m\x07",
    'two\nlines\r\n,"quoted"',
    "abc\u202egnp.exe\u2066",
    "[bold red]markup[/] {braces} %s",
    "@SUM(A1)",
    "' onmouseover='x' \"",
    "x" * 300,
)
_PLACED = Because(
    code="place",
    values={"country": "US", "region": "us-1", "role": "replica"},
    facts=("regions:x",),
)
_OWN = Because(code="place", values={"country": "FR", "region": HOSTILE[4], "role": "primary"},
               facts=("user:regions:aws/eu-9",))  # fmt: skip
_DENIED = Because(code="unknown", values={"reason": "denied", "detail": "s3:GetBucketPolicy"})
_BARE = Because(code="unknown", values={"reason": "weak", "detail": ""})
_SHARED = Because(code="share", values={"party": "public", "account": "", "via": HOSTILE[5]})


@dataclass
class Edition:
    """How sure a fact is, in the words of its source."""

    def confidence(self, fact: Mapping[str, Any]) -> Confidence:
        return {"high": Confidence.STRONG, "memory": Confidence.WEAK}[fact["confidence"]]


@dataclass
class Facts:
    """The few facts that the invented report needs, with the methods of the true ones."""

    overlays: tuple[str, ...] = ("regions:aws/eu-9",)
    edition_facts: Edition = field(default_factory=Edition)

    def word(self, choice: str, value: str, lang: str) -> str:
        return f"{choice} {value} ({lang}) ?" if choice == "reached" else f"{value}-{lang}"

    def reason(self, reason: Reason, lang: str) -> str:
        return {"fr": "raison : ", "en": "reason: "}[lang] + reason.value

    def because(self, code: str, lang: str) -> str:
        return self.table("words")["because"][code][lang]

    def country_name(self, code: str, lang: str) -> str:
        names = {"FR": ("France", "France"), "US": ("États-Unis", "United States")}
        return names.get(code, (code, code))[lang == "en"]

    def country(self, code: str, day: date) -> Country:
        member = code == "FR"
        adequate = Unknown(Reason.UNTOLD) if code == "US" else False
        return Country(code=code, in_eu=member, in_eea=member, adequate=adequate, names={})

    def rule(self, id: str) -> RuleWords:
        severity = next(f.severity for f in FINDINGS if f.rule == id)
        return RuleWords(
            id=id,
            title={"fr": f"Énoncé de {id} : <b> « oui » ?", "en": f"Statement of {id}: <b>?"},
            explanation={"fr": "Pourquoi ; comment ?", "en": "Why; how?"},
            advice={"fr": "Faire ceci !", "en": "Do this!"},
            legal_basis=("GDPR", "GONE"),
            severity=severity,
            weights={Regime.HDS: (severity, Force.LAW)},
            items={"CNIL-06": Status.MISSING},
        )

    def table(self, name: str) -> Mapping[str, Any]:
        read = {"url": "https://example.org/<x>", "retrieved": date(2026, 11, 22)}
        entry = {"confidence": "high", "source": read}
        law = {"confidence": "memory", "source": {"document": "memory", "retrieved": DAY}}
        tables: dict[str, Mapping[str, Any]] = {
            "texts": {"GDPR": {"title": {"fr": "RGPD", "en": "GDPR"}, **entry}},
            "laws": {"US-ACT": {"name": "The Act", **law}},
            "words": {"because": _BECAUSE},
            "timeline": {"2020-07-16-ruling": _EVENT},
            "alignment": _ITEMS,
            "conventions": _CONVENTIONS,
        }
        return tables[name]

    def cited(self, id: str) -> Cited:
        theirs = id.startswith("user:")
        return Cited(id=id, source="https://example.org/<x>", locator=HOSTILE[2], retrieved=DAY,
                     confidence=Confidence.FAIR, theirs=theirs)  # fmt: skip

    def law(self, id: str) -> Mapping[str, Any]:
        return self.table("laws")[id]


_ITEMS = {
    id: {"title": {"fr": f"{id} : titre", "en": f"{id}: title"}, "severity_if_missing": weight}
    for id, weight in (("CNIL-06", "blocking"), ("CNIL-25", "major"), ("CNIL-26", "blocking"))
}
_CONVENTIONS = {
    "alignment": {"disclaimer": {"fr": "Lecture du projet.", "en": "Reading of the project."}},
    "status": {"words": {str(s): {"fr": f"{s} (fr)", "en": f"{s} (en)"} for s in Status}},
    "severity_if_missing": {
        "words": {w: {"fr": f"{w} (fr)", "en": f"{w} (en)"} for w in ("blocking", "major")}
    },
}
_EVENT = {
    "since": date(2020, 7, 16),
    "force": "binding_decision",
    "regimes": ["snds"],
    "what": {"fr": "Un juge annule <le cadre>.", "en": "A court annuls <the framework>."},
    "verify": {"fr": "À relire !", "en": "To be read again!"},
}
_BECAUSE = {
    "place": {
        "fr": "{role} : {country} ({region})",
        "en": "{role}: {country} ({region})",
        "holes": {"role": "role", "country": "country", "region": "text"},
    },
    "unknown": {
        "fr": "non déterminé : {reason} ({detail})",
        "en": "undetermined: {reason} ({detail})",
        "holes": {"reason": "reason", "detail": "text"},
    },
    "share": {
        "fr": "partage : {party} {account} ({via})",
        "en": "share: {party} {account} ({via})",
        "holes": {"party": "party", "account": "text", "via": "text"},
    },
}


def _store(at: int, name: str, **more: Any) -> DataStore:
    whole = {"region": "us-1", "name": name, "bytes": 5 * 2**40, **more}
    return DataStore(
        id=f"acme:box:{at}:{name}", kind="acme.box", category=Category.OBJECT, partition="acme",
        account="111111111111", account_name=HOSTILE[0], **whole,
    )  # fmt: skip


STORES = (
    *(_store(at, name) for at, name in enumerate(HOSTILE)),
    _store(90, "nowhere", region=Unknown(Reason.DENIED, "acme:Where: <i>")),
    _store(91, "quiet", tags={"a": HOSTILE[2]}),
)
_CERTAINTIES = (
    Certainty.CONFIRMED, Certainty.DECLARED, Certainty.PROBABLE, Certainty.PROBABLE,
    Certainty.DECLARED, Certainty.CONFIRMED, Certainty.POSSIBLE, Certainty.NO_SIGN,
    Certainty.NOT_ASSESSED, Certainty.PROBABLE, Certainty.NONE,
)  # fmt: skip


def _judged(at: int, store: DataStore) -> Judged:
    unknown = Unknown(Reason.UNCATALOGUED, "acme/us-1")
    place = Place(country="US", in_eu=False, in_eea=False, adequate=unknown, region="us-1")
    level = (Custody.ENC_1, unknown)[at % 2]
    return Judged(
        store=store.id, offer=("acme", "home")[at % 2], health=Health(certainty=_CERTAINTIES[at]),
        places=(place, unknown), reach=(Reached.LINKED, Reached.UNDETERMINED)[at % 2],
        custody=KeyCustody(level=level), met=("COV001",),
    )  # fmt: skip


JUDGED = tuple(_judged(at, store) for at, store in enumerate(STORES))


def _finding(at: int, rule: str, severity: Severity, outcome: Outcome, *why: Because) -> Finding:
    store = STORES[at]
    return Finding(
        uid=f"{rule}{at:04}", rule=rule, severity=severity, outcome=outcome, store=store.id,
        kind=store.kind, account=store.account, region=store.region, health=_CERTAINTIES[at],
        because=why,
    )  # fmt: skip


def _findings() -> Iterator[Finding]:
    """Three of each severity, in the order in which a judgement keeps them."""
    deviates, undetermined = Outcome.DEVIATES, Outcome.UNDETERMINED
    rules = zip(("RES001", "SHR001", "REA001", "KEY001"), Severity, strict=True)
    for rule, severity in rules:
        yield _finding(0, rule, severity, deviates, _PLACED, _PLACED, _OWN)
        yield _finding(9, rule, severity, undetermined, _DENIED, _BARE)
        yield _finding(6, rule, severity, deviates, _SHARED)
    for at in (1, 2, 3, 4, 5, 7, 8):
        yield _finding(at, "KEY001", Severity.INFO, deviates, _SHARED)


def _of_people() -> Iterator[Finding]:
    """What a dossier adds: a waiver, regimes, a finding that is about no store."""
    waived = _finding(3, "KEY001", Severity.INFO, Outcome.DEVIATES, _SHARED)
    yield replace(
        waived, uid="KEY0019999", waiver=HOSTILE[0], regimes=(Regime.HDS,), force=Force.LAW,
        treatments=(HOSTILE[1],),
    )  # fmt: skip
    yield replace(
        waived, uid="KEY0019998", store="", kind="treatment", account="", region="",
        subject=f"treatment:{HOSTILE[0]}", health=Certainty.DECLARED,
    )  # fmt: skip


FINDINGS = (*_findings(), *_of_people())
_US = LawReach(law="US-ACT", name="The Act", country="US", in_force=True,
               confidence=Confidence.STRONG)  # fmt: skip
REACHES = {
    "acme": Reach(
        offer="acme", verdict=Reached.LINKED, confidence=Confidence.STRONG,
        path=(Entity(name="Acme EMEA SARL", seat="LU"),
              Entity(name="Acme <Inc.>", seat="US", share="100%"),
              Entity(name="Acme Trust", seat=Unknown(Reason.UNTOLD))),
        laws=(_US,
              LawReach(law="OLD", name="Old Act", country="US", in_force=False,
                       confidence=Confidence.STRONG),
              LawReach(law="DOUBT", name="Doubt Act", country="US",
                       in_force=Unknown(Reason.PROJECTION), confidence=Confidence.STRONG),
              LawReach(law="HEARD", name="Heard Act", country="US", in_force=True,
                       confidence=Confidence.WEAK),
              LawReach(law="EXPORT", name="Export Rules", country="US", in_force=True,
                       confidence=Confidence.STRONG, data_access=False)),
        facts=("user:offers:acme",),
    ),
    "home": Reach(offer="home", verdict=Reached.UNDETERMINED, reason=Unknown(Reason.WEAK)),
}  # fmt: skip


def _unit(
    region: str, kind: str, state: CoverageState, *gaps: Unknown, stores: int = 0
) -> Coverage:
    scope = Scope(provider="acme", partition="acme", account="111111111111", region=region,
                  account_name=HOSTILE[0])  # fmt: skip
    return Coverage(scope=scope, kind=kind, state=state, stores=stores, gaps=gaps)


COVERAGE = (
    _unit("us-1", "acme.box", CoverageState.READ, stores=9),
    _unit("eu-1", "acme.box", CoverageState.PARTIAL, Unknown(Reason.DENIED, HOSTILE[2]), stores=2),
    _unit("eu-1", "acme.tape", CoverageState.UNREAD, Unknown(Reason.UNREACHABLE, "timed out")),
    _unit("us-1", "acme.tape", CoverageState.NOT_OFFERED),
)
SUMMARY = Summary(
    as_of=DAY, edition="2026.11-2", stores=len(STORES),
    health={str(c): _CERTAINTIES.count(c) for c in sorted(set(_CERTAINTIES))},
    countries={"FR": 1234567, "US": len(STORES), "?": len(STORES)},
    reach={"linked": 6, "undetermined": 5}, custody={"?": 5, "ENC-1": 6},
    outcomes={rule: {"deviates": 2, "undetermined": 1, "met": 3}
              for rule in ("KEY001", "REA001", "RES001", "SHR001")},
    severities={"blocking": 2, "info": 9, "major": 2, "minor": 2}, undetermined=4,
    coverage={"not_offered": 1, "partial": 1, "read": 1, "unread": 1}, exit_code=4,
    answers={"RES001": Outcome.DEVIATES, "KEY001": Outcome.UNDETERMINED},
    treatments={"": 9, HOSTILE[1]: 2}, waived=1, dossier="0123456789abcdef",
    on_own_facts={"RES001": 1}, unknown_regions={f"acme/{HOSTILE[4]}": 3},
)  # fmt: skip
HEADER = {
    "schema": "urn:health-residency-auditor:schema:run:1", "format": 1, "run": "20261122T000000Z",
    "version": "0.1.0", "edition": "2026.11-2", "started": "2026-11-22T00:00:00+00:00",
    "identity": {"acme": {"credentials": "111111111111: env", "endpoints": "https://x.example"}},
    "plugins": [{"name": "health-residency-auditor", "version": "0.1.0", "record": ""}],
    "settings": {},
}  # fmt: skip


CHANGES = Changes(
    against=date(2019, 12, 1), as_of=DAY, edition="2026.11-2",
    changes=(
        Change(aspect=Aspect.PLACE, subject=f"acme/{HOSTILE[4]}", before="?", after="FR US",
               stores=1, facts=("user:regions:acme/us-1",)),
        Change(aspect=Aspect.TRANSFER, subject="acme/us-1 US", before="(EU) 2016/1250",
               after="none", stores=3, facts=("adequacy:32016D1250",)),
        Change(aspect=Aspect.REACH, subject="acme", before="linked", after="undetermined",
               stores=3, facts=("offers:acme",)),
        Change(aspect=Aspect.LAW, subject="US-ACT", before="in_force", after="", stores=3),
        Change(aspect=Aspect.GUARANTEE, subject="acme hds", before="qualified",
               after="projection 2026-11-30", stores=2, facts=("guarantees:hds-acme",)),
        Change(aspect=Aspect.RULE, subject="RES001", before="met", after="deviates", stores=1234),
        Change(aspect=Aspect.EVENT, subject="2020-07-16-ruling", before="", after="2020-07-16",
               stores=11, facts=("timeline:2020-07-16-ruling", "texts:GDPR")),
    ),
)  # fmt: skip


ALIGNMENT = Alignment(
    as_of=DAY, edition="2026.11-2", dossier="0123456789abcdef", overall=Status.MISSING,
    items=(
        Aligned(item="CNIL-06", treatment="", status=Status.MISSING, evidence=Status.MISSING,
                rules=("RES001",), unread=(Unknown(Reason.DENIED, HOSTILE[2]),)),
        Aligned(item="CNIL-06", treatment=HOSTILE[1], status=Status.UNKNOWN,
                evidence=Status.UNKNOWN),
        Aligned(item="CNIL-25", treatment="", status=Status.PASS, evidence=Status.PASS,
                said=Status.PASS, attestations=(HOSTILE[0],), expired=("old",)),
        Aligned(item="CNIL-25", treatment=HOSTILE[1], status=Status.PASS, evidence=Status.PASS),
        Aligned(item="CNIL-26", treatment="", status=Status.HUMAN_REQUIRED, evidence=Status.PASS,
                recommended=True),
        Aligned(item="CNIL-26", treatment=HOSTILE[1], status=Status.HUMAN_REQUIRED,
                evidence=Status.PASS, recommended=True),
    ),
)  # fmt: skip


@dataclass
class Kept:
    """A run and its judgement, in memory."""

    found: tuple[Finding, ...] = FINDINGS
    seen: tuple[DataStore, ...] = STORES
    concluded: tuple[Judged, ...] = JUDGED
    units: tuple[Coverage, ...] = COVERAGE
    changed: Changes | None = CHANGES
    aligned: Alignment | None = ALIGNMENT
    planned: Plan | None = None

    def stores(self) -> Iterator[DataStore]:
        return iter(self.seen)

    def judged(self) -> Iterator[Judged]:
        return iter(self.concluded)

    def findings(self) -> Iterator[Finding]:
        return iter(self.found)

    def coverage(self) -> Iterator[Coverage]:
        return iter(self.units)

    def changes(self) -> Changes | None:
        return self.changed

    def alignment(self) -> Alignment | None:
        return self.aligned

    def plan(self) -> Plan | None:
        return self.planned

    def history(self) -> tuple[tuple[date, Counted], ...]:
        return ((self.planned.as_of, self.planned.counted),) if self.planned else ()


def report(kept: Kept | None = None, summary: Summary = SUMMARY, facts: Any = None) -> Report:
    """The invented report, or another with the same facts."""
    kept = kept or Kept()
    held: Any = kept
    known: Any = facts or Facts()
    return Report(HEADER, summary, known, REACHES, held, held)
