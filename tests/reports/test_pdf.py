"""The PDF, read by a reader that is not its writer: its marks, its texts, its attachment."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from auditor.sdk import SettingsError
from auditor.words import Words

from .golden import LANGUAGES, renderers
from .invented import ALIGNMENT, FINDINGS, HEADER, HOSTILE, STORES, SUMMARY, Kept, report

blocks: Any = import_module("auditor.reports._blocks")
pdf: Any = import_module("auditor.reports.pdf")
fold: Any = import_module("auditor.reports._typst_text")
tables: Any = import_module("auditor.reports._typst_table")

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><rect width="200" height="60" '
    'fill="#eee"/><text x="5" y="20" font-family="sans-serif">Espace 漢 😀</text></svg>'
)
MARKUP = (
    "*gras* $ x $ #lower(\"A\") ~ -- ...",
    "#strong[x] *b* _i_ $a^2$ @ref <label> = title",
    "#read(\"/etc/passwd\") \\ // /* ```",
    "{{ 7 * 7 }} {% include 'x' %}",
    "#import \"@preview/x:1.0.0\"; ~ -- ... 'q' \"q\"",
    *HOSTILE[:2],
)  # fmt: skip
STRANGE = (
    "مرحبا بالعالم", "שלום עולם", "漢字テスト", "😀👩‍💻🇫🇷", "नमस्ते", "ไทย", "0ً", "x\u0301\u0323",
    "a\u0338\u20dd", "☃\u0901",
    "\U000e0041", "\ud800", "🄰②", "A\ufe0f", "\x1b[31m\x00", "\u202egnp",
)  # fmt: skip


class Told(Kept):
    """A judgement without a plan nor a past."""

    def plan(self) -> None: ...

    def history(self) -> tuple[()]:
        return ()


def made(lang: str = "fr", of: Any = None) -> bytes:
    return renderers()["pdf"].render(of or report(Told()), Words(lang))  # type: ignore[return-value]


def told(*sections: Any, lang: str = "fr") -> bytes:
    return pdf.document(report(Told()), Words(lang), sections)


@cache
def of_report(lang: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made(lang)))


def read(document: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(document))


def tags(of: pikepdf.Pdf) -> list[Any]:
    """Every structure element, in reading order."""

    def below(node: Any) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from below(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            yield from below(node.get("/K"))

    return list(below(of.Root.StructTreeRoot.K))


def named(of: pikepdf.Pdf, *names: str) -> list[Any]:
    return [tag for tag in tags(of) if str(tag.S)[1:] in names]


def attachment(of: pikepdf.Pdf) -> bytes:
    return bytes(of.attachments["report.json"].get_file().read_bytes())


def titles(of: pikepdf.Pdf) -> list[str]:
    return [str(tag.T) for tag in named(of, "H1", "H2", "H3")]


def paper(title: str = "T", *inside: Any, level: int = 2, mark: str = "") -> Any:
    return blocks.Section(title, tuple(inside), level, mark)


# ---------------------------------------------------------------------- what it declares


@BOTH
def test_it_declares_both_standards_its_language_and_its_title(lang):
    found = of_report(lang)
    with found.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"]
    assert str(found.Root.Lang) == lang
    assert found.Root.MarkInfo.Marked is True
    assert found.Root.ViewerPreferences.DisplayDocTitle is True
    assert "/OutputIntents" in found.Root


@BOTH
def test_nothing_in_it_acts_or_calls(lang):
    root = of_report(lang).Root
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root.keys())
    assert "/JavaScript" not in root.Names
    links = [a for page in of_report(lang).pages for a in page.get("/Annots", [])]
    assert links
    assert all("/Dest" in a or str(a.A.S) == "/GoTo" for a in links)


@BOTH
def test_every_font_is_inside(lang):
    found = of_report(lang)
    described = [
        one for one in found.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]  # fmt: skip
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)


@BOTH
def test_headings_go_down_one_step_at_a_time(lang):
    levels = [int(str(tag.S)[2]) for tag in named(of_report(lang), "H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@BOTH
def test_every_table_has_its_headers(lang):
    found = named(of_report(lang), "Table")
    assert len(found) > 5
    for table in found:
        parts = [str(part.S) for part in table.K if isinstance(part, pikepdf.Dictionary)]
        assert "/THead" in parts
    assert all("Column" in str(tag.A) for tag in named(of_report(lang), "TH"))


def test_same_report_same_bytes_and_no_clock():
    assert made("fr") == made("fr")
    with of_report("en").open_metadata() as about:
        assert about["xmp:CreateDate"].startswith(SUMMARY.as_of.isoformat())


# ---------------------------------------------------------------------- what is attached


@BOTH
def test_the_numbers_are_attached(lang):
    found = of_report(lang)
    assert [str(one.AFRelationship) for one in found.Root.AF] == ["/Data"]
    assert str(found.Root.AF[0].EF.F.Subtype) == "/application/json"
    assert list(found.attachments) == ["report.json"]
    data = json.loads(attachment(found))
    assert data["summary"]["stores"] == SUMMARY.stores
    assert data["run"]["run"] == HEADER["run"]
    assert len(data["alignment"]["items"]) == len(ALIGNMENT.items)
    assert set(data) == {
        "lang", "run", "summary", "reaches", "changes", "alignment", "plan",
    }  # fmt: skip


def test_what_is_attached_does_not_grow_with_the_findings():
    few, many = (
        attachment(read(made("en", report(Told(found=FINDINGS * n))))) for n in (1, 200)
    )  # fmt: skip
    assert few == many


# ---------------------------------------------------------------------- every block


def test_every_block_is_told():
    table = blocks.Table("Cap", ("A", "B"), (("x", blocks.Blank("à compléter", "k")),), 3)
    found = read(told(
        paper("S0", *(blocks.Text("Un texte.", look) for look in ("", "lead", "note", "warning"))),
        paper("S1", blocks.Items(("a", "b")), blocks.Items(("c",), True), level=3, mark="major"),
        paper("S2", blocks.Fields((("Nom", "x"), ("DPO", blocks.Blank("à compléter", "p"))), "F")),
        paper("S3", blocks.Figure("Carte", "Deux pays", SVG, table), level=4),
        paper("S4", blocks.Table("Rien", ("A",), ())),
    ))  # fmt: skip
    assert titles(found) == ["Sommaire", "S0", "S1", "S2", "S3", "S4"]
    assert [str(tag.S) for tag in named(found, "H1", "H2")][1:] == ["/H1", "/H2", "/H1", "/H2",
                                                                     "/H1"]  # fmt: skip
    assert [str(tag.Alt) for tag in named(found, "Figure")] == ["Deux pays"]
    assert len(named(found, "L")) == 2
    assert len(named(found, "TOCI")) == 3
    assert len(named(found, "Table")) == 2


def test_a_figure_without_a_drawing_is_told_in_words():
    empty = blocks.Table("Cap", ("A",), ())
    assert named(read(told(paper("S", blocks.Figure("C", "alt", "", empty)))), "Figure") == []


def test_many_columns_lie_on_a_landscape_page():
    columns = tuple(f"Colonne-{n:02}-large" for n in range(12))
    rows = (tuple("valeur" for _ in columns),)
    found = read(told(
        paper("A", blocks.Text("x")), paper("B", blocks.Table("Large", columns, rows)),
        paper("C", blocks.Table("Étroit", ("A", "B"), (("x", "y"),))),
    ))  # fmt: skip
    lying = [page.mediabox[2] > page.mediabox[3] for page in found.pages]
    assert lying == [False, False, True, False]  # a bare text goes with the table after it


def test_a_mark_is_said_where_no_word_beside_it_says_it():
    word = "blocking-fr"
    bare = blocks.Table("T", ("A",), (("x",),), 0, ("blocking",))
    said = blocks.Table("T", ("A",), ((f"{word} x",),), 0, ("blocking",))
    typst: Any = import_module("auditor.reports._typst")
    pages = typst.Pages(report(Told()), Words("fr"))
    shown = list(pages.sections([paper("S", bare, said, mark="blocking")]))
    assert [b["words"] for b in shown[0]["blocks"]] == [[word], [""]]
    assert shown[0]["word"] == word


def test_rows_that_are_not_shown_are_counted():
    many = tuple(replace(FINDINGS[0], uid=str(n)) for n in range(5000))
    found = read(made("en", report(Told(found=many))))
    assert len(named(found, "TR")) < 1000


def test_an_empty_report_is_told():
    nothing = replace(SUMMARY, stores=0, health={}, countries={}, reach={}, custody={},
                      outcomes={}, severities={}, undetermined=0, coverage={})  # fmt: skip
    kept = Told(found=(), seen=(), concluded=(), units=(), changed=None, aligned=None)
    assert len(read(made("fr", report(kept, nothing))).pages) > 2
    assert len(read(told()).pages) == 3


# ---------------------------------------------------------------------- strangers


def test_markup_of_strangers_is_text():
    """Whatever the names say, the document has the same parts."""
    found, bare = (read(told(*map(everywhere, names))) for names in (MARKUP, ["x"] * len(MARKUP)))
    assert titles(found)[1:] == list(MARKUP)
    assert [str(tag.S) for tag in tags(found)] == [str(tag.S) for tag in tags(bare)]
    assert list(found.attachments) == ["report.json"]


def everywhere(name: str) -> Any:
    """A section that says a name wherever one can stand."""
    table = blocks.Table(name, (name, "B"), ((name, blocks.Blank(name, name)), ("x", name)))
    fields = blocks.Fields(((name, name), (name, blocks.Blank(name, name))), name)
    said = (blocks.Text(name), blocks.Text(name, "warning"), blocks.Items((name,)), fields)
    return paper(name, *said, blocks.Figure(name, name, SVG, table))


@pytest.mark.parametrize("name", STRANGE, ids=ascii)
def test_what_no_font_shows_stops_no_document(name):
    row = blocks.Table(name, (name, "B"), ((name, f"a{name}b"),))
    figure = blocks.Figure(name, name, SVG.replace("漢", "x"), row)
    assert read(told(paper(name, blocks.Text(name), blocks.Items((name,)), figure)))


def test_two_names_that_no_font_shows_stay_two():
    assert fold.legible("漢") == "[U+6F22]" != fold.legible("字")
    assert fold.legible("é — « 12\u202f000 » →") == "é — « 12\u202f000 » →"
    assert fold.legible("e\u0301") == "é"
    assert fold.legible("مرحبا", careful=True).startswith("[U+0645]")


@pytest.mark.parametrize("look", ["", ", weight: 600", ", weight: 700", ', style: "italic"'])
def test_every_character_that_is_said_to_be_shown_is(look):
    """All of them in one document, alone and after a letter: a Typst that shows fewer is seen."""
    shown = [chr(code) for code in sorted(fold._shown()) if code > 32]
    assert len(shown) > 7000
    typst: Any = import_module("typst")
    source = (
        '#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))\n'
        f'#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"){look})\n#sys.inputs.all'
    )
    for each in (" ".join(shown), " ".join("a" + one for one in shown)):
        typst.compile(source.encode(), format="pdf", sys_inputs={"all": each},
                      pdf_standards=["ua-1", "a-3a"], ignore_system_fonts=True)  # fmt: skip


def test_names_of_10_000_characters_are_shortened_and_folded():
    cells = tuple(("n" * 10_000, name * 500) for name in HOSTILE)
    found = read(told(paper("n" * 10_000, blocks.Text("n" * 10_000),
                            blocks.Table("T", ("A", "B"), cells))))  # fmt: skip
    assert len(found.pages) < 20
    assert fold.short("n" * 10_000).count("n") < 1300
    assert fold.short("n" * 900) == "n" * 900


@pytest.mark.parametrize("name", [s.id for s in STORES] + ["arn:aws:s3:::" + "x" * 90, *MARKUP])
def test_a_long_id_breaks_and_is_copied_whole(name):
    parts = fold.foldable(name, 12)
    pieces = [piece for part in parts for piece in ([part] if isinstance(part, str) else part)]
    assert "".join(pieces) == name
    folded = [piece for part in parts if isinstance(part, list) for piece in part]
    assert max(map(len, folded), default=0) <= 12


def test_breaks_leave_no_sign_in_what_is_copied():
    table = blocks.Table("T", ("A", "B"), (("arn:aws:s3:::" + "patients_" * 30, "x"),))
    found = read(told(paper("S", table)))
    maps = [one.read_bytes() for one in found.objects
            if isinstance(one, pikepdf.Stream) and b"begincmap" in one.read_bytes()]  # fmt: skip
    assert maps
    assert not any(b"200B" in one or b"00AD" in one for one in maps)


# ---------------------------------------------------------------------- how tables lie


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (("12", "1\u202f234", "—"), True),
        (("3 %", "12,5 %", ""), True),
        (("5 Gio", "12 o"), True),
        (("123456789012",), False),
        (("2026-11-22",), False),
        (("", "—"), True),
        (("",), False),
        (("RES001", "3"), False),
    ],
)
def test_figures_stand_at_the_right(cells, figures):
    assert tables.figures_in(cells) is figures


def test_a_column_gets_the_room_that_its_words_ask():
    rows = (("RES001", "Un long texte qui demande beaucoup de place " * 3, "12"),) * 20
    narrow, text, count = tables.widths_of(blocks.Table("T", ("Règle", "Motif", "N"), rows), False)
    assert text > narrow > count
    asked = blocks.Table("T", ("A", "B"), (("x " * 200, blocks.Blank("à compléter", "k")),))
    assert tables.widths_of(asked, False)[1] > len("à compléter") + 4
    shared = blocks.Table("T", ("A", "B"), (), 0, (), (3, 1))
    assert tables.widths_of(shared, False)[0] == 3 * tables.LINE[False] // 4


@pytest.mark.parametrize("columns", [2, 14])
@pytest.mark.parametrize("cell", ["x", "texte " * 60, blocks.Blank("à compléter", "k")])
def test_what_stays_whole_fits_on_its_page(cell, columns):
    """However many rows a table has, none runs off the foot of its page."""
    for count in range(1, 26, 4):
        rows = ((cell,) * columns,) * count
        heads = tuple(f"Colonne-{n:02}" for n in range(columns))
        pages = read(
            told(paper("S", blocks.Text("x " * 900), blocks.Table("T", heads, rows)))
        ).pages
        for page in list(pages)[2:]:
            low = [float(op.operands[5]) for op in pikepdf.parse_content_stream(page)
                   if str(op.operator) == "cm"]  # fmt: skip
            assert min(low) > 20  # where the number of the page stands


# ---------------------------------------------------------------------- what may be missing


def test_a_library_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(SettingsError) as refused:
        made()
    assert "[pdf]" in refused.value.hint


def test_a_library_without_its_fonts_is_told(monkeypatch):
    bare = SimpleNamespace(Fonts=lambda **_: SimpleNamespace(families=list))
    monkeypatch.setitem(sys.modules, "typst", bare)
    with pytest.raises(SettingsError, match="Libertinus Serif"):
        made()
