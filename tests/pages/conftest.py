"""A whole estate on free ports, and a real browser that notices every fault of the pages it opens."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from e2e import kinds  # noqa: E402
from e2e.api import Product  # noqa: E402
from e2e.estate import Estate  # noqa: E402
from pages.witness import Witness, chromium  # noqa: E402
from pages_viewports import DESK  # noqa: E402


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, started once per file."""
    with chromium() as started:
        yield started


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
