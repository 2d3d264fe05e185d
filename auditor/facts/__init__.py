"""The fact base: what is true, since when, by which source, how surely; asked as of a day."""

from .base import Facts
from .checking import check_whole
from .loading import load, load_edition
from .places import Country
from .reading import USERS
from .reviewing import Difference, Old, Stale, differences, stale
from .ruling import RuleWords

__all__ = [
    "USERS",
    "Country",
    "Difference",
    "Facts",
    "Old",
    "RuleWords",
    "Stale",
    "check_whole",
    "differences",
    "load",
    "load_edition",
    "stale",
]
