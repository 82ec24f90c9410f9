"""The message that a payment is confirmed (api.md, section 7)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from paiement_service.application.ports import Destinataire
from paiement_service.domain.paiement import EtatAffectation, Paiement


def message_de_confirmation(paiement: Paiement, destinataire: Destinataire | None) -> dict[str, Any]:
    """The payload of `PaiementConfirme`; only what was really allocated is listed."""
    return {
        "type": "PaiementConfirme",
        "paiement_id": paiement.id,
        "client_id": paiement.client_id,
        "montant_centimes": paiement.montant_centimes,
        "devise": paiement.devise,
        "date_paiement": paiement.date_paiement.isoformat(),
        "notifier": paiement.notifier,
        "destinataire": asdict(destinataire) if destinataire else None,
        "affectations": [
            {
                "facture_id": affectation.facture_id,
                "numero": affectation.numero,
                "montant_centimes": affectation.montant_centimes,
                "reste_centimes": affectation.reste_facture_centimes,
            }
            for affectation in paiement.affectations
            if affectation.etat is EtatAffectation.AFFECTEE
        ],
    }
