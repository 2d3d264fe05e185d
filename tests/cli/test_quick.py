"""Help comes in a blink: nothing heavy is imported for it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ("boto3", "botocore", "jinja2", "jsonschema", "jmespath", "rich", "auditor.model",
         "auditor.facts", "auditor.pipeline", "auditor.settings", "tomllib", "json")  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["--lang", "fr", "--help"], ["audit", "--help"]])
def test_help_imports_click_and_little_else(words: list[str]) -> None:
    code = (
        "import sys; from auditor import cli; cli.main(sys.argv[1:], standalone_mode=False);"
        "print(*sys.modules, file=sys.stderr)"
    )
    alone = {k: v for k, v in os.environ.items() if not k.startswith("COV")}  # coverage imports too
    told = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True, text=True, check=True, env=alone,
    )  # fmt: skip
    assert set(told.stderr.split()) & set(HEAVY) == set()
