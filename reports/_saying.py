"""How single things are said: a choice, an unknown, a reason, a path; in the reader's language.

Every text given back is ready to be shown: strangers' names are on one line, without control or
direction marks. Escaping for the medium is the format's work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from auditor import sdk
from auditor.sdk import Because, plain

_CHOICES = (
    "role", "party", "custody", "certainty", "attested", "scheme", "clause", "capital",
)  # fmt: skip


def word(report: Any, words: Any, choice: str, value: str) -> str:
    """A value of a closed choice, in words."""
    return sdk.word(report.facts, words, choice, value)


def in_words(words: Any, said: Any) -> str:
    """A text of the facts in the reader's language, or in English."""
    return str(words.typeset(said.get(words.lang) or said["en"]))


def title_of(report: Any, words: Any, rule: str) -> str:
    """The statement of a rule."""
    return in_words(words, report.facts.rule(rule).title)


def country(report: Any, words: Any, code: str) -> str:
    """A country's name."""
    return sdk.country(report.facts, words, code)


def shown(report: Any, words: Any, value: Any) -> str:
    """A value that may be unknown, with its reason in words."""
    return sdk.shown(report.facts, words, value)


def because(report: Any, words: Any, reasons: Iterable[Because]) -> str:
    """The reasons of a verdict, in words; each is said once."""
    said = dict.fromkeys(_because(report, words, reason) for reason in reasons)
    return str(words.typeset(" ; " if words.lang == "fr" else "; ")).join(said)


def _because(report: Any, words: Any, reason: Because) -> str:
    form = words.typeset(report.facts.because(reason.code, words.lang))
    holes = report.facts.table("words")["because"][reason.code].get("holes", {})
    values = {
        name: _filled(report, words, kind, reason.values.get(name, ""))
        for name, kind in {**dict.fromkeys(reason.values, "text"), **holes}.items()
    }
    for name, value in values.items():
        if not value:  # nothing to say: neither its brackets nor its space
            form = form.replace(f" ({{{name}}})", "").replace(f" {{{name}}}", "")
    theirs = report.theirs(reason.facts)
    return str(form.format_map(values)) + (f" [{own_facts(words, theirs)}]" if theirs else "")


def own_facts(words: Any, ids: Iterable[str]) -> str:
    """That a conclusion rests on facts which are the user's own, and on which."""
    return str(words("by facts of the user’s own: {ids}", ids=", ".join(map(plain, ids))))


def _filled(report: Any, words: Any, kind: str, value: str) -> str:
    if not value:
        return ""
    if kind == "country":
        return country(report, words, value)
    if kind == "day":
        return str(words.date(date.fromisoformat(value)))
    if kind == "reason":
        return str(words.typeset(report.facts.word("reasons", value, words.lang)))
    return word(report, words, kind, value) if kind in _CHOICES else plain(value)


def path_of(report: Any, words: Any, reach: Any) -> str:
    """Who operates an offer, who controls them, and the laws at the end of the path."""
    return sdk.path_of(report.facts, words, reach)
