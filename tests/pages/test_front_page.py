"""The page on 4200: what is running, the aged balance, and what it says when there is nothing or nobody."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pages_viewports import DESK, TELEPHONE

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("pages")]

EMPTY = {"au": "2026-11-20", "lignes": [], "totaux": []}
TRANCHES = ("non_echu", "de_1_a_30", "de_31_a_60", "de_61_a_90", "plus_de_90", "total")
LARGE = {
    "au": "2026-11-20",
    "lignes": [{"client_id": f"c{i}"} for i in range(1234)],
    "totaux": [
        {"devise": devise, **{f"{tranche}_centimes": 99_999_999_999 for tranche in TRANCHES}}
        for devise in ("EUR", "USD", "GBP")
    ],
}


def answering(balance: Any) -> Any:
    """Makes the page read this balance."""

    def prepare(tab: Any) -> None:
        tab.route(
            "**/api/balance-agee",
            lambda route: route.fulfill(
                status=200, content_type="application/json", body=json.dumps(balance)
            ),
        )

    return prepare


def test_the_real_estate_is_shown(open_page: Any, front: str, product: Any) -> None:
    """An invoice that was just issued is in the figures; every service answers; nothing is wrong."""
    client = product.client()
    invoice = product.invoice(client)
    with open_page(front) as page:
        page.tab.wait_for_selector("#balance:visible")
        cells = page.tab.locator("#balance tbody tr").first.locator("td").all_inner_texts()
        assert len(cells) == 6
        assert cells[-1].endswith("€")
        total = product.get("/balance-agee")["totaux"][0]["total_centimes"]
        shown = "".join(sign for sign in cells[-1] if sign.isdigit())
        assert int(shown) == total >= invoice["reste_centimes"]
        page.tab.wait_for_selector("#services li")
        services = page.tab.locator("#services li").all_inner_texts()
        assert len(services) == 5
        assert page.tab.locator("#services .absent").count() == 0
        assert page.violations() == []


@pytest.mark.parametrize("viewport", [DESK, TELEPHONE], ids=["desk", "telephone"])
@pytest.mark.parametrize("balance", [EMPTY, LARGE], ids=["empty", "large"])
def test_the_page_is_accessible_and_fits(open_page: Any, front: str, viewport: Any, balance: Any) -> None:
    """axe finds nothing, and the window never scrolls sideways: the table alone does."""
    with open_page(front, viewport=viewport, prepare=answering(balance)) as page:
        page.tab.wait_for_selector("#services li")
        if balance is EMPTY:
            page.tab.get_by_text("Aucune créance ouverte.").wait_for()
        else:
            page.tab.wait_for_selector("#balance:visible")
            assert "1 234 clients débiteurs" in " ".join(page.tab.locator("#compte").inner_text().split())
        assert page.violations() == []
        assert page.overflow() == 0


def test_while_it_reads_it_says_so(open_page: Any, front: str) -> None:
    """The status is there before the figures."""

    def slow(tab: Any) -> None:
        tab.route("**/api/balance-agee", lambda route: None)

    with open_page(front, prepare=slow) as page:
        assert page.tab.get_by_role("status").inner_text() == "Lecture de la balance…"
        assert page.violations() == []


def test_a_service_that_is_out_is_told_and_comes_back(open_page: Any, front: str) -> None:
    """A sentence instead of figures, in red and in words; the figures appear by themselves."""
    out = True

    def prepare(tab: Any) -> None:
        tab.clock.install()

        def handle(route: Any) -> None:
            if out:
                route.fulfill(status=503, content_type="application/problem+json", body="{}")
            else:
                route.fulfill(status=200, content_type="application/json", body=json.dumps(LARGE))

        tab.route("**/api/balance-agee", handle)

    with open_page(front, prepare=prepare) as page:
        page.tab.get_by_text("La balance ne peut pas être lue").wait_for()
        assert page.violations() == []
        out = False
        page.tab.wait_for_selector("#services li")
        page.tab.clock.run_for(6_000)
        page.tab.wait_for_selector("#balance:visible")
        assert page.tab.get_by_role("status").inner_text() == ""
        page.faults = [fault for fault in page.faults if "503 (Service Unavailable)" not in fault]


def test_the_keyboard_reaches_everything(open_page: Any, front: str) -> None:
    """The first stop is the link to the content, and the focus is always visible."""
    with open_page(front) as page:
        page.tab.keyboard.press("Tab")
        assert page.tab.evaluate("document.activeElement.textContent") == "Aller au contenu"
        assert page.tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        seen = set()
        for _ in range(8):
            page.tab.keyboard.press("Tab")
            seen.add(page.tab.evaluate("document.activeElement.textContent.trim()"))
        assert {"Registre des services", "Documents d’API (OpenAPI) et page d’essai"} <= seen


def test_the_links_lead_somewhere(open_page: Any, front: str) -> None:
    """Registry, configuration and health keep the host by which the page was reached."""
    with open_page(front) as page:
        links = page.tab.locator("main a").evaluate_all("links => links.map(link => link.href)")
        assert [link.split("/", 3)[2].split(":")[0] for link in links] == ["127.0.0.1"] * 4
        assert [link.split("/", 3)[2].split(":")[1] for link in links[:3]] == ["8761", "8888", "8080"]


def test_unknown_paths_get_the_page_and_unknown_calls_do_not(open_page: Any, front: str) -> None:
    """The application's own addresses work; below /api a 404 stays a 404."""
    with open_page(f"{front}/factures/quelconque") as page:
        assert page.tab.locator("h1").inner_text() == "Ressort"
        assert page.tab.evaluate("fetch('/api/rien').then(answer => answer.status)") == 404
        page.faults = [fault for fault in page.faults if "404 (Not Found)" not in fault]
