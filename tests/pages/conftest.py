"""A whole estate on free ports, and a real browser that notices every fault of the pages it opens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from e2e import kinds  # noqa: E402
from e2e.api import Product  # noqa: E402
from e2e.estate import Estate  # noqa: E402
from pages_viewports import DESK  # noqa: E402

from ressort.testing.parts import executable  # noqa: E402

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Witness:
    """A tab, and what went wrong in it: script errors, console errors, requests that left this machine."""

    tab: Any
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.tab.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.tab.on("console", self._console)
        self.tab.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:")):
            self.faults.append(f"elsewhere: {request.url}")

    def violations(self) -> list[tuple[str, list[Any]]]:
        """What axe finds, with the places."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.tab).response["violations"]
        return [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found]

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.tab.evaluate(width))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, started once per file: left open, its loop would stand in the way of other files' loops."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable("chromium"), args=list(OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Both colour schemes."""
    return str(request.param)


@pytest.fixture
def open_page(browser: Any, scheme: str) -> Iterator[Callable[..., Any]]:
    """Opens an address in a new tab as a context manager; no fault may have been noticed at its end."""

    @contextmanager
    def opened(
        address: str, *, viewport: Any = DESK, prepare: Any = None, **context: Any
    ) -> Iterator[Witness]:
        own = browser.new_context(color_scheme=scheme, locale="fr-FR", viewport=viewport, **context)
        try:
            witness = Witness(own.new_page())
            witness.watch()
            if prepare is not None:
                prepare(witness.tab)
            witness.tab.goto(address)
            yield witness
        finally:
            own.close()
        assert witness.faults == []

    yield opened


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Every member, on its embedded defaults."""
    with kinds.embedded(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.fixture(scope="session")
def product(estate: Estate) -> Product:
    """The API, through the gateway."""
    return Product(estate.api)


@pytest.fixture(scope="session")
def front(estate: Estate) -> str:
    """The address of the front listener."""
    return f"http://127.0.0.1:{estate.front_port}"
