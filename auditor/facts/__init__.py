"""The fact base: what is true, since when, by which source, how surely; asked as of a day."""

from .base import Facts, RuleWords, load, load_edition
from .checking import check_whole
from .places import Country
from .reading import USERS
from .reviewing import Difference, Old, Stale, differences, stale

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
