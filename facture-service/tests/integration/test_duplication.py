"""A new draft with the content of another document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from facture_service.application.creer_avoir import DemandeAvoir
from facture_service.domain import erreurs as e
from facture_service.domain.facture import NatureOperation


def test_copy_of_an_issued_invoice_is_a_draft_with_its_content(monde: Any) -> None:
    """Client, lines, currency and nature; no number, date nor reference; the event names its model."""
    originale = monde.emise(
        monde.ligne("10.01", "5.5", "3", "10"),
        monde.ligne(),
        devise="USD",
        nature_operation=NatureOperation.MIXTE,
        numero_commande="CMD-7",
        reference_externe="R",
        date_livraison=date(2026, 11, 1),
    )
    copie = monde.cas.dupliquer(originale.id)
    vue, modele = monde.apercu(copie), monde.apercu(originale)
    reprises = ("client_id", "lignes", "devise", "nature_operation", "total_ttc_centimes", "ventilation_tva")
    assert {k: vue[k] for k in reprises} == {k: modele[k] for k in reprises}
    vides = ("numero", "serie", "date_emission", "date_echeance", "date_livraison", "numero_commande",
             "reference_externe", "empreinte", "vendeur", "litige")  # fmt: skip
    assert {vue[k] for k in vides} == {None}
    assert (copie.id != originale.id, vue["statut_document"], vue["reste_centimes"]) == (True, "BROUILLON", 0)
    [creation] = monde.cas.lectures.evenements(copie.id)
    assert creation.details == {"copie_de": originale.id, "numero": "FA-2026-000001"}


def test_drafts_and_invoices_taken_over_can_be_copied(monde: Any) -> None:
    """A draft's copy is told by no number; the original stays as it was."""
    brouillon = monde.brouillon(numero_commande="CMD-8")
    copie = monde.cas.dupliquer(brouillon.id)
    assert copie.contenu == replace(brouillon.contenu, numero_commande=None)
    assert monde.cas.lectures.evenements(copie.id)[0].details == {"copie_de": brouillon.id, "numero": None}
    assert monde.apercu(brouillon)["numero_commande"] == "CMD-8"


def test_what_cannot_be_copied(monde: Any) -> None:
    """Credit notes, clients that are archived or gone, documents that do not exist."""
    facture = monde.emise()
    avoir = monde.cas.creer_avoir(facture.id, DemandeAvoir("x", montant_ttc_centimes=1))
    with pytest.raises(e.OperationSurAvoirError):
        monde.cas.dupliquer(avoir.id)
    client = monde.clients.connus["c1"]
    monde.clients.connus["c1"] = replace(client, archive=True)
    with pytest.raises(e.ClientArchiveError):
        monde.cas.dupliquer(facture.id)
    del monde.clients.connus["c1"]
    with pytest.raises(e.ClientInconnuError):
        monde.cas.dupliquer(facture.id)
    with pytest.raises(e.FactureIntrouvableError):
        monde.cas.dupliquer("inconnue")


def test_copy_waits_for_nobody(monde: Any) -> None:
    """With client-service out it is made all the same, as any draft."""
    facture = monde.emise()
    monde.clients.indisponible = True
    assert monde.cas.dupliquer(facture.id).client is None


@pytest.mark.parametrize("sorte", ["memoire", "sqlite"])
def test_answers_of_the_route(sorte: str, creer_monde: Any) -> None:
    """201 with Location and ETag, once per Idempotency-Key; 404, 412, 409, 422 in their order."""
    monde = creer_monde(sorte)
    client = monde.app().test_client()
    facture = monde.emise()
    chemin = f"/factures/{facture.id}/duplication"
    premiere = client.post(chemin, headers={"Idempotency-Key": "k"})
    seconde = client.post(chemin, headers={"Idempotency-Key": "k"})
    assert (premiere.status_code, seconde.json["id"]) == (201, premiere.json["id"])
    assert premiere.headers["Location"].endswith(f"/factures/{premiere.json['id']}")
    assert premiere.headers["ETag"] == '"1-2026-11-20"'
    assert client.get("/factures?statut_document=BROUILLON").json["total"] == 1
    assert client.post("/factures/x/duplication", json={"a": 1}).status_code == 404
    perimee = client.post(chemin, json={"a": 1}, headers={"If-Match": '"1-2026-11-20"'})
    assert perimee.status_code == 412
    assert client.post(chemin, json={"a": 1}).json["errors"][0]["pointer"] == "/a"
    avoir = client.post(f"/factures/{facture.id}/avoirs", json={"motif": "m"}).json
    refus = client.post(f"/factures/{avoir['id']}/duplication", json={"a": 1})
    assert (refus.status_code, refus.json["code"]) == (409, "operation-sur-avoir")
