"""POST /factures/{id}/reglements: money of paiement-service closes part of a balance, once per affectation_id."""

from __future__ import annotations

from dataclasses import dataclass

from facture_service.application.journal import Journal
from facture_service.application.ports import Ecriture, Magasin
from facture_service.domain.facture import Poste
from facture_service.domain.mouvements import TypeEvenement
from facture_service.domain.reglement import DemandeReglement, Reglement


@dataclass(frozen=True)
class ReglementEnregistre:
    """What was taken; `cree` False when the same request had already been booked."""

    facture_id: str
    numero: str
    devise: str
    affectation_id: str
    paiement_id: str
    montant_affecte_centimes: int
    reste_centimes: int
    cree: bool


@dataclass(frozen=True)
class EnregistrerReglement:
    """Books a settlement under the lock of its invoice, so two at once never take more than the balance."""

    magasin: Magasin
    journal: Journal

    def __call__(self, facture_id: str, demande: DemandeReglement) -> ReglementEnregistre:
        with self.magasin.transaction() as tx:
            return self.dans(tx, facture_id, demande)

    def dans(self, tx: Ecriture, facture_id: str, demande: DemandeReglement) -> ReglementEnregistre:
        """The same inside a transaction already open (a lot of settlements)."""
        facture = tx.facture(facture_id)
        connu = tx.reglement(demande.affectation_id)
        emission = facture.exiger_facture_emise()
        reste = facture.soldes.reste_centimes
        if connu is not None:
            connu.confronter(facture_id, demande)
            montant = connu.affecte_centimes
        else:
            self.journal.exiger_passee(demande.date_reglement, "/date_reglement")
            montant = demande.montant_a_affecter(reste)
            reste = self._enregistrer(tx, facture_id, demande, montant)
        return ReglementEnregistre(
            facture_id=facture_id,
            numero=emission.numero,
            devise=facture.contenu.devise,
            affectation_id=demande.affectation_id,
            paiement_id=demande.paiement_id,
            montant_affecte_centimes=montant,
            reste_centimes=reste,
            cree=connu is None,
        )

    def _enregistrer(self, tx: Ecriture, facture_id: str, demande: DemandeReglement, montant: int) -> int:
        tx.poser_reglement(Reglement(demande.affectation_id, facture_id, demande, montant))
        soldes = tx.imputer(facture_id, {Poste.REGLE: montant}, self.journal.clock.now())
        tx.journaliser(
            [
                self.journal.evenement(
                    facture_id,
                    TypeEvenement.REGLEMENT,
                    demande.date_reglement,
                    Poste.REGLE,
                    montant,
                    affectation_id=demande.affectation_id,
                    paiement_id=demande.paiement_id,
                )
            ]
        )
        return soldes.reste_centimes
