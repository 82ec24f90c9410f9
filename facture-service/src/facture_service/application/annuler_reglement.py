"""POST /factures/{id}/reglements/{affectation_id}/annulation: a negative movement; the invoice reopens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facture_service.application.journal import Journal
from facture_service.application.ports import Ecriture, Magasin
from facture_service.domain.erreurs import ChampInvalideError, ReglementDifferentError
from facture_service.domain.facture import Facture, Poste
from facture_service.domain.mouvements import TypeEvenement
from facture_service.domain.reglement import Reglement, pierre_tombale


@dataclass(frozen=True)
class AnnulationEnregistree:
    """What was given back by this call, and what stays settled under that allocation."""

    facture_id: str
    affectation_id: str
    montant_annule_centimes: int
    montant_affecte_centimes: int
    reste_centimes: int


@dataclass(frozen=True)
class AnnulerReglement:
    """Cancels a settlement in whole or part; an unknown one is refused for ever by its tombstone."""

    magasin: Magasin
    journal: Journal

    def __call__(
        self,
        facture_id: str,
        affectation_id: str,
        jour: date,
        motif: str,
        montant_centimes: int | None = None,
    ) -> AnnulationEnregistree:
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            reglement = tx.reglement(affectation_id)
            if reglement is None:
                reglement = pierre_tombale(affectation_id, facture_id)
                tx.poser_reglement(reglement)
                annule = 0
            else:
                reglement, annule = self._exiger(reglement, facture, jour).annuler(montant_centimes)
            reste = self._rendre(tx, facture, reglement, annule, jour, motif)
        return AnnulationEnregistree(facture_id, affectation_id, annule, reglement.net_centimes, reste)

    def _exiger(self, reglement: Reglement, facture: Facture, jour: date) -> Reglement:
        """The settlement when it is of that invoice and the date makes sense."""
        if reglement.facture_id != facture.id:
            raise ReglementDifferentError(
                f"L'affectation {reglement.affectation_id} porte sur une autre facture."
            )
        self.journal.exiger_passee(jour, "/date")
        if reglement.demande is not None and jour < reglement.demande.date_reglement:
            raise ChampInvalideError(
                "/date", "date-avant-reglement", "Un règlement ne s'annule pas avant d'avoir été reçu."
            )
        return reglement

    def _rendre(
        self, tx: Ecriture, facture: Facture, reglement: Reglement, annule: int, jour: date, motif: str
    ) -> int:
        if annule == 0:
            return facture.soldes.reste_centimes
        tx.remplacer_reglement(reglement)
        soldes = tx.imputer(facture.id, {Poste.REGLE: -annule}, self.journal.clock.now())
        evenement = self.journal.evenement(
            facture.id,
            TypeEvenement.ANNULATION_REGLEMENT,
            jour,
            Poste.REGLE,
            -annule,
            affectation_id=reglement.affectation_id,
            paiement_id=reglement.demande and reglement.demande.paiement_id,
            motif=motif,
        )
        tx.journaliser([evenement])
        return soldes.reste_centimes
