"""The dossier: what people declare, read, held to its form, and matched with what was seen.

It is written by those who answer for it, in TOML or by way of a spreadsheet; the tool reads it and
never fills in what only they can say. Nothing in it makes a gap disappear.
"""

from .matching import Matching
from .passing import early, passed, to_complete
from .reading import FILE, decoded, held, read, written

__all__ = [
    "FILE",
    "Matching",
    "decoded",
    "early",
    "held",
    "passed",
    "read",
    "to_complete",
    "written",
]
