"""Pseudonyms: the same identity has the same number everywhere in a document.

Numbers follow the run's own order, not the identity: a digest of an id can be guessed from the id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from auditor.model import Copy, Coverage, DataStore, Judged, Role, Scope, Share, Unknown

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
        self._known = {*known, *_WORDS}  # words of ours, that name nobody
        self._numbers: dict[str, int] = {}
        self._others: dict[str, int] = {}  # further names; of two stores at once: ambiguous
        self._last: dict[str, int] = defaultdict(int)
        self._scopes: dict[str, str] = {}
        self._pending: dict[str, str] = {}

    # ------------------------------------------------------------------ learning

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

    def learn(
        self, coverage: Iterable[Coverage], stores: Iterable[tuple[DataStore, Judged]]
    ) -> None:
        """Number all that a run saw, in its order; what only others mention comes last."""
        for unit in coverage:
            self._known.update((unit.scope.region, unit.kind))
            self._account(unit.scope.account, unit.scope.account_name)
            self._scopes.setdefault(str(unit.scope), self._told(unit.scope))
        for store, judged in stores:
            self._store(store, judged)
        for id, kind in self._pending.items():
            if self.of(id) is None:
                self.add(kind, id)
        self._pending.clear()

    def _told(self, scope: Scope) -> str:
        parts = (scope.partition, self.said(scope.account), scope.region)
        return "/".join(part for part in parts if part)

    def _account(self, id: str, name: str = "") -> None:
        self.add("account", id)
        if id and name:
            self.also(id, (name,))

    def _store(self, store: DataStore, judged: Judged) -> None:
        self._account(store.account, store.account_name)
        self.add("store", store.id)
        self.also(store.id, (store.name, *store.also))
        self._key(store, judged)
        self._known.update(store.facts)  # as the store's type calls what it asks
        if isinstance(store.region, str):
            self._known.add(store.region)
        self._later("resource", store.parent, store.origin)
        for copy in store.copies:
            if isinstance(copy, Copy):
                self._later("resource", copy.id)
                self._later("account", copy.account)
                self._known.update(r for r in (copy.region,) if isinstance(r, str))
        for share in store.shares:
            if isinstance(share, Share):
                self._later("account", share.account)

    def _key(self, store: DataStore, judged: Judged) -> None:
        """A key under its own id, and as this store names it."""
        id, named = judged.custody.key, store.key
        self._later("account", judged.custody.account)
        self.add("key", id or (named if isinstance(named, str) else ""))
        if id and isinstance(named, str) and named not in ("", id):
            self.also(id, (_near(store.account, named),))

    def _later(self, kind: str, *ids: str | Unknown) -> None:
        for id in ids:
            if isinstance(id, str) and id and _folded(id) not in self._numbers:
                self._pending.setdefault(id, kind)

    # ------------------------------------------------------------------ telling

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
        return f"unit:{self._scopes.get(scope, self.hidden)} {type_}"

    def detail(self, text: str) -> str:
        """A detail, its identities replaced; what is not words of ours is left out."""
        if (whole := self.of(text)) is not None:
            return whole
        pieces = [self._piece(piece) for piece in text.split(" ")]
        if None not in pieces:
            return " ".join(filter(None, pieces))
        asked = text.partition(": ")[0]
        return asked if asked in self._known else ""

    def _piece(self, text: str) -> str | None:
        """One word of a detail, or None where it may name somebody."""
        if text in self._known or _DAY.fullmatch(text) or self._is_fact(text):
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
        return text if not text or text in self._known else self.said(text)

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
