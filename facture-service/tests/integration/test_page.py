"""The legal page in a real browser: readable by everybody, on paper and on a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from facture_service.adapters.document_html import page_html
from facture_service.application.creer_avoir import DemandeAvoir

NAVIGATEUR = "/usr/bin/chromium"
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)


@pytest.mark.part("chromium")
def test_pages_have_no_accessibility_fault_and_fit_a_telephone(creer_monde: Any, tmp_path: Path) -> None:
    """Invoice, credit note and draft pass axe, and never scroll sideways on 360 pixels."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    monde = creer_monde("memoire")
    facture = monde.emise(monde.ligne("1234567.891234"), numero_commande="C" * 120)
    avoir = monde.cas.creer_avoir(facture.id, DemandeAvoir("erreur"))
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=NAVIGATEUR, args=list(OPTIONS))
        page = navigateur.new_page(viewport={"width": 360, "height": 800})
        for document in (facture, avoir, monde.brouillon()):
            fichier = tmp_path / f"{document.id}.html"
            fichier.write_text(page_html(monde.apercu(document)), encoding="utf-8")
            page.goto(fichier.as_uri())
            fautes = [v["id"] for v in Axe().run(page).response["violations"]]
            assert fautes == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        navigateur.close()
