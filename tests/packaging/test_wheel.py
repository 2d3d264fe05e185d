"""The built wheel, alone in a clean environment, run from another folder.

Nothing of the checkout is importable here: what is tested is what people install.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {"auditor": "auditor", **{d: f"auditor/{d}" for d in ("checks", "reports", "schemas")}}


def tracked() -> list[str]:
    """The files of the project: those git knows, or would take."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return sorted(n for n in told.stdout.split("\0") if n and (ROOT / n).is_file())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what a clone holds: no stale build folder can feed it."""
    base = tmp_path_factory.mktemp("wheel")
    for name in tracked():
        (base / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, base / "clone" / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(base / "dist"), "clone"],
        cwd=base, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    (built,) = (base / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a clean environment that holds the wheel and what it asks for."""
    home = tmp_path_factory.mktemp("clean") / "env"
    venv.create(home, with_pip=True)
    subprocess.run([home / "bin/pip", "install", "--quiet", f"{wheel}[all]"], check=True)
    return home / "bin"


def run(*words: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("AWS_", "AUDITOR_", "PYTHON", "COV", "LC_", "LANG"))
    }
    return subprocess.run(
        list(map(str, words)),
        cwd=folder, env=kept | {"LC_ALL": "C.UTF-8"} | environment,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_its_top_level_is_one_package(wheel: Path) -> None:
    top = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {t for t in top if not t.endswith(".dist-info")} == {"auditor"}
    assert len(top) == 2


def test_every_tracked_file_is_in_it(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    due = set()
    for name in tracked():
        folder, _, rest = name.partition("/")
        if folder in FOLDERS:
            due.add(f"{FOLDERS[folder]}/{rest}")
    assert len(due) > 50
    assert sorted(due - packed) == []
    assert sorted(n for n in packed - due if ".dist-info/" not in n) == []


def test_its_licence_and_python_are_told(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
    told = archive.read(name).decode()
    assert re.search(r"^License-Expression: Apache-2\.0$", told, re.MULTILINE)
    assert re.search(r"^Requires-Python: <3\.14,>=3\.11$", told, re.MULTILINE)
    assert any(n.endswith("/licenses/LICENSE") for n in archive.namelist())


def test_a_readers_own_packages_are_left_alone(bin_folder: Path, tmp_path: Path) -> None:
    """A folder that holds its own `reports`, `checks` and `schemas` is where people work."""
    for name in ("reports", "checks", "schemas"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('the wrong package')")
    told = run(bin_folder / "python", "-m", "auditor", "checks", "list", folder=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "aws.s3.bucket" in told.stdout


def test_the_pieces_come_from_the_wheel(bin_folder: Path, tmp_path: Path) -> None:
    code = (
        "import auditor.checks, auditor.reports, auditor.schemas\n"
        "for m in (auditor.checks, auditor.reports, auditor.schemas): print(m.__file__)"
    )
    told = run(bin_folder / "python", "-c", code, folder=tmp_path)
    assert told.returncode == 0, told.stderr
    site = bin_folder.parent.resolve()
    assert all(Path(line).resolve().is_relative_to(site) for line in told.stdout.splitlines())
    assert len(told.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("locale", "said"), [("C.UTF-8", "Data stores"), ("fr_FR.UTF-8", "Espaces de stockage")]
)
def test_the_demo_needs_nothing(bin_folder: Path, tmp_path: Path, locale: str, said: str) -> None:
    told = run(bin_folder / "auditor", "audit", "--demo", folder=tmp_path, LC_ALL=locale)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "Traceback" not in told.stderr
    assert said.lower() in (told.stdout + told.stderr).lower()
    written = {p.suffix for p in (tmp_path / "auditor-demo").rglob("*") if p.is_file()}
    assert {".html", ".csv", ".json", ".jsonl"} <= written


@pytest.mark.parametrize("name", ["settings", "store", "finding", "coverage", "run"])
def test_schemas_travel(bin_folder: Path, tmp_path: Path, name: str) -> None:
    told = run(bin_folder / "auditor", "schema", name, folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert '"https://json-schema.org/draft/2020-12/schema"' in told.stdout
