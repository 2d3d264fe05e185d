"""The pictures of the document, where there is something to show."""

from __future__ import annotations

from dataclasses import replace

from . import _pictures
from ._blocks import Figure
from ._told import Told


def places(told: Told) -> tuple[Figure, ...]:
    """A map of the places."""
    return _some(told, _pictures.places(told.report, told.words))


def paths(told: Told) -> tuple[Figure, ...]:
    """Whose law reaches which offer, by whom."""
    return _some(told, _pictures.reach_paths(told.report, told.words))


def verdicts(told: Told) -> tuple[Figure, ...]:
    """Stores by verdict and by custody of keys."""
    return _some(told, _pictures.verdicts(told.report, told.words))


def timeline(told: Told) -> tuple[Figure, ...]:
    """Steps and their milestones in time."""
    return _some(told, _pictures.timeline(told.plan, told.words))


def progress(told: Told) -> tuple[Figure, ...]:
    """What was exposed, run after run."""
    return _some(told, _pictures.progress(told.history, told.words))


def exposure(told: Told) -> tuple[Figure, ...]:
    """Exposed stores by group."""
    return _some(told, _pictures.exposure(told.plan, told.words))


def _some(told: Told, figure: Figure | None) -> tuple[Figure, ...]:
    """A picture, its table cut as every table of the story is."""
    if figure is None:
        return ()
    table = figure.table
    more = table.more + max(0, len(table.rows) - told.most)
    return (replace(figure, table=replace(table, rows=table.rows[: told.most], more=more)),)
