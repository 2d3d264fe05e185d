"""From the demo to a questionnaire, filled in as a person would, back to the same judgement."""

from __future__ import annotations

import gzip
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor import pipeline, questionnaire
from auditor import settings as settings_of
from auditor.codec import to_json
from auditor.dossier import read
from auditor.dossier.form import Column, Kind, Part, parts
from auditor.facts import load
from auditor.words import Words

FACTS = load()
BY_HAND = Path(str(files("auditor.dossier") / "demo.toml"))
DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    """The demo, audited without a dossier."""
    folder = tmp_path_factory.mktemp("demo")
    chosen = settings_of.load(None, {}).replacing("runs", dir=str(folder / "runs"))
    return pipeline.audit(chosen, demo=True, as_of=DAY).run


def judged(run: Path, dossier: Path) -> dict[str, bytes]:
    chosen = settings_of.load(None, {}).replacing("judge", dossier=str(dossier))
    where = pipeline.replay(run, as_of=DAY, settings=chosen).judgement
    return {
        name: gzip.decompress((where / name).read_bytes()) if name.endswith(".gz")
        else (where / name).read_bytes()
        for name in ("judged.jsonl.gz", "findings.jsonl.gz", "summary.json", "alignment.json")
    }  # fmt: skip


def typed(column: Column, value: Any, lang: str) -> Any:
    """What a person types or chooses for a value, in their language."""
    if value in (None, "", [], {}):
        return None
    french = lang == "fr"
    match column.kind:
        case Kind.DAY:
            day = date.fromisoformat(value)
            return f"{day:%d/%m/%Y}" if french else day
        case Kind.ONE_OF:
            said = {"fr": "Oui", "en": "Yes"}[lang]
            return said if column.member in value else None
        case Kind.YES_NO:
            return FACTS.word("yes_no", "yes" if value else "no", lang)
        case Kind.CHOICE:
            return FACTS.word(column.words, value, lang)
        case Kind.LINES | Kind.DAYS:
            return " ; ".join(value)
        case Kind.PAIRS:
            return "\n".join(f"{k}={v}" for k, v in value.items())
    return value


def fill(book: Any, part: Part, entries: dict[str, Any], lang: str) -> None:
    """One sheet, row by row, instead of what was pre-filled."""
    sheet = next(s for s in book.worksheets if str(s["A2"].value).startswith(f"{part.name}."))
    keys = [str(c.value) for c in sheet[2]]
    if not part.single:
        sheet.delete_rows(3, sheet.max_row)
    rows = [("", entries)] if part.single else list(entries.items())
    for row, (id, entry) in enumerate(rows, 3):
        if not part.single:
            sheet.cell(row, 1).value = id
        for column in part.columns:
            value: Any = entry
            for name in column.path:
                value = value.get(name) if isinstance(value, dict) else None
            cell = sheet.cell(row, keys.index(f"{part.name}.{column.key}") + 1)
            cell.value = typed(column, value, lang)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_questionnaire_filled_in_judges_as_the_dossier_written_by_hand(run, tmp_path, lang):
    file, back = tmp_path / "q.xlsx", tmp_path / "dossier.toml"
    questionnaire.export(file, run, None, FACTS, Words(lang))
    book = openpyxl.load_workbook(file)
    accounts = next(s for s in book.worksheets if s["A2"].value == "accounts.id")
    seen = {row[1].value for row in accounts.iter_rows(min_row=3)}
    assert "210987654321" in seen  # what the run saw is there already
    declared = to_json(read(BY_HAND, FACTS, FACTS.rules))
    for part in parts():
        fill(book, part, declared[part.name], lang)
    book.save(file)
    questionnaire.take_in(file, back, FACTS, replace=False)
    assert judged(run, back) == judged(run, BY_HAND)


def test_what_was_not_filled_in_changes_the_judgement(run, tmp_path):
    """The comparison above can fail: one answer less, and the judgements differ."""
    file, back = tmp_path / "q.xlsx", tmp_path / "dossier.toml"
    questionnaire.export(file, run, read(BY_HAND, FACTS, FACTS.rules), FACTS, Words("fr"))
    book = openpyxl.load_workbook(file)
    sheet = next(s for s in book.worksheets if s["A2"].value == "waivers.id")
    sheet.delete_rows(4)
    book.save(file)
    questionnaire.take_in(file, back, FACTS, replace=False)
    one, other = judged(run, back), judged(run, BY_HAND)
    assert one["findings.jsonl.gz"] != other["findings.jsonl.gz"]
