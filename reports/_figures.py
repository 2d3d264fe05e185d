"""The pictures of the document, where there is something to show."""

from __future__ import annotations

from ._blocks import Figure
from ._told import Told


def places(told: Told) -> tuple[Figure, ...]:
    """A map of the places."""
    return ()


def paths(told: Told) -> tuple[Figure, ...]:
    """Whose law reaches which offer, by whom."""
    return ()


def verdicts(told: Told) -> tuple[Figure, ...]:
    """Stores by verdict and by custody of keys."""
    return ()


def timeline(told: Told) -> tuple[Figure, ...]:
    """Steps and their milestones in time."""
    return ()


def progress(told: Told) -> tuple[Figure, ...]:
    """What was exposed, run after run."""
    return ()


def exposure(told: Told) -> tuple[Figure, ...]:
    """Exposed stores by group."""
    return ()
