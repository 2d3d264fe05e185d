"""Who reads the page: with or without a script, by ear, by keyboard, on a telephone, on paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reports.golden import LANGUAGES

from .pages import every_block, invented, many, until

axe: Any = pytest.importorskip("axe_playwright_python.sync_playwright")

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
_WHOLE = "document.querySelectorAll('section').forEach(s => s.style.contentVisibility = 'visible')"


def faults(tab) -> list[tuple[str, str, list[str]]]:
    """What axe holds to be serious or critical, and where; of every rule that it has."""
    tab.evaluate(_WHOLE)
    found = axe.Axe().run(tab).response["violations"]
    return [
        (rule["id"], rule["impact"], [str(node["target"]) for node in rule["nodes"]][:5])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


@BOTH
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("made", [invented, every_block])
def test_axe_reports_nothing_serious(opened, made, scheme, lang):
    tab = opened(made(lang), color_scheme=scheme)
    assert faults(tab) == []
    tab.evaluate("document.querySelector('#rows a').click()")
    assert tab.locator("#one").is_visible()
    assert faults(tab) == []


@BOTH
def test_axe_reports_nothing_serious_without_a_script(opened, lang):
    """Axe is a script: the page is as it stands before its own has run."""
    page = every_block(lang).replace(b'id="packed">', b'id="packed" hidden>')
    tab = opened(page, viewport={"width": 320, "height": 700})
    tab.evaluate("document.getElementById('live').hidden = true;"
                 "document.documentElement.classList.remove('live')")  # fmt: skip
    assert tab.locator("#worst table").is_visible()
    assert faults(tab) == []


def test_axe_can_find_something(opened):
    tab = opened(every_block())
    tab.evaluate("document.querySelector('#choose-text').previousSibling.remove()")
    assert [id for id, _, _ in faults(tab)] == ["label"]


def test_without_a_script_the_page_is_whole(opened):
    tab = opened(invented(found=many(500)), java_script_enabled=False)
    assert tab.locator("#worst tbody tr").count() == 200
    assert tab.locator("#worst table").is_visible()
    assert tab.get_by_text("Rows not shown here: 300.").is_visible()
    assert not tab.locator("#live").is_visible()
    assert tab.locator("main h2").count() > 1


def test_with_a_script_the_plain_table_gives_way_except_on_paper(opened):
    tab = opened(invented(found=many(500)))
    assert not tab.locator("#worst").is_visible()
    assert tab.locator("#live").is_visible()
    tab.emulate_media(media="print")
    assert tab.locator("#worst").is_visible()
    assert not tab.locator("#live").is_visible()
    assert not tab.locator("nav").is_visible()


@pytest.mark.parametrize("width", [320, 360, 800, 1280, 2000])
@pytest.mark.parametrize("script", [True, False])
def test_no_page_scrolls_sideways(opened, width, script):
    tab = opened(every_block("fr"), viewport={"width": width, "height": 700},
                 java_script_enabled=script)  # fmt: skip
    box = tab.locator("html").bounding_box()
    assert box["width"] == width
    if script:
        tab.evaluate(_WHOLE)
        assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_headings_step_down_one_by_one_and_anchors_are_met_once(opened):
    tab = opened(every_block())
    levels = tab.evaluate(
        "[...document.querySelectorAll('h1, main :is(h2, h3, h4)')]"
        ".filter(h => !h.closest('dialog')).map(h => Number(h.tagName[1]))"
    )
    assert levels == [1, 2, 2, 3, 3, 2, 2]
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    sections = tab.evaluate("[...document.querySelectorAll('section')].map(s => s.id)")
    assert sections[:2] == ["summary", "S1"]
    assert sections[-2:] == ["findings-2", "findings"]  # ours was taken


@pytest.mark.parametrize("anchor", ["S1", "findings-2", "findings"])
def test_a_link_leads_to_its_section(opened, anchor):
    tab = opened(every_block(), f"#{anchor}")
    until(tab, "id => Math.abs(document.getElementById(id).getBoundingClientRect().top)"
                          " < 40", anchor)  # fmt: skip


def test_what_is_to_complete_looks_like_a_field(opened):
    tab = opened(every_block())
    blank = tab.locator(".blank").first
    assert blank.evaluate("e => getComputedStyle(e).borderStyle") == "dotted"
    assert blank.get_attribute("title") == "treatments.imaging.owner"


def test_the_first_tab_skips_to_the_content(opened):
    tab = opened(every_block())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_a_figure_is_an_image_with_a_name_and_ids_of_its_own(opened):
    tab = opened(every_block())
    svg = tab.locator("figure svg")
    assert svg.count() == 2
    assert tab.get_by_role("img", name="Path").count() == 2
    assert svg.first.evaluate("s => getComputedStyle(s.querySelector('text')).fill") == (
        "rgb(17, 17, 17)"
    )
    markers = tab.evaluate(
        "[...document.querySelectorAll('line')]"
        ".map(l => document.querySelector(l.getAttribute('marker-end').slice(4, -1))"
        " === l.closest('svg').querySelector('marker'))"
    )
    assert markers == [True, True]
