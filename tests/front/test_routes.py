"""Every route of the application: axe finds nothing in four modes, nothing scrolls sideways, titles and focus are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import front_routes
import pytest
from e2e.api import Product
from front_tab import CONTRAST, FrontTab

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

WIDTHS = (1280, 768, 390, 320)
EXAMPLES: dict[str, Callable[[Product], str]] = {
    "balance-agee": lambda product: "/balance-agee",
    "clients": lambda product: "/clients",
    "clients/:id": lambda product: f"/clients/{_first(product, 'clients')}",
    "clients/:id/modification": lambda product: f"/clients/{_first(product, 'clients')}/modification",
    "clients/nouveau": lambda product: "/clients/nouveau",
    "factures": lambda product: "/factures",
    "factures/:id": lambda product: f"/factures/{_first(product, 'factures')}",
    "paiements": lambda product: "/paiements",
    "paiements/:id": lambda product: f"/paiements/{_first(product, 'paiements')}",
    "paiements/nouveau": lambda product: "/paiements/nouveau",
    "supervision/registre": lambda product: "/supervision/registre",
}
"""One address for each pattern of the router."""


def test_every_route_has_an_example() -> None:
    """A route that is new in the router's source is tried below, or this fails."""
    assert sorted(EXAMPLES) == front_routes.patterns()


@pytest.mark.parametrize("pattern", sorted(EXAMPLES))
def test_it_is_accessible_and_fits(open_front: Any, product: Product, pattern: str) -> None:
    """Light, dark, forced colours and text at 200 %; four widths; a heading and a title of its own."""
    with open_front(EXAMPLES[pattern](product)) as page:
        assert page.tab.title().endswith(" · Ressort") and page.tab.locator("main h1").count() == 1
        found = {"light": page.blemishes()}
        page.tab.emulate_media(color_scheme="dark")
        found["dark"] = page.violations(CONTRAST)
        page.tab.emulate_media(color_scheme="light", forced_colors="active")
        found["forced colours"] = page.violations(CONTRAST)
        page.tab.emulate_media(forced_colors="none")
        page.enlarge_text()
        found["text at 200 %"] = page.violations(CONTRAST)
        page.enlarge_text(1)
        assert found == dict.fromkeys(found, [])
        assert _overflows(page) == {}


def _overflows(page: FrontTab) -> dict[int, int]:
    found = {}
    for width in WIDTHS:
        page.tab.set_viewport_size({"width": width, "height": 800})
        page.settled()
        found[width] = page.overflow()
    return {width: pixels for width, pixels in found.items() if pixels}


def _first(product: Product, resource: str) -> str:
    return str(product.get(f"/{resource}", limit=1)["elements"][0]["id"])
