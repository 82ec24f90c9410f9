"""A reminder campaign from its dry run to its report, one client left out: with the mouse, and without it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from e2e.api import Product
from e2e.estate import Estate, eventually
from front_estate import DAY

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]


def test_with_the_mouse(open_front: Any, product: Product, estate: Estate) -> None:
    """A date, the message before it leaves, one box ticked, launched; the report says what became of each."""
    dry = _dry_run(product, DAY.isoformat())
    spared = dry[0]
    with open_front("/relances") as page:
        tab = page.tab
        tab.get_by_role("link", name="Simulation").click()
        page.arrive("Simulation des relances")
        tab.get_by_role("textbox", name="Date de référence").fill(f"{DAY:%d/%m/%Y}")
        tab.get_by_role("textbox", name="Comparer à").focus()
        tab.get_by_role("button", name=re.compile(rf"^À relancer\s+{len(dry)}$")).wait_for()
        page.settled()
        tab.get_by_role("checkbox", name=f"Exclure {spared['nom']}").click()
        why = tab.get_by_role("dialog", name=f"Exclure {spared['nom']}")
        why.get_by_role("combobox", name="Motif").fill("Accord en cours")
        why.get_by_role("button", name="Exclure", exact=True).click()
        tab.get_by_text("1 client exclu de cette campagne").first.wait_for()
        assert page.blemishes() == []
        tab.get_by_role("button", name="Lancer la campagne").click()
        tab.get_by_role("dialog").get_by_role("button", name=re.compile("^Envoyer")).click()
        page.arrive(f"Campagne du {DAY:%d/%m/%Y}")
        tab.get_by_role("status").filter(has_text="Terminé").first.wait_for()
        tab.get_by_role("listitem").filter(has_text="Accord en cours").wait_for()
        tab.get_by_role("button", name=re.compile("^Exclu par une personne")).click()
        tab.get_by_role("table", name=re.compile("n'a pas relancées")).get_by_text(
            "Accord en cours"
        ).first.wait_for()
        page.settled()
        assert page.blemishes() == []
    _sent(product, estate, dry, str(spared["client_id"]))


def test_with_the_keyboard_alone(open_keys: Any, product: Product, estate: Estate) -> None:
    """`g r`, `n`, down into the list, `x` leaves one out and takes it in again, Ctrl+Enter twice."""
    dry = _dry_run(product, DAY.isoformat())
    with open_keys("/factures") as keys:
        keys.press("g", "r")
        keys.arrive("Relances")
        keys.press("n")
        keys.arrive("Simulation des relances")
        keys.press("ArrowDown", "x")
        keys.write("Accord en cours")
        keys.press("Enter")
        keys.see("1 client exclu de cette campagne")
        keys.press("x")
        keys.thing("region", "Clients exclus").wait_for(state="hidden")
        keys.press("Control+Enter")
        keys.thing("dialog", "Lancer la campagne").wait_for()
        keys.press("Control+Enter")
        keys.arrive("Campagne du 20/11/2026")
        keys.page(lambda page: page.tab.get_by_role("status").filter(has_text="Terminé").first.wait_for())
    _sent(product, estate, dry)


def _dry_run(product: Product, day: str) -> list[dict[str, Any]]:
    dry = product.post("/relances/simulation", {"date_reference": day}, status=200)
    found = sorted(dry["relances"], key=lambda each: str(each["nom"]))
    assert found
    return list(found)


def _sent(product: Product, estate: Estate, dry: list[dict[str, Any]], spared: str = "") -> None:
    """Everybody of the dry run has the reminder, at that level, but the client left out."""
    run = product.get("/jobs/relanceJob/executions")["elements"][0]
    assert run["statut"] == "COMPLETED"
    made = product.every("/relances", execution_id=run["id"])
    wanted = {(each["client_id"], each["niveau"]) for each in dry if each["client_id"] != spared}
    assert {(each["client_id"], each["niveau"]) for each in made} == wanted
    mailed = [each["destinataire"]["email"] for each in made if each["niveau"] < 4]
    eventually(lambda: all(estate.mails_to(address) for address in mailed), "every mail has left")
