"""The table of findings: it filters, sorts, scrolls and is linked to; by keyboard alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .pages import invented, many, until

MANY = many(1200)


@pytest.fixture(scope="module")
def page() -> bytes:
    return invented(found=MANY)


def count(tab) -> str:
    return tab.inner_text("#count")


def column(tab, name: str, most: int = 5) -> list[str]:
    """The first cells in sight of a column."""
    return tab.evaluate(
        "([name, most]) => { const at = [...document.querySelectorAll('#rows th')]"
        ".findIndex(h => h.dataset.column === name);"
        "return [...document.querySelectorAll('#rows tbody tr:not(.spacer)')].slice(0, most)"
        ".map(r => r.cells[at].textContent) }",
        [name, most],
    )


def focused(tab) -> str:
    return tab.evaluate("document.activeElement.id || document.activeElement.textContent")


def test_it_filters_and_sorts_by_keyboard_alone(opened, page):
    tab = opened(page, "#findings")
    assert count(tab) == "Findings shown: 1,200 of 1,200"
    tab.focus("#choose-text")
    tab.keyboard.type("elan")  # without its accent, nor its capital
    tab.keyboard.press("Tab")
    assert focused(tab) == "choose-severity"
    tab.keyboard.press("ArrowDown")
    until(tab, "document.getElementById('count').textContent.includes(': 300 of')")
    assert count(tab) == "Findings shown: 300 of 1,200"
    while focused(tab) != "Data store":
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    chosen = sorted(f.store for f in MANY if f.severity == "blocking")
    assert column(tab, "store") == chosen[:5]
    tab.keyboard.press("Enter")
    assert column(tab, "store") == chosen[::-1][:5]
    sorts = tab.evaluate("[...document.querySelectorAll('#rows th')].map(h => h.ariaSort)")
    assert sorts == ["none"] * 3 + ["descending"] + ["none"] * 5
    assert tab.evaluate("location.hash") == ("#findings?severity=blocking&text=elan&sort=-store")


def test_each_filter_says_what_is_chosen(opened, page):
    tab = opened(page)
    for name, key, kept in (
        ("severity", "minor", [f for f in MANY if f.severity == "minor"]),
        ("rule", "SHR001", [f for f in MANY if f.rule == "SHR001"]),
        ("outcome", "undetermined", [f for f in MANY if f.outcome == "undetermined"]),
        ("health", "no_sign", [f for f in MANY if f.health == "no_sign"]),
        ("account", f"{7:012}", [f for f in MANY if f.account == f"{7:012}"]),
    ):
        tab.select_option(f"#choose-{name}", f"={key}")
        assert count(tab) == f"Findings shown: {len(kept)} of 1,200"
        told = tab.inner_text(f"#choose-{name} option[value='={key}']")
        assert told.endswith(f"({len(kept)})")
        tab.click("#choose-all")
    assert count(tab) == "Findings shown: 1,200 of 1,200"
    assert tab.get_by_role("combobox", name="Severity").count() == 1


def test_an_address_keeps_what_was_chosen(opened, page):
    tab = opened(page, "#findings?rule=RES001&text=box&sort=-account&health=gone")
    kept = [f for f in MANY if f.rule == "RES001"]
    assert count(tab) == f"Findings shown: {len(kept)} of 1,200"
    assert tab.input_value("#choose-text") == "box"
    assert tab.input_value("#choose-rule") == "=RES001"
    assert tab.input_value("#choose-health") == "*"
    assert column(tab, "account", 1) == [max(f.account for f in kept)]
    tab.evaluate("location.hash = '#findings?severity=info'")
    until(tab, "document.getElementById('count').textContent.includes(': 300 of')")


def test_an_address_opens_one_finding_and_its_end_gives_the_focus_back(opened, page):
    one = MANY[776]
    tab = opened(page, f"#finding-{one.uid}")
    assert tab.locator("#one").is_visible()
    assert one.store in tab.inner_text("#one")
    assert "Statement of KEY001" in tab.inner_text("#one-title")
    tab.keyboard.press("Escape")
    assert not tab.locator("#one").is_visible()
    assert tab.evaluate("document.activeElement.hash") == f"#finding-{one.uid}"
    assert tab.evaluate("document.activeElement.closest('tr').ariaRowIndex") == "778"


def test_an_address_of_a_finding_that_is_not_there_opens_nothing(opened, page):
    tab = opened(page, "#finding-%3Cscript%3E")
    assert not tab.locator("#one").is_visible()
    assert count(tab) == "Findings shown: 1,200 of 1,200"


def test_arrows_go_from_row_to_row_and_one_tab_leaves(opened, page):
    tab = opened(page)
    tab.focus("#rows tbody a[tabindex='0']")
    places = []
    for key in ("ArrowDown", "ArrowDown", "PageDown", "End", "ArrowUp", "Home", "ArrowUp"):
        tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement.tagName") == "A", key
        places.append(int(tab.evaluate("document.activeElement.closest('tr').ariaRowIndex")))
        box = tab.evaluate(
            "(() => { const r = document.activeElement.getBoundingClientRect(),"
            "a = document.getElementById('rows').getBoundingClientRect(),"
            "h = document.querySelector('#rows thead').getBoundingClientRect();"
            "return [r.top >= h.bottom - 1, r.bottom <= a.bottom + 1] })()"
        )
        assert box == [True, True], key
    assert places == [3, 4, 14, 1201, 1200, 2, 2]
    assert tab.locator("#rows tbody a[tabindex='0']").count() == 1
    tab.keyboard.press("Tab")
    assert not tab.evaluate("document.getElementById('rows').contains(document.activeElement)")


def test_enter_opens_the_whole_finding_and_keeps_its_address(opened, page):
    tab = opened(page)
    tab.focus("#rows tbody a[tabindex='0']")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert tab.locator("#one dt").all_inner_texts()[:3] == ["Severity", "Rule", "Outcome"]
    assert tab.evaluate("location.hash") == f"#finding-{MANY[1].uid}"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert focused(tab) == "one-close"
    tab.keyboard.press("Enter")
    assert not tab.locator("#one").is_visible()
    assert tab.evaluate("location.hash") == "#findings"


def test_a_focus_that_scrolls_away_stays_in_the_table(opened, page):
    tab = opened(page)
    tab.focus("#rows tbody a[tabindex='0']")
    tab.evaluate("document.getElementById('rows').scrollTop = 40000")
    until(tab, "document.activeElement.id === 'rows'")


def test_only_what_deviates_and_is_not_accepted_is_shown_by_its_severity(opened):
    found = (MANY[0], MANY[1], replace(MANY[2], waiver="w"))
    tab = opened(invented(found=found))
    marks = "[...document.querySelectorAll('{} tbody tr:not(.spacer)')].map(r => r.className)"
    assert [f.outcome for f in found] == ["undetermined", "deviates", "deviates"]
    assert tab.evaluate(marks.format("#rows")) == ["", "blocking", ""]
    assert tab.evaluate(marks.format("#worst")) == ["", "blocking", ""]


def test_no_row_is_told_too(opened, page):
    tab = opened(page, "#findings?text=nothing-is-called-so")
    assert count(tab) == "Findings shown: 0 of 1,200"
    assert tab.locator("#rows tbody tr:not(.spacer)").count() == 0
    assert tab.get_attribute("#rows table", "aria-rowcount") == "1"
    tab = opened(invented(found=()))
    assert count(tab) == "Findings shown: 0 of 0"


def test_a_hundred_thousand_rows_can_be_used(opened):
    found = many(100_000)
    page = invented(found=found)
    assert len(page) < 3_000_000
    tab = opened(page)
    assert tab.get_attribute("#rows table", "aria-rowcount") == "100001"
    assert tab.locator("#rows tbody tr").count() < 60
    tab.focus("#rows tbody a[tabindex='0']")
    tab.keyboard.press("End")
    assert tab.evaluate("document.activeElement.hash") == f"#finding-{found[-1].uid}"
    assert tab.evaluate("document.activeElement.closest('tr').ariaRowIndex") == "100001"
    tab.click("#rows th[data-column=store] button")
    assert column(tab, "store", 2) == ["acme:box:Élan-000000", "acme:box:Élan-000001"]
    tab.fill("#choose-text", "elan-04242 blocking")
    kept = [f for f in found if "Élan-04242" in f.store and f.severity == "blocking"]
    until(tab, "n => document.getElementById('count').textContent.includes(': ' + n + ' of')",
                          str(len(kept)))  # fmt: skip
    tab.evaluate(f"location.hash = '#finding-{found[54_321].uid}'")
    tab.locator("#one").wait_for()
    assert found[54_321].store in tab.inner_text("#one")
