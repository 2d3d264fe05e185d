"""Runs to test with: what is written depends on the number alone, not on the order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from auditor.model import (
    Because,
    Category,
    Certainty,
    Coverage,
    CoverageState,
    DataStore,
    Finding,
    Health,
    Judged,
    KeyCustody,
    Outcome,
    Reached,
    Reason,
    Scope,
    Severity,
    Summary,
    Unknown,
)
from auditor.runs import RunFolder

HEADER = {"version": "0", "edition": "e", "started": "", "identity": {}, "plugins": []}
IDS = [f"20260101T00000{n}Z-0000" for n in range(10)]


def store(number: int, **more) -> DataStore:
    told = {
        "id": f"arn:aws:s3:::store-{number:05d}",
        "kind": f"aws.kind{number % 3}",
        "category": Category.OBJECT,
        "partition": "aws",
        "account": "1",
        "region": Unknown(Reason.DENIED) if number % 5 == 0 else "eu-west-3",
        "tags": {"unknown": "denied", "detail": str(number)},
        "collected": "now",
    }
    return DataStore(**{**told, **more})


def coverage(unit: str, *gaps: Unknown, stores: int = 0) -> Coverage:
    scope = Scope(provider="aws", partition="aws", account=unit.partition(" ")[0])
    return Coverage(scope=scope, kind="k", state=CoverageState.READ, stores=stores, gaps=gaps)


def survey(run: RunFolder, units: Iterable[int], each: int = 7, clock: str = "now") -> None:
    """Write and finish the units that the run does not have yet."""
    for number in units:
        unit = f"unit-{number}"
        if unit in run.done:
            continue
        run.begin(unit)
        for n in range(number * each, number * each + each):
            run.write(unit, store(n, collected=clock))
        run.write_subject(store(number, id=f"key-{number % 4}", also=(f"alias-{number % 3}",)))
        run.finish(unit, coverage(unit, stores=each))


def finding(number: int, severity: Severity, rule: str) -> Finding:
    return Finding(
        uid=f"{rule}-{number}",
        rule=rule,
        severity=severity,
        outcome=Outcome.DEVIATES,
        store=store(number).id,
        kind="k",
        account="1",
        region="eu-west-3",
        health=Certainty.PROBABLE,
        because=(Because(code="place", values={"country": "FR"}),),
    )


def judged(told: DataStore) -> Judged:
    return Judged(
        store=told.id,
        offer="aws",
        health=Health(certainty=Certainty.PROBABLE),
        places=(Unknown(Reason.UNCATALOGUED, "x"),),
        reach=Reached.LINKED,
        custody=KeyCustody(level=Unknown(Reason.UNTOLD)),
    )


def summary() -> Summary:
    counts: dict[str, int] = {}
    return Summary(
        as_of=date(2026, 1, 1),
        edition="e",
        stores=0,
        health=counts,
        countries={"FR": 1, "?": 2},
        reach=counts,
        custody={"unknown": 3},
        outcomes={"RES001": {"met": 1}},
        severities=counts,
        undetermined=0,
        coverage=counts,
    )


def judge(run: RunFolder, *, replay: bool = False) -> Path:
    """Conclude something of every store."""
    with run.judgement(date(2026, 1, 1), "e", replay=replay) as judgement:
        for number, told in enumerate(run.stores()):
            severity = (Severity.INFO, Severity.BLOCKING)[number % 2]
            judgement.write(judged(told), [finding(number, severity, f"R{number % 3}")])
        judgement.close(summary())
    return judgement.path


def finished(root: Path, name: str, units: Iterable[int] = range(4), clock: str = "now") -> Path:
    """A run that came to its end."""
    with RunFolder.start(root, name, HEADER) as run:
        survey(run, units, clock=clock)
        run.seal({"ended": name})
        judge(run)
    return run.path
