"""One estate with the real ledger on 20 November 2026, and tabs that fail on anything a user should not get."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

import front_dist  # noqa: E402
from e2e.api import Product  # noqa: E402
from e2e.estate import Estate  # noqa: E402
from front_estate import Day, estate_of, take_over  # noqa: E402
from front_images import with_fonts  # noqa: E402
from front_keys import Keys  # noqa: E402
from front_tab import FrontTab  # noqa: E402
from pages.witness import chromium  # noqa: E402

DESK = {"width": 1280, "height": 800}
Open = Callable[..., AbstractContextManager[FrontTab]]


@pytest.fixture(scope="session")
def dist() -> Path:
    """The built front."""
    return front_dist.dist()


@pytest.fixture(scope="session")
def day() -> Day:
    """The clock of the members."""
    return Day()


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory, dist: Path, day: Day) -> Iterator[Estate]:
    """Every member on its embedded defaults, the real ledger taken over."""
    running = estate_of(tmp_path_factory.mktemp("front"), dist, day)
    try:
        running.start()
        take_over(Product(running.api))
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def product(estate: Estate) -> Product:
    """The API, through the gateway."""
    return Product(estate.api)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium with one font, started once per file: its loop must be gone before other files start theirs."""
    with chromium(with_fonts(tmp_path_factory.mktemp("fonts"))) as started:
        yield started


@pytest.fixture
def open_front(browser: Any, request: pytest.FixtureRequest, day: Day) -> Open:
    """Opens an address of the front of `estate`, if not another, in a browser of its own as a context manager; at its end
    nothing may have been noticed, and nothing personal may be in the browser's storage."""

    @contextmanager
    def opened(
        path: str = "/",
        *,
        keyboard_only: bool = False,
        prepare: Any = None,
        estate: Estate | None = None,
        **context: Any,
    ) -> Iterator[FrontTab]:
        settings = {
            "locale": "fr-FR",
            "timezone_id": "Europe/Paris",
            "viewport": DESK,
            "reduced_motion": "reduce",
        }
        port = (estate or request.getfixturevalue("estate")).front_port
        own = browser.new_context(**settings | context)
        try:
            own.clock.install(time=day.now())
            tab = FrontTab(own.new_page(), base=f"http://127.0.0.1:{port}")
            tab.watch(keyboard_only=keyboard_only)
            if prepare is not None:
                prepare(tab.tab)
            tab.go(path)
            yield tab
            tab.faults += tab.stored()
            tab.forgive()
        finally:
            own.close()
        assert tab.faults == []

    return opened


@pytest.fixture
def open_keys(open_front: Open) -> Callable[..., Any]:
    """The same for a person without a mouse: what is opened gives a keyboard and eyes, and nothing else."""

    @contextmanager
    def opened(path: str = "/", **context: Any) -> Iterator[Keys]:
        with open_front(path, keyboard_only=True, **context) as page:
            yield Keys(page)

    return opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what the members complained of."""
    report = yield
    estate = getattr(item, "funcargs", {}).get("estate")
    if report.failed and isinstance(estate, Estate):
        report.sections.append((f"complaints in {estate.state / 'logs'}", estate.complaints()))
    return report
