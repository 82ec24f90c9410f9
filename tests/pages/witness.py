"""A tab of a real browser that notices every fault of the pages it opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ressort.testing.parts import executable

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AXE = {"resultTypes": ["violations"]}


@contextmanager
def chromium(environ: dict[str, str] | None = None) -> Iterator[Any]:
    """The installed Chromium, in the tests' own environment if not another, closed at the end: left open, its loop would stand in the way of other files' loops."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable("chromium"), args=list(OPTIONS), env=environ
        )
        yield browser
        browser.close()


@dataclass
class Witness:
    """A tab, and what went wrong in it: script errors, console errors, requests that left this machine."""

    tab: Any
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Notice everything from now on."""
        self.tab.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.tab.on("console", self._console)
        self.tab.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:")):
            self.faults.append(f"elsewhere: {request.url}")

    def violations(self, rules: tuple[str, ...] = ()) -> list[tuple[str, list[Any]]]:
        """What axe finds, with the places; by these rules only when some are given."""
        from axe_playwright_python.sync_playwright import Axe

        options = _AXE | ({"runOnly": list(rules)} if rules else {})
        found = Axe().run(self.tab, options=options).response["violations"]
        return [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found]

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.tab.evaluate(width))
