"""A credit note on an issued invoice: some of its lines with the mouse, an amount without it."""

from __future__ import annotations

from typing import Any

import pytest
from e2e.api import Product

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

WHY = "Retour de marchandise"


@pytest.fixture
def invoice(product: Product) -> dict[str, Any]:
    """An invoice of 240.00 issued today."""
    return product.invoice(product.client())


def test_with_the_mouse(open_front: Any, product: Product, invoice: dict[str, Any]) -> None:
    """Half of the only line; the credit note is linked from the invoice, and shown with its own legal page."""
    with open_front(f"/factures/{invoice['id']}") as page:
        tab = page.tab
        tab.get_by_role("button", name="Faire un avoir").click()
        tab.get_by_role("radio", name="Des lignes").check()
        tab.get_by_role("textbox", name="Conseil").fill("0.5")
        tab.get_by_role("textbox", name="Motif, imprimé sur l'avoir").fill(WHY)
        tab.get_by_text("Total de l'avoir TTC : 120,00 €").wait_for()
        assert page.blemishes() == []
        tab.get_by_role("button", name="Émettre l'avoir").click()
        tab.get_by_role("link", name="Voir l'avoir AV-2026-").click()
        page.arrive("AV-2026-")
        legal = tab.frame_locator("iframe").first
        legal.get_by_text(WHY).first.wait_for()
        legal.get_by_text(invoice["numero"]).first.wait_for()
    _credited(product, invoice, 12000)


def test_with_the_keyboard_alone(open_keys: Any, product: Product, invoice: dict[str, Any]) -> None:
    """`a`, the amount with the keypad's dot, the reason, Ctrl+Enter."""
    with open_keys(f"/factures/{invoice['id']}") as keys:
        keys.press("a")
        keys.reach("radio", "Tout ce qui reste à créditer", back=True)
        keys.press("ArrowUp")
        keys.reach("textbox", "Montant TTC")
        keys.write("60.00")
        keys.reach("textbox", "Motif, imprimé sur l'avoir")
        keys.write(WHY)
        keys.see("Total de l'avoir TTC : 60,00 €")
        keys.press("Control+Enter")
        keys.reach("link", "Voir l'avoir AV-2026-")
        keys.press("Enter")
        keys.arrive("AV-2026-")
    _credited(product, invoice, 6000)


def _credited(product: Product, invoice: dict[str, Any], cents: int) -> None:
    """One credit note of that amount with the reason; the invoice owes so much less."""
    now = product.get(f"/factures/{invoice['id']}")
    assert (now["reste_centimes"], now["total_ttc_centimes"]) == (24000 - cents, 24000)
    notes = product.every("/factures", client_id=invoice["client_id"], type="AVOIR")
    assert [(note["total_ttc_centimes"], note["motif"]) for note in notes] == [(cents, WHY)]
