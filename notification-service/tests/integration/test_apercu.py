"""What a reminder would say: read before it is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest


def relance(**champs: Any) -> dict[str, Any]:
    """A reminder as a simulation of batch gives it."""
    return {
        "type": "RelanceDemandee",
        "relance_id": "simulation",
        "client_id": "c1",
        "niveau": 2,
        "date_reference": "2026-11-20",
        "devise": "EUR",
        "politique": "standard",
        "version_politique": 1,
        "destinataire": {"nom": "Moulins", "email": None, "telephone": None, "langue": "fr"},
        "factures": [ligne()],
        "credits_centimes": 500,
        "total_du_centimes": 23_500,
        **champs,
    }


def ligne(**champs: Any) -> dict[str, Any]:
    """One of its invoices."""
    return {
        "facture_id": "f1",
        "numero": "FA-2026-000001",
        "cycle": 1,
        "niveau": 2,
        "date_emission": "2026-10-05",
        "date_echeance": "2026-11-04",
        "jours_retard": 16,
        "total_ttc_centimes": 24_000,
        "reste_centimes": 24_000,
        "interets_centimes": 137,
        "indemnite_centimes": 4_000,
        **champs,
    }


def apercevoir(http: Any, **champs: Any) -> Any:
    """Ask for it."""
    return http.client.post("/notifications/apercu", json=relance(**champs))


def test_a_reminder_is_read_as_it_would_be_sent(http: Any) -> None:
    """Subject, text and HTML; nothing is kept."""
    answer = apercevoir(http)
    assert answer.status_code == 200
    assert "second rappel, 235,00\u00a0€ à régler" in answer.json["sujet"]
    for forme in ("texte", "html"):
        assert "FA-2026-000001" in answer.json[forme]
        assert "Intérêts de retard courus à ce jour" in answer.json[forme]
    assert http.get("/notifications")["total"] == 0


def test_it_speaks_the_language_of_its_recipient_and_french_to_nobody(http: Any) -> None:
    """As the sending would."""
    anglais = {"nom": "Mills", "email": None, "telephone": None, "langue": "en"}
    assert "invoice" in apercevoir(http, destinataire=anglais).json["texte"].lower()
    assert apercevoir(http, destinataire=None).json["texte"].startswith("Bonjour,")


def test_what_it_is_given_is_escaped(http: Any) -> None:
    """A name is text, never markup."""
    html = apercevoir(http, factures=[ligne(numero="<b>1</b>")]).json["html"]
    assert "&lt;b&gt;1&lt;/b&gt;" in html


@pytest.mark.parametrize(
    ("champs", "pointer"),
    [
        ({"factures": []}, "/factures"),
        ({"factures": [ligne(date_echeance="hier")]}, "/factures/0/date_echeance"),
        ({"niveau": "2"}, "/niveau"),
        ({"type": "PaiementConfirme"}, "/type"),
        ({"inconnu": 1}, "/inconnu"),
    ],
)
def test_what_is_no_reminder_is_refused_at_its_field(http: Any, champs: Any, pointer: str) -> None:
    """All errors of the body, named."""
    answer = apercevoir(http, **champs)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def mettre_en_page(http: Any, relance: Any) -> Any:
    """Ask for the letter as a form does."""
    return http.client.post(
        "/notifications/apercu/lettre", data={"relance": relance}, content_type="multipart/form-data"
    )


def test_a_form_gets_the_letter_for_a_frame_that_runs_nothing(http: Any) -> None:
    """The same HTML, under a policy of its own, kept by nobody."""
    answer = mettre_en_page(http, json.dumps(relance()))
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.text == apercevoir(http).json["html"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("texte", ["", "{", json.dumps(relance(niveau="2"))])
def test_a_form_without_a_reminder_is_refused(http: Any, texte: str) -> None:
    """By the name of its field."""
    answer = mettre_en_page(http, texte)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/relance")
