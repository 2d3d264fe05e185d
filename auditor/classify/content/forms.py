"""Formats recognised by their structure, in text or in their first bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.model import Certainty, Evidence, Sampled

from .contents import Form, Names
from .knowledge import Knowledge, Structure
from .verdict import assess

_DEFINITION = 0.5  # H of definitions, without P
_LOOKED = 1 << 17
_CODE = frozenset(  # endings of code and of its documentation
    (
        "py", "js", "ts", "java", "kt", "go", "rs", "cs", "rb", "php", "c", "h", "cpp", "md", "rst",
        "adoc", "html", "htm", "yaml", "yml", "tf", "sh", "ipynb", "css", "opt", "adl", "xsd",
    )
)  # fmt: skip


def of_text(text: str, name: str, known: Knowledge) -> Iterator[Sampled]:
    """Every format that a text has the structure of."""
    looked = text[:_LOOKED]
    code = ending_of(name) in _CODE
    written = [form for form in known.structures if form.regex is not None]
    for form in (written[place] for place in known.patterns.found(looked)):
        if form.regex.search(looked):
            human = form.human is None or bool(form.human.search(looked))
            spoken = form.confirm is None or bool(form.confirm.search(looked))
            yield told(form, subject=spoken and human and not code, guard="code" if code else "")
        elif form.definitional is not None and form.definitional.search(looked):
            yield assess([_of(form, "H", _DEFINITION)], sure=False, guard="definition")


def of_bytes(head: bytes, name: str, known: Knowledge) -> Iterator[Sampled]:
    """Every format whose magic number is there, or that only its name tells."""
    for form in known.structures:
        marked = any(head[at : at + len(magic)] == magic for at, magic in form.magic)
        by_name = (
            not form.magic and form.regex is None and form.member is None and form.line is None
        )
        if (marked and form.id != "format-dicom") or (by_name and ending_of(name) in form.endings):
            if (
                form.id == "format-bam-cram"
                and head.startswith(b"\x1f\x8b")
                and b"BC" not in head[:18]
            ):
                continue
            yield told(form, subject=True)


def of_names(names: Names, known: Knowledge) -> Iterator[Sampled]:
    """The format that the names inside an archive tell."""
    for form in known.structures:
        if form.member is not None and any(form.member.search(n) for n in names.names):
            yield told(form, subject=True)


def of_form(form: Form, known: Knowledge) -> Sampled:
    """A format that a reader recognised."""
    structure = next(s for s in known.structures if s.id == form.id)
    return told(structure, subject=form.subject)


def told(form: Structure, *, subject: bool, guard: str = "") -> Sampled:
    """What a format says: its own level where it speaks of somebody, else what H alone gives."""
    axes = form.axes if subject else {"H": form.axes["H"]}
    evidence = [_of(form, axis, weight) for axis, weight in axes.items()]
    found = assess(evidence, sure=form.level == Certainty.CONFIRMED, guard=guard)
    if not subject:
        return found
    return Sampled(certainty=Certainty(form.level), axes=found.axes, evidence=found.evidence)


def _of(form: Structure, axis: str, weight: float) -> Evidence:
    family = "format" if axis == "H" else "format_subject"
    return Evidence(detector=form.id, seen_in="structure", axis=axis, family=family, weight=weight)


def ending_of(name: str) -> str:
    """The ending of a name, "" when it has none."""
    return name.rsplit("/", 1)[-1].rpartition(".")[2].lower() if "." in name else ""


def first(found: Iterable[Sampled]) -> Sampled | None:
    """The first of several, if there is any."""
    return next(iter(found), None)
