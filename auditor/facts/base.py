"""The facts as the rest of the house asks for them: as of a day, and never more than was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from auditor.errors import FactsError
from auditor.model import Place, Reach, Reason, Role, Severity, Unknown

from .places import Country, country_of, places_of
from .reach import reach_of
from .reading import USERS, Folders, Table, parse
from .standing import Edition

_HERE = Path(__file__).parent
_LISTED = "`auditor facts list` names them all"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """What a rule is called, why it is asked, what to do, on which texts: in each language."""

    id: str
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    advice: Mapping[str, str]
    legal_basis: tuple[str, ...]
    severity: Severity


class Facts:
    """One edition of the facts, with the user's own laid over it."""

    def __init__(self, folders: Folders, edition: Edition) -> None:
        self._folders = folders
        self.edition_facts = edition
        self.edition = edition.name
        self.edition_day = edition.day
        self.overlays = folders.overlays()
        self._theirs = frozenset(self.overlays)
        self._countries: dict[tuple[str, date], Country] = {}
        self._places: dict[tuple[str, str, date, Role], tuple[Place | Unknown, ...]] = {}
        self._reaches: dict[tuple[str, date], Reach] = {}

    def table(self, name: str) -> Table:
        """All entries of one kind, as written, sources in place."""
        return self._folders.table(name)

    def ids(self) -> Iterator[tuple[str, str]]:
        """Every fact, as (kind, id)."""
        for kind in self._folders.names():
            for id, _ in self._folders.entries(kind):
                yield kind, id

    def get(self, id: str) -> Table:
        """One fact, by its id, alone (`GDPR`) or with its kind (`texts:GDPR`)."""
        kind, _, rest = id.removeprefix(USERS).partition(":")
        kinds = (kind,) if rest else self._folders.names()
        for name in kinds:
            for found, entry in self._folders.entries(name):
                if found == (rest or kind):
                    return entry
        raise FactsError("{id}: no such fact", hint=_LISTED, id=id)

    def cite(self, id: str) -> str:
        """How a fact is cited in a result: marked when it is the user's own."""
        return USERS + id if id in self._theirs else id

    def offer_of(self, provider: str, partition: str) -> str | Unknown:
        """Which offer a provider's partition is: variants of one vendor differ."""
        name = f"{provider}/{partition}"
        return self._partitions.get(name, Unknown(Reason.UNCATALOGUED, name))

    def places_of(
        self, offer: str, region: str, day: date, role: Role = Role.PRIMARY
    ) -> tuple[Place | Unknown, ...]:
        """The countries that a region's name stands for on a day."""
        asked = (offer, region, day, role)
        if asked not in self._places:
            self._places[asked] = tuple(dict.fromkeys(places_of(self, *asked)))
        return self._places[asked]

    def reach_of(self, offer: str, day: date) -> Reach:
        """Whose law can compel whoever operates or controls an offer, on a day."""
        if (offer, day) not in self._reaches:
            self._reaches[offer, day] = reach_of(self, offer, day)
        return self._reaches[offer, day]

    def country(self, code: str, day: date) -> Country:
        """A country as it stood on a day; other codes for it (`UK`, `EL`) are understood."""
        asked = (self._aliases.get(code, code), day)
        if asked not in self._countries:
            self._countries[asked] = country_of(self, *asked)
        return self._countries[asked]

    def country_name(self, code: str, lang: str) -> str:
        """A country's name in a language; its code when we have none."""
        entry = self.table("countries").get(self._aliases.get(code, code), {})
        return _in(entry.get("name", {}), lang, code)

    def law(self, id: str) -> Table:
        """A foreign law that may reach an operator."""
        return self._one("laws", id)

    def text(self, id: str) -> Table:
        """A legal text, decision or doctrine that we cite."""
        return self._one("texts", id)

    @cached_property
    def rules(self) -> Mapping[str, RuleWords]:
        """The words of all rules, by id."""
        return {id: _rule(id, self.table("rules")[id]) for id in sorted(self.table("rules"))}

    def rule(self, id: str) -> RuleWords:
        """The words of one rule."""
        self._one("rules", id)
        return self.rules[id]

    def because(self, code: str, lang: str) -> str:
        """The sentence for one reason of a verdict, with holes for its values."""
        return self.word("because", code, lang)

    def reason(self, reason: Reason, lang: str) -> str:
        """Why something is not known, in words."""
        return self.word("reasons", reason.value, lang)

    def word(self, choice: str, value: str, lang: str) -> str:
        """The words of one value of a closed choice: `word("role", "replica", "fr")`."""
        found = self.table("words").get(choice, {}).get(value)
        if found is None:
            raise FactsError(
                "words: [{word}] is missing",
                hint="add [{word}], fr and en",
                word=f"{choice}.{value}",
            )
        return _in(found, lang, value)

    @property
    def signals(self) -> Table:
        """The signals of health data, as written."""
        return self.table("signals")

    def location(self, offer: str, name: str) -> tuple[str, Table | None]:
        """A name that stands for several places, or for a service that has none of its own."""
        table = self.table("locations").get(offer, {})
        for id, entry in table.items():
            if name == id or name in entry.get("aliases", ()):
                return id, entry
        return name, None

    def by_country(self, code: str) -> tuple[tuple[str, Table], ...]:
        """The adequacy decisions that speak of a country, the latest first."""
        return self._decisions.get(code, ())

    def _one(self, kind: str, id: str) -> Table:
        entry = self.table(kind).get(id)
        if entry is None:
            raise FactsError("{kind}: {id} is not there", hint=_LISTED, kind=kind, id=id)
        return dict(entry)

    @cached_property
    def _partitions(self) -> Mapping[str, str]:
        return {
            f"{offer['provider']}/{partition}": id
            for id, offer in self.table("offers").items()
            for partition in offer.get("detect", {}).get("partitions", ())
        }

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        countries = self.table("countries").items()
        return {alias: code for code, entry in countries for alias in entry.get("aliases", ())}

    @cached_property
    def _decisions(self) -> Mapping[str, tuple[tuple[str, Table], ...]]:
        sorted_ = sorted(self.table("adequacy").items(), key=lambda e: e[1]["since"], reverse=True)
        codes = {entry["country"] for _, entry in sorted_}
        return {c: tuple(e for e in sorted_ if e[1]["country"] == c) for c in codes}


def load(extra: Iterable[Path] = ()) -> Facts:
    """The built-in facts, with the folders of the user's own laid over them, in order."""
    return Facts(Folders(_HERE, tuple(extra)), Edition.of(parse(_HERE / "edition.toml")))


def _rule(id: str, entry: Table) -> RuleWords:
    return RuleWords(
        id=id,
        title=entry["title"],
        explanation=entry["explanation"],
        advice=entry["advice"],
        legal_basis=tuple(entry["legal_basis"]),
        severity=Severity(entry["severity"]),
    )


def _in(words: Mapping[str, str], lang: str, otherwise: str) -> str:
    return words.get(lang) or words.get("en") or otherwise
