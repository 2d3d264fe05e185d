"""XML: elements and attributes as columns, long texts as prose. Entities are never expanded."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from auditor.classify.content.contents import Content, Form, Member, Prose, Table
from auditor.classify.content.sources import Source
from auditor.classify.content.texting import beginning
from auditor.model import Reason, Unknown

_COLUMNS, _VALUES, _CELL = 400, 1000, 4000
_BASE64 = re.compile(r"^[A-Za-z0-9+/\s]{200,}={0,2}\s*$")
_STEP = 1 << 14
_FHIR = "{http://hl7.org/fhir}"
_PERSONAL = frozenset(
    ("Patient", "Observation", "Condition", "Encounter", "DiagnosticReport", "MedicationRequest",
     "AllergyIntolerance", "Immunization", "Procedure", "DocumentReference", "ImagingStudy",
     "Composition")
)  # fmt: skip


def suits(head: bytes, name: str) -> int:
    """A text that begins with an element or a declaration."""
    text = beginning(head)[:4096].lstrip("\ufeff \t\r\n")
    return 5 if re.match(r"<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])", text) else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """What stands in it as far as it was read, even when it is cut."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    target = _Target()
    parser = DefusedXMLParser(target=target, forbid_dtd=False, forbid_entities=True)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", source.text.lstrip("\ufeff"), count=1)
    try:
        for at in range(0, len(text), _STEP):
            parser.feed(text[at : at + _STEP])
    except DefusedXmlException:
        yield Unknown(Reason.MALFORMED, "entities")
    except ParseError:
        pass  # cut, or not well formed: what came before stands
    if target.personal:
        yield Form("format-fhir-xml", subject=True)
    yield target.table()
    yield Prose("\n".join((*target.texts, *source.further)) or source.text)
    for number, part in enumerate(target.encoded):
        yield Member(f"part{number}", Source.of(part, source.limits, f"part{number}"))


class _Target:
    """Receives elements, and keeps what they say by their names."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._said: list[str] = []
        self._columns: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.personal = False  # a resource of somebody's, whatever prefix its namespace has
        self.encoded: list[bytes] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._end_text()
        if tag.startswith(_FHIR) and tag[len(_FHIR) :] in _PERSONAL:
            self.personal = True
        self._path.append(tag.rpartition("}")[2][:80])
        for name, value in attributes.items():
            self._keep(f"{self._path[-1]}.{name.rpartition('}')[2]}", value)

    def data(self, text: str) -> None:
        if len(self._said) < 4096:
            self._said.append(text)

    def end(self, tag: str) -> None:
        self._end_text()
        if self._path:
            self._path.pop()

    def close(self) -> None:
        self._end_text()

    def table(self) -> Table:
        """Elements as columns, by the last two names of their paths."""
        self._end_text()
        rows = max(map(len, self._columns.values()), default=0)
        return Table(tuple(self._columns), tuple(self._columns.values()), rows=rows)

    def _end_text(self) -> None:
        text = "".join(self._said).strip()
        self._said.clear()
        if not text:
            return
        if _BASE64.match(text):
            try:
                self.encoded += [b64decode(text, validate=False)][: 4 - len(self.encoded)]
            except binascii.Error:
                return
        elif len(text) > 20:
            self.texts.append(text)
        self._keep(".".join(self._path[-2:]), text)

    def _keep(self, column: str, value: str) -> None:
        if column in self._columns or len(self._columns) < _COLUMNS:
            values = self._columns.setdefault(column, [])
            if len(values) < _VALUES:
                values.append(value[:_CELL])
