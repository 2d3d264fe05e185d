"""Faithfulness: store types that are not active any more, as the table of store types tells it."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from auditor.facts import load
from auditor.model import Confidence, Reason, Unknown

FACTS = load()
SHARED = Path(__file__).parents[3] / "shared" / "facts"


@pytest.mark.skipif(not SHARED.exists(), reason="the researchers' files lie beside the repository")
def test_every_state_and_note_is_there_and_no_other():
    rows = yaml.safe_load((SHARED / "store_types.yaml").read_text("utf-8"))["store_types"]
    told = {r["id"]: (r["lifecycle"], str(r["notes"] or "")) for r in rows
            if r.get("lifecycle") not in (None, "active")}  # fmt: skip
    held = {id: (e["state"], e.get("note", "")) for id, e in FACTS.table("lifecycles").items()}
    assert held == told


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("azure.healthcareapis.api_for_fhir", date(2026, 9, 30)),
        ("azure.redis.cache", date(2028, 12, 31)),  # legacy, and its end is announced
        ("azure.mariadb.server", date(2025, 9, 30)),  # a month is told: its last day
        ("aws.mediastore.container",
         Unknown(Reason.UNREAD, "lifecycles:aws.mediastore.container.ends")),
    ],
)  # fmt: skip
def test_what_ends_is_known_from_memory_alone(kind, ends):
    found = FACTS.ending_of(kind)
    assert found is not None
    assert found.ends == ends
    assert found.confidence is Confidence.WEAK


@pytest.mark.parametrize("kind", ["aws.s3.bucket", "aws.glacier.vault"])
def test_active_and_legacy_are_no_end(kind):
    assert FACTS.ending_of(kind) is None


def test_a_day_tells_how_much_of_it_was_said():
    for id, entry in FACTS.table("lifecycles").items():
        if "ends" in entry:
            note = entry["note"]
            assert str(entry["ends"].year) in note, id
