"""What a take-over sends to each service for a row of the file."""

from __future__ import annotations

import re
from typing import Any

from batch.application.ports import ClientStage, LigneStage, Reprise
from batch.domain.reprise import LigneReprise

MOTIF_LITIGE = "Litige repris du fichier"


def client_json(client: ClientStage, reprise: Reprise) -> dict[str, Any]:
    """A client as client-service takes it; its type is the caller's word, never guessed."""
    nom = client.nom or f"Client {client.reference}"
    particulier = reprise.type_client == "PARTICULIER"
    return {
        "type": reprise.type_client,
        "nom" if particulier else "raison_sociale": nom,
        "reference_externe": client.reference,
        "email": client.courriel or courriel(reprise.courriel, client.reference),
    }


def courriel(modele: str | None, reference: str) -> str | None:
    """The address of a pattern; characters an address cannot hold become hyphens."""
    if modele is None:
        return None
    return modele.replace("{reference}", re.sub(r"[^A-Za-z0-9._-]+", "-", reference).strip(".-") or "client")


def facture_json(stage: LigneStage, reprise: Reprise) -> dict[str, Any]:
    """An issued invoice as facture-service takes it; its dispute only while it is open at the cut."""
    lue = stage.lue.decalee(reprise.decalage_jours)
    litige = None
    if lue.en_litige and not stage.lue.reglee_au(reprise.arrete_au):
        litige = {"motif": MOTIF_LITIGE, "depuis": lue.date_emission.isoformat()}
    return {
        "reference": lue.reference,
        "client_id": stage.client_id,
        "date_emission": lue.date_emission.isoformat(),
        "date_echeance": lue.date_echeance.isoformat(),
        "total_ttc_centimes": lue.montant_centimes,
        "devise": lue.devise,
        "litige": litige,
    }


def paiement_json(stage: LigneStage, reprise: Reprise) -> dict[str, Any]:
    """The payment that settles an invoice in full, under the invoice's number."""
    lue = stage.lue.decalee(reprise.decalage_jours)
    if lue.date_reglement is None:
        raise ValueError(f"line {lue.ligne} has no settlement")
    return {
        "source": "REPRISE",
        "reference_externe": lue.reference,
        "client_id": stage.client_id,
        "montant_centimes": lue.montant_centimes,
        "devise": lue.devise,
        "date_paiement": lue.date_reglement.isoformat(),
        "affectations": [{"facture_id": stage.facture_id, "montant_centimes": lue.montant_centimes}],
    }


def texte(lue: LigneReprise) -> str:
    """A row for the reject list of a later step."""
    return f"{lue.reference};{lue.client_reference};{lue.date_emission};{lue.montant_centimes} centimes"
