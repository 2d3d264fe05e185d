"""The development corpus: what the documentation says is found in it is found, and nothing more."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from auditor.classify import Signals
from auditor.classify.content.knowledge import Knowledge
from auditor.classify.content.limits import Limits
from auditor.classify.content.objects import Objects
from auditor.classify.content.sources import local
from auditor.facts import load

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SURE = ("confirmed", "declared", "probable")
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not in the repository")


def test_health_is_found_and_nothing_else_is_called_so():
    facts = load()
    limits = Limits.of(facts)
    objects = Objects(Knowledge.of(facts), limits, Signals.of(facts).names)
    with (CORPUS / "MANIFEST.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] != "borderline"]
    wrong = {}
    for row in rows:
        found = objects.assess(local(CORPUS / row["path"], limits), row["path"]).certainty
        if (found in SURE) is not (row["label"] == "health"):
            wrong[row["path"]] = found
    assert len(rows) > 100
    assert wrong == {}
