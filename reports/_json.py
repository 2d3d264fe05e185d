"""JSON that is exact for a program and harmless for whoever prints it on a terminal."""

from __future__ import annotations

import json
import re
from typing import Any

# Control and direction marks that JSON lets through: written as escapes, they keep their value.
_MARKS = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def in_json(value: Any) -> bytes:
    """A value on one line; no lone surrogate leaves it, for few readers take one."""
    return harmless(_encode(value))


def harmless(line: str) -> bytes:
    """A line of JSON with its marks as escapes."""
    return _MARKS.sub(lambda mark: f"\\u{ord(mark[0]):04x}", line).encode("utf-8", "replace")
