"""POST /factures/{id}/emission: number, snapshots, due date, totals and hash, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from facture_service.application.journal import Journal
from facture_service.application.numerotation import numeroter, preparer
from facture_service.application.ports import ClientApi, Lectures, Magasin, VendeurSource
from facture_service.application.verification import Verification, accepter, exiger_inchangee
from facture_service.domain.emission import Dossier, contexte, echeance, exiger_emissible
from facture_service.domain.facture import Emission, Facture, Soldes
from facture_service.domain.mentions import choisir_mentions
from facture_service.domain.mouvements import Evenement, TypeEvenement
from facture_service.domain.parties import Client, Vendeur
from facture_service.domain.series import ReglesSerie


@dataclass(frozen=True)
class EmettreFacture:
    """Issues a draft. client-service is asked before the transaction opens: no lock waits on the network."""

    magasin: Magasin
    lectures: Lectures
    clients: ClientApi
    vendeur: VendeurSource
    journal: Journal
    regles: ReglesSerie

    def __call__(
        self, facture_id: str, date_emission: date | None = None, verifier: Verification = accepter
    ) -> Facture:
        brouillon = self.lectures.facture(facture_id)
        verifier(brouillon)
        brouillon.exiger_brouillon()
        client = self.clients.client(brouillon.contenu.client_id)
        vendeur = self.vendeur()
        aujourd_hui = self.journal.clock.today()
        preparer(self.magasin, brouillon.type, min(date_emission or aujourd_hui, aujourd_hui), self.regles)
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            exiger_inchangee(facture, brouillon)
            exiger_emissible(Dossier(facture, client, vendeur))
            emise = tx.remplacer(
                numeroter(tx, *self._emettre(facture, client, vendeur, date_emission), self.regles)
            )
            tx.journaliser([self._evenement(emise)])
        return emise

    def _emettre(
        self, facture: Facture, client: Client, vendeur: Vendeur, date_emission: date | None
    ) -> tuple[Facture, Emission]:
        jour = self.journal.exiger_passee(date_emission or self.journal.clock.today(), "/date_emission")
        totaux = facture.contenu.totaux()
        le = self.journal.clock.now()
        emission = Emission(
            numero="",
            date_emission=jour,
            date_echeance=echeance(client, jour),
            emise_le=le,
            vendeur=vendeur,
            mentions=choisir_mentions(contexte(facture, client, vendeur, jour)),
        )
        soldes = Soldes(totaux.total_ttc_centimes)
        return replace(facture, client=client, totaux=totaux, soldes=soldes, modifie_le=le), emission

    def _evenement(self, facture: Facture) -> Evenement:
        emission = facture.exiger_emission()
        return self.journal.evenement(
            facture.id,
            TypeEvenement.EMISSION,
            emission.date_emission,
            numero=emission.numero,
            empreinte=emission.empreinte,
        )
