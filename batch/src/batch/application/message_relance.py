"""The message on `relance-topic`, and the lines the API shows: one form for both."""

from __future__ import annotations

from typing import Any

from batch.application.ports import Relance
from batch.domain.dossier import Client
from batch.domain.echelle import LigneRelance, RelanceDecidee

TAUX_MANQUANT = "intérêts au taux légal en sus"


def ligne_json(ligne: LigneRelance) -> dict[str, Any]:
    """One invoice of a reminder."""
    facture = ligne.facture
    return {
        "facture_id": facture.facture_id,
        "numero": facture.numero,
        "cycle": ligne.cycle,
        "niveau": ligne.niveau,
        "date_emission": facture.date_emission.isoformat(),
        "date_echeance": facture.date_echeance.isoformat(),
        "jours_retard": ligne.jours_retard,
        "total_ttc_centimes": facture.total_ttc_centimes,
        "reste_centimes": facture.reste_centimes,
        "interets_centimes": ligne.interets.centimes,
        "indemnite_centimes": ligne.indemnite_centimes,
    }


def destinataire_json(client: Client) -> dict[str, Any]:
    """Whom to write to."""
    return {"nom": client.nom, "email": client.email, "telephone": client.telephone, "langue": client.langue}


def message_json(relance_id: str, relance: RelanceDecidee, date_reference: str) -> dict[str, Any]:
    """`RelanceDemandee` (api.md 7)."""
    return _message(
        relance,
        relance_id=relance_id,
        client_id=relance.client.client_id,
        date_reference=date_reference,
        destinataire=destinataire_json(relance.client),
        factures=[ligne_json(ligne) for ligne in relance.lignes],
    )


def message_garde(relance: Relance) -> dict[str, Any]:
    """The same of a reminder that was stored."""
    return _message(
        relance,
        relance_id=relance.id,
        client_id=relance.client_id,
        date_reference=relance.date_reference.isoformat(),
        destinataire=relance.destinataire,
        factures=list(relance.factures),
    )


def _message(relance: RelanceDecidee | Relance, **propres: Any) -> dict[str, Any]:
    return {
        "type": "RelanceDemandee",
        "niveau": relance.niveau,
        "devise": relance.devise,
        "politique": relance.politique,
        "version_politique": relance.version_politique,
        "credits_centimes": relance.credits_centimes,
        "total_du_centimes": relance.total_du_centimes,
        **propres,
    }
