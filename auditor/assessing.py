"""Classifying what somebody names: a path, a bucket, or described stores; row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from resource import RLIMIT_CORE, getrlimit, setrlimit
from typing import Any
from urllib.parse import urlsplit

from auditor.codec import to_json
from auditor.errors import ApiError, UsageError
from auditor.facts import load
from auditor.model import Category, Certainty, DataStore, Evidence, Health, Reason, Sampled, Unknown
from auditor.settings import Settings

from .classify import Signals, classify
from .registry import load as load_registry
from .registry import resolve

# of the extra `classify`, imported when an object needs them
LIBRARIES = ("defusedxml", "openpyxl", "pyarrow", "pydicom", "pyorc", "re2", "stdnum", "xlrd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is told of one object or one described store."""

    name: str
    level: str
    axes: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    reason: str = ""
    guard: str = ""
    id: str = ""

    def json(self) -> dict[str, Any]:
        """The same as JSON; a case keeps the id that it came with."""
        told: dict[str, Any] = {"id": self.id} if self.id else {"path": self.name}
        told |= {"level": self.level, "axes": dict(self.axes),
                 "evidence": [_evidence(e) for e in self.evidence]}  # fmt: skip
        if self.reason:
            told["reason"] = self.reason
        if self.guard:
            told["guard"] = self.guard
        return told


def _evidence(one: Evidence) -> dict[str, Any]:
    told: dict[str, Any] = to_json(one)
    return {k: v for k, v in told.items() if v not in (None, "")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What sampling a store would read."""

    listed: int
    objects: int
    cold: int
    bytes: int
    calls: int


def of_path(path: str, settings: Settings, *, full_names: bool) -> Iterator[Row]:
    """Every file under a local path, or the sampled objects of a bucket."""
    objects, keys = readers_of(settings, full_names=full_names)
    from .classify.content.sampling import Purse, sample

    if "://" in path:
        try:
            store = bucket_of(path, settings)
        except ApiError as error:
            unread = Sampled(certainty=Certainty.NOT_ASSESSED, reason=error.unknown)
            yield _row(path, unread)
            return
        rows: list[Row] = []
        purse = Purse(objects.limits.per_run_max_bytes)
        found = sample(
            path, store, objects, purse,
            lambda one, told: rows.append(_row(keys.told(one.key, ours=False), told)),
        )  # fmt: skip
        yield from rows
        if found.reason is not None:
            yield _row(path, Sampled(certainty=found.certainty, reason=found.reason))
        return
    yield from _local(Path(path), path, objects, keys)


def _local(root: Path, path: str, objects: Any, keys: Any) -> Iterator[Row]:
    from .classify.content.folders import Folder
    from .classify.content.sources import Source
    from .classify.content.verdict import not_assessed

    folder = Folder(_there(path))
    for one in folder.objects():
        name = f"{path.rstrip('/')}/{one.key}" if root.is_dir() else path
        told = keys.told(name, ours=True)
        try:
            folder.fetch(one.key, 0, 1)
        except ApiError as error:
            yield _row(told, not_assessed(Unknown(error.reason)))
            continue
        source = Source(
            partial(folder.fetch, one.key), one.size, objects.limits,
            seed=one.key, path=folder.file(one.key),
        )  # fmt: skip
        yield _row(told, objects.assess(source, one.key))
    for key in folder.refused:
        told = keys.told(f"{path.rstrip('/')}/{key}", ours=True)
        yield _row(told, not_assessed(Unknown(Reason.DENIED)))


def _there(path: str) -> Path:
    if not Path(path).exists():
        raise UsageError("{path}: no such file or folder", path=path)
    return Path(path)


def _row(name: str, sampled: Sampled) -> Row:
    reason = sampled.reason.reason if sampled.reason is not None else ""
    return Row(name=name, level=sampled.certainty, axes=sampled.axes, evidence=sampled.evidence,
               reason=reason, guard=sampled.guard)  # fmt: skip


def readers_of(settings: Settings, *, full_names: bool) -> tuple[Any, Any]:
    """What reads objects and names them; told plainly where its libraries are not installed."""
    try:
        from .classify.content.keys import Keys
        from .classify.content.knowledge import Knowledge
        from .classify.content.limits import Limits
        from .classify.content.objects import Objects

        for library in LIBRARIES:
            if find_spec(library) is None:
                raise ImportError(name=library)
    except ImportError as error:
        raise UsageError(
            "reading content needs {name}, which is not installed",
            hint="pip install 'health-residency-auditor[classify]'",
            name=error.name or "a library",
        ) from error
    setrlimit(RLIMIT_CORE, (0, getrlimit(RLIMIT_CORE)[1]))  # what is read stays out of core files
    facts = load(tuple(map(Path, settings.section("facts").get("dirs") or ())))
    known = Knowledge.of(facts)
    return Objects(known, Limits.of(facts), Signals.of(facts).names), Keys(known, full_names)


def planned(path: str, settings: Settings) -> Planned:
    """What sampling would read of a store. Raises `ApiError` when its listing is refused."""
    objects, _ = readers_of(settings, full_names=False)
    from .classify.content.folders import Folder
    from .classify.content.sampling import chosen

    limits = objects.limits
    store = bucket_of(path, settings) if "://" in path else Folder(_there(path))
    found = chosen(store.objects(), limits)
    windows = 1 + limits.per_object_extra_windows
    each = limits.per_object_head_bytes + limits.per_object_extra_windows * limits.window_bytes
    most = min(sum(min(o.size, each) for o in found.objects), limits.per_store_max_bytes)
    calls = sum(1 if o.size <= each else windows for o in found.objects) + found.listed // 1000 + 1
    return Planned(
        listed=found.listed, objects=len(found.objects), cold=len(found.cold), bytes=most,
        calls=calls,
    )  # fmt: skip


def of_cases(file: Path, settings: Settings) -> Iterator[Row]:
    """Described stores, one JSON object a line: id, service_type, name, tags, columns."""
    signals = Signals.of(load(tuple(map(Path, settings.section("facts").get("dirs") or ()))))
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("{path}: cannot be read", path=file) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _case(_described(line, file, number), signals)


def _described(line: str, file: Path, number: int) -> Mapping[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise UsageError("{path}: line {number} is no JSON object", path=file, number=number)
    return told


def _case(told: Mapping[str, Any], signals: Signals) -> Row:
    tags = told.get("tags")
    columns = told.get("columns")
    store = DataStore(
        id=str(told.get("id", "")), kind=str(told.get("service_type", "")),
        category=Category.OBJECT, partition=str(told.get("cloud", "")), account="", region="",
        name=str(told.get("name", "")),
        tags={str(k): str(v) for k, v in tags.items()} if isinstance(tags, dict)
        else Unknown(Reason.UNTOLD),
        facts={"columns": "\n".join(map(str, columns))} if isinstance(columns, list) else {},
    )  # fmt: skip
    return _of_health(store, classify(store, signals, type_holds_health=False))


def _of_health(store: DataStore, health: Health) -> Row:
    evidence = tuple(
        Evidence(detector=s.detector, seen_in=s.seen_in, axis=_axis(s.detector), family="metadata",
                 weight=s.weight)
        for s in health.signals
    )  # fmt: skip
    total = {"H": 0.0, "P": 0.0}
    for e in evidence:
        total[e.axis] += e.weight
    axes = {axis: round(weight, 3) for axis, weight in total.items()}
    return Row(name=store.name, id=store.id, level=health.certainty, axes=axes, evidence=evidence,
               guard=health.conflict)  # fmt: skip


def _axis(detector: str) -> str:
    return "P" if detector.startswith("person:") else "H"


def bucket_of(address: str, settings: Settings) -> Any:
    """The store of objects that an address names: `s3://bucket/prefix`."""
    parts = urlsplit(address)
    registry = load_registry(tuple(settings.section("plugins").get("allow") or ()))
    for name, provider in registry.providers.items():
        if parts.scheme in provider.schemes:
            api = resolve(provider.api)(settings.section(name))
            return resolve(provider.objects)(api, parts.netloc, parts.path[1:])
    known = sorted(s for p in registry.providers.values() for s in p.schemes)
    raise UsageError(
        "{address}: no store of this kind is known",
        hint="one of: {names}",
        address=address,
        names=", ".join(f"{s}://" for s in known),
    )
