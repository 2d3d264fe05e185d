"""DICOM, with its preamble or without: whether it speaks of somebody, from its first elements."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from auditor.classify.content.contents import Content, Form
from auditor.classify.content.sources import Source

_TAGS = (
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "SOPClassUID",
    "StudyInstanceUID",
    "Modality",
)
_STARTS = (b"\x08\x00", b"\x02\x00")


def suits(head: bytes, name: str) -> int:
    """By its mark, or by its first group and a UID of DICOM."""
    if head[128:132] == b"DICM":
        return 9
    return 7 if head[:2] in _STARTS and b"1.2.840.10008" in head[:512] else 0


def read(source: Source, name: str) -> Iterator[Content]:
    """The form, and whether its patient group is filled or it is of an image."""
    import pydicom
    from pydicom.errors import BytesLengthException, InvalidDicomError

    try:
        found = pydicom.dcmread(
            BytesIO(source.head), stop_before_pixels=True, force=True, specific_tags=list(_TAGS)
        )
        filled = [tag for tag in _TAGS if str(found.get(tag, "") or "").strip()]
    except (BytesLengthException, InvalidDicomError):
        raise ValueError("dicom") from None
    folder = "1.2.840.10008.1.3.10" in str(getattr(found, "file_meta", ""))
    yield Form("format-dicom", bool(filled) or folder)
