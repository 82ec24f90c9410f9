"""A mail that a client says never came is sent again, with a reason: with the mouse, and without it."""

from __future__ import annotations

from typing import Any

import pytest
from e2e.api import Product
from e2e.estate import Estate, eventually

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

WHY = "Le client dit ne rien avoir reçu"


@pytest.fixture
def sent(product: Product, estate: Estate) -> dict[str, Any]:
    """The notification of an invoice's mail that has left; `email` is where it went."""
    client = product.client()
    product.post(f"/factures/{product.invoice(client)['id']}/envoi", status=202)

    def find() -> list[dict[str, Any]]:
        found = product.every("/notifications", client_id=client["id"])
        return [each for each in found if each["etat"] == "ENVOYEE"]

    [notification] = eventually(find, "the invoice's mail has left")
    assert len(estate.mails_to(client["email"])) == 1
    return notification | {"email": client["email"]}


def test_with_the_mouse(open_front: Any, estate: Estate, sent: dict[str, Any]) -> None:
    """The page says that the client has it already, and sends it all the same."""
    with open_front(f"/notifications/{sent['id']}") as page:
        tab = page.tab
        tab.get_by_role("button", name="Renvoyer…").click()
        dialog = tab.get_by_role("dialog")
        dialog.get_by_text("Le client l'a déjà").wait_for()
        dialog.get_by_role("textbox", name="Motif").fill(WHY)
        assert page.blemishes() == []
        dialog.get_by_role("button", name="Renvoyer").click()
        dialog.wait_for(state="hidden")
        _came_twice(estate, sent)


def test_with_the_keyboard_alone(open_keys: Any, estate: Estate, sent: dict[str, Any]) -> None:
    """`r`, the reason, Ctrl+Enter."""
    with open_keys(f"/notifications/{sent['id']}") as keys:
        keys.press("r")
        keys.see("Le client l'a déjà")
        keys.reach("textbox", "Motif")
        keys.write(WHY)
        keys.press("Control+Enter")
        keys.thing("dialog", "Renvoyer").wait_for(state="hidden")
        _came_twice(estate, sent)


def _came_twice(estate: Estate, sent: dict[str, Any]) -> None:
    eventually(lambda: len(estate.mails_to(sent["email"])) == 2, "the mail has left again")
