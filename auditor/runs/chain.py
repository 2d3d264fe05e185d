"""The chain: each run's files by digest, and the digest of the run before it.

The chain has no key. Without a signature it shows accidents, not forgery: whoever can change a
file can change its manifest too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .files import SCHEMA, digest, read_json, read_lines, write_json

_SEALED = ("stores.jsonl.gz", "subjects.jsonl.gz", "coverage.jsonl")
_LINES = {
    "stores.jsonl.gz": "store",
    "subjects.jsonl.gz": "store",
    "coverage.jsonl": "coverage",
    "judged.jsonl.gz": "judged",
    "findings.jsonl.gz": "finding",
    "run.json": "run",
    "summary.json": "summary",
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as the manifest says: `missing`, `changed`, `unlisted`, `chain`."""

    kind: str
    file: str


def _files(path: Path) -> Iterator[str]:
    for found in sorted(path.iterdir()):
        hidden = found.name.startswith(".") or found.name == "manifest.json"
        if found.is_file() and not hidden:
            yield found.name


def write_manifest(path: Path) -> None:
    """Write the digests of a folder's files and of the previous run's manifest."""
    listed = {
        name: {
            "sha256": digest(path / name),
            **({"schema": SCHEMA.format(_LINES[name])} if name in _LINES else {}),
        }
        for name in _files(path)
    }
    told: dict[str, Any] = {"schema": SCHEMA.format("manifest"), "files": listed}
    before = _before(path)
    if before is not None:
        told["previous"] = {"run": before.name, "sha256": digest(before / "manifest.json")}
    write_json(path / "manifest.json", told)


def _before(path: Path) -> Path | None:
    """The latest sealed run before this one in the same folder."""
    if not (path / "run.json").is_file():
        return None
    earlier = (p for p in path.parent.iterdir() if p.name < path.name and p.is_dir())
    sealed = [p for p in earlier if (p / "manifest.json").is_file() and (p / "run.json").is_file()]
    return max(sealed, default=None, key=lambda p: p.name)


def verify(path: Path) -> list[Mismatch]:
    """Everything about a run, its replays and its link that is not as its manifest says."""
    manifest = read_json(path / "manifest.json")
    found = list(_differences(path, manifest))
    previous = manifest.get("previous")
    if previous:
        link = path.parent / previous["run"] / "manifest.json"
        if not link.is_file():
            found.append(Mismatch("missing", f"../{previous['run']}/manifest.json"))
        elif digest(link) != previous["sha256"]:
            found.append(Mismatch("chain", f"../{previous['run']}/manifest.json"))
    for replay in sorted((path / "judgements").glob("*/manifest.json")):
        within = f"judgements/{replay.parent.name}/"
        for m in _differences(replay.parent, read_json(replay)):
            found.append(Mismatch(m.kind, within + m.file))
    return found


def _differences(path: Path, manifest: Mapping[str, Any]) -> Iterator[Mismatch]:
    listed, there = manifest["files"], set(_files(path))
    for name in sorted(set(listed) | there):
        if name not in there:
            yield Mismatch("missing", name)
        elif name not in listed:
            yield Mismatch("unlisted", name)
        elif digest(path / name) != listed[name]["sha256"]:
            yield Mismatch("changed", name)


def unfinished(root: Path) -> list[Path]:
    """The runs of a folder that were interrupted, oldest first."""
    if not root.is_dir():
        return []
    runs = [p for p in sorted(root.iterdir()) if (p / "run.json").is_file()]
    return [p for p in runs if not (p / "summary.json").is_file()]


def compare(one: Path, other: Path) -> list[str]:
    """Where two sealed runs differ, collection times aside: the file and the number of the line."""
    found = []
    for name in _SEALED:
        pairs = zip(_untimed(one / name), _untimed(other / name), strict=False)
        found += [f"{name}:{n}" for n, (a, b) in enumerate(pairs, 1) if a != b]
        if sum(1 for _ in read_lines(one / name)) != sum(1 for _ in read_lines(other / name)):
            found.append(f"{name}: not as many lines")
    return found


def _untimed(path: Path) -> Iterator[Any]:
    for line in read_lines(path):
        line.pop("collected", None)
        yield line
