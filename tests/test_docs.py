"""The pages say what is: links, commands, settings and examples are tried."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from auditor import cli, errors, settings
from auditor.dossier import read
from auditor.facts import load

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
DEMO = (
    'python3 -m venv .venv && .venv/bin/pip install ".[all]" && .venv/bin/auditor audit --demo',
    ".venv/bin/pip install tox && .venv/bin/tox",
)
TWINS = [("README.md", "README.fr.md")] + [
    (f"docs/{p.name}", f"docs/{p.stem}.fr.md")
    for p in sorted((ROOT / "docs").glob("*.md"))
    if p.with_suffix(".fr.md").exists()
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(page: Path | str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[tuple[str, str]]:
    """Every `auditor …` that a page tells people to type."""
    for page in PAGES:
        inline = re.findall(r"`(auditor [^`\n]+)`", page.read_text(encoding="utf-8"))
        fenced = [line for block in blocks(page, "console") for line in block.splitlines()]
        for line in [*inline, *fenced]:
            if line.startswith("auditor ") and "…" not in line:
                yield name_of(page), line


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    broken = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert not broken


@pytest.mark.parametrize("page", ["README.md", "README.fr.md"])
def test_the_two_commands_are_the_first_two(page: str) -> None:
    assert tuple(b.strip() for b in blocks(page, "console")[:2]) == DEMO


@pytest.mark.parametrize(("english", "french"), TWINS)
def test_twins_show_the_same(english: str, french: str) -> None:
    for language in ("console", "toml", "toml-facts", "toml-dossier", "yaml", "ini", "sh", "text"):
        assert blocks(english, language) == blocks(french, language)
    texts = [(ROOT / page).read_text(encoding="utf-8") for page in (english, french)]
    headings = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in texts]
    assert headings[0] == headings[1]


@pytest.mark.parametrize(("page", "command"), sorted(set(commands())))
def test_commands_are_those_of_the_program(page: str, command: str) -> None:
    words = shlex.split(command.split(" > ")[0])[1:]
    here: click.Command = cli.main
    while words:
        word = words.pop(0)
        if word.startswith("-"):
            known = {o: p for p in here.params for o in (*p.opts, *p.secondary_opts)}
            assert word in known, f"{page}: {here.name} has no {word}"
            option = known[word]
            if not (isinstance(option, click.Option) and (option.is_flag or option.count)):
                assert words, f"{page}: {word} takes a value"
                words.pop(0)
        elif isinstance(here, click.Group):
            found = here.get_command(click.Context(here), word)
            assert found is not None, f"{page}: there is no auditor {word}"
            here = found
        else:
            assert any(isinstance(p, click.Argument) for p in here.params), f"{page}: {word}"


def assert_made_by(script: str) -> None:
    """The pages are those that a script makes today."""
    told = subprocess.run(
        [sys.executable, ROOT / script, "--check"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, f"run python {script}: {told.stdout}{told.stderr}"


def test_pages_hold_the_real_files() -> None:
    assert_made_by("docs/include.py")
    shown = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    for file in (ROOT / "deploy").rglob("*"):
        if file.is_file():
            assert f"<!-- include: ../{name_of(file)} -->" in shown


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_settings_shown_are_settings(page: Path, tmp_path: Path) -> None:
    for block in blocks(page, "toml"):
        if "project" not in tomllib.loads(block):
            (tmp_path / "auditor.toml").write_text(block)
            settings.load(tmp_path / "auditor.toml", {}, ())


@pytest.mark.parametrize("page", ["docs/facts.md", "docs/facts.fr.md"])
def test_facts_shown_are_facts(page: str, tmp_path: Path) -> None:
    shown = blocks(page, "toml-facts")
    for block in shown:
        file = tmp_path / block.splitlines()[0].removeprefix("# DIR/")
        file.parent.mkdir(parents=True)
        file.write_text(block, encoding="utf-8")
    answer = load([tmp_path]).answer("our-host", "", "paris-1", date(2026, 11, 25))
    assert len(shown) == 3
    assert (answer.reach.verdict, answer.capital.answer) == ("no_known_link", "met")
    assert all(fact.theirs for fact in answer.facts if "our-host" in fact.id)


@pytest.mark.parametrize("page", ["docs/plan.md", "docs/plan.fr.md"])
def test_the_version_shown_is_one_of_a_dossier(page: str, tmp_path: Path) -> None:
    (shown,) = blocks(page, "toml-dossier")
    (tmp_path / "dossier.toml").write_text(shown, encoding="utf-8")
    facts = load()
    dossier = read(tmp_path / "dossier.toml", facts, facts.rules)
    assert dossier.versions["v1"].plan == "2026-11-30-aec8b820"


@pytest.mark.parametrize("page", ["docs/dossier.md", "docs/dossier.fr.md"])
def test_the_dossier_shown_is_one(page: str, tmp_path: Path) -> None:
    (shown,) = blocks(page, "toml-dossier")
    (tmp_path / "dossier.toml").write_text(shown, encoding="utf-8")
    facts = load()
    dossier = read(tmp_path / "dossier.toml", facts, facts.rules)
    assert set(dossier.treatments) == {"dpi"}


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("docs/adding-a-store-type.md", "checks/memorydb.py"),
        ("docs/plugins.md", "checks/tags.py"),
        ("docs/plugins.md", "ledger.py"),
    ],
)
def test_examples_are_those_that_are_tried(page: str, source: str) -> None:
    tried = ROOT / "tests/plugins/acme/acme_auditor" / source
    assert tried.read_text(encoding="utf-8") in blocks(page, "python")


def test_the_type_of_an_inventory_shown_is_the_one_that_is_declared() -> None:
    import auditor.sdk
    from auditor import registry

    shown = next(b for b in blocks("docs/adding-a-store-type.md", "python") if "_replicas =" in b)
    names = dict(vars(auditor.sdk))
    exec(shown, names)
    declared = registry.load().store_types["azure.mysql.flexible_server"]
    for name in ("row", "needs", "whole", "id", "region", "bytes", "key", "source"):
        assert getattr(names["flexible_server"], name) == getattr(declared, name)


@pytest.mark.parametrize("page", ["docs/running.md", "docs/running.fr.md"])
def test_every_exit_code_is_told(page: str) -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    told = [int(code) for row in rows for code in row.split(",")]
    assert told == [130, 143, 1, 2, 74, 75, 5, 4, 3, 0]
    ours = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    assert {k.exit_code for k in ours if issubclass(k, errors.AuditorError)} <= set(told)


@pytest.mark.parametrize("name", ["demo.svg", "demo.fr.svg"])
def test_pictures_fetch_nothing(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    ET.fromstring(text)
    assert "url(http" not in text
    assert "auditor" in text


def test_the_worked_example_is_what_a_replay_says() -> None:
    assert_made_by("docs/story.py")


def test_a_patient_number_shown_is_a_signal(tmp_path: Path) -> None:
    from auditor.classify.content.knowledge import Knowledge

    (block,) = blocks(ROOT / "docs/health.md", "toml-facts")
    file = tmp_path / block.splitlines()[0].removeprefix("# DIR/")
    file.parent.mkdir(parents=True)
    file.write_text(block, encoding="utf-8")
    known = Knowledge.of(load([tmp_path]))
    assert next(i for i in known.identifiers if i.id == "chx-ipp").whole.match("CHX123456")
