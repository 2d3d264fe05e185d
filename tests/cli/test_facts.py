"""`auditor facts`: explain, check, stale, diff, in both languages and as JSON."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from auditor import codec
from auditor.cli._explained import lines
from auditor.facts import load
from auditor.model import Answer
from auditor.schema import schema
from auditor.words import Words
from tests.facts.days import FACTS, overlay
from tests.facts.test_contract import GOOD

from .calling import Shell

# Words that no text of ours says of a store, an offer or a treatment.
NEVER = re.compile(
    r"complian|conforme\b|\billegal|\billégal|validé par|validated by"
    r"|guaranteed by|garanti par|approved by|approuvé par|certified by the CNIL|NSA\b",
    re.IGNORECASE,
)


def test_explain_tells_three_verdicts_apart_and_every_source(auditor: Shell) -> None:
    said = auditor("facts", "explain", "outscale", "--region", "cloudgouv-eu-west-1",
                   "--as-of", "2026-11-30").stdout  # fmt: skip
    places = [said.index(word) for word in ("1. Place", "2. Transfer", "3. Reach", "Attested")]
    assert places == sorted(places)
    assert "France, European Union (fair)" in said
    assert "SecNumCloud: qualified, IaaS Cloud on Demand, version 3.2, until 2026-11-30" in said
    assert "guarantees:anssi-2118" in said
    assert "ANSSI catalogue of qualified products" in said


def test_explain_in_french_the_day_after(auditor: Shell) -> None:
    said = auditor("--lang", "fr", "facts", "explain", "outscale", "--region",
                   "cloudgouv-eu-west-1", "--as-of", "2026-12-01").stdout  # fmt: skip
    said = said.replace("\N{NO-BREAK SPACE}", " ")
    assert "SecNumCloud : non déterminé" in said
    assert "2026-11-30" in said
    assert ": qualifié" not in said


def test_the_path_is_printed_to_the_law(auditor: Shell) -> None:
    said = auditor("facts", "explain", "aws", "--region", "eu-west-3").stdout
    assert re.search(
        r"Amazon Web Services EMEA SARL \(LU\) → Amazon Web Services, Inc\. \(US, 100%\)"
        r" → Amazon\.com, Inc\. \(US\) → CLOUD Act \(18 U\.S\.C\. 2713\)",
        said,
    )


def test_canadian_entry_of_ovhcloud_is_shown(auditor: Shell) -> None:
    said = auditor("facts", "explain", "ovhcloud", "--service", "public-cloud", "--region", "gra")
    assert "establishment: OVH Groupe SA (Euronext Paris) (CA) → Canadian" in said.stdout
    assert "SecNumCloud: none" in said.stdout


def test_explain_as_json_follows_its_schema(auditor: Shell) -> None:
    told = auditor("facts", "explain", "azure", "--region", "francecentral", "--json")
    found = json.loads(told.stdout)
    jsonschema.validate(found, schema("answer"))
    assert all(fact["source"] and fact["retrieved"] for fact in found["facts"])
    answer = codec.from_json(Answer, {k: v for k, v in found.items() if k != "schema"})
    assert answer.reach.verdict == "linked"


def test_region_that_is_not_known_is_undetermined_with_the_lines_to_add(
    auditor: Shell, tmp_path: Path
) -> None:
    said = auditor("facts", "explain", "aws", "--region", "eu-west-9").stdout
    assert "undetermined: no fact" in said.replace("  ", " ")
    lines_ = re.findall(r"^    (\[.*|\w+ = .*)$", said, re.MULTILINE)
    text = "\n".join(lines_).replace('country = "…"', 'country = "FR"')
    text = text.replace('confidence = "…"', 'confidence = "secondary"')
    folder = overlay(tmp_path / "mine", "regions", text)
    again = auditor("facts", "explain", "aws", "--region", "eu-west-9", "--facts", str(folder))
    assert "France, European Union" in again.stdout
    assert "user:regions:aws/eu-west-9" in again.stdout


def test_offer_that_no_fact_speaks_of_is_told_with_near_names(auditor: Shell) -> None:
    told = auditor("facts", "explain", "ovh")
    assert told.exit_code == 2
    assert "ovhcloud" in told.stderr


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_answer_says_what_only_an_authority_or_a_judge_may(lang: str) -> None:
    """Every offer, its regions, on days of each age: our words, sources and names aside."""
    facts, words = load(), Words(lang)
    for offer in facts.table("offers"):
        for region in ("", *list(facts.table("regions").get(offer, {}))[:2]):
            for day in (date(2019, 12, 1), date(2026, 11, 25), date(2027, 6, 1)):
                answer = facts.answer(offer, "", region, day)
                said = "\n".join(lines(facts, answer, words))
                ours = said.rpartition("\n\n")[0]  # what follows are titles of sources
                assert not NEVER.search(ours), (offer, region, day)


def test_no_fact_in_our_words_says_so_either() -> None:
    facts = load()
    for kind in ("timeline", "notes", "switching", "rules", "words", "conventions"):
        for id, entry in facts.entries(kind):
            assert not NEVER.search(json.dumps(_ours(entry), ensure_ascii=False)), (kind, id)


def _ours(entry: object) -> object:
    """An entry without its sources, and without the titles that are quoted."""
    if isinstance(entry, dict):
        aside = ("source", "title", "disclaimer")
        return {k: _ours(v) for k, v in entry.items() if k not in aside}
    return str(entry)


def test_check_counts_every_kind(auditor: Shell) -> None:
    told = auditor("facts", "check")
    assert told.exit_code == 0
    assert re.search(r"^offers +99$", told.stdout, re.MULTILINE)
    assert re.search(r"^regions +402$", told.stdout, re.MULTILINE)
    assert re.search(r"^alignment +35$", told.stdout, re.MULTILINE)
    assert "edition 2026.11-2" in told.stdout


def test_check_refuses_with_file_key_and_reason(auditor: Shell, tmp_path: Path) -> None:
    folder = overlay(tmp_path / "mine", "regions", GOOD.replace('"NO"', '"XQ"'))
    told = auditor("facts", "check", "--facts", str(folder))
    assert told.exit_code == 2
    assert "ours.toml: example/osl-1.country: XQ is not among the countries" in told.stderr
    audit = auditor("audit", "--demo", "--facts", str(folder))  # before any cloud is called
    assert audit.exit_code == 2
    assert "XQ is not among the countries" in audit.stderr


def test_check_names_the_users_own(auditor: Shell, tmp_path: Path) -> None:
    told = auditor("facts", "check", "--facts", str(overlay(tmp_path / "mine", "regions", GOOD)))
    assert "of which yours: regions:example/osl-1" in told.stdout


def test_stale_tells_ends_readings_and_memory(auditor: Shell) -> None:
    day = ["--as-of", "2026-11-25"]
    told = auditor("facts", "stale", "--within", "5", *day).stdout
    assert told.startswith("ends 2026-11-30  guarantees:anssi-2118")
    assert "anssi-2279" not in told
    assert "anssi-2279" in auditor("facts", "stale", "--within", "34", *day).stdout
    read = auditor("facts", "stale", "--within", "0", "--not-read-since", "2026-01-01", *day)
    assert "last read 2025-12-04  locations:scaleway/GLACIER class" in read.stdout
    weak = json.loads(auditor("facts", "stale", "--within", "0", "--weak", "--json", *day).stdout)
    assert {"laws:US-EO-12333"} <= {one["id"] for one in weak if one["why"] == "memory"}
    assert (
        "nothing to read again"
        in auditor("facts", "stale", "--within", "0", "--as-of", "2026-11-26").stdout
    )


def test_diff_tells_what_was_added_removed_and_changed(auditor: Shell, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(FACTS, old, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    file = old / "regions" / "aws.toml"
    text = file.read_text("utf-8")
    text = text.replace('city = "Cape Town"', 'city = "Le Cap"')
    text = text.replace("[aws.eu-west-3]", "[aws.eu-west-33]")
    file.write_text(text, "utf-8")
    edition = (old / "edition.toml").read_text("utf-8")
    (old / "edition.toml").write_text(edition.replace("2026.11-2", "2026.11-0"), "utf-8")
    told = auditor("facts", "diff", str(old)).stdout
    assert "~ regions:aws/af-south-1  city" in told
    assert "- regions:aws/eu-west-33" in told
    assert "+ regions:aws/eu-west-3" in told
    assert "from edition 2026.11-0 to edition 2026.11-2: 3 facts differ" in told
    same = json.loads(auditor("facts", "diff", str(old), str(old), "--json").stdout)
    assert same == []


def test_diff_of_a_folder_that_is_no_edition(auditor: Shell, tmp_path: Path) -> None:
    told = auditor("facts", "diff", str(tmp_path))
    assert told.exit_code == 2
    assert "no edition of the facts" in told.stderr
