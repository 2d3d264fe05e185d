"""The transition plan: what is exposed, where it could go, by when, at what cost.

Pure, and made while a run is judged: stores are counted one at a time and never kept.
"""

from .groups import Planner
from .steps import named

__all__ = ["Planner", "named"]
