"""What strangers wrote is text, wherever it stands, and the page asks nothing of anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.sdk import plain
from tests.reports.golden import LANGUAGES
from tests.reports.invented import FINDINGS

from .pages import HOSTILE, every_block, invented, until

BOTH = pytest.mark.parametrize("lang", LANGUAGES)


def named() -> tuple:
    return tuple(
        replace(FINDINGS[0], uid=name[:40] + str(n), rule=FINDINGS[0].rule, store=name,
                account=name, region=name, kind=name, waiver=name)
        for n, name in enumerate(HOSTILE)
    )  # fmt: skip


@BOTH
def test_names_in_the_story_do_nothing(opened, lang):
    tab = opened(every_block(lang))
    tab.wait_for_timeout(100)
    assert tab.title().startswith("Page ")
    assert tab.locator("img, iframe, object, svg script, svg style, svg image, svg a").count() == 0
    assert tab.get_by_text(HOSTILE[0], exact=True).count() > 1
    assert tab.evaluate("document.scripts.length") == 2


@BOTH
def test_names_in_the_table_do_nothing(opened, lang):
    found = named()
    tab = opened(invented(lang, found))
    assert tab.locator("#rows tbody tr:not(.spacer)").count() == len(found)
    assert HOSTILE[0] in tab.inner_text("#rows")
    for row in range(len(found)):
        tab.locator("#rows tbody tr:not(.spacer) a").nth(row).click()
        assert tab.locator("#one").is_visible()
        tab.locator("#one-close").click()
    for name in HOSTILE[:6]:
        tab.fill("#choose-text", name.replace("\u202e", "").replace("\u2066", "")[:12])
        tab.wait_for_timeout(200)
    tab.evaluate("location.hash = '#findings?text=<img src=x>&severity=\"><b>&sort=__proto__'")
    tab.wait_for_timeout(200)
    assert tab.locator("img").count() == 0
    assert "owned" not in tab.title()


def test_a_choice_of_a_strangers_account_is_found_again(opened):
    tab = opened(invented("en", named()))
    values = tab.evaluate(
        "[...document.querySelectorAll('#choose-account option')].map(o => o.value)"
    )
    assert len(values) == len(HOSTILE) + 1
    for value in values[1:]:
        tab.select_option("#choose-account", value)
        assert tab.inner_text("#count") == "Findings shown: 1 of 8"


def test_every_address_opens_its_own_finding(opened):
    found = named()
    tab = opened(invented("en", found))
    hashes = tab.evaluate("[...document.querySelectorAll('#rows a')].map(a => a.hash)")
    for hash, finding in zip(hashes, found, strict=True):
        tab.evaluate("hash => { location.hash = hash }", hash)
        tab.locator("#one").wait_for()
        assert plain(finding.store) in tab.text_content("#one")
        tab.keyboard.press("Escape")
        until(tab, "location.hash.startsWith('#findings')")


def test_a_name_of_ten_thousand_letters_keeps_a_row_a_row(opened):
    tab = opened(invented("en", named()))
    heights = tab.evaluate("[...document.querySelectorAll('#rows tbody tr:not(.spacer)')]"
                           ".map(r => Math.round(r.getBoundingClientRect().height))")  # fmt: skip
    assert len(set(heights)) == 1


def test_the_policy_stops_what_it_should(opened):
    tab = opened(every_block())
    tab.evaluate("""() => {
      const list = document.createElement("div");
      try { list.innerHTML = "<img src=x onerror=1>"; window.written = true } catch { }
      const style = document.createElement("div");
      style.setAttribute("style", "color: red");
    }""")
    assert tab.evaluate("window.written") is None
    told = tab.evaluate("window.refused")
    assert any("require-trusted-types-for" in said for said in told)
    tab.evaluate("window.refused.length = 0")
    opened.thrown.clear()


@BOTH
def test_the_same_report_gives_the_same_bytes(lang):
    assert every_block(lang) == every_block(lang)
    assert invented(lang) == invented(lang)
