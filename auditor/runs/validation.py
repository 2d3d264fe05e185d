"""Lines are checked against their schema as they are written, where the fast validator is there."""

from __future__ import annotations

import json

from auditor.schema import quick


def valid(name: str, line: bytes) -> bytes:
    """The line, once it fits its schema; one that does not is a defect of ours, and is raised."""
    validator = quick(name)
    if validator is not None and not validator.is_valid(told := json.loads(line)):
        # where in the schema, never what stood in the line: it may quote a store
        broken = sorted({"/".join(map(str, e.schema_path)) for e in validator.iter_errors(told)})
        raise AssertionError(f"a line that breaks the {name} schema at {', '.join(broken)}")
    return line
