"""What the import contracts and ruff cannot say about the shape of the code."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("auditor", "checks", "reports", "schemas")
MODULES = sorted(p for d in FOLDERS for p in (ROOT / d).rglob("*.py"))
LONGEST = 300

# STYLE section 8: loading a plugin, running a survey, main; nobody else may catch everything.
BROAD = {
    "auditor/registry.py": ["Exception"],
    "checks/aws/_answers.py": ["Exception"],  # hooks and parsers of the SDK raise bare errors
    "auditor/cli": ["Exception"],  # main, wherever it stands
    "auditor/calls.py": ["BaseException"],  # a worker's defect, raised again by run()
    "auditor/clouds.py": ["BaseException", "BaseException"],  # a cloud's, raised again at the end
}

# Statements that only a court or an authority may make. Each is looked for where it would be
# printed: in strings of the code, in the interface's catalogues, in the facts' words.
FORBIDDEN = re.compile(
    r"\b((non[- ])?compliant|compliance guaranteed|(non[- ])?conformes?|ill[ée]ga(l|le|ux|les)"
    r"|(validated|approved|certified) by (the )?cnil|(validée?s?|approuvée?s?) par la cnil)\b",
    re.IGNORECASE,
)
# an absolute path of somebody's machine
MACHINE = re.compile(r"(?<![\w.])/(home|Users|root|work)/[\w.-]+/")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[tuple[bool, str]]:
    """What a module imports, wherever the import stands: (whether by name, the full name)."""
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Import():
                yield from ((True, alias.name) for alias in node.names)
            case ast.ImportFrom(level=0):
                yield from ((True, f"{node.module}.{alias.name}") for alias in node.names)
            case ast.ImportFrom():
                here = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
                base = ".".join((*here, *filter(None, [node.module])))
                yield from ((False, f"{base}.{alias.name}") for alias in node.names)


def catches(path: Path) -> list[str]:
    """The broad handlers of a module."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            kind = ast.unparse(node.type) if node.type else "everything"
            if re.search(r"\b(Exception|BaseException|everything)\b", kind):
                found.append(kind)
    return found


def strings_of(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are not docstrings: what may be printed."""
    tree = tree_of(path)
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def tracked() -> list[Path]:
    """The files of the project: those git knows, or would take."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if told.returncode:  # an unpacked source archive
        return [p for p in ROOT.rglob("*") if p.is_file() and ".tox" not in p.parts]
    names = told.stdout.decode().split("\0")
    return [ROOT / n for n in names if n and (ROOT / n).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_one_idea(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} lines: split it"


def test_only_three_places_catch_everything() -> None:
    found: dict[str, list[str]] = {}
    for path in MODULES:
        room = "auditor/cli" if path.parent.name == "cli" else name_of(path)
        found[room] = found.get(room, []) + catches(path)
    assert {room: kinds for room, kinds in found.items() if kinds} == BROAD


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_moved_folders_are_found_and_never_imported(path: Path) -> None:
    moved = ("checks", "reports", "schemas")
    home = path.relative_to(ROOT).parts[0]
    for by_name, imported in imports_of(path):
        first, *rest = imported.split(".")
        if by_name:
            assert first not in moved, f"{imported}: found by entry point, never by name"
            assert not (first == "auditor" and rest[:1] and rest[0] in moved), imported
        else:
            assert first == home, f"{imported} leaves {home}"
        if home in moved and first == "auditor":
            assert rest[:1] == ["sdk"], f"{home} may import auditor.sdk, not {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_strangers_stay_strangers(path: Path) -> None:
    """Providers do not know each other, nor do formats; what they share begins with `_`."""
    home, *inside = path.relative_to(ROOT).with_suffix("").parts
    for by_name, imported in imports_of(path):
        if home in ("checks", "reports") and not by_name and inside[0] != "__init__":
            room = imported.split(".")[1]
            assert room == inside[0] or room.startswith("_"), f"{room} is another room"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_has_one_door(path: Path) -> None:
    for _, imported in imports_of(path):
        library = imported.partition(".")[0]
        if library in ("boto3", "botocore", "azure", "google", "msrest"):
            assert re.fullmatch(r"checks/\w+/_\w+\.py", name_of(path)), imported
        if library in ("dask", "distributed"):
            assert name_of(path) == "auditor/runners.py", imported


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_verdict_that_is_not_ours_to_give(path: Path) -> None:
    said = [f"{line}: {text}" for line, text in strings_of(path) if FORBIDDEN.search(text)]
    assert not said


def test_nor_in_the_words_that_are_data() -> None:
    said = []
    for path in tracked():
        if path.suffix in {".po", ".html", ".svg"} or "/facts/words/" in path.as_posix():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if FORBIDDEN.search(line):
                    said.append(f"{name_of(path)}:{number}: {line.strip()[:100]}")
    assert not said


def test_no_path_of_one_machine() -> None:
    said = []
    for path in tracked():
        text = path.read_bytes()
        if b"\0" in text or path == Path(__file__):
            continue
        for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
            if MACHINE.search(line):
                said.append(f"{name_of(path)}:{number}: {line.strip()[:100]}")
    assert not said


@pytest.mark.parametrize(
    ("source", "broad"),
    [
        ("try:\n    pass\nexcept Exception:\n    pass", ["Exception"]),
        ("try:\n    pass\nexcept (OSError, Exception):\n    pass", ["(OSError, Exception)"]),
        ("try:\n    pass\nexcept BaseException as e:\n    raise", ["BaseException"]),
        ("try:\n    pass\nexcept:\n    pass", ["everything"]),
        ("try:\n    pass\nexcept ClientException:\n    pass", []),
    ],
)  # fmt: skip
def test_broad_handlers_are_seen(source: str, broad: list[str], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(source)
    assert catches(module) == broad


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("This store is compliant.", True),
        ("Espace non conforme", True),
        ("Transfert illégal", True),
        ("Validé par la CNIL", True),
        ("the text requires a decision of adequacy", False),
        ("what a person must still attest", False),
    ],
)
def test_forbidden_words_are_seen(text: str, refused: bool) -> None:
    assert bool(FORBIDDEN.search(text)) is refused
