"""A real Chromium, and pages opened in it that tell whatever they should not have done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .pages import until

sync_api: Any = pytest.importorskip("playwright.sync_api")

_HEARD = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(
  event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of the machine; that it is missing is a failure, not a reason to skip."""
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opener:
    """Opens pages, and keeps what they asked of anybody, what they threw, what was refused."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self._browser, self._folder, self._contexts = browser, folder, list[Any]()
        self.asked: list[str] = []
        self.thrown: list[str] = []

    def __call__(self, page: bytes, fragment: str = "", **more: Any) -> Any:
        """A tab with this page, once it can be used; `more` is of the browser's context."""
        path = self._folder / f"page-{len(self._contexts)}.html"
        path.write_bytes(page)
        context = self._browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **more})
        self._contexts.append(context)
        tab = context.new_page()
        tab.add_init_script(_HEARD)
        tab.on("request", lambda request: self.asked.append(request.url))
        tab.on("pageerror", lambda error: self.thrown.append(str(error)))
        tab.on("console", self._heard)
        tab.goto(path.as_uri() + fragment)
        if more.get("java_script_enabled", True):
            until(tab, "performance.getEntriesByName('usable').length")
        return tab

    def _heard(self, said: Any) -> None:
        if said.type == "error":
            self.thrown.append(said.text)

    def close(self) -> None:
        """Every tab is closed; none may have asked for anything but itself, nor failed."""
        refused = []
        for context in self._contexts:
            for tab in context.pages:
                if tab.evaluate("typeof window.refused === 'object'"):
                    refused += tab.evaluate("window.refused")
            context.close()
        assert [url for url in self.asked if not url.startswith("file:")] == []
        assert len({url.partition("#")[0] for url in self.asked}) <= len(self._contexts)
        assert self.thrown == []
        assert refused == []


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Opener]:
    """What opens pages, and asserts at the end that they were quiet."""
    opener = Opener(chromium, tmp_path)
    yield opener
    opener.close()
