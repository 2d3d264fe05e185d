"""The facts as the rest of the house asks for them: as of a day, and never more than was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from auditor.errors import FactsError
from auditor.model import (
    Answer,
    Capital,
    Cited,
    Ending,
    Framework,
    Guarantee,
    Place,
    Reach,
    Reason,
    Role,
    Unknown,
)

from .answers import answer_of, cited
from .capital import capital_of
from .guarantees import guarantees_of
from .indexes import Indexes
from .places import Country, country_of, places_of
from .reach import reach_of
from .reading import USERS, Folders, Table
from .ruling import RuleWords, words_of
from .standing import Edition
from .transfers import framework_of

_LISTED = "`auditor facts list` names them all"


class Facts:
    """One edition of the facts, with the user's own laid over it."""

    def __init__(self, folders: Folders, edition: Edition) -> None:
        self._folders = folders
        self.edition_facts = edition
        self.edition = edition.name
        self.edition_day = edition.day
        self._by = Indexes(folders.table)
        self.overlays = folders.overlays()
        self._theirs = frozenset(self.overlays)
        self._countries: dict[tuple[str, date], Country] = {}
        self._places: dict[tuple[str, str, date, Role, str], tuple[Place | Unknown, ...]] = {}
        self._reaches: dict[tuple[str, date, str], Reach] = {}

    def table(self, name: str) -> Table:
        """All entries of one kind, as written, sources in place."""
        return self._folders.table(name)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of facts there are."""
        return self._folders.names()

    def entries(self, kind: str) -> Iterator[tuple[str, Table]]:
        """The entries of one kind, each with its id."""
        yield from self._folders.entries(kind)

    def file_of(self, kind: str, id: str) -> Path:
        """The file that a fact is written in."""
        return self._folders.file_of(kind, id)

    def aliases(self) -> frozenset[str]:
        """Other codes that are understood for a country."""
        return frozenset(self._by.aliases)

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
            if (entry := self._folders.entry(name, rest or kind)) is not None:
                return entry
        raise FactsError("{id}: no such fact", hint=_LISTED, id=id)

    def about(self, detail: str) -> str:
        """The fact that a doubt is about: of `entities:x.owners`, `entities:x`; of none, ""."""
        id = detail.partition(" ")[0]
        while ":" in id:
            kind, _, rest = id.partition(":")
            if self._folders.entry(kind, rest) is not None:
                return self.cite(id)
            id = id.rpartition(".")[0]
        return ""

    def cite(self, id: str) -> str:
        """How a fact is cited in a result: marked when it is the user's own."""
        return USERS + id if id in self._theirs else id

    def offer_of(self, provider: str, partition: str) -> str | Unknown:
        """Which offer a provider's partition is: variants of one vendor differ.

        A provider that has one offer and no partitions is that offer.
        """
        name = f"{provider}/{partition}"
        alone = provider if partition in ("", provider) else ""
        offer = self.table("offers").get(alone, {})
        if offer and not offer.get("detect", {}).get("partitions"):
            return alone
        return self._by.partitions.get(name, Unknown(Reason.UNCATALOGUED, name))

    def offer_at(self, host: str) -> str | Unknown:
        """Which offer a host name belongs to, by the longest DNS suffix or universe told of one."""
        labels = host.lower().rstrip(".").split(".")
        for start in range(len(labels)):
            if (found := self._by.suffixes.get(".".join(labels[start:]))) is not None:
                return found
        return Unknown(Reason.UNCATALOGUED, host)

    def places_of(
        self, offer: str, region: str, day: date, role: Role = Role.PRIMARY, service: str = ""
    ) -> tuple[Place | Unknown, ...]:
        """The countries that a region's name stands for on a day."""
        asked = (offer, region, day, role, service)
        if asked not in self._places:
            self._places[asked] = tuple(dict.fromkeys(places_of(self, *asked)))
        return self._places[asked]

    def reach_of(self, offer: str, day: date, region: str = "") -> Reach:
        """Whose law can compel whoever operates or controls an offer, on a day."""
        asked = (offer, day, region)
        if asked not in self._reaches:
            self._reaches[asked] = reach_of(self, *asked)
        return self._reaches[asked]

    def guarantees_of(
        self, offer: str, service: str, region: str, day: date, activity: int | None = None
    ) -> tuple[Guarantee, ...]:
        """What is attested of a service there that day, one answer per scheme."""
        return guarantees_of(self, offer, service, region, day, activity)

    def capital_of(self, offer: str, day: date) -> Capital:
        """The capital of an offer's operator against SecNumCloud 3.2, 19.6."""
        return capital_of(self, offer, day)

    def framework_of(self, country: str, day: date) -> Framework:
        """What answers a transfer to a country on a day."""
        return framework_of(self, country, day)

    def ending_of(self, kind: str) -> Ending | None:
        """The announced end of a store type; None when none is known."""
        fact = self.table("lifecycles").get(kind)
        if fact is None or (fact["state"] != "deprecated" and "ends" not in fact):
            return None
        cited = self.cite(f"lifecycles:{kind}")
        ends = fact.get("ends") or Unknown(Reason.UNREAD, f"lifecycles:{kind}.ends")
        return Ending(ends=ends, confidence=self.edition_facts.confidence(fact), facts=(cited,))

    def events(self, after: date, until: date, offers: Iterable[str]) -> tuple[str, ...]:
        """What is told of the days after one and until another, of these offers or of any."""
        named = set(offers)
        told = sorted(
            (entry["since"], id)
            for id, entry in self.table("timeline").items()
            if after < entry["since"] <= until
            and (not entry.get("offers") or named & set(entry["offers"]))
        )
        return tuple(id for _, id in told)

    def cited(self, id: str) -> Cited:
        """A fact as it is cited: where it was read, when, how surely."""
        return cited(self, id)

    def answer(
        self, offer: str, service: str, region: str, day: date, activity: int | None = None
    ) -> Answer:
        """All that the facts say of a service in a region on a day, with every fact behind it."""
        return answer_of(self, offer, service, region, day, activity)

    def country(self, code: str, day: date) -> Country:
        """A country as it stood on a day; other codes for it (`UK`, `EL`) are understood."""
        asked = (self._by.code(code), day)
        if asked not in self._countries:
            self._countries[asked] = country_of(self, *asked)
        return self._countries[asked]

    def country_name(self, code: str, lang: str) -> str:
        """A country's name in a language; its code when we have none."""
        entry = self.table("countries").get(self._by.code(code), {})
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
        return {id: words_of(id, self.table("rules")[id]) for id in sorted(self.table("rules"))}

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

    def region(self, offer: str, name: str) -> tuple[str, Table | None]:
        """A region by its id, another name of it, or a zone of it (`europe-west9-b`)."""
        table = self.table("regions").get(offer, {})
        around, _, zone = name.rpartition("-")
        if name not in table and around in table and len(zone) == 1 and zone.isalpha():
            return around, table[around]
        if name in table:
            return name, table[name]
        return next(
            ((i, e) for i, e in table.items() if name in e.get("aliases", ())), (name, None)
        )

    def locations(self, offer: str, name: str, service: str = "") -> tuple[tuple[str, Table], ...]:
        """What a name stands for that is no region: one entry, or one for each service.

        Providers write the same name `EU` here and `eu` there.
        """
        table, folded = self.table("locations").get(offer, {}), name.lower()
        found = [
            (i, e) for i, e in table.items() if folded in map(str.lower, (i, *e.get("aliases", ())))
        ]
        said = [(i, e) for i, e in found if e["service"] == service] if service else []
        return tuple(said or found)

    def laws_of(self, country: str | Unknown) -> tuple[str, ...]:
        """The laws of a country that can order access to data, in the order they are written."""
        return self._by.laws.get(self._by.code(country), ()) if isinstance(country, str) else ()

    def by_country(self, code: str) -> tuple[tuple[str, Table], ...]:
        """The adequacy decisions that speak of a country, the latest first."""
        return self._by.decisions.get(self._by.code(code), ())

    def attested(self, scheme: str, offer: str) -> tuple[tuple[str, Table], ...]:
        """What the facts attest of an offer under a scheme, in the order they are written."""
        return self._by.attested.get((scheme, offer), ())

    def _one(self, kind: str, id: str) -> Table:
        entry = self.table(kind).get(id)
        if entry is None:
            raise FactsError("{kind}: {id} is not there", hint=_LISTED, kind=kind, id=id)
        return dict(entry)


def _in(words: Mapping[str, str], lang: str, otherwise: str) -> str:
    return words.get(lang) or words.get("en") or otherwise
