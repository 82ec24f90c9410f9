"""Twelve pages in both themes, as somebody has looked at them. An estate of its own: nobody else changes what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e.api import Product
from e2e.estate import Estate, eventually
from front_estate import Day, estate_of, take_over
from front_images import compare

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front-images")]

NAME = "Ateliers Réunis"


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory, dist: Path, day: Day) -> Iterator[Estate]:
    """The real ledger, one client more with a draft and an invoice that was mailed."""
    running = estate_of(tmp_path_factory.mktemp("still"), dist, day)
    try:
        running.start()
        product = Product(running.api)
        take_over(product)
        _seed(product)
        yield running
    finally:
        running.stop()


PAGES: dict[str, Callable[[Product], str]] = {
    "tableau-de-bord": lambda product: "/tableau-de-bord",
    "clients": lambda product: "/clients?tri=nom_affiche",
    "client": lambda product: f"/clients/{_debtor(product)}",
    "client-saisie": lambda product: "/clients/nouveau",
    "factures": lambda product: "/factures?onglet=en-retard&tri=numero",
    "facture": lambda product: f"/factures/{_first(product, '/factures', onglet='en-retard', tri='numero')}",
    "facture-saisie": lambda product: (
        f"/factures/{_first(product, '/factures', onglet='brouillons')}/modification"
    ),
    "paiements": lambda product: "/paiements?tri=reference",
    "paiement-saisie": lambda product: f"/paiements/nouveau?client={_debtor(product)}",
    "balance-agee": lambda product: "/balance-agee",
    "notifications": lambda product: "/notifications",
    "relances-simulation": lambda product: "/relances/simulation",
}
MOVING = {"facture": ("su le",), "notifications": ("20/11/2026 10:",)}
"""What shows a time of day, or depends on one, by its text."""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_it_looks_as_it_was_looked_at(
    open_front: Any, browser: Any, still: Estate, tmp_path: Path, name: str, theme: str
) -> None:
    """0.2 % of the pixels at most are others; what shows the time of day is covered."""
    address = PAGES[name](Product(still.api))
    with open_front(address, estate=still, color_scheme=theme) as page:
        covered = [page.tab.get_by_text(each) for each in MOVING.get(name, ())]
        if name == "facture":
            covered.append(page.tab.frame_locator("iframe").get_by_text("Empreinte"))
        picture = page.tab.screenshot(mask=covered, mask_color="#888", animations="disabled")
    compare(browser, f"{name}-{theme}", picture, tmp_path)


def _seed(product: Product) -> None:
    client = product.client(raison_sociale=NAME, email="compta@reunis.example")
    prices = ("200.00", "1250.50", "89.90")
    lines = [
        {
            "designation": f"Conseil, lot {n}",
            "quantite": str(n),
            "prix_unitaire_ht": price,
            "taux_tva": "20.0",
        }
        for n, price in enumerate(prices, 1)
    ]
    product.post("/factures", {"client_id": client["id"], "lignes": lines})
    product.post(f"/factures/{product.invoice(client)['id']}/envoi", status=202)
    eventually(lambda: product.get("/notifications", limit=1, onglet="en-file")["total"] == 0, "all is sent")


def _debtor(product: Product) -> str:
    """The client who owes most for longest."""
    rows = product.get("/balance-agee")["lignes"]
    return str(max(rows, key=lambda row: (row["total_centimes"], row["client_id"]))["client_id"])


def _first(product: Product, path: str, **filters: str) -> str:
    return str(product.get(path, limit=1, **filters)["elements"][0]["id"])
