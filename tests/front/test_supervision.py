"""The registry's page: an instance goes out of service and comes back, and the gateway follows."""

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
        assert page.blemishes() == []
        tab.get_by_role("dialog").get_by_role("button", name="Mettre hors service").click()
        tab.get_by_text("imposé par un opérateur").wait_for()
        _answers(estate, 503)
        tab.get_by_role("button", name="Remettre en service").click()
        tab.get_by_role("dialog").get_by_role("button", name="Remettre en service").click()
        tab.get_by_text("imposé par un opérateur").wait_for(state="hidden")
        _answers(estate, 200)


def _answers(estate: Estate, status: int) -> None:
    url = f"{estate.api}/notifications?limit=1"
    eventually(lambda: requests.get(url, timeout=10).status_code == status, f"{url} answers {status}")
