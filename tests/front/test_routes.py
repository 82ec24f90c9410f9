"""Every route of the application: axe finds nothing in four modes, nothing scrolls sideways, titles and focus are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import front_routes
import pytest
from e2e.api import Product
from e2e.estate import eventually
from front_estate import DAY
from front_tab import CONTRAST, FrontTab

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

NARROW = {"width": 320, "height": 800}
WIDTHS = (1280, 768, 390, 320)
EXAMPLES: dict[str, Callable[[Product], str]] = {
    "clients/:id": lambda product: f"/clients/{_first(product, 'clients')}",
    "clients/:id/modification": lambda product: f"/clients/{_first(product, 'clients')}/modification",
    "factures/(editeur)": lambda product: f"/factures/{product.draft(product.client())['id']}/modification",
    "factures/:id": lambda product: f"/factures/{_first(product, 'factures')}",
    "notifications/:id": lambda product: f"/notifications/{_notification(product)}",
    "paiements/:id": lambda product: f"/paiements/{_first(product, 'paiements')}",
    "relances/:id": lambda product: f"/relances/{_reminder(product)}",
    "relances/campagnes/:id": lambda product: f"/relances/campagnes/{_campaign(product)}",
    "relances/politiques/:id": lambda product: "/relances/politiques/standard",
    "supervision/traitements/:id": lambda product: (
        f"/supervision/traitements/{_first(product, 'jobs/executions')}"
    ),
}
"""One address for each pattern of the router that is none itself."""


FORGIVEN = {"supervision/disjoncteurs": (404,), "supervision/files": (404,)}
"""Answers that are no fault there: members without breakers or queues have none to tell of."""


def test_every_route_has_an_example() -> None:
    """A route that is new in the router's source is tried below, or this fails."""
    assert len(front_routes.patterns()) > 20
    assert {pattern for pattern in front_routes.patterns() if set(pattern) & set(":(")} <= EXAMPLES.keys()


@pytest.mark.parametrize("pattern", front_routes.patterns())
def test_it_is_accessible_and_fits(open_front: Any, product: Product, pattern: str) -> None:
    """Light, dark, forced colours, and text at 200 % in 320 pixels; four widths; a heading and a title of its own."""
    with open_front(_address(product, pattern)) as page:
        assert page.tab.title().endswith(" · Ressort") and page.tab.locator("main h1").count() == 1
        found = {"light": page.blemishes()}
        page.tab.emulate_media(color_scheme="dark")
        found["dark"] = page.violations(CONTRAST)
        page.tab.emulate_media(color_scheme="light", forced_colors="active")
        found["forced colours"] = page.violations(CONTRAST)
        page.tab.emulate_media(forced_colors="none")
        page.tab.set_viewport_size(NARROW)
        page.enlarge_text()
        found["text at 200 % in 320 pixels"] = page.violations(CONTRAST)
        page.enlarge_text(1)
        assert {mode: each for mode, each in found.items() if each} == {}
        assert _overflows(page) == {}
        page.forgive(*FORGIVEN.get(pattern, ()))


def _address(product: Product, pattern: str) -> str:
    return EXAMPLES[pattern](product) if pattern in EXAMPLES else f"/{pattern}"


def _overflows(page: FrontTab) -> dict[int, int]:
    found = {}
    for width in WIDTHS:
        page.tab.set_viewport_size({"width": width, "height": 800})
        page.settled()
        found[width] = page.overflow()
    return {width: pixels for width, pixels in found.items() if pixels}


def _first(product: Product, resource: str) -> str:
    return str(product.get(f"/{resource}", limit=1)["elements"][0]["id"])


def _notification(product: Product) -> str:
    """The mail of an invoice issued now: the ledger brings none."""
    client = product.client()
    product.post(f"/factures/{product.invoice(client)['id']}/envoi", status=202)
    found = eventually(
        lambda: product.every("/notifications", client_id=client["id"]), "the invoice's mail is there"
    )
    return str(found[0]["id"])


def _campaign(product: Product) -> int:
    """The run of today's reminders."""
    if not product.get("/jobs/relanceJob/executions")["elements"]:
        product.run("relanceJob", date_reference=DAY.isoformat())
    return int(product.get("/jobs/relanceJob/executions")["elements"][0]["id"])


def _reminder(product: Product) -> str:
    _campaign(product)
    return _first(product, "relances")
