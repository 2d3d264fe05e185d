"""A store type as it is told by an export: the same declaration, reading rows of another form.

What a form does not tell is unknown, and never "none".
"""

from __future__ import annotations

from dataclasses import replace

from .declare import Copies, Grants, Ref, Row, StoreType, Unsaid

OWN = ""  # the form of the provider's own inventory
_PLAIN = ("label", "region", "bytes", "created", "tags", "encrypted", "only")


def told_by(kind: StoreType, form: str) -> StoreType | None:
    """The type as rows of a form tell it; None when it has no row of that form.

    Where a form has several for one type, the first tells it, and `faces` are the others.
    """
    if form == OWN:
        return replace(kind, listing=None) if kind.row else None
    ours = [_read_by(kind, row) for row in kind.rows if row.form == form]
    return replace(ours[0], faces=tuple(ours[1:])) if ours else None


def _read_by(kind: StoreType, row: Row) -> StoreType:
    said = row.values.get
    return replace(
        kind,
        listing=None,
        row=row.type,
        needs=(),
        whole=None,
        rows=(),
        id=row.values["id"],
        also=said("also", ()),
        copies=said("copies", (Copies(items=Unsaid("copies"), id="@"),)),
        shares=said("shares", (Grants(items=Unsaid("shares"), account="@"),)),
        key=said("key", kind.key and Ref(kind.key.to, Unsaid("key"))),
        origin=said("origin", kind.origin and Ref(kind.origin.to, Unsaid("origin"))),
        parent=said("parent"),
        facts={name: said(f"facts.{name}", Unsaid(name)) for name in kind.facts},
        **{name: said(name, "") for name in _PLAIN},
    )


__all__ = ["OWN", "told_by"]
