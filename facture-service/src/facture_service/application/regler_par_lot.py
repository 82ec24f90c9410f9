"""POST /factures/reglements/lots: many settlements in one transaction, each accepted or refused by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facture_service.application.enregistrer_reglement import EnregistrerReglement, ReglementEnregistre
from facture_service.application.ports import Magasin
from facture_service.domain.erreurs import FactureError
from facture_service.domain.reglement import DemandeReglement


@dataclass(frozen=True)
class ResultatReglement:
    """The settlement booked, or the refusal."""

    affectation_id: str
    reglement: ReglementEnregistre | None = None
    refus: FactureError | None = None


@dataclass(frozen=True)
class ReglerParLot:
    """Books a lot; invoices are locked in a fixed order, so two lots never wait for each other in a ring."""

    magasin: Magasin
    enregistrer: EnregistrerReglement

    def __call__(self, demandes: Sequence[tuple[str, DemandeReglement]]) -> list[ResultatReglement]:
        resultats: dict[int, ResultatReglement] = {}
        with self.magasin.transaction() as tx:
            tx.verrouiller({facture for facture, _ in demandes}, {d.affectation_id for _, d in demandes})
            for rang, (facture_id, demande) in enumerate(demandes):
                try:
                    reglement = self.enregistrer.dans(tx, facture_id, demande)
                    resultats[rang] = ResultatReglement(demande.affectation_id, reglement)
                except FactureError as refus:
                    resultats[rang] = ResultatReglement(demande.affectation_id, None, refus)
        return [resultats[rang] for rang in range(len(demandes))]
