"""Files of invented people: numbers with the commune 999, which is not allocated."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

CODES = ("E119", "I500", "J441", "K358", "N185", "S7200", "G409", "C509", "F329", "M179")
WORDS = ("diabète de type 2", "insuffisance cardiaque", "bronchite chronique", "appendicite aiguë",
         "insuffisance rénale", "fracture du col", "épilepsie", "tumeur du sein", "dépression",
         "gonarthrose")  # fmt: skip
FIRST = ("Jeanne", "Louis", "Odette", "Karim", "Lucie", "Paul", "Inès", "Marcel", "Zoé", "Hugo")
LAST = ("DUPONT", "MARTIN", "LEROY", "BENALI", "MOREAU", "FAURE", "GIRARD", "ROUX", "BLANC",
        "GARNIER")  # fmt: skip


def nir(n: int) -> str:
    """A number of a person who does not exist, with its key."""
    body = f"{1 + n % 2}{40 + n % 60:02d}{1 + n % 12:02d}{1 + n % 95:02d}999{n % 1000:03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def rows(start: int = 0, count: int = 40) -> list[dict[str, str]]:
    """Stays of invented patients."""
    return [
        {
            "ipp": f"80{n:08d}", "nir": nir(n), "nom": LAST[n % 10], "prenom": FIRST[n % 7],
            "date_naissance": f"19{40 + n % 60}-0{1 + n % 9}-1{n % 10}",
            "diagnostic_principal": CODES[n % 10], "libelle": WORDS[n % 10],
            "resultat": f"{900 + n}.{n % 10}",
        }
        for n in range(start, start + count)
    ]  # fmt: skip


def clinical_csv(seed: int = 0, delimiter: str = ";") -> str:
    """The same as a table in text."""
    return table_of(rows(seed * 50), delimiter)


def table_of(listed: Sequence[Mapping[str, str]], delimiter: str = ";") -> str:
    """Rows as a table in text, with its header."""
    out = StringIO()
    table = csv.DictWriter(out, listed[0], delimiter=delimiter)
    table.writeheader()
    table.writerows(listed)
    return out.getvalue()
