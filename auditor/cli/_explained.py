"""An answer of the facts in lines: three verdicts apart, what is attested, every source."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from textwrap import fill
from typing import TYPE_CHECKING, Any

from auditor.errors import UsageError
from auditor.model import Answer, Attested, Framework, Guarantee, Reached, Unknown
from auditor.saying import country, path_of, plain, shown, standing, word

from ._lang import words

if TYPE_CHECKING:
    from auditor.facts import Facts
    from auditor.words import Words


def known(facts: Facts, offer: str) -> None:
    """Refuse an offer that no fact speaks of, with the nearest names."""
    offers = facts.table("offers")
    if offer not in offers:
        inside = [id for id in offers if offer and offer in id]
        near = inside[:5] or get_close_matches(offer, offers, 3, 0.4) or list(offers)[:5]
        said = words()("no fact speaks of an offer called {offer}", offer=offer)
        raise UsageError(said, hint=words()("did you mean {names}?", names=", ".join(near)))


def lines(facts: Facts, answer: Answer, say: Words) -> Iterator[str]:
    """The whole answer, for people."""
    entry = facts.table("offers")[answer.offer]
    where = " · ".join(filter(None, (answer.service, answer.region)))
    yield plain(f"{entry['name']} ({answer.offer})") + (f" · {plain(where)}" if where else "")
    yield words()("as of {day}, edition {edition}", day=say.date(answer.as_of),
                  edition=answer.edition)  # fmt: skip
    yield from _heading(words()("1. Place: where the bytes rest"))
    yield from _places(facts, answer, say)
    yield from _heading(words()("2. Transfer: what answers one to a third country on the path"))
    for framework in answer.frameworks:
        yield f"  {_framework(facts, framework, say)}"
    if not answer.frameworks:
        yield "  " + words()("no third country was seen on the path")
    yield from _heading(words()("3. Reach: whose law can compel whoever operates or controls"))
    yield from _reach(facts, answer, say)
    yield from _heading(words()("Attested that day (evidence; it clears none of the three)"))
    for guarantee in answer.guarantees:
        yield f"  {_guarantee(facts, guarantee, say)}"
    yield f"  {_capital(facts, answer, say)}"
    notes = list(_notes(entry, say))
    if notes:
        yield from _heading(words()("To be known besides"))
        yield from (f"  {note}" for note in notes)
    yield from _heading(words()("Facts behind this answer"))
    yield from _facts(facts, answer, say)


def folded(line: str) -> str:
    """A line under its own beginning on a terminal; elsewhere one line is one thing."""
    if not sys.stdout.isatty():
        return line
    under = " " * (len(line) - len(line.lstrip()) + 2)
    width = max(40, shutil.get_terminal_size().columns)
    return fill(line, width, subsequent_indent=under, drop_whitespace=True,
                break_on_hyphens=False, break_long_words=False)  # fmt: skip


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text


def _places(facts: Facts, answer: Answer, say: Words) -> Iterator[str]:
    if not answer.region:
        yield "  " + words()("no region was named: the place is undetermined")
        return
    for place in answer.places:
        if isinstance(place, Unknown):
            yield "  " + say.title(words()("undetermined")) + f" {shown(facts, say, place)}"
            if place.reason.value == "uncatalogued":
                yield "  " + words()("add it with --facts DIR, in DIR/regions/ours.toml:")
                yield from (f"    {line}" for line in _to_add(answer))
        else:
            sure = word(facts, say, "confidence", place.confidence)
            yield f"  {country(facts, say, place.country)}, {standing(say, place)} ({sure})"


def _to_add(answer: Answer) -> Iterator[str]:
    """The lines that make a region known."""
    yield f'[{answer.offer}."{plain(answer.region)}"]'
    yield 'country = "…"'
    yield f'source = {{ document = "…", locator = "…", retrieved = {answer.as_of} }}'
    yield 'confidence = "…"'


def _framework(facts: Facts, framework: Framework, say: Words) -> str:
    name = country(facts, say, framework.country)
    if isinstance(framework.reason, Unknown):
        found = words()("undetermined") + f" ({shown(facts, say, framework.reason)})"
    elif not framework.decision:
        found = words()("no adequacy decision stands: article 46 and an assessment, or no transfer")
    else:
        found = framework.decision
        if framework.listed_only:
            found += ", " + words()("for listed organisations only: look the recipient up")
        elif framework.partial:
            found += ", " + words()("for some recipients only: examine its scope")
        if framework.contested:
            found += ", " + words()("contested in court")
    return f"{say.title(name)} {found}"


def _reach(facts: Facts, answer: Answer, say: Words) -> Iterator[str]:
    reach = answer.reach
    sure = word(facts, say, "confidence", reach.confidence)
    yield f"  {word(facts, say, 'reached', reach.verdict)} ({sure})"
    path = path_of(facts, say, reach)
    if path:
        yield f"  {path}"
    if reach.verdict is Reached.UNDETERMINED:
        for doubt in reach.doubts:
            yield f"  – {shown(facts, say, doubt)}"


def _guarantee(facts: Facts, found: Guarantee, say: Words) -> str:
    scheme = say.title(word(facts, say, "scheme", found.scheme))
    state = word(facts, say, "attested", found.state)
    if found.state is Attested.QUALIFIED and found.scheme == "hds":
        state = words()("certified")
    parts = [state, plain(found.service)]
    if found.state is Attested.QUALIFIED:
        if found.version not in ("", "not read"):
            parts.append(words()("version {version}", version=plain(found.version)))
        if found.activities:
            listed = ", ".join(map(str, found.activities))
            parts.append(words()("activities {listed}", listed=listed))
    if found.until is not None:
        parts.append(words()("until {day} included", day=say.date(found.until)))
    if found.ends_in is not None:
        parts.append(words()("ends in {n} days", n=say.number(found.ends_in)))
    if found.reason is not None:
        parts.append(shown(facts, say, found.reason))
    if found.read_on is not None:
        parts.append(words()("read on {day}", day=say.date(found.read_on)))
        parts.append(word(facts, say, "confidence", found.confidence))
    return f"{scheme} {', '.join(filter(None, parts))}"


def _capital(facts: Facts, answer: Answer, say: Words) -> str:
    capital = answer.capital
    label = say.title(words()("SecNumCloud 3.2, 19.6, seat and capital"))
    reasons = ", ".join(word(facts, say, "capital", code) for code in capital.reasons)
    found = word(facts, say, "measured", capital.answer)
    if capital.together:
        said = words()("one holder {alone} %, together {together} %",
                       alone=f"{capital.alone:g}", together=f"{capital.together:g}")  # fmt: skip
        found += f", {said}"
    return f"{label} {found}" + (f" ({reasons})" if reasons else "")


def _notes(entry: Any, say: Words) -> Iterator[str]:
    """Contested points with both readings, technology, hosts: told, never merged."""
    for point in entry.get("contested", ()):
        yield say.title(words()("contested")) + " " + _in(point["said"], say)
    if "technology" in entry:
        yield (say.title(words()("technology, a matter of continuity and not of access to data"))
               + " " + _in(entry["technology"]["said"], say))  # fmt: skip
    if "hosting" in entry:
        yield say.title(words()("runs on")) + " " + _in(entry["hosting"], say)
    for there in entry.get("region_overrides", ()):
        yield f"{', '.join(there['regions'])}{say.title('')} {_in(there['reason'], say)}"
    if "note" in entry:
        yield _in(entry["note"], say)


def _in(said: Any, say: Words) -> str:
    return say.typeset(plain(said.get(say.lang) or said["en"]))


def _facts(facts: Facts, answer: Answer, say: Words) -> Iterator[str]:
    for cited in answer.facts:
        sure = word(facts, say, "confidence", cited.confidence)
        days = [words()("since {day}", day=say.date(cited.since))] if cited.since else []
        if cited.since_source:
            days.append(words()("first day read in {source}", source=plain(cited.since_source)))
        if cited.until:
            days.append(words()("until {day} included", day=say.date(cited.until)))
        yield f"  {', '.join([cited.id, *days])}"
        read = say.date(cited.retrieved) if cited.retrieved else "?"
        source = plain(" · ".join(filter(None, (cited.source, cited.locator))))
        yield "    " + words()("{source}, read on {day} ({sure})",
                               source=source, day=read, sure=sure)  # fmt: skip
