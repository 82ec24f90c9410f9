"""facture-service is killed while somebody works: the pages say so, keep what is typed, and recover by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from e2e.api import Product
from e2e.estate import Estate, eventually
from front_outage import outage

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

OUT = "facture-service ne répond pas"


@pytest.fixture(autouse=True)
def routed(estate: Estate) -> Any:
    """Nobody after these tests meets a gateway that has not yet seen the member come back."""
    yield
    estate.until_routed()


def test_a_list_keeps_its_rows_greyed_with_their_age(open_front: Any, estate: Estate) -> None:
    """Banner, age, grey rows that stay; when the service is back all three go without a hand."""
    with open_front("/factures?onglet=a-echoir") as page:
        tab = page.tab
        before = tab.locator("tbody tr").first.inner_text()
        with outage(estate, "facture-service"):
            tab.get_by_role("button", name="Total TTC").click()
            tab.get_by_text(f"{OUT} depuis").wait_for()
            tab.get_by_text("Chiffres de").wait_for()
            assert tab.locator(".perime tbody tr").first.inner_text() == before
            assert page.blemishes() == []
        tab.locator(".perime").first.wait_for(state="hidden")
        tab.get_by_text(OUT).first.wait_for(state="hidden")
        page.settled()
        assert tab.locator("tbody tr").first.inner_text() != before
        page.forgive(503)


def test_a_page_opened_meanwhile_says_why_it_is_empty(open_front: Any, estate: Estate) -> None:
    """No figures that look like figures; the page fills by itself."""
    with open_front("/paiements") as page:
        with outage(estate, "facture-service"):
            page.tab.get_by_role("link", name="Balance âgée").click()
            page.tab.get_by_text(f"{OUT} depuis").wait_for()
            page.tab.get_by_role("button", name="Réessayer").first.wait_for()
            assert page.tab.get_by_role("table").count() == 0
            assert page.blemishes() == []
        page.tab.get_by_text("Contrôle juste").wait_for()
        page.tab.get_by_text(OUT).first.wait_for(state="hidden")
        page.forgive(503)


def test_a_payment_being_entered_is_kept_and_the_truth_is_told(
    open_front: Any, product: Product, estate: Estate
) -> None:
    """Killed between two fields: nothing typed is lost, 202 is told as what it is, and the money arrives."""
    client = product.client()
    invoice = product.invoice(client)
    with open_front(f"/paiements/nouveau?facture={invoice['id']}") as page:
        tab = page.tab
        tab.get_by_role("textbox", name="Référence").fill("VIR-2026-11")
        with outage(estate, "facture-service"):
            tab.get_by_role("button", name="Ordre légal").click()
            tab.get_by_text(OUT).first.wait_for()
            assert tab.get_by_role("textbox", name="Référence").input_value() == "VIR-2026-11"
            assert tab.get_by_role("textbox", name="Montant reçu").input_value() == "240,00"
            tab.get_by_role("button", name="Enregistrer").click()
            tab.get_by_role("heading", name="gardé, sera affecté au retour de facture-service").wait_for()
            assert page.blemishes() == []
        page.forgive(503)
    [payment] = product.every("/paiements", client_id=client["id"])
    eventually(
        lambda: product.get(f"/paiements/{payment['id']}")["etat"] == "CONFIRME", "the payment is CONFIRME"
    )
    assert product.balance_of(invoice) == 0
