"""Word and LibreOffice documents, read back by their readers: structure, fields, templates."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from typing import Any

import docx
import pytest
from defusedxml import ElementTree
from docx.oxml.ns import qn

from auditor.errors import SettingsError
from auditor.words import Words

from .golden import LANGUAGES, renderers
from .invented import HOSTILE, report

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
FORMATS = pytest.mark.parametrize("form", ["docx", "odt"])
MODULES = {"docx": "word_document", "odt": "open_document"}
SPOKEN = {"fr": "fr-FR", "en": "en-GB"}
NS = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "style", "text", "table")
    },
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240"><circle r="9"/></svg>'
NASTY = (
    *HOSTILE, "y" * 10_000, "שלום עולם", "🎉" * 3, "#set page(width: 1pt)", "{{ 7 * 7 }}",
    " two  spaces", 'HYPERLINK "http://evil.example"', "</w:t></w:r><w:fldSimple/>",
    "\x00\x0b\ufffe", "{ PAGE }", "]]>", "&lt;",
)  # fmt: skip
KEY = "treatments.cohort.necessity"


def blocks() -> Any:
    return import_module("auditor.reports._blocks")


def story() -> list[Any]:
    """Every block, every level, names that strangers chose."""
    b = blocks()
    rows = tuple((name, b.Blank("to complete", KEY), name) for name in NASTY)
    marks = tuple(("blocking", "major", "minor", "info", "")[n % 5] for n in range(len(rows)))
    table = b.Table("Stores", ("Name", "Owner", "Again"), rows, 7, marks, (3, 1, 3))
    wide = b.Table("Wide", tuple(f"Column {n}" for n in range(9)), (("x",) * 9,))
    form = b.Fields((("DPO", "Ms X"), ("Controller", b.Blank("to complete", "c.n"))), "Who signs")
    figure = b.Figure("Places", 'A map of "places" <here>', SVG, table)
    looks = ("", "lead", "note", "warning")
    long = b.Table("Long", ("N",), tuple((str(n),) for n in range(600)), 40)
    return [
        b.Section("Summary", tuple(b.Text(f"Text {look}.", look) for look in looks), 2, "", "S0"),
        b.Section("Lists", (b.Items(("one", "two")), b.Items(("a", "b"), True),
                            b.Items(("c",), True)), 3),
        b.Section("Form", (form,), 2, "", "S1"),
        b.Section("Tables", (table, b.Table("Empty", ("A", "B"), ())), 3, "major"),
        b.Section("Parent", (), 3),
        b.Section("Wide one", (wide,), 4),
        b.Section(NASTY[0], (figure,), 2, "", "A"),
        b.Section("Many", (long,), 2, "", "B"),
    ]  # fmt: skip


def made(monkeypatch, form: str, lang: str = "en", told: Any = None, **options: Any) -> bytes:
    """Our story, or another, in a format."""
    module = sys.modules[f"auditor.reports.{MODULES[form]}"]
    monkeypatch.setattr(module, "tell", lambda *_: iter(story() if told is None else told))
    return joined(renderers()[form].render(replace(report(), options=options), Words(lang)))


def joined(told: bytes | Iterable[bytes]) -> bytes:
    return told if isinstance(told, bytes) else b"".join(told)


def headline(lang: str) -> str:
    return str(import_module("auditor.reports._story").headline(report(), Words(lang)))


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes, name: str = "content.xml") -> Any:
    return ElementTree.fromstring(parts(data)[name])


def n(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def said(element: Any) -> str:
    """A text of OpenDocument, its spaces told."""
    more = " " * int(element.get(n("text:c"), "1")) if element.tag == n("text:s") else ""
    return more + (element.text or "") + "".join(said(e) + (e.tail or "") for e in element)


# ---------------------------------------------------------------------- both


@BOTH
@FORMATS
def test_the_whole_report_is_told_twice_in_the_same_bytes(form, lang):
    told = joined(renderers()[form].render(report(), Words(lang)))
    assert told == joined(renderers()[form].render(report(), Words(lang)))
    with zipfile.ZipFile(io.BytesIO(told)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for name, data in parts(told).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)


@FORMATS
def test_every_block_is_well_formed_whatever_strangers_call_their_stores(monkeypatch, form):
    told = made(monkeypatch, form)
    assert told == made(monkeypatch, form)
    for name, data in parts(told).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
    assert len(told) < 200_000


@FORMATS
def test_no_story_is_a_document_too(monkeypatch, form):
    for told in ([], [blocks().Section("Alone")]):
        assert parts(made(monkeypatch, form, told=told))


@FORMATS
@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("no.{}", None, "no template"),
        ("text.{}", b"not an archive", "not a document"),
        ("empty.{}", b"", "not a document"),
        ("page.html", b"<p>", "for this format"),
    ],
)
def test_a_template_that_is_none_is_refused(monkeypatch, tmp_path, form, name, data, why):
    file = tmp_path / name.format(form)
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(SettingsError, match=why):
        made(monkeypatch, form, template=str(file))


@FORMATS
def test_an_archive_of_something_else_is_refused(monkeypatch, tmp_path, form):
    file = tmp_path / f"other.{form}"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(SettingsError, match="not a document"):
        made(monkeypatch, form, template=file)


@FORMATS
def test_a_bomb_is_not_unpacked(monkeypatch, tmp_path, form):
    file = tmp_path / f"bomb.{form}"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(3):
            archive.writestr(f"word/{at}.xml", bytes(2**26))
    with pytest.raises(SettingsError, match="larger"):
        made(monkeypatch, form, template=file)


@FORMATS
def test_entities_are_refused(monkeypatch, tmp_path, form):
    held = parts(made(monkeypatch, form))
    name = "word/document.xml" if form == "docx" else "content.xml"
    end = held[name].index(b"?>") + 2
    held[name] = held[name][:end] + b'<!DOCTYPE x [<!ENTITY a "b">]>' + held[name][end:]
    file = packed(tmp_path / f"entities.{form}", held)
    with pytest.raises(SettingsError, match="not a document"):
        made(monkeypatch, form, template=file)


@FORMATS
def test_a_folder_is_no_template(monkeypatch, tmp_path, form):
    folder = tmp_path / f"folder.{form}"
    folder.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        made(monkeypatch, form, template=folder)


@FORMATS
def test_of_two_templates_each_format_takes_its_own(monkeypatch, tmp_path, form):
    files = [packed(tmp_path / f"t.{f}", parts(made(monkeypatch, f))) for f in MODULES]
    assert made(monkeypatch, form, template=files)


@FORMATS
def test_a_document_of_ours_is_a_template_whose_body_is_made_anew(monkeypatch, tmp_path, form):
    first = made(monkeypatch, form)
    file = packed(tmp_path / f"ours.{form}", parts(first))
    again = made(monkeypatch, form, "fr", template=file)
    name = "word/document.xml" if form == "docx" else "content.xml"
    held, before = parts(again)[name], parts(first)[name]
    assert held.count(b"Who signs") == before.count(b"Who signs")
    names = re.findall(rb'bookmark(?:Start|-start)?\s[^>]*(?:w|text):name="([^"]+)"', held)
    assert len(names) == len(set(names))
    if form == "odt":
        own = [s.get(n("style:name")) for f in ("content.xml", "styles.xml")
               for s in tree(again, f).iter(n("style:style"))]  # fmt: skip
        assert len(own) == len(set(own))
        assert parts(again)["styles.xml"].count(b'style:name="Audit_20_Wide"') == 1


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(SettingsError) as refused:
        made(monkeypatch, "docx")
    assert "office" in refused.value.hint


def packed(file: Any, held: dict[str, bytes]) -> Any:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return file


# ---------------------------------------------------------------------- DOCX


def test_word_headings_stand_in_order_under_one_title(monkeypatch):
    document = opened(made(monkeypatch, "docx"))
    names = [p.style.name for p in document.paragraphs if re.match("Heading|Title", p.style.name)]
    levels = [1, 2, 1, 2, 2, 3, 1, 1]
    assert names == ["Title", *(f"Heading {level}" for level in levels)]
    used = {p.style.name for p in document.paragraphs}
    assert {"List Bullet", "List Number", "Caption", "toc 1", "Audit Warning"} <= used
    assert {t.style.name for t in document.tables} == {"Audit Table"}


@BOTH
def test_word_speaks_the_language_everywhere(monkeypatch, lang):
    told = made(monkeypatch, "docx", lang)
    document, held = opened(told), parts(told)
    assert document.core_properties.language == SPOKEN[lang]
    assert document.core_properties.title == headline(lang)
    assert str(document.core_properties.created)[:10] == "2026-11-22"
    spoken = re.findall(rb'<w:(?:lang|themeFontLang)[^>]*w:val="([^"]*)"', b"".join(held.values()))
    assert {s.decode() for s in spoken} == {SPOKEN[lang]}


def test_word_tables_say_which_row_is_their_head(monkeypatch):
    document = opened(made(monkeypatch, "docx"))
    heads = [
        [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows][:2]
        for table in document.tables
    ]
    forms = [not head[0] for head in heads]
    assert forms == [True] + [False] * (len(heads) - 1)
    assert not any(head[1] for head in heads)
    captions = [t._tbl.find(f".//{qn('w:tblCaption')}").get(qn("w:val")) for t in document.tables]
    assert captions[:3] == ["Who signs", "Stores", "Empty"]
    widths = [int(c.get(qn("w:w"))) for c in document.tables[1]._tbl.tblGrid]
    assert widths[0] == pytest.approx(3 * widths[1], abs=3)


def test_word_says_what_is_left_out(monkeypatch):
    document = opened(made(monkeypatch, "docx"))
    assert len(document.tables[-1].rows) == 501
    assert "140" in document.paragraphs[-1].text


def test_word_keeps_names_as_text_and_nothing_else(monkeypatch):
    document = opened(made(monkeypatch, "docx"))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Name")
    shown = [row.cells[0].text for row in table.rows[1:]]
    for name, cell in zip(NASTY, shown, strict=True):
        if len(name) < 1000 and name.isprintable():
            assert cell == name
    assert "(9,000 more characters)" in "".join(shown)
    root = document.element
    codes = [e.text.split()[0] for e in root.iter(qn("w:instrText"))]
    assert codes == ["TOC"]
    assert list(root.iter(qn("w:fldSimple"))) == []
    assert all(link.get(qn("r:id")) is None for link in root.iter(qn("w:hyperlink")))
    outside = [r for r in document.part.rels.values() if r.is_external]
    assert outside == []


def test_word_fields_to_complete_are_controls_under_their_keys(monkeypatch):
    root = opened(made(monkeypatch, "docx")).element
    tags = [e.get(qn("w:val")) for e in root.iter(qn("w:tag"))]
    assert tags.count(KEY) == 2 * len(NASTY)
    assert tags.count("c.n") == 1
    ids = [sdt.find(f".//{qn('w:id')}").get(qn("w:val")) for sdt in root.iter(qn("w:sdt"))]
    assert len(set(ids)) == len(ids)
    assert all(
        sdt.find(f".//{qn('w:showingPlcHdr')}") is not None for sdt in root.iter(qn("w:sdt"))
    )
    names = [e.get(qn("w:name")) for e in root.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 for name in names)
    assert {"S0", "S1", "A", "B"} <= set(names)


def test_a_long_key_fits_in_a_tag(monkeypatch):
    b = blocks()
    keys = [f"treatments.{'🎉' * 60}.{at}" for at in range(2)]
    told = [b.Section("S", (b.Fields(tuple(("L", b.Blank("x", key)) for key in keys)),))]
    root = opened(made(monkeypatch, "docx", told=told)).element
    tags = [e.get(qn("w:val")) for e in root.iter(qn("w:tag"))]
    assert len(set(tags)) == 2
    assert all(len(tag.encode("utf-16-le")) <= 128 for tag in tags)


def test_word_contents_lead_to_their_titles_before_word_makes_them_again(monkeypatch):
    root = opened(made(monkeypatch, "docx")).element
    links = [(e.get(qn("w:anchor")), "".join(t.text for t in e.iter(qn("w:t"))))
             for e in root.iter(qn("w:hyperlink"))]  # fmt: skip
    assert [text for _, text in links] == ["Summary", "Form", NASTY[0], "Many"]
    names = {e.get(qn("w:name")) for e in root.iter(qn("w:bookmarkStart"))}
    assert {anchor for anchor, _ in links} <= names


def test_word_wide_tables_lie_and_every_page_has_its_number(monkeypatch):
    document = opened(made(monkeypatch, "docx"))
    wide = [section.page_width > section.page_height for section in document.sections]
    assert wide == [False, True, False]
    for section in document.sections:
        assert "PAGE" in section.footer._element.xml
        assert headline("en") in section.header._element.xml


def test_word_figures_say_what_they_show_and_have_their_table(monkeypatch):
    told = made(monkeypatch, "docx")
    root = opened(told).element
    drawn = list(root.iter(qn("wp:docPr")))
    assert {d.get("descr") for d in drawn} == {'A map of "places" <here>'}
    assert [name for name in parts(told) if name.endswith(".svg")] == [
        "word/media/audit-figure1.svg"
    ]
    assert b"image/svg+xml" in parts(told)["[Content_Types].xml"]
    blips = [e.get(qn("r:embed")) for e in root.iter(qn("a:blip"))]
    kinds = [opened(told).part.rels[b].target_part.content_type for b in blips]
    assert kinds == ["image/png", "image/svg+xml"]  # Word's own, then everybody else's
    assert b'xmlns:w15="' in parts(told)["word/document.xml"]


def test_word_template_keeps_its_styles_header_and_cover(monkeypatch, tmp_path):
    mine = docx.Document()
    mine.styles["Heading 1"].font.name = "Comic Sans MS"
    mine.sections[0].header.paragraphs[0].text = "CHU Lumière"
    mine.add_paragraph("Our cover")
    mine.core_properties.author = "Somebody"
    mine.save(tmp_path / "mine.docx")
    told = made(monkeypatch, "docx", template=tmp_path / "mine.docx")
    assert told == made(monkeypatch, "docx", template=tmp_path / "mine.docx")
    document = opened(told)
    assert document.styles["Heading 1"].font.name == "Comic Sans MS"
    assert {s.header.paragraphs[0].text for s in document.sections} == {"CHU Lumière"}
    assert document.paragraphs[0].text == "Our cover"
    assert document.paragraphs[1].style.name == "Title"
    assert "Audit Table" in {s.name for s in document.styles}
    assert document.sections[0].page_width == mine.sections[0].page_width


def test_word_template_whose_styles_have_other_ids_is_followed(monkeypatch, tmp_path):
    mine = docx.Document()
    mine.styles["Heading 1"].element.set(qn("w:styleId"), "Titre1")
    mine.styles["List Bullet"].element.getparent().remove(mine.styles["List Bullet"].element)
    mine.save(tmp_path / "mine.docx")
    document = opened(made(monkeypatch, "docx", template=tmp_path / "mine.docx"))
    first = next(p for p in document.paragraphs if p.text == "Summary" and p.style.name != "toc 1")
    assert first.style.style_id == "Titre1"
    assert "List Bullet" in {p.style.name for p in document.paragraphs}
    names = [s.name for s in document.styles]
    assert len(names) == len(set(names))


def test_word_template_without_numbering_gets_it(monkeypatch, tmp_path):
    mine = docx.Document()
    rels = mine.part.rels
    for id in [id for id, rel in rels.items() if rel.reltype.endswith("/numbering")]:
        del rels[id]
    mine.save(tmp_path / "mine.docx")
    document = opened(made(monkeypatch, "docx", template=tmp_path / "mine.docx"))
    numbered = [p for p in document.paragraphs if p.style.name == "List Number"]
    ids = [p._p.pPr.numPr.numId.val for p in numbered]
    assert ids[0] == ids[1] != ids[2]


# ---------------------------------------------------------------------- ODT


def test_open_headings_stand_in_order_and_their_styles_exist(monkeypatch):
    told = made(monkeypatch, "odt")
    root, styles = tree(told), tree(told, "styles.xml")
    levels = [int(h.get(n("text:outline-level"))) for h in root.iter(n("text:h"))]
    assert levels == [1, 2, 1, 2, 2, 3, 1, 1]
    known = {s.get(n("style:name")) for t in (root, styles) for s in t.iter(n("style:style"))}
    known |= {s.get(n("style:name")) for s in styles.iter(n("text:list-style"))}
    names = ("text:style-name", "table:style-name", "draw:style-name")
    used = {e.get(n(name)) for e in root.iter() for name in names} - {None}
    assert used <= known
    assert {"Title", "Caption", "List_20_Bullet", "Heading_20_1"} <= used


@BOTH
def test_open_speaks_the_language(monkeypatch, lang):
    told = made(monkeypatch, "odt", lang)
    properties = tree(told, "styles.xml").find(
        ".//style:default-style[@style:family='paragraph']/style:text-properties", NS
    )
    said = (properties.get(n("fo:language")), properties.get(n("fo:country")))
    assert "-".join(said) == SPOKEN[lang] == tree(told, "meta.xml").find(".//dc:language", NS).text
    assert tree(told, "meta.xml").find(".//dc:date", NS).text == "2026-11-22T00:00:00"
    assert tree(told, "meta.xml").find(".//dc:title", NS).text == headline(lang)


def test_open_archive_says_first_what_it_is_and_lists_its_parts(monkeypatch):
    told = made(monkeypatch, "odt")
    assert told[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    listed = re.findall(r'full-path="([^"]+)"', parts(told)["META-INF/manifest.xml"].decode())
    assert sorted(listed) == sorted({"/", *parts(told)} - {"mimetype", "META-INF/manifest.xml"})


def test_open_tables_say_which_row_is_their_head(monkeypatch):
    root = tree(made(monkeypatch, "odt"))
    tables = list(root.iter(n("table:table")))
    heads = [len(t.findall("table:table-header-rows/table:table-row", NS)) for t in tables]
    assert heads == [0] + [1] * (len(tables) - 1)
    assert [t.find("table:title", NS).text for t in tables][:3] == ["Who signs", "Stores", "Empty"]
    assert len(tables[-1].findall("table:table-row", NS)) == 500
    assert "140" in said(list(root.iter(n("text:p")))[-1])


def test_open_keeps_names_as_text_and_nothing_else(monkeypatch):
    root = tree(made(monkeypatch, "odt"))
    table = list(root.iter(n("table:table")))[1]
    shown = [said(row[0]) for row in table.findall("table:table-row", NS)]
    for name, cell in zip(NASTY, shown, strict=True):
        if len(name) < 1000 and name.isprintable():
            assert cell == name
    allowed = {"p", "h", "s", "span", "a", "list", "list-item", "tab", "bookmark", "bookmark-ref",
               "bookmark-start", "bookmark-end"}  # fmt: skip
    body = root.find("office:body/office:text", NS)
    inside = {
        e.tag.rpartition("}")[2] for e in body.iter() if e.tag.startswith(f"{{{NS['text']}}}")
    }
    assert {name for name in inside if not name.startswith(("table-of", "index-"))} <= allowed
    links = [a.get("{http://www.w3.org/1999/xlink}href") for a in root.iter(n("text:a"))]
    assert all(link.startswith("#_Toc") for link in links)


def test_open_fields_to_complete_are_under_their_keys(monkeypatch):
    root = tree(made(monkeypatch, "odt"))
    held = list(root.iter(n("loext:content-control")))
    tags = [e.get(n("loext:tag")) for e in held]
    assert tags.count(KEY) == 2 * len(NASTY)
    assert {said(e) for e in held} == {"to complete"}
    names = [e.get(n("text:name")) for e in root.iter(n("text:bookmark-start"))]
    assert len(names) == len(set(names)) == len(tags)


def test_open_contents_and_figures_and_pages(monkeypatch):
    told = made(monkeypatch, "odt")
    root = tree(told)
    entries = [said(e) for e in root.find(".//text:index-body", NS).findall("text:p", NS)]
    assert [e.rstrip("1") for e in entries] == ["Summary", "Form", NASTY[0], "Many"]
    frame = root.find(".//draw:frame", NS)
    assert frame.find("svg:desc", NS).text == 'A map of "places" <here>'
    assert parts(told)[frame[0].get("{http://www.w3.org/1999/xlink}href")].decode() == SVG
    masters = [s.get(n("style:master-page-name")) for s in root.iter(n("style:style"))]
    assert [m for m in masters if m] == ["Audit_20_Wide", "Standard"]
    pages = tree(told, "styles.xml").findall(".//style:master-page", NS)
    assert all(page.find(".//text:page-number", NS) is not None for page in pages)


def a_template(monkeypatch, **changed: tuple[str, str]) -> dict[str, bytes]:
    """A document as an office suite would write it, changed by each of these."""
    held = parts(made(monkeypatch, "odt", told=[]))
    for name, (old, new) in changed.items():
        text = held[f"{name}.xml"].decode()
        assert re.search(old, text)
        held[f"{name}.xml"] = re.sub(old, new.replace("\\", r"\\"), text, flags=re.DOTALL).encode()
    return held


def test_open_template_keeps_its_styles_header_and_cover(monkeypatch, tmp_path):
    held = a_template(
        monkeypatch,
        styles=(r'<text:p text:style-name="Header">.*?</text:p>', "<text:p>CHU Lumière</text:p>"),
        content=(r"<office:text>.*</office:text>",
                 "<office:text><text:p>Our cover</text:p></office:text>"),
    )  # fmt: skip
    held["styles.xml"] = re.sub(rb'<style:style style:name="Caption".*?</style:style>', b"",
                                held["styles.xml"])  # fmt: skip
    held["styles.xml"] = held["styles.xml"].replace(b'fo:font-size="16pt"', b'fo:font-size="33pt"')
    file = packed(tmp_path / "mine.odt", held)
    told = made(monkeypatch, "odt", "fr", template=file)
    assert told == made(monkeypatch, "odt", "fr", template=file)
    styles = parts(told)["styles.xml"].decode()
    assert 'fo:font-size="33pt"' in styles
    assert styles.count('style:name="Caption"') == styles.count('style:name="Title"') == 1
    assert 'fo:language="en"' not in styles
    root = tree(told, "styles.xml")
    first = root.find(".//style:master-page[@style:name='Standard']", NS)
    assert "CHU Lumière" in said(first)
    body = tree(told).find("office:body/office:text", NS)
    assert said(body[0]) == "Our cover"
    assert sum(h.get(n("text:outline-level")) == "1" for h in body.iter(n("text:h"))) == 4


def test_open_template_that_is_empty_leaves_nothing(monkeypatch, tmp_path):
    held = a_template(monkeypatch, content=(r"<office:text>.*</office:text>", "<office:text/>"))
    told = made(monkeypatch, "odt", template=packed(tmp_path / "mine.odt", held))
    body = tree(told).find("office:body/office:text", NS)
    assert body[0].get(n("text:style-name")) == "Title"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("styles", "AuditUpright", "nowhere"),
        ("styles", 'fo:page-width="210mm"', 'fo:page-width="wide"'),
        ("content", "</office:body>", ""),
        ("content", 'xmlns:text="[^"]*"', 'xmlns:text="urn:other"'),
    ],
)
def test_open_template_that_no_suite_wrote_is_refused(monkeypatch, tmp_path, name, old, new):
    held = a_template(monkeypatch)
    text = held[f"{name}.xml"].decode()
    assert re.search(old, text)
    held[f"{name}.xml"] = re.sub(old, new, text, count=1).encode()
    with pytest.raises(SettingsError, match="not a document"):
        made(monkeypatch, "odt", template=packed(tmp_path / "mine.odt", held))
