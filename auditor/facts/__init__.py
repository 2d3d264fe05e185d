"""The fact base: what is true, since when, by which source, how surely; asked as of a day."""

from .base import Facts, RuleWords, load, load_edition
from .places import Country
from .reading import USERS

__all__ = ["USERS", "Country", "Facts", "RuleWords", "load", "load_edition"]
