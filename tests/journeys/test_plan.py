"""From the demo to the documents that a DPO signs, completed through the questionnaire."""

from __future__ import annotations

import os
import re
import stat
from datetime import date
from importlib.resources import files
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from docx import Document

from auditor import pipeline, settings
from auditor.errors import AuditorError
from auditor.facts import load
from auditor.reports._blocks import Fields, Figure, Items, Table, Text
from auditor.reports._items import asked_of_people
from auditor.reports._story import tell
from auditor.reports._told import Told
from auditor.words import Words
from tests.cli.calling import Shell
from tests.cli.conftest import auditor  # noqa: F401 (a fixture)
from tests.reports.golden import renderers

FACTS = load()
DAY = date(2026, 11, 30)
DOSSIER = str(files("auditor.dossier") / "demo.toml")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The demo, judged with its dossier."""
    folder = tmp_path_factory.mktemp("demo")
    chosen = settings.load(None, {}).replacing("runs", dir=str(folder / "runs"))
    chosen = chosen.replacing("judge", dossier=DOSSIER)
    return pipeline.audit(chosen, demo=True, as_of=DAY), chosen


def report_of(done):
    """The report that a format is handed, caught on its way."""
    judged, chosen = done
    from auditor.report import Report
    from auditor.runs import JudgementFolder, RunFolder

    with RunFolder.open(judged.run) as run:
        kept = JudgementFolder(run.path, judged.judgement)
        dossier = pipeline.judged_with(run, kept.summary(), chosen)
        yield Report.of(run, kept, FACTS, dossier)


@pytest.fixture
def report(done):
    yield from report_of(done)


# ---------------------------------------------------------------------- the 35 items


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_of_the_35_items_is_answered_asked_or_without_object(report, lang):
    """Where in the document each stands, and that what is asked can be completed there."""
    words = Words(lang)
    told = {item: (section, status, answer) for item, section, status, answer
            in asked_of_people(Told(report, words, 10))}  # fmt: skip
    assert sorted(told) == [f"CNIL-{n:02}" for n in range(1, 36)]
    shown = {section.id: section for section in tell(report, words, 10) if section.id}
    asked = words("to be completed")
    for item, (section, status, answer) in told.items():
        entry = FACTS.table("alignment")[item]
        assert entry["report_section"] in shown, item
        assert section in shown, item
        assert status, item
        assert answer, item
        if answer == asked:  # what is asked is never told as established
            met = FACTS.table("conventions")["status"]["words"]["pass"][lang]
            assert status != met, item
    assert any(answer == asked for *_, answer in told.values())
    assert told["CNIL-25"][2] != asked  # it is attested in the demo's dossier


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_document_has_all_its_sections_in_order(report, lang):
    ids = [s.id for s in tell(report, Words(lang), 10) if s.level == 2]
    assert ids == ["summary", *(f"S{n}" for n in range(19)), *"ABCDEF"]


def test_words_that_are_never_said_are_not():
    never = re.compile(
        r"conforme CNIL|CNIL[- ](compliant|approved)|GDPR[- ]compliant"
        r"|valid(é|ated) (par|by) la CNIL|\billégal|\billegal\b|\bsouverain(e|s)?\b",
        re.IGNORECASE,
    )
    for path in sorted((Path(__file__).parents[1] / "reports" / "golden").glob("*.fr.*")):
        if path.suffix in (".html", ".md", ".txt"):
            assert not never.search(path.read_text("utf-8")), path.name


# ---------------------------------------------------------------------- three commands


def test_the_three_commands_of_the_readme(auditor: Shell):  # noqa: F811
    assert auditor("audit", "--demo").exit_code == 0
    asked = ("--lang", "fr", "-o", "documents")
    assert auditor("report", "auditor-demo", *asked, "-f", "pdf", "-f", "xlsx").exit_code == 0
    assert auditor("plan", "auditor-demo", *asked, "-f", "docx").exit_code == 0
    found = sorted(path.name for path in Path("documents").iterdir())
    assert found == ["audit.fr.pdf", "audit.fr.xlsx", "plan.fr.docx"]
    with pikepdf.open("documents/audit.fr.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("fr")
        assert len(pdf.pages) > 20
    heads = [p.text for p in Document("documents/plan.fr.docx").paragraphs
             if p.style.name == "Heading 1"]  # fmt: skip
    assert [h for h in heads if h.startswith("S11.")]
    assert len(openpyxl.load_workbook("documents/audit.fr.xlsx").worksheets) == 6
    for path in Path("documents").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_filled_in_is_in_the_next_document(auditor: Shell):  # noqa: F811
    assert auditor("audit", "--demo").exit_code == 0
    assert (
        auditor("plan", "auditor-demo", "-f", "md", "-o", "before", "--lang", "fr").exit_code == 0
    )
    before = Path("before/plan.fr.md").read_text("utf-8")
    said = "Comité de pilotage du lundi"
    assert said not in before
    export = ("dossier", "export", "q.xlsx", "--run", "auditor-demo")
    assert auditor(*export, "--dossier", DOSSIER).exit_code == 0
    book = openpyxl.load_workbook("q.xlsx")
    sheet = next(s for s in book.worksheets if str(s["A2"].value).startswith("document."))
    keys = [str(cell.value) for cell in sheet[2]]
    sheet.cell(3, keys.index("document.steering") + 1).value = said
    steps = next(s for s in book.worksheets if str(s["A2"].value).startswith("targets."))
    keys = [str(cell.value) for cell in steps[2]]
    row = next(r for r in range(3, 20) if steps.cell(r, 1).value == "entrepot")
    steps.cell(row, keys.index("targets.milestones.decision") + 1).value = "15/01/2027"
    book.save("q.xlsx")
    assert auditor("dossier", "import", "q.xlsx", "-o", "dossier.toml").exit_code == 0
    asked = ("--dossier", "dossier.toml", "-f", "md", "-o", "after", "--lang", "fr")
    assert auditor("plan", "auditor-demo", *asked).exit_code == 0
    after = Path("after/plan.fr.md").read_text("utf-8")
    assert said in after
    assert "15/01/2027" in after
    versions = [re.search(r"2026-\d\d-\d\d-[0-9a-f]{8}", text) for text in (before, after)]
    assert all(versions)
    assert versions[0][0] != versions[1][0]  # type: ignore[index]


def test_a_plan_of_nothing_is_told(auditor: Shell):  # noqa: F811
    assert auditor("plan", "nowhere").exit_code != 0
    assert "nowhere" in auditor("plan", "nowhere").stderr


# ---------------------------------------------------------------------- what cannot be written


@pytest.mark.parametrize("name", sorted(set(renderers()) - {"terminal"}))
def test_a_folder_that_is_a_file_is_refused_and_nothing_is_left(done, tmp_path, name):
    judged, chosen = done
    (tmp_path / "out").write_text("mine")
    with pytest.raises((AuditorError, OSError)):
        pipeline.write(judged, chosen, [name], Words("fr"), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("name", sorted(set(renderers()) - {"terminal"}))
def test_a_disk_that_is_full_leaves_no_half_document(done, tmp_path, name, monkeypatch):
    """The document before stands whole; nothing beside it is left."""
    judged, chosen = done
    (path,) = pipeline.write(judged, chosen, [name], Words("fr"), tmp_path)
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AuditorError):
        pipeline.write(judged, chosen, [name], Words("fr"), tmp_path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


# ---------------------------------------------------------------------- French as it is printed


def ours(sections):
    """Every text that is ours, and not a stranger's: titles, sentences, labels, captions."""
    for section in sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Text():
                    yield block.text
                case Items():
                    yield from block.items
                case Fields():
                    yield from (label for label, _ in block.fields)
                case Table():
                    yield block.caption
                    yield from block.columns
                case Figure():
                    yield from (block.caption, block.alt)


def test_french_has_its_spaces_its_quotes_and_its_days(report):
    wrong = re.compile(
        r" [;:!?»%]"  # an ordinary space, where a line could break
        r"|[^\s\u202f\u00a0.…][;!?»]"  # none at all
        r"|« |[^\s\u00a0]:(?=\s|$)"
        r"|\w'\w|\b\d{4}-\d{2}-\d{2}\b"
    )
    code = re.compile(r"`[^`]*`|\b\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\b|\S*://\S*|[\w./{}-]+:[\w*]\S*")
    found = [
        (match[0], text)
        for text in ours(tell(report, Words("fr"), 10))
        if (match := wrong.search(code.sub("", text)))
    ]
    assert not found
