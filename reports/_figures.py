"""The pictures of the document, where there is something to show."""

from __future__ import annotations

from . import _pictures
from ._blocks import Figure
from ._told import Told


def places(told: Told) -> tuple[Figure, ...]:
    """A map of the places."""
    return (_pictures.places(told.report, told.words),)


def paths(told: Told) -> tuple[Figure, ...]:
    """Whose law reaches which offer, by whom."""
    return (_pictures.reach_paths(told.report, told.words),)


def verdicts(told: Told) -> tuple[Figure, ...]:
    """Stores by verdict and by custody of keys."""
    return (_pictures.verdicts(told.report, told.words),)


def timeline(told: Told) -> tuple[Figure, ...]:
    """Steps and their milestones in time."""
    return _some(_pictures.timeline(told.plan, told.words))


def progress(told: Told) -> tuple[Figure, ...]:
    """What was exposed, run after run."""
    return _some(_pictures.progress(told.report.history(), told.words))


def exposure(told: Told) -> tuple[Figure, ...]:
    """Exposed stores by group."""
    return _some(_pictures.exposure(told.plan, told.words))


def _some(figure: Figure | None) -> tuple[Figure, ...]:
    return (figure,) if figure is not None else ()
