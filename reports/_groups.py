"""How the plan's groups, steps, volumes and prices are said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.sdk import Group, Grouping, Price, Step, Volume, plain

from ._asked import convention
from ._saying import word
from ._told import Told


def name_of(told: Told, group: Group) -> str:
    """A group, as people know it."""
    _, colon, id = group.id.partition(":")
    name = plain(group.name or id)
    if not colon:  # numbered: its own name is not told
        return plain(group.id)
    if group.by is Grouping.TREATMENT:
        return name
    return f"{told.words.title(convention(told.report, told.words, 'grouping', group.by))} {name}"


def step_of(told: Told, group: Group, step: Step) -> str:
    """A step, and the group it is of."""
    name = name_of(told, group)
    id = plain(step.id)
    return f"{name} ({id})" if id and id != group.id.partition(":")[2] else name


def why(told: Told, group: Group) -> str:
    """Why a group is exposed, each reason with its stores."""
    return _counted(
        told, {convention(told.report, told.words, "exposed", r): n
               for r, n in group.exposed.items()},
    )  # fmt: skip


def counted(told: Told, counts: Mapping[str, int]) -> str:
    """Offers, or levels of custody, each with its stores, most first."""
    undetermined = told.words("undetermined")
    return _counted(told, {undetermined if c == "?" else plain(c): n for c, n in counts.items()})


def _counted(told: Told, counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    return ", ".join(f"{name} ({told.words.number(n)})" for name, n in ordered)


def volume(told: Told, volume: Volume) -> str:
    """Bytes that are known, and how many stores did not say."""
    words = told.words
    if volume.unknown == volume.stores:
        return str(words("not known"))
    known = words.bytes(volume.bytes)
    if not volume.unknown:
        return str(known)
    return str(words("{size}, and {n} whose size is not known",
                     size=known, n=words.number(volume.unknown)))  # fmt: skip


def price(words: Any, price: Price) -> str:
    """An order of magnitude in euros, from list prices."""
    if not price.facts:
        return str(words("no price read"))
    least, most = (words.number(round(cost)) for cost in (price.least, price.most))
    said = words("{n} EUR", n=least)
    if least != most:
        said = words("{least} to {most} EUR", least=least, most=most)
    if price.unpriced:
        said = words(
            "{price}, {size} without a price", price=said, size=words.bytes(price.unpriced)
        )
    return str(said)


def hours(words: Any, value: float) -> str:
    """How long a transfer takes."""
    if value < 1:
        return str(words("less than an hour"))
    if value < 48:
        return str(words("{n} hours", n=words.number(round(value))))
    return str(words("{n} days", n=words.number(round(value / 24))))


def regimes(told: Told, group: Group) -> str:
    """Under which regimes the treatments of a group fall."""
    return ", ".join(str(regime) for regime in group.regimes)


def needs(told: Told, group: Group) -> str:
    """What the regimes of a group ask of a host."""
    words = told.words
    schemes = [word(told.report, words, "scheme", scheme) for scheme in group.schemes]
    asked = [words("an operator under European law only"), *schemes]
    return ", ".join(asked)


def alternatives(told: Told, kind: str) -> str:
    """A family of offers, as the facts name it."""
    words = told.words
    if not kind:
        return str(words("no family of offers read"))
    label = told.report.facts.table("alternatives")[kind]["label"]
    return str(words.typeset(label.get(words.lang) or label["en"]))
