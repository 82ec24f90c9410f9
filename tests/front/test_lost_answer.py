"""An answer that never arrives though the server has done what was asked: one payment, whatever is tried again."""

from __future__ import annotations

from typing import Any

import pytest
from e2e.api import Product

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

UNKNOWN = "Résultat inconnu, vérification en cours"


class LostAnswers:
    """Lets the server answer `count` times, and keeps the answers from the page."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.keys: list[str] = []

    def __call__(self, route: Any) -> None:
        """Handle a request to `/api/paiements`."""
        if route.request.method == "POST":
            self.keys.append(route.request.headers["idempotency-key"])
            if self.left > 0:
                self.left -= 1
                assert route.fetch().status == 201
                return route.abort("connectionreset")
        return route.continue_()


@pytest.fixture
def invoice(product: Product) -> dict[str, Any]:
    """An invoice of 240.00 issued today."""
    return product.invoice(product.client())


def test_the_page_finds_out_by_itself(open_front: Any, product: Product, invoice: dict[str, Any]) -> None:
    """« Résultat inconnu », never « échec »; the same key again until the answer is known."""
    lost = LostAnswers(2)
    with open_front(f"/paiements/nouveau?facture={invoice['id']}") as page:
        tab = page.tab
        tab.route("**/api/paiements", lost)
        tab.get_by_role("button", name="Enregistrer").click()
        tab.get_by_text(UNKNOWN).wait_for()
        assert page.blemishes() == []
        tab.get_by_role("heading", name="Paiement de 240,00 € enregistré").wait_for()
        page.forgive_lost_answers()
    assert len(lost.keys) == 3 and len(set(lost.keys)) == 1
    payments = product.every("/paiements", client_id=invoice["client_id"])
    assert [payment["montant_centimes"] for payment in payments] == [24000]
    assert product.balance_of(invoice) == 0


def test_a_reload_in_between_repeats_the_same_key(open_front: Any, product: Product) -> None:
    """F5 before the answer is known, the same typed again: the server knows it already."""
    lost, client = LostAnswers(1), product.client()
    with open_front(f"/paiements/nouveau?client={client['id']}") as page:
        tab = page.tab
        tab.route("**/api/paiements", lost)
        tab.on("dialog", lambda asked: asked.accept())
        tab.get_by_role("textbox", name="Montant reçu").fill("75")
        tab.get_by_role("button", name="Enregistrer").click()
        tab.get_by_text(UNKNOWN).wait_for()
        tab.reload()
        page.settled()
        tab.get_by_role("textbox", name="Montant reçu").fill("75")
        tab.get_by_role("button", name="Enregistrer").click()
        tab.get_by_role("heading", name="Paiement de 75,00 € enregistré").wait_for()
        page.forgive_lost_answers()
    assert len(set(lost.keys)) == 1
    assert [p["montant_centimes"] for p in product.every("/paiements", client_id=client["id"])] == [7500]
