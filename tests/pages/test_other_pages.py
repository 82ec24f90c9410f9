"""The registry's page on 8761, the list of API documents and the page to try each of them."""

from __future__ import annotations

from typing import Any

import pytest
from pages_viewports import DESK, TELEPHONE

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("pages")]

SERVICES = ["client-service", "facture-service", "paiement-service", "notification-service", "batch"]
VIEWPORTS = pytest.mark.parametrize("viewport", [DESK, TELEPHONE], ids=["desk", "telephone"])


@VIEWPORTS
def test_the_registry_shows_the_real_estate(open_page: Any, estate: Any, viewport: Any) -> None:
    """Every member that registers is there, UP, on a page that is accessible and fits."""
    with open_page(estate.url("discovery"), viewport=viewport) as page:
        page.tab.wait_for_selector("tr.instance")
        text = page.tab.locator("main").inner_text().lower()
        assert [name for name in [*SERVICES, "gateway"] if name not in text] == []
        assert page.violations() == []
        assert page.overflow() == 0


@VIEWPORTS
def test_the_documents_are_listed(open_page: Any, front: str, viewport: Any) -> None:
    """One row per service, each with a page to try it."""
    with open_page(f"{front}/api-docs", viewport=viewport) as page:
        assert page.tab.locator("tbody tr").count() == len(SERVICES)
        assert page.tab.locator("html").get_attribute("lang") == "fr"
        assert page.violations() == []
        assert page.overflow() == 0


@pytest.mark.parametrize("service", SERVICES)
def test_each_api_can_be_tried_on_a_page(open_page: Any, front: str, service: str) -> None:
    """Reached from the list, with an operation open: accessible, and no wider than a telephone."""
    with open_page(f"{front}/api-docs", viewport=TELEPHONE) as page:
        page.tab.get_by_role("link", name=f"Essayer {service}").click()
        page.tab.wait_for_selector("details")
        page.tab.locator("details summary").first.click()
        assert page.violations() == []
        assert page.overflow() == 0


def test_a_call_of_the_page_goes_through_the_gateway(open_page: Any, front: str) -> None:
    """What one tries there really runs."""
    with open_page(f"{front}/api-docs/client-service/swagger-ui.html") as page:
        page.tab.locator("summary", has_text="/clients").filter(has_text="GET").first.click()
        box = page.tab.locator("details[open]").first
        box.get_by_role("button", name="Envoyer").click()
        page.tab.wait_for_selector("details[open] pre")
        assert "Réponse 200" in box.get_by_role("status").inner_text()


def test_each_service_serves_its_own_page(open_page: Any, estate: Any) -> None:
    """On its own port too."""
    for service in SERVICES:
        with open_page(f"{estate.url(service)}/swagger-ui.html") as page:
            page.tab.wait_for_selector("details")
            assert page.tab.locator("details").count() >= 3
