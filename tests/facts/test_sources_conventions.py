"""Faithfulness of the alignment, its outline and conventions, the timeline and the notes."""

import re
from datetime import date

import pytest

from auditor.facts import load

from .test_sources import RANK, SHARED, read

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the researchers' files lie beside the repository, not in it"
)


@pytest.fixture(scope="module")
def facts():
    return load()


def plain(value):
    """A value as the first sources write it: days as text."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_35_items_are_all_there_in_both_languages(facts):
    told = {row["id"]: row for row in read("cnil_alignment")["items"]}
    bases = {row["id"]: row["confidence"] for row in read("legal_bases")["entries"]}
    ours = facts.table("alignment")
    assert len(told) == 35
    assert set(ours) == set(told)
    for id, row in told.items():
        fact = plain({k: v for k, v in ours[id].items() if k != "source"})
        assert {k: v for k, v in fact.items() if k != "sources"} == {
            k: v for k, v in row.items() if k not in ("id", "sources")
        }
        for one, other in zip(fact["sources"], row["sources"], strict=True):
            assert {**one, "confidence": ""} == {**other, "confidence": ""}
            lower = min(RANK[other["confidence"]], RANK[bases[other["ref"]]])
            assert RANK[one["confidence"]] == lower


def test_the_outline_is_all_there(facts):
    source, ours = read("cnil_alignment")["plan_outline"], facts.table("outline")
    sections = {row["id"]: row for row in source["sections"]}
    annexes = {f"annex-{row['id']}": row for row in source["annexes"]}
    assert set(ours) == {"plan", *sections, *annexes}
    assert ours["plan"]["title"] == source["title"]
    for id, row in sections.items():
        assert {k: v for k, v in ours[id].items() if k != "source"} == {
            k: v for k, v in row.items() if k != "id"
        }
    for id, row in annexes.items():
        assert ours[id]["title"] == {"fr": row["fr"], "en": row["en"]}


def test_the_conventions_are_all_there(facts):
    source, ours = read("cnil_alignment"), facts.table("conventions")
    for row in (*source["status_rules"], *source["enc_levels"]):
        assert ours[row["id"]]["said"] == {"fr": row["fr"], "en": row["en"]}
    for row in source["enc_levels"]:
        assert ours[row["id"]]["protects_against_host_law"] == row["protects_against_host_law"]
        assert ours[row["id"]].get("note", {}).get("fr") == row.get("note_fr")
    for name, words in source["vocabulary"].items():
        assert ours[name]["words"] == words
    assert ours["alignment"]["disclaimer"] == source["disclaimer"]
    policy, deadlines = source["deadline_policy"], ours["deadlines"]
    for key in ("warn_after_months", "fail_after_months", "qualification_expiry_warn_days",
                "review_every_months", "origin", "precedents"):  # fmt: skip
        assert deadlines[key] == policy[key]
    assert [(k["date"].isoformat(), k["ref"], k["what"]["fr"], k["what"]["en"])
            for k in deadlines["known_dates"]] == [
        (k["date"], k["ref"], k["what_fr"], k["what_en"]) for k in policy["known_dates"]
    ]  # fmt: skip
    assert [(c["ref"], c["months"], c["counted_from"]["fr"]) for c in deadlines["legal_caps"]] == [
        (c["ref"], c["months"], c["counted_from_fr"]) for c in policy["legal_caps"]
    ]


def test_the_matrix_is_all_there(facts):
    source, ours = read("adequacy")["jurisdiction_test_matrix"], facts.table("matrix")
    assert set(ours) == {row["regime"] for row in source["rows"]}
    for row in source["rows"]:
        fact = ours[row["regime"]]
        assert fact["answers"] == {column: row[column] for column in source["columns"]}
        assert (fact["refs"], fact["tested"]["en"]) == (
            row["legal_bases"],
            row["what_is_tested_en"],
        )
        assert fact.get("note", {}).get("en") == row.get("note_en")
        assert fact.get("applies_from", {}).get("en") == row.get("applies_from")
        assert RANK[fact["confidence"]] <= RANK[row["confidence"]]


def test_the_timeline_has_every_row_of_the_dossier(facts):
    text = (SHARED / "legal.md").read_text("utf-8")
    part = text[text.index("## 6. Timeline") : text.index("## 7.")]
    told = re.findall(
        r"^\| (\d{4}(?:-\d\d)*|fin 2026[^|]*) \| (.+?) \| .+? \| (.+?) \|$", part, re.M
    )
    bases = {row["id"]: row["confidence"] for row in read("legal_bases")["entries"]}
    ours = facts.table("timeline")
    assert len(told) >= 38
    days = {str(e.get("about") or e["since"]) for e in ours.values()} | {
        e["since"].isoformat() for e in ours.values()
    }
    for when, _, cited in told:
        if not when.startswith("fin"):
            assert when in days, when
        for id in re.findall(r"`([A-Z0-9-]+)`", cited):
            assert any(e.get("text") == id for e in ours.values()), id
    for id, event in ours.items():
        if "text" in event:
            assert RANK[event["confidence"]] <= RANK[bases[event["text"]]], id
            assert event["force"] == facts.text(event["text"])["force"]
        if "about" in event:  # told on the last day of the period, never before it is sure
            assert event["since"].isoformat()[:4] >= event["about"][:4]
    known = read("cnil_alignment")["deadline_policy"]["known_dates"]
    assert {row["date"] for row in known} <= {e["since"].isoformat() for e in ours.values()}


def test_notes_are_all_there(facts):
    providers, regions = read("providers"), read("regions")
    told = {row["id"]: (row["fact"], row) for row in (
        *regions["traps"], *providers["secnumcloud_watch"], *providers["hds_facts"],
        *providers["health_data_hub_and_policy"], *read("egress")["hidden_costs"],
    )}  # fmt: skip
    told |= {f"alternatives-{r['id']}": (r["rule"], r) for r in read("alternatives")["rules"]}
    ours = facts.table("notes")
    assert set(told) <= set(ours)
    for id, (text, row) in told.items():
        assert ours[id]["fact"]["en"] == text
        assert RANK[ours[id]["confidence"]] <= RANK[row["confidence"]]
    rest = {e["fact"]["en"] for id, e in ours.items() if id not in told}
    general = [n for n in providers["notes"] if not n.startswith(("Rows sourced", "Law ids"))]
    assert rest == {*general, providers["field_notes"]["effective_rule"]}


def test_names_of_regions_on_platforms_are_all_there(facts):
    told = {row["platform"]: row for row in read("regions")["platform_region_naming"]}
    ours = facts.table("naming")
    assert set(ours) == set(told)
    for id, row in told.items():
        assert ours[id]["rule"]["en"] == row["rule"]
        assert RANK[ours[id]["confidence"]] <= RANK[row["confidence"]]
