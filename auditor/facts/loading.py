"""Loading an edition of the facts, whole and checked, with the user's own laid over it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from auditor.errors import FactsError

from .base import Facts
from .checking import check_whole
from .contract import check
from .reading import Folders, parse
from .standing import Edition

_HERE = Path(__file__).parent


def load(extra: Iterable[Path] = ()) -> Facts:
    """The built-in facts, the folders of the user's own laid over them, all of it checked."""
    return _loaded(_HERE, tuple(extra))


def load_edition(folder: Path) -> Facts:
    """Another edition of the facts, from the folder that holds its `edition.toml`."""
    if not (folder / "edition.toml").is_file():
        hint = "name the folder `facts` of another version of the auditor"
        raise FactsError("{folder}: no edition of the facts", hint=hint, folder=folder)
    return _loaded(folder, ())


def _loaded(ours: Path, extra: tuple[Path, ...]) -> Facts:
    edition = parse(ours / "edition.toml")
    folders = Folders(ours)
    if not folders.checked:
        check("edition", ours / "edition.toml", edition)
    told = Edition.of(edition)
    facts = Facts(folders, told)
    if not folders.checked:
        check_whole(facts)
        folders.keep()
    if extra:
        for folder in extra:
            folders.add(folder)
        facts = Facts(folders, told)
        check_whole(facts)
    return facts
