"""The index of a folder of runs: one row per *version* of a finding, a store or a unit.

It is derived, and can be thrown away at any time: run folders are the truth. A row says from
which run to which the same was seen, so that fifty runs take little more room than one, and two
are compared by a join. Only the audits' own judgements are kept, in the order of their runs.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from auditor.codec import encoded
from auditor.errors import RunFolderError
from auditor.locate import Index, link
from auditor.model import DataStore, Judged, Unknown

from .chain import complete
from .files import digest, folder, opened, writing
from .folder import RunFolder
from .judgement import JudgementFolder

T = TypeVar("T")
FILE = "index.sqlite"
_FORMAT = 2
_LOCK = ".index.lock"
# no rule reads these, and some change by the hour
_ASIDE = ("bytes", "calls", "collected", "facts")
_TABLES = """
CREATE TABLE meta (format INTEGER);
CREATE TABLE runs (
    seq INTEGER PRIMARY KEY, run TEXT, judgement TEXT, manifest TEXT, as_of TEXT, edition TEXT,
    dossier TEXT, version TEXT);
CREATE TABLE rules (seq INTEGER, rule TEXT, PRIMARY KEY (seq, rule)) WITHOUT ROWID;
CREATE TABLE findings (
    uid TEXT, rule TEXT, store TEXT, subject TEXT, kind TEXT, account TEXT, severity TEXT,
    outcome TEXT, since INTEGER, until INTEGER);
CREATE INDEX findings_of ON findings (uid, until);
CREATE TABLE stores (
    id TEXT, kind TEXT, account TEXT, place TEXT, estate BLOB, law TEXT, said TEXT,
    since INTEGER, until INTEGER);
CREATE INDEX stores_of ON stores (id, until);
CREATE TABLE units (subject TEXT, account TEXT, kind TEXT, state TEXT, since INTEGER,
    until INTEGER);
CREATE INDEX units_of ON units (subject, until);
"""
# what makes two versions of a row the same: everything but the runs
_ROWS = {
    "findings": ("uid", "rule", "store", "subject", "kind", "account", "severity", "outcome"),
    "stores": ("id", "kind", "account", "place", "estate", "law", "said"),
    "units": ("subject", "account", "kind", "state"),
}


def asked(root: Path, question: Callable[[sqlite3.Connection], T]) -> T:
    """The answer of the index of a folder of runs, brought up to date before it is asked.

    One that is damaged, wherever that shows, is thrown away and made again. Raises
    `RunFolderError` when it cannot be written.
    """
    folder(root)
    with _alone(root):
        with suppress(sqlite3.DatabaseError):
            return _answer(root, question)
        _thrown_away(root)
        try:
            return _answer(root, question)
        except sqlite3.DatabaseError as error:
            raise RunFolderError(
                "{path}: cannot be written ({why})",
                hint="free some space or choose another folder in [runs] dir",
                path=root / FILE,
                why=error.sqlite_errorname,
            ) from error


def rebuild(root: Path) -> int:
    """Throw the index away and make it again; how many runs it holds."""
    folder(root)
    with _alone(root):
        _thrown_away(root)
    return asked(root, lambda base: int(base.execute("SELECT count(*) FROM runs").fetchone()[0]))


def between(one: tuple[Path, Path], other: tuple[Path, Path]) -> sqlite3.Connection:
    """An index in memory of two judgements alone: run and judgement folder of each."""
    base = _made(sqlite3.connect(":memory:", isolation_level=None))
    for seq, (run, judgement) in enumerate((one, other), 1):
        _add(base, seq, run, judgement)
    return base


def finished(root: Path) -> list[Path]:
    """The runs of a folder that came to their end, oldest first."""
    return [p for p in sorted(root.iterdir()) if (p / "run.json").is_file() and complete(p)]


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Nobody else has the index meanwhile: it may be thrown away. The system frees it."""
    with writing(root / _LOCK):
        lock = opened(root / _LOCK, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits: it takes seconds
        yield
    finally:
        os.close(lock)


def _thrown_away(root: Path) -> None:
    with writing(root / FILE):
        for name in (FILE, f"{FILE}-journal"):
            (root / name).unlink(missing_ok=True)


def _answer(root: Path, question: Callable[[sqlite3.Connection], T]) -> T:
    with closing(_opened(root)) as base:
        base.execute("BEGIN IMMEDIATE")
        _update(base, root)
        base.execute("COMMIT")
        return question(base)


def _opened(root: Path) -> sqlite3.Connection:
    path = root / FILE
    with writing(path):
        os.close(opened(path, os.O_RDWR | os.O_CREAT))  # private from its first byte
    base = sqlite3.connect(path, isolation_level=None)
    with suppress(sqlite3.DatabaseError):
        if base.execute("SELECT format FROM meta").fetchone() == (_FORMAT,):
            return base
    base.close()
    _thrown_away(root)  # of another format, damaged, or new
    os.close(opened(path, os.O_RDWR | os.O_CREAT))
    return _made(sqlite3.connect(path, isolation_level=None))


def _made(base: sqlite3.Connection) -> sqlite3.Connection:
    base.executescript(_TABLES)
    base.execute("INSERT INTO meta VALUES (?)", (_FORMAT,))
    return base


def _update(base: sqlite3.Connection, root: Path) -> None:
    """Add the runs that came; begin again when one before them changed or went."""
    there = finished(root)
    wanted = [(p.name, digest(p / "manifest.json")) for p in there]
    known = base.execute("SELECT run, manifest FROM runs ORDER BY seq").fetchall()
    if wanted[: len(known)] != known:
        known = []
        for table in ("runs", "rules", *_ROWS):
            base.execute(f"DELETE FROM {table}")
    for seq in range(len(known), len(wanted)):
        _add(base, seq + 1, there[seq], there[seq])


def _add(base: sqlite3.Connection, seq: int, path: Path, judged: Path) -> None:
    """Enter one judgement: rows that say the same as in the run before go on, others begin."""
    with RunFolder.open(path) as run:
        judgement = JudgementFolder(path, judged)
        summary = judgement.summary()
        label = "" if judged == path else judged.name
        base.execute(
            "INSERT INTO runs VALUES (?,?,?,?,?,?,?,?)",
            (seq, path.resolve().name, label, digest(judged / "manifest.json"),
             summary.as_of.isoformat(), summary.edition, summary.dossier,
             str(run.header.get("version", ""))),
        )  # fmt: skip
        base.executemany("INSERT INTO rules VALUES (?,?)", ((seq, r) for r in summary.answers))
        _enter(base, "stores", seq, _stores(run, judgement.judged()))
        _enter(base, "findings", seq, (
            (f.uid, f.rule, f.store, f.subject, f.kind, f.account, f.severity, f.outcome)
            for f in judgement.findings()
        ))  # fmt: skip
        _enter(base, "units", seq, (
            (f"unit:{c.scope} {c.kind}", c.scope.account, c.kind, c.state)
            for c in run.coverage()
        ))  # fmt: skip


def _stores(run: RunFolder, judged: Iterator[Judged]) -> Iterator[tuple[Any, ...]]:
    """Stores as the estate has them: nothing in their place or digest comes from the law."""
    seen = Index()
    for store in run.stores():
        seen.add(store)
    for store, judgement in zip(run.stores(), judged, strict=True):
        yield _store(link(store, seen), judgement)


def _store(store: DataStore, judged: Judged) -> tuple[Any, ...]:
    known = (c for c in store.copies if not isinstance(c, Unknown))
    copies = sorted(f"{c.role}:{_told(c.region)}" for c in known)
    place = " ".join(dict.fromkeys((_told(store.region), *copies)))
    estate = sha256(encoded({**_fields(store), "custody": judged.custody})).digest()[:8]
    return store.id, store.kind, store.account, place, estate, judged.law, judged.said


def _told(region: str | Unknown) -> str:
    return region if isinstance(region, str) else "?"


def _fields(store: DataStore) -> dict[str, Any]:
    facts = {n: v for n, v in store.facts.items() if isinstance(v, bool) or not isinstance(v, int)}
    return {"facts": facts} | {n: getattr(store, n) for n in store.__slots__ if n not in _ASIDE}


def _enter(base: sqlite3.Connection, table: str, seq: int, rows: Iterator[tuple[Any, ...]]) -> None:
    names = _ROWS[table]
    listed, key = ", ".join(names), names[0]
    same = " AND ".join(f"n.{name} IS t.{name}" for name in names)
    base.execute(f"CREATE TEMP TABLE now AS SELECT {listed} FROM {table} LIMIT 0")
    marks = ",".join("?" * len(names))
    base.executemany(f"INSERT INTO now VALUES ({marks})", rows)
    base.execute(f"CREATE INDEX now_of ON now ({key})")
    base.execute(
        f"UPDATE {table} AS t SET until = ? WHERE until = ? "
        f"AND EXISTS (SELECT 1 FROM now n WHERE {same})",
        (seq, seq - 1),
    )
    base.execute(
        f"INSERT INTO {table} SELECT {listed}, ?, ? FROM now n WHERE NOT EXISTS "
        f"(SELECT 1 FROM {table} t WHERE t.{key} = n.{key} AND t.until = ?)",
        (seq, seq, seq),
    )
    base.execute("DROP TABLE now")
