"""Markdown, read again by a parser: every block is there, and no name does anything."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from auditor.reports._blocks import Blank, Fields, Figure, Items, Section, Table, Text
from auditor.reports._story import tell
from auditor.reports.markdown import MOST, told
from auditor.saying import plain
from auditor.words import Words

from .golden import LANGUAGES, rendered
from .invented import HOSTILE, report

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
EVIL = (
    *HOSTILE,
    "![x](https://evil.example/p.png)", "[go](javascript:alert(1))", "<img src=//evil.example>",
    "https://evil.example and www.evil.example", "<https://evil.example>", "boss@evil.example",
    "a | b", "`code` | `more", "**bold** __x__ ~~gone~~", "# title", "- item", "+ item", "1. one",
    "2) two", "> quoted", "---", "===", "&lt;b&gt; &amp; &copy;", "back\\slash\\", "\\|",
    "[ref]: https://evil.example", "[^1]: note", "{{ 7*7 }}", "{% raw %}", "$x$ #include",
    "\u202egnp.exe", "🙈 مرحبا", "x" * 10_000, "| --- |", "\u2028line", "\u0085", "```", "~~~",
    "    code", "mailto:boss@evil.example", "!", ":", "a\ud800b",
)  # fmt: skip


def parsed(text: str):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def leaves(tokens) -> list:
    return [leaf for token in tokens for leaf in (token.children or [token])]


def plain_of(token) -> str:
    return "".join(leaf.content for leaf in token.children)


def said(*blocks, lang: str = "en") -> str:
    return b"".join(told([Section("Title", blocks, 2, "", "S4")], Words(lang))).decode()


def seen(name: str) -> str:
    """What a name must be read as: on one line, its marks made visible, nothing else changed."""
    return re.sub(r"@(?=\w)", "@\u2060", plain(name).strip()).encode("utf-8", "replace").decode()


@BOTH
@pytest.mark.parametrize("whole", [True, False])
def test_nothing_in_it_acts(lang, whole):
    text = rendered("md", lang).decode()
    if not whole:
        table = Table("T", ("a", "b"), tuple((name, name) for name in EVIL))
        text = said(Items(EVIL), Items(EVIL, True), *map(Text, EVIL), table, lang=lang)
    kinds = {token.type for token in leaves(parsed(text))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "code_inline", "fence",
                        "code_block", "hr", "em_open", "s_open"}  # fmt: skip
    for sign in ("](", "://", "<", "@e", "{{", "{%"):
        assert sign not in text.replace("\\" + sign, "")


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_read_as_it_is(name):
    inline = [t for t in parsed(said(Text(name), Items((name,)))) if t.type == "inline"]
    assert [plain_of(t) for t in inline] == ["Title", seen(name), seen(name)]
    marks = Table(name, (name, "b"), ((name, name),))
    inline = [t for t in parsed(said(marks)) if t.type == "inline"]
    assert [plain_of(t) for t in inline][2:] == [seen(name), "b", seen(name), seen(name)]


@BOTH
def test_a_table_keeps_its_rows_and_columns(lang):
    rows = tuple((name, Blank("à compléter", f"targets.{name}.owner")) for name in EVIL)
    tokens = parsed(said(Table("Caption", ("Name", "Owner"), rows, more=1234), lang=lang))
    kinds = [token.type for token in tokens]
    assert kinds.count("tr_open") == 1 + len(EVIL)
    assert kinds.count("td_open") == 2 * len(EVIL)
    assert "1" in plain_of([t for t in tokens if t.type == "inline"][-1])


def test_every_block_is_told():
    table = Table("Rows", ("One", "Two"), ())
    text = said(
        Text("Lead.", "lead"), Text("Note.", "note"), Text("Mind.", "warning"), Items(("a", "b")),
        Items(("c", "d"), ordered=True), table,
        Fields((("Owner", Blank("à compléter", "owner")),), "Form"),
        Figure("Map", "Two countries.", "<svg/>", table), lang="fr",
    )  # fmt: skip
    kinds = [token.type for token in parsed(text)]
    assert (kinds.count("blockquote_open"), kinds.count("table_open")) == (2, 2)
    assert kinds.count("ordered_list_open") == 1
    shown = [plain_of(t) for t in parsed(text) if t.type == "inline"]
    assert "Owner\u00a0: [à compléter\u00a0: owner]" in shown
    assert "Two countries." in shown
    assert "<svg" not in text


@BOTH
def test_the_whole_story_is_told(lang):
    tokens = parsed(rendered("md", lang).decode())
    shown = [plain_of(t) for t in tokens if t.type == "inline"]
    sections = list(tell(report(), Words(lang), MOST))
    levels = [t.tag for t in tokens if t.type == "heading_open"]
    assert levels == ["h1", *(f"h{section.level}" for section in sections)]
    tables = [b for section in sections for b in section.blocks if isinstance(b, Table)]
    cells = {str(cell) for table in tables for row in table.rows for cell in row
             if not isinstance(cell, Blank)}  # fmt: skip
    assert {seen(cell) for cell in cells} <= set(shown)
