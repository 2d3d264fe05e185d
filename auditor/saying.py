"""How what the facts say is said: an unknown, a country, a path of reach; in a reader's language.

Every text given back is ready to be shown: strangers' names are on one line, without control or
direction marks. Escaping for the medium is left to whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .model import Entity, LawReach, Link, Reach, Reason, Unknown

_WHOLE = ("format-", "service-", "tag-", "catalogue-")  # detectors that are entries of the facts


def plain(text: object) -> str:
    """A stranger's text on one line: control, escape and direction marks become visible signs."""
    import unicodedata

    shown = str(text)
    if shown.isprintable() or _unspaced(shown).isprintable():
        return shown

    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        else c
        for c in shown
    )


def _unspaced(text: str) -> str:
    """A text without the spaces of our own typography, which `isprintable` takes for marks."""
    return text.replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "")


def word(facts: Any, words: Any, choice: str, value: str) -> str:
    """A value of a closed choice, in words."""
    return str(words.typeset(facts.word(choice, str(value), words.lang)))


def sign(facts: Any, words: Any, detector: str) -> str:
    """What saw a sign of health data, in words: a kind of detector, and which one."""
    kind, colon, what = detector.partition(":")
    if not colon and kind.startswith(_WHOLE):
        kind, _, what = kind.partition("-")
    if kind not in facts.table("words")["detector"]:
        return plain(detector)  # a signal of the user's own
    said = word(facts, words, "detector", kind)
    return f"{said} {plain(what)}" if what else said


def country(facts: Any, words: Any, code: str) -> str:
    """A country's name."""
    return plain(facts.country_name(code, words.lang))


def shown(facts: Any, words: Any, value: Any) -> str:
    """A value that may be unknown, with its reason in words."""
    if isinstance(value, Unknown):
        detail = f" ({plain(value.detail)})" if value.detail else ""
        return _why(facts, words, value) + detail
    return plain(value)


def _why(facts: Any, words: Any, unknown: Unknown) -> str:
    """Why something is not known; of a fact, which part of it no source establishes."""
    part = unknown.detail.partition(".")[2].partition(".")[0]
    said = facts.table("words").get("doubt", {}).get(part)
    if unknown.reason is Reason.UNREAD and said is not None:
        return str(words.typeset(said.get(words.lang) or said["en"]))
    return str(words.typeset(facts.reason(unknown.reason, words.lang)))


def standing(words: Any, where: Any) -> str:
    """What a place or a country is to the Union that day, in words."""
    if where.in_eu is True:
        return str(words("European Union"))
    if where.in_eea is True:
        return str(words("European Economic Area"))
    if where.adequate is True:
        return str(words("third country, adequate"))
    if isinstance(where.adequate, Unknown) or isinstance(where.in_eea, Unknown):
        return str(words("third country, adequacy to be examined"))
    return str(words("third country"))


def chains(reach: Reach) -> Iterator[tuple[Entity, ...]]:
    """The path as chains: the operator and its owners, then one for each other link."""
    chain: list[Entity] = []
    for step in reach.path:
        if chain and step.link is not Link.OWNS:
            yield tuple(chain)
            chain = []
        chain.append(step)
    if chain:
        yield tuple(chain)


def path_of(facts: Any, words: Any, reach: Reach) -> str:
    """Who operates an offer, who controls them, and the laws that stand at the end of the path."""
    laws = [law for law in reach.laws if law.data_access]
    told: set[str] = set()
    said = [_chain(facts, words, chain, laws, told) for chain in chains(reach)]
    return str(words.typeset(" ; " if words.lang == "fr" else "; ")).join(said)


def _chain(
    facts: Any, words: Any, chain: tuple[Entity, ...], laws: list[LawReach], told: set[str]
) -> str:
    """One chain, and the laws that reach one of its steps and were not told before."""
    names = {step.key for step in chain}
    here = [w for w in laws if w.law not in told and (w.via in names or not w.via)]
    told.update(law.law for law in here)
    steps = [_entity(facts, words, step) for step in chain]
    path = " → ".join(
        [*steps, *([", ".join(law_name(words, law) for law in here)] if here else [])]
    )
    if chain[0].link in (Link.CONTRACTS, Link.OWNS):
        return path
    return f"{words.title(word(facts, words, 'link', chain[0].link))} {path}"


def _entity(facts: Any, words: Any, entity: Entity) -> str:
    inside = ", ".join(filter(None, (shown(facts, words, entity.seat), plain(entity.share))))
    return f"{plain(entity.name)} ({inside})"


def law_name(words: Any, law: LawReach) -> str:
    """A law, and what is to be known of its standing on the day."""
    name = plain(law.name)
    if law.in_force is False:
        return str(words("{law} [no longer in force]", law=name))
    if isinstance(law.in_force, Unknown):
        return str(words("{law} [standing undetermined]", law=name))
    return str(words("{law} [weak source]", law=name)) if law.confidence == "weak" else name
