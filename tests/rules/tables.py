"""All tables of all rules, one after another."""

from __future__ import annotations

import importlib
import pkgutil

from .cases import rules


class Tables(list):
    """Rows of (rule, case or entry, outcome); `rules` are all rules by id."""

    rules = rules()


_OF_ALL = ("test_remembering", "test_tables", "test_words")


def _found() -> Tables:
    import tests.rules as here

    told = Tables()
    for module in sorted(m.name for m in pkgutil.iter_modules(here.__path__)):
        if module.startswith("test_") and module not in (
            "test_remembering",
            "test_tables",
            "test_words",
        ):
            found = importlib.import_module(f"tests.rules.{module}")
            told += getattr(found, "TABLE", [])
    return told


TABLES = _found()
