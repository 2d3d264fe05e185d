"""Makes the lists of `auditor/facts/lists/` again, from what `signals/lists.toml` names.

    python -m bench.lists EDSNLP SCHEMA_SNDS

EDSNLP and SCHEMA_SNDS are checkouts of the two repositories; wordfreq (how common a word is) and
Faker (for names) are needed here only. Codes and single words are kept, never a label.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

TARGET = Path(__file__).parents[1] / "auditor" / "facts" / "lists"
LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt")
LOCALES = ("fr_FR", "en_US", "en_GB", "de_DE", "es_ES", "it_IT", "nl_NL", "pt_PT", "fr_CH", "de_AT",
           "fr_BE", "nl_BE", "pt_BR", "pl_PL", "fi_FI")  # fmt: skip
DRUG, WORD = 2.2, 2.5  # words more common than this (Zipf) in any language are left out


def plain(text: str) -> str:
    """Lower case, without accents."""
    lower = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    apart = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in apart if not unicodedata.combining(c))


def rare(texts: Iterable[str], letters: int, most: float) -> set[str]:
    """The single words of texts that are common in no language, with accents or without."""
    from wordfreq import zipf_frequency

    common: dict[str, float] = {}
    for text in texts:
        for word in re.findall(rf"[^\W\d_]{{{letters},}}", text):
            if (key := plain(word)).isascii():
                both = (zipf_frequency(w, lang) for w in (word.lower(), key) for lang in LANGUAGES)
                common[key] = max(common.get(key, 0.0), *both)
    return {word for word, frequency in common.items() if frequency < most}


def names(kind: str) -> Iterator[str]:
    """First or last names of every locale, plain."""
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            found = getattr(provider, attribute)
            if attribute.startswith(kind) and isinstance(found, tuple | list | dict):
                yield from (n for n in map(plain, found) if re.fullmatch("[a-z]{3,}", n))


def rows(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a table."""
    with file.open(encoding="utf-8") as opened:
        yield from csv.DictReader(opened, delimiter=";")


def keep(name: str, entries: Iterable[str]) -> None:
    """Write one list, the same bytes for the same entries."""
    content = "\n".join(sorted(set(entries))).encode()
    (TARGET / f"{name}.txt.gz").write_bytes(gzip.compress(content, 9, mtime=0))


def main() -> None:
    """Make them all."""
    edsnlp, snds = map(Path, sys.argv[1:3])
    resources, tables = edsnlp / "edsnlp" / "resources", snds / "nomenclatures"
    with gzip.open(resources / "cim10.csv.gz", "rt", encoding="utf-8") as file:
        icd10 = list(csv.DictReader(file))
    drugs = json.loads((resources / "drugs.json").read_text("utf-8"))
    ccam = list(rows(tables / "ATIH/IR_CCAM_V63.csv"))
    csarr = (tables / "ATIH/CSARR.csv").read_text("utf-8")
    nabm = rows(tables / "ORAREF/IR_BIO_R.csv")
    words = rare((n for listed in drugs.values() for n in listed), 5, DRUG)
    labels = [r["long"] for r in icd10] + [r["CAM_PRS_IDE_LIB"] for r in ccam]
    keep("icd10", (r["code"].strip().replace(".", "").rstrip("+*") for r in icd10))
    keep("ccam", (r["CAM_PRS_IDE_COD"] for r in ccam))
    keep("csarr", re.findall(r"(?m)^([A-Z]{3}\+\d{3});", csarr))
    keep("atc", (code for code in drugs if len(code) == 7))
    keep("nabm", (r["BIO_PRS_IDE"].zfill(4) for r in nabm))
    keep("drugs_fr", words)
    keep("nomenclature_fr", rare(labels, 6, WORD) - words)
    keep("first_names", names("first_name"))
    keep("last_names", names("last_names"))


if __name__ == "__main__":
    main()
