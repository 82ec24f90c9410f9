"""The estate's pages: an instance goes out of service and comes back, a breaker is forced, and the gateway follows."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from e2e.estate import Estate, eventually

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

SERVICE = "notification-service"


def test_an_instance_goes_out_of_service_and_comes_back(open_front: Any, estate: Estate) -> None:
    """Asked first and told what it means; the registry says so, nothing reaches the instance; then all as before."""
    with open_front("/supervision/registre") as page:
        tab = page.tab
        row = tab.get_by_role("row", name=SERVICE).first
        row.get_by_role("button", name=f"Instances de {SERVICE}").click()
        tab.get_by_role("button", name="Mettre hors service").click()
        tab.get_by_text("C'est la seule instance en service").wait_for()
        tab.get_by_role("dialog").get_by_label("Motif").fill("essai du mercredi")
        assert page.blemishes() == []
        tab.get_by_role("dialog").get_by_role("button", name="Mettre hors service").click()
        tab.get_by_text("imposé par un opérateur").wait_for()
        _answers(estate, 503)
        tab.get_by_role("button", name="Remettre en service").click()
        tab.get_by_role("dialog").get_by_label("Motif").fill("essai du jeudi")
        tab.get_by_role("dialog").get_by_role("button", name="Remettre en service").click()
        tab.get_by_text("imposé par un opérateur").wait_for(state="hidden")
        acts = tab.get_by_role("table", name="Actes des opérateurs")
        acts.get_by_role("row", name="hors service").filter(has_text="essai du mercredi").wait_for()
        acts.get_by_role("row", name="remise en service").filter(has_text="essai du jeudi").wait_for()
        assert page.blemishes() == []
        _answers(estate, 200)


def test_a_breaker_is_forced_with_a_reason_and_an_end(open_front: Any, estate: Estate) -> None:
    """The gateway's own, without the mouse: nothing passes, the gateway keeps reason and hour; closed again, all passes."""
    requests.get(f"{estate.api}/notifications?limit=1", timeout=10)
    address = "/supervision/disjoncteurs?application=gateway"
    with open_front(address, keyboard_only=True) as page:
        tab = page.tab
        row = tab.get_by_role("row").filter(
            has=tab.get_by_role("rowheader", name="notifications", exact=True)
        )
        row.get_by_role("button", name="Forcer").press("Enter")
        asked = tab.get_by_role("dialog")
        asked.get_by_role("button", name="Ouvrir de force").press("Enter")
        asked.get_by_text("Dites pourquoi").wait_for()
        asked.get_by_label("Motif").press_sequentially("essai du lundi")
        asked.get_by_label("Durée").select_option("5m")
        assert page.blemishes() == []
        tab.keyboard.press("Control+Enter")
        row.get_by_text("motif : essai du lundi").wait_for()
        row.get_by_text("jusqu'à").first.wait_for()
        row.locator("summary").press("Enter")
        row.get_by_role("table").wait_for()
        assert page.blemishes() == []
        _answers(estate, 503)
        row.get_by_role("button", name="Forcer").press("Enter")
        asked.get_by_role("button", name="Fermer le disjoncteur").press("Enter")
        row.get_by_text("motif : essai du lundi").wait_for(state="hidden")
        _answers(estate, 200)


def test_an_instance_is_evicted_and_comes_back(open_front: Any, estate: Estate) -> None:
    """Told that one that lives comes back, asked why, without the mouse; it is gone, then registered anew by itself."""
    before = _registered(estate)
    with open_front(f"/supervision/registre?depliees={SERVICE}", keyboard_only=True) as page:
        tab = page.tab
        evict = tab.get_by_role("button", name="Désinscrire")
        evict.press("Enter")
        asked = tab.get_by_role("dialog")
        asked.get_by_text("elle revient d'elle-même").wait_for()
        asked.get_by_label("Motif").press_sequentially("essai du mardi")
        assert page.blemishes() == []
        tab.keyboard.press("Control+Enter")
        asked.wait_for(state="hidden")
        evict.wait_for(state="visible")
        _answers(estate, 200)
        page.forgive(404)  # the page may ask the registry for its lease while it is gone
        eventually(lambda: _registered(estate) not in (None, before), "registered anew")


def _registered(estate: Estate) -> int | None:
    """When the registry took the instance in; None while it does not know it."""
    url = f"{estate.url('discovery')}/eureka/apps/{SERVICE}"
    found = requests.get(url, headers={"Accept": "application/json"}, timeout=10)
    if found.status_code == 404:
        return None
    (instance,) = found.json()["application"]["instance"]
    return int(instance["leaseInfo"]["registrationTimestamp"])


def _answers(estate: Estate, status: int) -> None:
    url = f"{estate.api}/notifications?limit=1"
    eventually(lambda: requests.get(url, timeout=10).status_code == status, f"{url} answers {status}")
