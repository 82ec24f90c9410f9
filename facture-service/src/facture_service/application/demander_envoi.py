"""POST /factures/{id}/envoi: asks notification-service, by a message, to mail the document to the client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facture_service.application.journal import Journal
from facture_service.application.ports import Magasin
from facture_service.application.verification import Verification, accepter
from facture_service.domain.facture import Emission, Facture
from facture_service.domain.mouvements import TypeEvenement

DESTINATION = "facture-topic"


@dataclass(frozen=True)
class EnvoiDemande:
    """The request as taken: the document and the id of the message that carries it."""

    facture: Facture
    message_id: str


@dataclass(frozen=True)
class DemanderEnvoi:
    """Puts one `FactureAEnvoyer` in the outbox, with the event, in one transaction."""

    magasin: Magasin
    journal: Journal

    def __call__(self, facture_id: str, verifier: Verification = accepter) -> EnvoiDemande:
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            verifier(facture)
            emission = facture.exiger_emission()
            message_id = tx.publier(DESTINATION, message_envoi(facture, emission))
            tx.journaliser([self.journal.evenement(facture_id, TypeEvenement.ENVOI, message_id=message_id)])
        return EnvoiDemande(facture, message_id)


def message_envoi(facture: Facture, emission: Emission) -> Mapping[str, Any]:
    """The message `FactureAEnvoyer` (contracts/events); `destinataire` is null when no client is known."""
    client = facture.client
    destinataire = client and {
        "nom": client.nom_affiche,
        "email": client.email,
        "telephone": client.telephone,
        "langue": client.langue,
    }
    return {
        "type": "FactureAEnvoyer",
        "facture_id": facture.id,
        "type_document": facture.type.value,
        "numero": emission.numero,
        "client_id": facture.contenu.client_id,
        "destinataire": destinataire,
        "vendeur": emission.vendeur and {"nom": emission.vendeur.nom, "email": emission.vendeur.email},
        "date_emission": emission.date_emission.isoformat(),
        "date_echeance": emission.date_echeance and emission.date_echeance.isoformat(),
        "total_ttc_centimes": facture.soldes.total_ttc_centimes,
        "reste_centimes": facture.soldes.reste_centimes,
        "devise": facture.contenu.devise,
    }
