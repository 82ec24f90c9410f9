"""One payment for three invoices, its surplus kept as the client's credit: with the mouse, and without it."""

from __future__ import annotations

from typing import Any

import pytest
from e2e.api import Product
from e2e.estate import Estate, eventually
from front_keys import Keys

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

RECEIVED = "500"
SURPLUS = "80,00"


@pytest.fixture
def owed(product: Product) -> dict[str, Any]:
    """A client that owes 240.00, 120.00 and 60.00."""
    client = product.client()
    return {
        "client": client,
        "invoices": [product.invoice(client, price) for price in ("200.00", "100.00", "50.00")],
    }


def test_with_the_mouse(open_front: Any, product: Product, estate: Estate, owed: dict[str, Any]) -> None:
    """From the list: entry, legal order by its button, saved."""
    with open_front("/paiements") as page:
        tab = page.tab
        tab.get_by_role("button", name="Saisir un paiement").click()
        page.arrive("Saisir un paiement")
        tab.get_by_role("textbox", name="Montant reçu").fill(RECEIVED)
        tab.get_by_role("combobox", name="Client").fill(owed["client"]["nom_affiche"])
        tab.get_by_role("option", name=f"{owed['client']['nom_affiche']} Paris").click()
        tab.get_by_role("textbox", name=f"À affecter à {owed['invoices'][2]['numero']}").wait_for()
        tab.get_by_role("button", name="Ordre légal").click()
        tab.get_by_text(f"{SURPLUS} € resteront au crédit du client").wait_for()
        tab.get_by_role("button", name="Enregistrer").click()
        tab.get_by_role("heading", name="Paiement de 500,00 € enregistré").wait_for()
        tab.get_by_role("link", name="Ouvrir le paiement").click()
        page.arrive("Paiement de 500,00 €")
        assert tab.get_by_role("row", name="FA-2026-").count() == 3
        assert page.blemishes() == []
    _paid(product, estate, owed)


def test_with_the_keyboard_alone(
    open_keys: Any, product: Product, estate: Estate, owed: dict[str, Any]
) -> None:
    """`g p`, `n`, Space in each cell, Ctrl+Enter; `n` begins another one with the amount's field."""
    with open_keys("/factures") as keys:
        _enter(keys, owed)
        keys.press("Control+Enter")
        keys.thing("heading", "Paiement de 500,00 € enregistré").wait_for()
        keys.press("n")
        keys.reach("textbox", "Montant reçu")
    _paid(product, estate, owed)


def _enter(keys: Keys, owed: dict[str, Any]) -> None:
    keys.press("g", "p")
    keys.arrive("Paiements")
    keys.press("n")
    keys.arrive("Saisir un paiement")
    keys.reach("textbox", "Montant reçu")
    keys.write(RECEIVED)
    keys.reach("combobox", "Client")
    keys.choose(owed["client"]["nom_affiche"])
    for invoice in owed["invoices"]:
        keys.reach("textbox", f"À affecter à {invoice['numero']}")
        keys.press("Space")
    keys.see(f"{SURPLUS} € resteront au crédit du client")


def _paid(product: Product, estate: Estate, owed: dict[str, Any]) -> None:
    """One payment, nothing left on the invoices, the surplus a credit of the client, one receipt in the mailbox."""
    client = owed["client"]
    assert [product.balance_of(invoice) for invoice in owed["invoices"]] == [0, 0, 0]
    payments = product.every("/paiements", client_id=client["id"])
    assert [(p["montant_centimes"], p["non_affecte_centimes"]) for p in payments] == [(50000, 8000)]
    mails = eventually(lambda: estate.mails_to(client["email"]), "the receipt's mail")
    assert len(mails) == 1 and "500,00" in mails[0].get_body(("plain",)).get_content()
