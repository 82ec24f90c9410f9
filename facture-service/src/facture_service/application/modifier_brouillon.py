"""PUT /factures/{id}: whole replacement of a draft."""

from __future__ import annotations

from dataclasses import dataclass

from facture_service.application.journal import Journal
from facture_service.application.lire_client import client_du_brouillon
from facture_service.application.ports import ClientApi, Magasin
from facture_service.application.verification import Verification, accepter
from facture_service.domain.facture import Contenu, Facture, exiger_client_actif
from facture_service.domain.mouvements import TypeEvenement


@dataclass(frozen=True)
class ModifierBrouillon:
    """Replaces the content of a draft.

    Raises FactureEmiseError once it is issued, ClientArchiveError when it is given to an archived client (a draft
    whose client was archived meanwhile may still be edited; it is its issue that is refused).
    """

    magasin: Magasin
    clients: ClientApi
    journal: Journal

    def __call__(self, facture_id: str, contenu: Contenu, verifier: Verification = accepter) -> Facture:
        client = client_du_brouillon(self.clients, contenu.client_id)
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            verifier(facture)
            if client is not None and contenu.client_id != facture.contenu.client_id:
                exiger_client_actif(client)
            modifiee = tx.remplacer(facture.modifier(contenu, client, self.journal.clock.now()))
            tx.journaliser([self.journal.evenement(facture_id, TypeEvenement.MODIFICATION)])
        return modifiee
