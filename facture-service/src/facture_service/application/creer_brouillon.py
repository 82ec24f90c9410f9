"""POST /factures: a draft, without number, that its author may still change or delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from facture_service.application.journal import Journal
from facture_service.application.lire_client import client_du_brouillon
from facture_service.application.ports import ClientApi, Magasin
from facture_service.domain.facture import Contenu, Facture, Soldes, exiger_client_actif
from facture_service.domain.mouvements import TypeEvenement


@dataclass(frozen=True)
class CreerBrouillon:
    """Stores a new draft and returns it; raises ClientArchiveError when client-service says so.

    `details` are told by the event of its creation.
    """

    magasin: Magasin
    clients: ClientApi
    journal: Journal

    def __call__(self, contenu: Contenu, details: Mapping[str, object] | None = None) -> Facture:
        client = client_du_brouillon(self.clients, contenu.client_id)
        if client is not None:
            exiger_client_actif(client)
        totaux = contenu.totaux()
        le = self.journal.clock.now()
        facture = Facture(
            id=self.journal.identifiants(),
            contenu=contenu,
            client=client,
            totaux=totaux,
            soldes=Soldes(totaux.total_ttc_centimes),
            cree_le=le,
            modifie_le=le,
        )
        with self.magasin.transaction() as tx:
            tx.ajouter([facture])
            creation = self.journal.evenement(facture.id, TypeEvenement.CREATION)
            tx.journaliser([replace(creation, details=details or {})])
        return facture
