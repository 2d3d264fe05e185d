"""Where the elements of an export stand in its JSON, whatever tool wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._events import Event, Events, lifted, skip
from ._lifting import Keep

ALONE = ""  # an element that stands by itself: in a bare list, or one to a line
HEAD = "head"  # what is said of the whole: versions, counts, tokens

_LISTS = ("data", "assets", "configurationItems", "Results", "BaseConfigurationItems")
_RESOURCES, _MODULES = "resources", "modules"
_SAID = frozenset((
    "version", "terraform_version", "serial", "lineage", "fileVersion", "format_version", "count",
    "skip_token", "skipToken", "$skipToken", "total_records", "totalRecords", "resultTruncated",
    "nextPageToken", "NextToken", "nextLink",
))  # fmt: skip


def elements(events: Events, row: Keep, resource: Keep) -> Iterator[tuple[str, Any]]:
    """What a document holds: the list it stood in, and the element as far as it is kept.

    `row` says what to keep of a row of an inventory, `resource` of a resource of a state.
    """
    for event in events:
        if event[0] == "start_map":
            yield from _document(events, row, resource)
        elif event[0] == "start_array":
            yield from _items(ALONE, events, row)


def _document(events: Events, row: Keep, resource: Keep) -> Iterator[tuple[str, Any]]:
    own: dict[str, Any] = {}
    head: dict[str, Any] = {}
    listed = False
    while (one := next(events))[0] != "end_map":
        name, event = one[1], next(events)
        if name in _LISTS and event[0] == "start_array":
            listed = True
            yield from _items(name, events, row)
        elif name == _RESOURCES and event[0] == "start_array":
            listed = True
            yield from _items(name, events, resource)
        elif name == _MODULES and event[0] == "start_array":
            listed = True
            yield from _modules(events, resource)
        else:
            _said(name, event, events, row, head, own)
    if listed or "version" in head:
        yield HEAD, head
    elif own:
        yield ALONE, own


def _said(
    name: str, event: Event, events: Events, row: Keep, head: dict[str, Any], own: dict[str, Any]
) -> None:
    below = row.child(name)
    if name in _SAID and event[0] in ("string", "number", "boolean", "null"):
        head[name] = event[1]
    elif below is None:
        skip(event, events)
    else:
        own[name] = lifted(event, events, below)


def _items(name: str, events: Events, keep: Keep) -> Iterator[tuple[str, Any]]:
    while (event := next(events))[0] != "end_array":
        if event[0] == "string":  # AWS Config gives each result as a text
            yield name, lifted(event, events, _coded(keep))
        else:
            yield name, lifted(event, events, keep)


def _coded(keep: Keep) -> Keep:
    return Keep(below=keep.below, coded=True)


def _modules(events: Events, resource: Keep) -> Iterator[tuple[str, Any]]:
    """The resources of the modules of a state of version 3, whose names are keys."""
    while (event := next(events))[0] != "end_array":
        if event[0] != "start_map":
            skip(event, events)
            continue
        while (one := next(events))[0] != "end_map":
            event = next(events)
            if one[1] != _RESOURCES or event[0] != "start_map":
                skip(event, events)
                continue
            while next(events)[0] != "end_map":
                yield _MODULES, lifted(next(events), events, resource)
