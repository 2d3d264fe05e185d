"""What each format says, whole, in both languages; and that nobody's name can harm a reader."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib import import_module
from itertools import pairwise
from typing import Any

import jsonschema_rs
import pytest

from auditor.model import Certainty, Grouping, Outcome, Severity
from auditor.reports._blocks import Table
from auditor.reports._story import tell
from auditor.words import Words
from tests.schemas.of_model import HERE as SCHEMAS

from . import of_report
from .golden import LANGUAGES, formats, path_of, readable, rendered, renderers
from .invented import (
    COVERAGE,
    FINDINGS,
    HOSTILE,
    JUDGED,
    PLAN,
    STORES,
    SUMMARY,
    Facts,
    Kept,
    report,
)

BOTH = pytest.mark.parametrize("lang", LANGUAGES)


def validator(name: str):
    return jsonschema_rs.validator_for(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))


@BOTH
@pytest.mark.parametrize("name", formats())
def test_golden(name, lang):
    """`python -m tests.reports.golden` writes them again; read the difference first."""
    assert readable(name, rendered(name, lang)) == path_of(name, lang).read_bytes()


@pytest.mark.parametrize("name", formats())
def test_same_report_same_bytes(name):
    assert rendered(name, "fr") == rendered(name, "fr")
    assert rendered(name, "de") == rendered(name, "en")


# ---------------------------------------------------------------------- JSON


@pytest.mark.parametrize("name", of_report.MADE)
def test_published_schema_is_what_the_nouns_say(name):
    assert (SCHEMAS / f"{name}.json").read_text("utf-8") == of_report.text_of(name)


@BOTH
def test_document_fits_its_schema_and_keeps_every_name(lang):
    told = rendered("json", lang)
    found = json.loads(told)
    check = validator("report")
    assert [e.message for e in check.iter_errors(found)] == []
    assert not check.is_valid({**found, "surplus": 1})
    assert found["schema"] == check_id("report")
    assert [s["name"] for s in found["stores"]] == [s.name for s in STORES]
    assert [s["judged"]["store"] for s in found["stores"]] == [s.id for s in STORES]
    assert len(found["findings"]) == len(FINDINGS)
    assert no_marks(told.decode()) == []


def check_id(name: str) -> str:
    return json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))["$id"]


@BOTH
def test_every_line_fits_its_schema(lang):
    told = rendered("jsonl", lang)
    check = validator("line")
    lines = [json.loads(line) for line in told.decode().splitlines()]
    assert [line["type"] for line in lines if not check.is_valid(line)] == []
    assert not check.is_valid({**lines[-1], "type": "store"})
    kinds = [line["type"] for line in lines]
    assert kinds[:4] == ["run", "summary", "reach", "reach"]
    assert kinds.count("store") == kinds.count("judged") == len(STORES)
    assert kinds.count("finding") == len(FINDINGS)
    assert no_marks(told.decode()) == []


def test_a_lone_surrogate_does_not_stop_a_document():
    seen = (replace(STORES[0], name="a\ud800b"), *STORES[1:])
    for name in formats():
        told = readable(name, rendered(name, "fr", report(Kept(seen=seen))))
        assert told.decode("utf-8")


# ---------------------------------------------------------------------- hostile names


def no_marks(text: str, allowed: str = "\n") -> list[str]:
    """Control, format and direction characters of a text."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c not in allowed]


@BOTH
def test_csv_has_one_line_per_finding_and_no_formula(lang):
    told = rendered("csv", lang)
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(told.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(FINDINGS)
    assert {len(row) for row in rows} == {11}
    assert [row[-1] for row in rows[1:]] == [f.uid for f in FINDINGS]
    assert [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell] == []
    assert no_marks("".join(cell for row in rows for cell in row)) == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_a_formula_as_a_whole_cell_is_defused(name):
    stores = (replace(STORES[0], id=name),)
    found = (replace(FINDINGS[0], store=name, account=name),)
    told = rendered("csv", "en", report(Kept(found=found, seen=stores)))
    row = list(csv.reader(io.StringIO(told.decode("utf-8-sig"), newline="")))[1]
    assert row[3] == row[5] != name
    assert row[3][0] not in "=+-@\t"


@BOTH
def test_plain_text_is_narrow_and_without_marks(lang):
    told = rendered("text", lang).decode()
    assert no_marks(told) == []
    assert max(map(len, told.splitlines())) <= 80
    assert len(told.splitlines()) < 75


@BOTH
def test_a_terminal_is_sent_colours_and_nothing_else(lang):
    told = rendered("terminal", lang).decode()
    bare = re.sub(r"\x1b\[[0-9;]*m", "", told)
    assert bare != told
    assert bare == rendered("text", lang).decode()


@BOTH
def test_blocking_comes_first(lang):
    told = rendered("text", lang).decode()
    places = [told.index(rule) for rule in ("RES001", "SHR001", "REA001", "KEY001")]
    assert places == sorted(places)


@dataclass
class Page(HTMLParser):
    """What a browser would make of a page: its elements, and its texts."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)  # style and scripts
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags[-1:] and self.tags[-1][0] in ("script", "style"):
            self.unseen.append(data)
        else:
            self.texts.append(data)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.tags.append((f"/{tag}", {}))

    @classmethod
    def of(cls, told: bytes) -> Page:
        page = cls()
        page.feed(told.decode())
        page.close()
        return page

    def named(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attrs for name, attrs in self.tags if name == tag)


@BOTH
def test_page_asks_nothing_of_anybody(lang):
    page = Page.of(rendered("html", lang))
    assert {tag for tag, _ in page.tags}.isdisjoint(
        {"link", "img", "iframe", "object", "embed", "form", "base", "b", "i"}
    )  # the pictures are SVG, cleaned: tests/browser
    assert [attrs.get("type") for attrs in page.named("script")] == [
        "application/octet-stream", None,
    ]  # fmt: skip
    for _, attrs in page.tags:
        assert not {"src", "style", "srcset", "action", "onmouseover"} & set(attrs)
        assert not any(name.startswith("on") for name in attrs)
        assert (attrs.get("href") or "#").startswith("#")


@BOTH
def test_page_has_a_policy_that_names_its_own_style_and_script(lang):
    page = Page.of(rendered("html", lang))
    style, data, script = page.unseen
    own = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    policy = next(m["content"] for m in page.named("meta") if "http-equiv" in m)
    assert policy is not None
    assert policy.split("; ") == [
        "default-src 'none'", f"style-src 'sha256-{own[0]}'", f"script-src 'sha256-{own[1]}'",
        "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]  # fmt: skip
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", data)
    assert "url(" not in style
    assert "@import" not in style
    for written in ("innerHTML", "outerHTML", "insertAdjacent", "eval", "document.write", "fetch"):
        assert written not in script


def unpacked(told: bytes) -> dict[str, Any]:
    """The findings that a page's script works on."""
    _, data, _ = Page.of(told).unseen
    return json.loads(zlib.decompress(b64decode(data), -zlib.MAX_WBITS))


@BOTH
def test_page_packs_every_finding_with_its_words(lang):
    found = unpacked(rendered("html", lang))
    rows = list(csv.reader(io.StringIO(rendered("csv", lang).decode("utf-8-sig"), newline="")))
    columns = [[c["values"][at] for at in c["of"]] for c in found["columns"].values()]
    told = [tuple(cell.removeprefix("'") for cell in row[:9]) for row in rows[1:]]
    packed = [tuple(cell.removeprefix("'") for cell in row) for row in zip(*columns, strict=True)]
    assert packed == told
    assert found["uids"] == [f.uid for f in FINDINGS]
    severity = found["columns"]["severity"]
    assert list(dict.fromkeys(severity["keys"])) == [str(s) for s in Severity]
    assert {key for key, _ in zip(severity["keys"], severity["values"], strict=True)} == {
        f.severity for f in FINDINGS
    }


def test_a_page_holds_so_many_findings_and_says_of_how_many(monkeypatch):
    monkeypatch.setattr(import_module("auditor.reports._page_findings"), "MOST", 10)
    told = rendered("html", "en")
    assert unpacked(told)["uids"] == [f.uid for f in FINDINGS[:10]]
    assert f"This page holds the worst 10 of {len(FINDINGS)} findings." in told.decode()


@BOTH
def test_page_can_be_read_by_everybody(lang):
    page = Page.of(rendered("html", lang))
    assert next(page.named("html"))["lang"] == lang
    tags = [tag for tag, _ in page.tags]
    assert tags.count("h1") == 1
    assert tags.count("caption") == tags.count("table") > 5
    assert all(attrs["scope"] == "col" for attrs in page.named("th"))
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert {str(attrs["href"])[1:] for attrs in page.named("a")} <= ids
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@BOTH
def test_page_shows_hostile_names_as_text(lang):
    page = Page.of(rendered("html", lang))
    text = "".join(page.texts)
    assert HOSTILE[0] in text
    assert HOSTILE[7] in text
    assert no_marks(text) == []


# ---------------------------------------------------------------------- what is said


@BOTH
def test_reach_shows_its_path(lang):
    text = "".join(Page.of(rendered("html", lang)).texts)
    assert "Acme EMEA SARL (LU) → Acme <Inc.> (US, 100%) → Acme Trust (" in text
    assert "→ The Act, Old Act [" in text
    for said in ("[no longer in force]", "[standing undetermined]", "[weak source]"):
        assert Words(lang)("{law} " + said, law="").strip() in text
    assert "Export Rules" not in text  # an export control gives access to no data


@BOTH
def test_facts_of_the_user_are_told_as_theirs(lang):
    text = "".join(Page.of(rendered("html", lang)).texts)
    own = [
        Words(lang)("by facts of the user’s own: {ids}", ids=id)
        for id in ("regions:aws/eu-9", "offers:acme")
    ]
    assert own[1] in text  # the reach of an offer
    assert text.count(own[0]) == 1 + 4 + 4  # those laid over ours, each reason that uses one, twice
    silent = rendered("text", lang, report(facts=Facts(overlays=())))
    assert len(silent) < len(rendered("text", lang))


@BOTH
def test_nothing_to_say_leaves_no_empty_brackets(lang):
    assert "()" not in "".join(Page.of(rendered("html", lang)).texts)


@BOTH
def test_what_a_person_must_qualify_is_apart(lang):
    text = "".join(Page.of(rendered("html", lang)).texts)
    begin = text.rindex(Words(lang)("To be qualified by a person"))
    end = text.index("S4. ", begin)
    about = {f.store: f.health for f in FINDINGS if f.store}
    for store, health in about.items():
        shown = re.sub(r"[\x00-\x1f\u202e\u2066]", "\N{REPLACEMENT CHARACTER}", store)
        judged = health in (Certainty.CONFIRMED, Certainty.DECLARED, Certainty.PROBABLE)
        assert (shown in text[begin:end]) is not judged, store


def test_a_page_says_how_many_rows_it_does_not_show():
    many = tuple(replace(FINDINGS[0], uid=str(n)) for n in range(5000))
    told = rendered("html", "en", report(Kept(found=many))).decode()
    assert told.count("<tr") < 700
    assert told.count("Rows not shown here: 4,800.") == 1  # of the worst
    assert len(unpacked(told.encode())["uids"]) == 5000
    assert "Deviations: 5,000. Undetermined: 0." in told


def test_an_empty_report_is_told():
    nothing = replace(SUMMARY, stores=0, health={}, countries={}, reach={}, custody={},
                      outcomes={}, severities={}, undetermined=0, coverage={})  # fmt: skip
    kept = Kept(found=(), seen=(), concluded=(), units=())
    for name in formats():
        assert rendered(name, "fr", report(kept, nothing))
    text = rendered("text", "en", report(kept, nothing)).decode()
    assert "No finding on these stores." in text
    page = rendered("html", "en", report(kept, nothing)).decode()
    for told in (text, page):
        assert "Nothing was read." in told
        assert "whole" not in told  # that is no completeness


# ---------------------------------------------------------------------- one at a time


@dataclass
class Counting(Kept):
    """A judgement that counts how many findings were taken of it."""

    taken: int = 0

    def findings(self):
        for finding in self.found:
            self.taken += 1
            yield finding


@pytest.mark.parametrize("name", ["csv", "json", "jsonl"])
def test_findings_are_written_as_they_are_read(name):
    kept = Counting(found=FINDINGS * 200)
    pieces: Iterable[Any] = renderers()[name].render(report(kept), Words("en"))
    longest = 0
    for piece in pieces:
        longest = max(longest, len(piece))
        if kept.taken >= 5:
            break
    assert kept.taken == 5
    assert longest < 20_000


def test_severities_and_outcomes_are_all_in_the_invented_report():
    assert {(f.severity, f.outcome) for f in FINDINGS} == {
        (s, o) for s in Severity for o in (Outcome.DEVIATES, Outcome.UNDETERMINED)
    }


EXTREMES = (
    "x" * 10_000, "\u05d0\u05d1\u05d2 \u0627\u0644\u0639", "\U0001f3e5\u200d\u2695\ufe0f",
    '#eval("123456*7")', "{{ 123456*7 }}{% raw %}", "=123456*7", "<b>123456*7</b>",
    "\x00\x01\x1f\x7f", "*_`~|\\",
)  # fmt: skip


@pytest.mark.parametrize("name", formats())
def test_every_format_tells_names_that_it_was_not_made_for_and_computes_none(name):
    seen = tuple(replace(store, name=extreme, id=f"id-{extreme}")
                 for store, extreme in zip(STORES, EXTREMES, strict=False))  # fmt: skip
    named = {old.id: new.id for old, new in zip(STORES, seen, strict=False)}
    found = tuple(replace(f, store=named.get(f.store, f.store)) for f in FINDINGS)
    judged = tuple(replace(j, store=named[j.store]) for j in JUDGED[: len(seen)])
    kept = Kept(seen=seen, found=found, concluded=judged)
    told = readable(name, rendered(name, "fr", report(kept))).decode()
    assert told
    assert str(123456 * 7) not in told.replace("\u202f", "").replace(",", "")


def test_no_table_of_the_story_grows_with_the_estate():
    one = PLAN.groups[1]
    many = tuple(replace(one, id=f"account:acme/{n}", by=Grouping.ACCOUNT) for n in range(500))
    scope = COVERAGE[0].scope
    units = tuple(
        replace(COVERAGE[0], scope=replace(scope, account=f"{n:012}")) for n in range(500)
    )
    kept = Kept(planned=replace(PLAN, groups=(PLAN.groups[0], *many)), units=units)
    for section in tell(report(kept), Words("fr"), 60):
        for block in section.blocks:
            table = block if isinstance(block, Table) else getattr(block, "table", None)
            if table is not None:
                assert len(table.rows) <= 60, (section.title, table.caption)
                if len(table.rows) == 60:
                    assert table.more > 0, table.caption
