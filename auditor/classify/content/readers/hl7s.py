"""HL7 v2, with whatever delimiters its first segment names; PID says whether it is of somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.classify.content.contents import Content, Form, Prose
from auditor.classify.content.sources import Source
from auditor.classify.content.texting import beginning

_FIRST = re.compile(r"\A[\x0b\s\ufeff]{0,8}(?:MSH|FHS|BHS)([^\w\s])([^\w\s]{3,5})\1")


def suits(head: bytes, name: str) -> int:
    """A text that begins with a segment of HL7 v2."""
    return 6 if _FIRST.match(beginning(head)) else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """The form, of somebody where the third field of a PID is filled; and its text."""
    found = _FIRST.match(source.text)
    field = re.escape(found[1]) if found else "[|]"
    other = f"[^{field}\\r\\n]"
    filled = re.search(rf"(?:^|[\r\n])PID(?:{field}{other}*){{2}}{field}{other}+", source.text)
    yield Form("format-hl7v2", subject=filled is not None)
    yield Prose(source.text)
