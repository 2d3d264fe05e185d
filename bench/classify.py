"""What content evidence finds and misses: one command, one table.

    python -m bench.classify CORPUS [--texts]

CORPUS is a folder with a MANIFEST.csv (path, label, expected_level, kind, source) and perhaps
metadata_cases.jsonl. It was split once and for all, by generator and source and never by file, into
a part that signals may be tuned on and a part that they are judged on; both are told apart. The
notes of `bench/unseen` are told with what each idea adds: they are switched on one by one.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from auditor.classify import Signals, classify
from auditor.classify.content.knowledge import Knowledge, Lexicon
from auditor.classify.content.limits import Limits
from auditor.classify.content.objects import Objects
from auditor.classify.content.sources import Source, local
from auditor.facts import load
from auditor.model import Category, Certainty, DataStore

from .unseen.tables import made

LEVELS = ("confirmed", "declared", "probable", "possible", "none", "no_sign", "not_assessed")
SURE = ("confirmed", "declared", "probable")
# which generators and sources signals may be tuned on; everything else judges them
TUNED = ("tables", "notes", "snds", "business", "reference", "text", "infra", "facturation")
STRUCTURED = ("clinical_note", "notes_csv")  # kinds that are not: free text
UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.toml"))
HAND = Path(__file__).parent / "unseen" / "other_hand"
EMPTY = Lexicon(words={}, starts={}, lengths=())


def main() -> None:
    """Print the confusion matrices and the misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--texts", action="store_true", help="the unseen notes only")
    given = parser.parse_args()
    facts = load()
    known, limits, signals = Knowledge.of(facts), Limits.of(facts), Signals.of(facts)
    if given.corpus is not None and not given.texts:
        rows = list(csv.DictReader((given.corpus / "MANIFEST.csv").open(encoding="utf-8")))
        objects = Objects(known, limits, signals.names)
        told = [
            (r, objects.assess(local(given.corpus / r["path"], limits), r["path"])) for r in rows
        ]
        for part, name in ((True, "tuning part"), (False, "judging part")):
            _files(name, [(r, s.certainty) for r, s in told if (_group(r) in TUNED) is part])
        cases = given.corpus / "metadata_cases.jsonl"
        if cases.is_file():
            _cases(cases, signals)
    if not given.texts:
        _tables(Objects(known, limits, signals.names), limits)
    for file in UNSEEN:
        _notes(file, known, limits, signals)


def _group(row: dict[str, str]) -> str:
    return row["path"].split("/")[1]


def _files(name: str, told: list[tuple[dict[str, str], Certainty]]) -> None:
    health = [(r, c) for r, c in told if r["label"] == "health"]
    other = [(r, c) for r, c in told if r["label"] == "not_health"]
    structured = [(r, c) for r, c in health if not r["kind"].startswith(STRUCTURED)]
    print(f"\n{name}: {len(told)} files")
    false = sum(c in SURE for _, c in other)
    recall = f"{_share(structured)} of structured kinds, {_share(health)} of all"
    print(f"  recall at probable or above: {recall}; false positives {false} of {len(other)}")
    exact = sum(c == r["expected_level"] for r, c in told)
    print(f"  exact level {exact} of {len(told)}")
    _matrix(((r["kind"], c) for r, c in told), ((r["kind"], r["label"]) for r, _ in told))
    for r, c in told:
        if (c in SURE) != (r["label"] == "health") and r["label"] != "borderline":
            print(f"  MISS {r['path']}: {r['label']}, found {c}")


def _share(told: list[tuple[dict[str, str], Certainty]]) -> str:
    found = sum(c in SURE for _, c in told)
    return f"{found}/{len(told)} = {found / len(told):.3f}" if told else "none"


def _matrix(found: Iterator[tuple[str, str]], labels: Iterator[tuple[str, str]]) -> None:
    label = dict(labels)
    counts: dict[str, Counter[str]] = {}
    for kind, level in found:
        counts.setdefault(kind, Counter())[level] += 1
    levels = [level for level in LEVELS if any(c[level] for c in counts.values())]
    print(
        "  " + "kind".ljust(24) + "label".ljust(12) + " ".join(level.rjust(12) for level in levels)
    )
    for kind, row in sorted(counts.items()):
        cells = " ".join(str(row[level] or "·").rjust(12) for level in levels)
        print("  " + kind.ljust(24) + label[kind].ljust(12) + cells)


def _cases(file: Path, signals: Signals) -> None:
    cases = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    found = [(c, classify(_store(c), signals, type_holds_health=False).certainty) for c in cases]
    exact = sum(level == c["expected_level"] for c, level in found)
    false = sum(level in SURE and c["label"] == "not_health" for c, level in found)
    print(
        f"\nmetadata only: {len(cases)} cases; exact level {exact}/{len(cases)} = "
        f"{exact / len(cases):.3f}; false positives {false}"
    )
    for c, level in found:
        if level != c["expected_level"]:
            print(f"  MISS {c['id']} {c['name']}: {c['expected_level']}, found {level}")


def _store(case: dict) -> DataStore:
    return DataStore(
        id=case["id"], kind=case["service_type"], category=Category.OBJECT, partition="",
        account="", region="", name=case["name"], tags=case["tags"],
        facts={"columns": "\n".join(case["columns"])},
    )  # fmt: skip


def _tables(objects: Objects, limits: Limits) -> None:
    _listed("tables and records of bench/unseen/tables.py", (
        (name, health, objects.assess(Source.of(content, limits, name), name).certainty)
        for name, content, health in made()
    ))  # fmt: skip
    rows = csv.DictReader((HAND / "LABELS.csv").open(encoding="utf-8"))
    _listed("tables and records of bench/unseen/other_hand", (
        (r["path"], r["label"] == "health", _level(objects, limits, r["path"])) for r in rows
    ))  # fmt: skip


def _level(objects: Objects, limits: Limits, path: str) -> Certainty:
    return objects.assess(local(HAND / path, limits), path).certainty


def _listed(what: str, told: Iterator[tuple[str, bool, Certainty]]) -> None:
    found = list(told)
    good = sum(level in SURE for _, health, level in found if health)
    false = sum(level in SURE for _, health, level in found if not health)
    total = sum(health for _, health, _ in found)
    print(f"\n{what}: found {good}/{total}; false positives {false} of {len(found) - total}")
    for name, health, level in found:
        if (level in SURE) != health:
            print(f"  MISS {name}: found {level}")


def _notes(file: Path, known: Knowledge, limits: Limits, signals: Signals) -> None:
    told = tomllib.loads(file.read_text("utf-8"))
    notes = [
        (label, id, n["text"]) for label in ("health", "other") for id, n in told[label].items()
    ]
    print(
        f"\nnotes of bench/unseen/{file.name}: {len(told['health'])} clinical, "
        f"{len(told['other'])} look-alikes"
    )
    for name, knowing in _ideas(known):
        objects = Objects(knowing, limits, signals.names)
        found = {id: objects.assess(Source.of(text.encode(), limits, id), f"{id}.txt").certainty
                 for _, id, text in notes}  # fmt: skip
        good = [id for label, id, _ in notes if label == "health" and found[id] in SURE]
        false = [id for label, id, _ in notes if label == "other" and found[id] in SURE]
        print(f"  {name:<46} found {len(good):>3}/{len(told['health'])}  false {len(false)}")
    languages = Counter(id[:2] for label, id, _ in notes if label == "health")
    by = Counter(id[:2] for id in good)
    print("  by language: " + ", ".join(f"{k} {by[k]}/{n}" for k, n in sorted(languages.items())))
    for label, id, _ in notes:
        if (found[id] in SURE) != (label == "health"):
            print(f"  MISS {id}: {label}, found {found[id]}")


def _ideas(known: Knowledge) -> Iterator[tuple[str, Knowledge]]:
    """What is known, one idea after the other."""
    table = load().table("signals")
    source = {w for id, e in table.items() if id.startswith("terms-") for w in e["words"]}
    first = dict.fromkeys(source, 0.45)
    clinical = known.lexicons["clinical"]
    no_stems = {role: (_never(), weight) for role, (_, weight) in known.stems.items()}
    known_cues = tuple(replace(c, individual=True) for c in known.cues)  # no guard before the last
    ours = tuple(c for c in known_cues if not c.id.startswith("cue-"))
    lists = {**known.lists, "nomenclature_fr": frozenset(), "drugs_fr": frozenset()}
    bare = replace(
        known, cues=ours, stems=no_stems, lists={**lists, "first_names": frozenset()},
        lexicons={**known.lexicons, "clinical": replace(EMPTY, words=first), "body": EMPTY,
                  "study": EMPTY, "animal": EMPTY, "species": EMPTY},
    )  # fmt: skip
    yield "the lexicon and cues of the source", bare
    wide = replace(
        bare, lexicons={**bare.lexicons, "clinical": clinical, "body": known.lexicons["body"]}
    )
    yield "+ larger lexicons, seven languages", wide
    wide = replace(wide, lists={**known.lists, "first_names": frozenset()}, stems=known.stems)
    yield "+ nomenclatures, drugs, how words are made", wide
    wide = replace(wide, cues=known_cues)
    yield "+ doses, scores, letters, ages, kin", wide
    wide = replace(wide, lists=known.lists)
    yield "+ first names", wide
    yield "+ guards: articles, tenders, animals", known


def _never() -> object:
    import re2

    return re2.compile(r"^\b\B$")


if __name__ == "__main__":
    main()
