"""JSON read token by token: what is kept becomes a value, all the rest is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from math import isfinite
from typing import Any

from ._lifting import Keep

Event = tuple[str, Any]
Events = Iterator[Event]
_BEGIN, _END = ("start_map", "start_array"), ("end_map", "end_array")
_DEEPEST = 60  # a value that lies deeper than any service nests is passed over


class BrokenJson(ValueError):
    """Not JSON from this byte on. What stands there is not told."""

    def __init__(self, at: int) -> None:
        super().__init__(f"byte {at}")
        self.at = at


def events_of(pieces: Callable[[], Iterable[bytes]]) -> Events:
    """The tokens of one or more JSON documents, one after the other.

    `pieces` gives the text from its beginning: it is asked again to find where a text breaks.
    """
    read, broken = 0, False
    parser = _Parser()
    for piece in pieces():
        told = parser.send(piece)
        broken = told is None
        if told is None:
            break
        yield from told
        read += len(piece)
    if broken:
        raise BrokenJson(_where(pieces, read))
    told = parser.end()
    if told is None:
        raise BrokenJson(read)
    yield from told


def _where(pieces: Callable[[], Iterable[bytes]], whole: int) -> int:
    """The byte at which a text stops being JSON; the first `whole` ones are sound."""
    parser, at = _Parser(), 0
    for piece in pieces():
        if at + len(piece) <= whole:
            parser.send(piece)
            at += len(piece)
            continue
        for byte in piece:
            if parser.send(bytes([byte])) is None:
                return at
            at += 1
    return at


class _Parser:
    """A parser that is given pieces; its own messages quote what it reads, and stay here."""

    def __init__(self) -> None:
        import ijson

        # a number with more digits than anybody writes is an ArithmeticError of decimal's
        self._wrong = (ijson.JSONError, UnicodeError, ValueError, ArithmeticError)
        self._told = ijson.sendable_list()
        self._parse = ijson.basic_parse_coro(self._told, multiple_values=True)

    def send(self, piece: bytes) -> list[Event] | None:
        """The tokens that this piece completes; None where it is no JSON."""
        try:
            self._parse.send(piece)
        except (*self._wrong, StopIteration):
            return None
        return self._taken()

    def end(self) -> list[Event] | None:
        """The last tokens; None when the text is cut."""
        try:
            self._parse.close()
        except self._wrong:
            return None
        return self._taken()

    def _taken(self) -> list[Event]:
        told = list(self._told)
        del self._told[:]
        return told


def lifted(event: Event, events: Events, keep: Keep | None, depth: int = 0) -> Any:
    """The value that begins with this token, without what is not kept."""
    kind, value = event
    if keep is None or depth > _DEEPEST:
        skip(event, events)
        return None
    if kind == "start_map":
        return _members(events, keep, depth)
    if kind == "start_array":
        found = []
        while (one := next(events))[0] != "end_array":
            found.append(lifted(one, events, keep, depth + 1))
        return found
    if keep.coded and kind == "string":
        return _inside(value, keep, depth)
    return _scalar(kind, value) if keep.whole else None


def _members(events: Events, keep: Keep, depth: int) -> dict[str, Any]:
    found = {}
    while (one := next(events))[0] != "end_map":
        below = keep.child(one[1])
        event = next(events)
        if below is None:
            skip(event, events)
        else:
            found[one[1]] = lifted(event, events, below, depth + 1)
    return found


def _inside(text: str, keep: Keep, depth: int) -> Any:
    """The value of a text that is JSON itself; a text that is none is kept where all is."""
    found = events_of(lambda: [text.encode("utf-8", "replace")])
    try:
        return lifted(next(found), found, keep, depth + 1)
    except (BrokenJson, StopIteration):
        return text if keep.whole else None


def _scalar(kind: str, value: Any) -> Any:
    if kind != "number" or not isinstance(value, Decimal):
        return value
    number = float(value)
    return number if isfinite(number) else None


def skip(event: Event, events: Events) -> None:
    """Pass over the value that begins with this token."""
    if event[0] not in _BEGIN:
        return
    depth = 1
    for kind, _ in events:
        if kind in _BEGIN:
            depth += 1
        elif kind in _END:
            depth -= 1
            if not depth:
                return
