"""The chain: each run's files by digest, and the digest of the run before it.

The chain has no key. Without a signature it shows accidents, not forgery: whoever can change a
file can change its manifest too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.errors import RunError

from .files import MISSHAPEN, SCHEMA, digest, read_json, write_json

_MANIFEST = "manifest.json"
_REPLAYS = "judgements"
_LINES = {
    "stores.jsonl.gz": "store",
    "subjects.jsonl.gz": "store",
    "coverage.jsonl": "coverage",
    "samples.jsonl.gz": "sample",
    "judged.jsonl.gz": "judged",
    "findings.jsonl.gz": "finding",
    "run.json": "run",
    "summary.json": "summary",
    "alignment.json": "alignment",
    "changes.json": "changes",
    "plan.json": "plan",
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as the manifest says: `missing`, `changed`, `unlisted`, `chain`."""

    kind: str
    file: str


def write_manifest(path: Path) -> None:
    """Write the digests of a folder's files, and that of the manifest that it follows."""
    listed = {
        name: {
            "sha256": digest(path / name),
            **({"schema": SCHEMA.format(_LINES[of])} if (of := _kind(name)) in _LINES else {}),
        }
        for name in _files(path)
    }
    told: dict[str, Any] = {"schema": SCHEMA.format("manifest"), "files": listed}
    before = _before(path)
    if before is not None:
        told["previous"] = {"run": before.name, "sha256": digest(before / _MANIFEST)}
    write_json(path / _MANIFEST, told)


def _kind(name: str) -> str:
    """What a file is: earlier versions of a plan are plans too."""
    return "plan.json" if name.startswith("plan-") else name


def complete(path: Path) -> bool:
    """Whether a run came to its end: its manifest, written last, lists its summary."""
    if not (path / _MANIFEST).is_file():
        return False
    try:
        return "summary.json" in read_json(path / _MANIFEST)["files"]
    except (RunError, *MISSHAPEN):
        return True  # no interruption leaves half a manifest: damaged, as `verify` will say


def unfinished(root: Path) -> list[Path]:
    """The runs of a folder that were interrupted, oldest first."""
    return [p for p in _runs(root) if not complete(p)]


def verify(path: Path) -> list[Mismatch]:
    """Everything about a run, its replays and its link that is not as its manifest says.

    Raises `RunError` when there is no manifest to compare with.
    """
    path = path.resolve()  # a run given as `.` has a name and neighbours too
    found = [*_differences(path), *_link(path)]
    for replay in sorted(p for p in (path / _REPLAYS).glob("*") if p.is_dir()):
        within = f"{_REPLAYS}/{replay.name}"
        if (replay / _MANIFEST).is_file():
            told = _differences(replay)
            found += [Mismatch(m.kind, f"{within}/{m.file}") for m in told]
        elif any(_files(replay)):
            found.append(Mismatch("missing", f"{within}/{_MANIFEST}"))
    return found


def _runs(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return [p for p in sorted(root.iterdir()) if (p / "run.json").is_file()]


def _files(path: Path) -> Iterator[str]:
    """What a manifest lists: all but itself, locks, and what was being written."""
    for found in sorted(path.iterdir()):
        if found.name.startswith(".") or found.name in (_MANIFEST, _REPLAYS):
            continue
        if not found.is_dir():
            yield found.name


def _before(path: Path) -> Path | None:
    """The latest complete run before this one in the same folder: it will not change any more."""
    if not (path / "run.json").is_file():
        return None  # a replay
    path = path.resolve()
    earlier = (p for p in reversed(_runs(path.parent)) if p.name < path.name)
    return next((p for p in earlier if (p / _MANIFEST).is_file() and complete(p)), None)


def _link(path: Path) -> Iterator[Mismatch]:
    previous = _manifest(path).get("previous")
    if previous is None:
        return
    try:
        run, sha256 = Path(previous["run"]).name, previous["sha256"]
    except MISSHAPEN as error:
        raise _no_manifest(path) from error
    link, told = path.parent / run / _MANIFEST, f"../{run}/{_MANIFEST}"
    if not link.is_file():
        yield Mismatch("missing", told)
    elif digest(link) != sha256:
        yield Mismatch("chain", told)


def _differences(path: Path) -> Iterator[Mismatch]:
    listed, there = _manifest(path)["files"], set(_files(path))
    for name in sorted(set(listed) | there | _strangers(path)):
        if name in listed and name not in there:
            yield Mismatch("missing", name)
        elif name not in listed:
            yield Mismatch("unlisted", name)
        elif digest(path / name) != listed[name].get("sha256"):
            yield Mismatch("changed", name)


def _strangers(path: Path) -> set[str]:
    """Folders that we never make."""
    return {p.name + "/" for p in path.iterdir() if p.is_dir() and p.name != _REPLAYS}


def _manifest(path: Path) -> Mapping[str, Any]:
    found = read_json(path / _MANIFEST, hint="the run was not finished: resume it")
    files = found.get("files") if isinstance(found, dict) else None
    if not isinstance(files, dict) or not all(isinstance(f, dict) for f in files.values()):
        raise _no_manifest(path)
    return found  # type: ignore[no-any-return]


def _no_manifest(path: Path) -> RunError:
    hint = "restore it from a copy of the run"
    return RunError("{path}: no manifest", hint=hint, path=path / _MANIFEST)
