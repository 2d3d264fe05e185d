"""Pseudonyms: the same identity has the same number everywhere in a document.

Numbers follow the run's own order, not the identity: a digest of an id can be guessed from the id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from auditor.model import DataStore, Role

_FORMS = {
    "account": "account {n}",
    "store": "data store {n}",
    "key": "key {n}",
    "resource": "resource {n}",
    "group": "group {n}",
    "treatment": "treatment {n}",
    "step": "step {n}",
    "entry": "entry {n}",
}
_KINDS = {kind: at for at, kind in enumerate(_FORMS)}
_MANY = len(_KINDS)
_AMBIGUOUS = -1
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CUT = re.compile(r"([\s,;/()=]+)")
_SAID = re.compile(r"[^\s,;()\"'«»<>]+")
_WORDS = frozenset((
    "account", "activities", "conflict", "edition", "external", "hosts", "inventory", "paired",
    "places", "regimes", "service", "sites", "technology",
    *map(str, Role), *(field.name for field in fields(DataStore)),
))  # fmt: skip


class Names:
    """What every identity of a document is called instead; `hidden` where it is called nothing."""

    def __init__(self, words: Any, facts: Any, known: Iterable[str] = ()) -> None:
        self.hidden: str = words("hidden")
        self._forms = [str(words(form, n="\0")).split("\0") for form in _FORMS.values()]
        self._facts = facts
        self.known = {*known, *_WORDS}  # words of ours, that name nobody
        self.scopes: dict[str, str] = {}  # what the scopes of the survey are called
        self._numbers: dict[str, int] = {}
        self._others: dict[str, int] = {}  # further names; of two stores at once: ambiguous
        self._last: dict[str, int] = defaultdict(int)

    def add(self, kind: str, id: str) -> None:
        """Number an identity, unless it has a number."""
        name = _folded(id)
        if id and name not in self._numbers:
            self._last[kind] += 1
            self._numbers[name] = self._last[kind] * _MANY + _KINDS[kind]

    def also(self, id: str, others: Iterable[str]) -> None:
        """Further names of what has a number."""
        number = self._numbers[_folded(id)]
        for other in map(_folded, others):
            if other and self._others.setdefault(other, number) != number:
                self._others[other] = _AMBIGUOUS

    def key_of(self, account: str, named: str, id: str) -> None:
        """Number a key under its own id, and as a store of this account names it."""
        self.add("key", id or named)
        if id and named not in ("", id):
            self.also(id, (_near(account, named),))

    def met(self, id: str) -> bool:
        """Whether an identity has a number of its own."""
        return _folded(id) in self._numbers

    def of(self, id: str) -> str | None:
        """What an identity is called, None when nobody has met it."""
        name = _folded(id)
        number = self._numbers.get(name) or self._others.get(name, _AMBIGUOUS)
        if number == _AMBIGUOUS:
            return None
        before, after = self._forms[number % _MANY]
        return f"{before}{number // _MANY}{after}"

    def said(self, id: str) -> str:
        """What an identity is called; hidden when nobody has met it."""
        return id and (self.of(id) or self.hidden)

    def number(self, id: str) -> str:
        """The number alone."""
        return str(self._numbers.get(_folded(id), 0) // _MANY or "?")

    def group(self, at: int) -> str:
        """What the group at this place of a plan is called."""
        before, after = self._forms[_KINDS["group"]]
        return f"{before}{at}{after}"

    def key(self, account: str, named: str) -> str:
        """What a key is called that a store of this account names."""
        return named and (self.of(_near(account, named)) or self.said(named))

    def subject(self, subject: str) -> str:
        """What a finding about no store is about: a unit of the survey names an account."""
        kind, _, unit = subject.partition(":")
        if kind != "unit":
            return subject
        scope, _, type_ = unit.rpartition(" ")
        return f"unit:{self.scopes.get(scope, self.hidden)} {type_}"

    def detail(self, text: str) -> str:
        """A detail, its identities replaced; what is not words of ours is left out."""
        if (whole := self.of(text)) is not None:
            return whole
        pieces = [self._piece(piece) for piece in text.split(" ")]
        if None not in pieces:
            return " ".join(filter(None, pieces))
        asked = text.partition(": ")[0]
        return asked if asked in self.known else ""

    def _piece(self, text: str) -> str | None:
        """One word of a detail, or None where it may name somebody."""
        if text in self.known or _DAY.fullmatch(text) or self._is_fact(text):
            return text
        if (name := self.of(text)) is not None:
            return name
        cut = _CUT.split(text)
        if len(cut) == 1:
            return text if not text.strip(":.") else self._ended(text)
        pieces = [one if at % 2 else self._piece(one) for at, one in enumerate(cut)]
        return None if None in pieces else "".join(map(str, pieces))

    def _ended(self, text: str) -> str | None:
        """A word and the mark that ends it."""
        word = text.rstrip(":.")
        said = self._piece(word) if word != text else None
        return None if said is None else said + text[len(word) :]

    def _is_fact(self, text: str) -> bool:
        """Whether a word is the id of a fact, with or without the part of it that is doubted."""
        table, colon, id = text.removeprefix("user:").partition(":")
        if not colon:
            return any(text in self._of_table(name) for name in ("offers", "countries"))
        known, parts = self._of_table(table), id.split(".")
        return any(".".join(parts[:end]) in known for end in range(1, len(parts) + 1))

    def _of_table(self, name: str) -> Mapping[str, Any]:
        try:
            found: Mapping[str, Any] = self._facts.table(name)
        except KeyError:
            return {}
        return found

    def ours(self, text: str) -> str:
        """A word of ours, or an identity; hidden when it is neither."""
        return text if not text or text in self.known else self.said(text)

    def text(self, text: str) -> str:
        """What people wrote, the identities in it replaced; no name that could be a plain word."""

        def said(found: re.Match[str]) -> str:
            word = found[0].rstrip(".:")
            name = None if word.isalpha() else self.of(word)
            return found[0] if name is None else name + found[0][len(word) :]

        return _SAID.sub(said, text)


def _near(account: str, name: str) -> str:
    return f"{account}\0{name}"


def _folded(name: str) -> str:
    """A name as it is compared: paths and addresses are written in any case."""
    return name.lower() if name.startswith(("/", "https://")) else name
