"""Binary formats that say what they are in their first bytes: signals, images, genomes."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.classify.content.contents import Content, Form
from auditor.classify.content.sources import Source
from auditor.model import Reason, Unknown

_ENCRYPTED = (b"-----BEGIN PGP MESSAGE", b"Salted__", b"age-encryption.org", b"\x85\x01\x0c\x03")


def suits(head: bytes, name: str) -> int:
    """What is neither text nor known to another reader."""
    if head.startswith((b"0       ", b"\xffBIOSEMI")) and len(head) >= 256:
        return 6
    return (
        2 if head.startswith(_ENCRYPTED) or head[16:22] == b"SCPECG" or b"\x00" in head[:512] else 0
    )


def read(source: Source, name: str) -> Iterator[Content]:
    """A recording of signals whose header holds together; else why it was not read."""
    head = source.head
    if head.startswith(_ENCRYPTED):
        yield Unknown(Reason.ENCRYPTED)
    elif head.startswith((b"0       ", b"\xffBIOSEMI")):
        yield from _recording(head)


def _recording(head: bytes) -> Iterator[Content]:
    signals, length = head[252:256].strip(), head[184:192].strip()
    if signals.isdigit() and length.isdigit() and int(length) == (int(signals) + 1) * 256:
        patient = head[8:88].decode("ascii", "replace").split()
        bdf = head.startswith(b"\xff")
        yield Form(
            "format-bdf" if bdf else "format-edf", any(p != "X" for p in patient) or not patient
        )
    else:
        yield Unknown(Reason.NO_READER)
