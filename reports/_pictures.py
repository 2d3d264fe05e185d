"""The pictures of the document, each with what it says in words and the table it was drawn from."""

from ._picture_exposure import exposure
from ._picture_paths import reach_paths
from ._picture_places import places
from ._picture_progress import progress
from ._picture_timeline import timeline
from ._picture_verdicts import verdicts

__all__ = [
    "exposure",
    "places",
    "progress",
    "reach_paths",
    "timeline",
    "verdicts",
]
