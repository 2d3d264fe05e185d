"""S7 and S10: offers to study, and the target of each step, in their state on that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Attested, Candidate, Reached, plain

from ._asked import blank, said
from ._blocks import Cell, Section, Table, Text
from ._groups import alternatives, counted, name_of, needs, step_of, why
from ._outline import title_of
from ._saying import in_words, shown, word
from ._told import Told


def studied(told: Told) -> Iterator[Section]:
    """S7: needs by group, then the offers to study for each family, and those left out."""
    words, plan = told.words, told.plan
    rows = tuple(
        (name_of(told, group), why(told, group), counted(told, group.offers),
         ", ".join(map(str, group.regimes)) or blank(words, "treatments.….regimes"),
         needs(told, group))
        for group in told.groups
    )  # fmt: skip
    columns = (words("Group"), words("Why it is exposed"), words("Offers left"), words("Regimes"),
               words("What the target needs"))  # fmt: skip
    needed = told.table(words("Needs, by group"), columns, rows)
    about = words("Offers to study, never recommended: they are listed by name, with the criteria "
                  "shown and what is not established. A scope in SecNumCloud or HDS is that of a "
                  "service, on that day; hosted on a qualified service is not qualified. A person "
                  "compares at least two, in writing, and dates the comparison.")  # fmt: skip
    blocks = (Text(about), needed, _holding(told), _legend(told))
    yield Section(title_of(told, "S7"), blocks, 2, "", "S7")
    for kind, found in plan.candidates.items() if plan else ():
        yield _family(told, kind, found)


def _holding(told: Told) -> Table:
    """For each group, how many established offers hold that day what it needs, by family."""
    words, rows = told.words, []
    candidates = told.plan.candidates if told.plan else {}
    for group in told.groups:
        found: dict[str, list[str]] = {"two": [], "one": [], "none": []}
        for route in group.routes:
            offers = {c.offer for c in candidates.get(route.kind, ())
                      if c.established and _holds(c, group.schemes)}  # fmt: skip
            many = ("none", "one", "two")[min(len(offers), 2)]
            found[many].append(alternatives(told, route.kind))
        rows.append((name_of(told, group), *(", ".join(names) for names in found.values())))
    columns = (words("Group"), words("Two offers or more"), words("One"), words("None"))
    caption = words("Families for which established offers hold on that day what the group needs")
    return told.table(caption, columns, rows, (3, 4, 4, 5))


def _holds(one: Candidate, schemes: tuple[str, ...]) -> bool:
    """Whether an offer is qualified, or certified, as schemes ask: what is not read is not held."""
    states = {"secnumcloud": one.secnumcloud, "hds": one.hds}
    return all(states[scheme] is Attested.QUALIFIED for scheme in schemes)


def _family(told: Told, kind: str, found: tuple[Candidate, ...]) -> Section:
    words = told.words
    study = [c for c in found if not c.excluded]
    left = [c for c in found if c.excluded]
    sure = sum(c.established for c in study)
    enough = words("Established by fair or strong facts: {n} of {m}.", n=sure, m=len(study))
    if sure < 2:
        enough = words("Fewer than two offers are established by fair or strong facts: {n} of {m}. "
                       "A person must have more of them read.", n=sure, m=len(study))  # fmt: skip
    blocks: list[Any] = [Text(enough, "warning" if sure < 2 else "")]
    blocks.append(_offers(told, words("Offers to study"), study))
    if left:
        blocks.append(_left_out(told, left))
    return Section(alternatives(told, kind), tuple(blocks), 3)


def _offers(told: Told, caption: str, found: list[Candidate]) -> Table:
    words = told.words
    columns = (words("Offer"), words("Product and interface"), words("Region"),
               words("Non-EU law"), words("SecNumCloud"), words("HDS"),
               words("What is missing"))  # fmt: skip
    rows = tuple(
        (plain(c.offer),
         " · ".join(filter(None, (_both(words, c.product), _both(words, c.compatibility)))),
         ", ".join(map(plain, c.regions)) or words("not read"),
         _law(words, c.reach),
         _scheme(told, c.secnumcloud_scope, c.secnumcloud, c.secnumcloud_until),
         _scheme(told, c.hds_scope, c.hds, c.hds_until),
         _missing(told, c))
        for c in found
    )  # fmt: skip
    return Table(caption, columns, rows, 0, (), (3, 5, 3, 4, 4, 4, 5))


def _scheme(told: Told, scope: str, state: Attested, until: Any) -> str:
    """What covers the product, then whether that stands on the day."""
    words = told.words
    layer = _scopes(words)[scope]
    if scope not in ("in_scope", "host_only"):
        return layer
    stands = word(told.report, words, "attested", state)
    ends = f", {words('until {day}', day=words.date(until))}" if until else ""
    return f"{words.title(layer)} {stands}{ends}"


def _scopes(words: Any) -> Mapping[str, str]:
    """What a decision or a certificate covers of a product, in a word."""
    return {
        "in_scope": words("covered"), "out_of_scope": words("not covered"),
        "host_only": words("layer below only"), "unknown": words("not established"),
        "contested": words("sources disagree"), "user_dependent": words("depends on the place"),
    }  # fmt: skip


def _legend(told: Told) -> Table:
    """What these words stand for, as the facts tell it."""
    report, words = told.report, told.words
    rows = tuple(
        (short, word(report, words, "alternatives_snc", scope),
         word(report, words, "alternatives_hds", scope))
        for scope, short in _scopes(words).items()
    )  # fmt: skip
    columns = (words("Word"), words("Of SecNumCloud"), words("Of HDS"))
    return Table(words("How scopes are told"), columns, rows, 0, (), (2, 5, 5))


def _law(words: Any, verdict: Reached) -> str:
    """Whether a link to non-EU law is known, in a word."""
    return str({
        Reached.LINKED: words("linked"), Reached.NO_KNOWN_LINK: words("no known link"),
        Reached.UNDETERMINED: words("undetermined"),
    }[verdict])  # fmt: skip


def _missing(told: Told, one: Candidate) -> str:
    """What keeps an offer from being established; its note."""
    report, words = told.report, told.words
    parts = []
    if one.reason is not None:
        parts.append(shown(report, words, one.reason))
    if one.confidence == "weak":
        parts.append(words("its equivalence was read in no source: from memory"))
    if one.note:
        parts.append(_both(words, one.note))
    return " · ".join(parts) or ("" if one.established else words("to be established"))


def _left_out(told: Told, found: list[Candidate]) -> Table:
    words = told.words
    reason = words("an operator or a parent company is linked to non-EU law (section S5)")
    rows = tuple((plain(c.offer), _both(words, c.product), reason) for c in found)
    columns = (words("Offer"), words("Product"), words("Why it is left out"))
    return Table(words("Offers left out"), columns, rows)


def _both(words: Any, text: Mapping[str, str]) -> str:
    return plain(in_words(words, text)) if text else ""


def target(told: Told) -> Iterator[Section]:
    """S10: the target of each step, and what the facts say of it on that day."""
    report, words = told.report, told.words
    columns = (words("Step"), words("Offer"), words("Service"), words("Region"),
               words("Non-EU law"), words("SecNumCloud"), words("HDS"),
               words("Capital, SecNumCloud 19.6"))  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for group, step in told.steps:
        key = f"targets.{plain(step.id)}" if step.id else "targets"
        row: tuple[Cell, ...] = ("", "", "", "")
        if step.offer in report.facts.table("offers"):
            row = _of_offer(told, step.offer, step.service, step.region)
        rows.append((step_of(told, group, step), said(words, step.offer, f"{key}.offer"),
                     said(words, step.service, f"{key}.service"),
                     said(words, step.region, f"{key}.region"), *row))  # fmt: skip
    about = words("What the facts say of each target on that day. What is missing stays a gap to "
                  "close, never an assumption.")  # fmt: skip
    table = told.table(words("Targets decided, or still to decide"), columns, rows)
    yield Section(title_of(told, "S10"), (Text(about), table), 2, "", "S10")


def _of_offer(told: Told, offer: str, service: str, region: str) -> tuple[str, ...]:
    report, words, day = told.report, told.words, told.report.as_of
    reach = report.facts.reach_of(offer, day, region)
    found = {g.scheme: g for g in report.facts.guarantees_of(offer, service, region, day)}
    capital = report.facts.capital_of(offer, day)

    def told_of(scheme: str) -> str:
        one = found[scheme]
        ends = f", {words('until {day}', day=words.date(one.until))}" if one.until else ""
        return word(report, words, "attested", one.state) + ends

    return (
        word(report, words, "reached", reach.verdict), told_of("secnumcloud"), told_of("hds"),
        word(report, words, "measured", capital.answer),
    )  # fmt: skip
