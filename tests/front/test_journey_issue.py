"""From nothing to an issued invoice that is on its way by mail: with the mouse, and without it."""

from __future__ import annotations

from typing import Any

import pytest
from e2e.api import Product
from e2e.estate import Estate, eventually
from front_keys import Keys

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

LINES = (("Pose de deux portes", "2", "100.50"), ("Déplacement", "1", "50"))
TOTAL, CENTS = "301,20 €", 30120
"""With 20 % VAT."""


@pytest.fixture
def client(product: Product) -> dict[str, Any]:
    """A client who has nothing yet."""
    return product.client()


def test_with_the_mouse(open_front: Any, product: Product, estate: Estate, client: dict[str, Any]) -> None:
    """List, editor, three panes, issued and mailed."""
    with open_front("/factures") as page:
        tab = page.tab
        tab.get_by_role("button", name="Nouvelle facture").click()
        page.arrive("Nouvelle facture")
        tab.get_by_role("combobox", name="Client").fill(client["nom_affiche"])
        tab.get_by_role("option", name=client["nom_affiche"]).click()
        for number, (what, quantity, price) in enumerate(LINES, 1):
            if number > 1:
                tab.get_by_role("button", name="Ajouter une ligne").click()
            tab.get_by_role("textbox", name=f"Désignation {number}").fill(what)
            tab.get_by_role("textbox", name=f"Quantité {number}").fill(quantity)
            tab.get_by_role("textbox", name=f"PU HT {number}").fill(price)
        tab.get_by_text(TOTAL).first.wait_for()
        assert page.blemishes() == []
        tab.get_by_role("button", name="Émettre…").click()
        dialog = tab.get_by_role("dialog")
        dialog.frame_locator("iframe").get_by_text(LINES[0][0]).first.wait_for()
        dialog.get_by_role("button", name="Émettre et envoyer").click()
        dialog.get_by_text("émise le 20/11/2026").wait_for()
        dialog.get_by_role("button", name="Voir la facture").click()
        page.arrive("FA-2026-")
    _issued(product, estate, client)


def test_with_the_keyboard_alone(
    open_keys: Any, product: Product, estate: Estate, client: dict[str, Any]
) -> None:
    """`g f`, `n`, Enter from cell to cell and into a new line, Ctrl+Enter twice."""
    with open_keys("/clients") as keys:
        keys.press("g", "f")
        keys.arrive("Factures")
        keys.press("n")
        keys.arrive("Nouvelle facture")
        keys.reach("combobox", "Client")
        keys.choose(client["nom_affiche"])
        keys.reach("textbox", "Désignation 1")
        for number, line in enumerate(LINES, 1):
            _type(keys, number, *line)
        keys.see(TOTAL)
        keys.press("Control+Enter")
        keys.see("2. Aperçu")
        keys.ready("Émettre et envoyer")
        keys.held("button", "Émettre et envoyer")
        keys.press("Control+Enter")
        keys.see("émise le 20/11/2026")
        keys.held("button", "Voir la facture")
        keys.press("Enter")
        keys.arrive("FA-2026-")
    _issued(product, estate, client)


def _type(keys: Keys, number: int, what: str, quantity: str, price: str) -> None:
    keys.write(what)
    keys.press("Enter")
    keys.replace(quantity)
    keys.press("Enter", "Enter")
    keys.replace(price)
    if number < len(LINES):
        keys.press("Enter", "Enter", "Enter")


def _issued(product: Product, estate: Estate, client: dict[str, Any]) -> None:
    """One invoice of that amount, with these lines, and one mail."""
    [invoice] = product.every("/factures", client_id=client["id"])
    assert (invoice["statut_document"], invoice["total_ttc_centimes"]) == ("EMISE", CENTS)
    lines = product.get(f"/factures/{invoice['id']}")["lignes"]
    assert [line["designation"] for line in lines] == [what for what, _, _ in LINES]
    mails = eventually(lambda: estate.mails_to(client["email"]), "the invoice's mail")
    assert len(mails) == 1 and invoice["numero"] in mails[0].as_string()
