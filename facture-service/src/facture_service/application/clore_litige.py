"""DELETE /factures/{id}/litige: a dispute ends; the interval is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from facture_service.application.journal import Journal
from facture_service.application.ports import Magasin
from facture_service.application.verification import Verification, accepter
from facture_service.domain.erreurs import ChampInvalideError
from facture_service.domain.litige import Litige, litige_en_cours
from facture_service.domain.mouvements import TypeEvenement


@dataclass(frozen=True)
class CloreLitige:
    """Closes the open dispute; `jusqu_au` is its last day, yesterday by default: it is over today."""

    magasin: Magasin
    journal: Journal

    def __call__(
        self, facture_id: str, jusqu_au: date | None = None, verifier: Verification = accepter
    ) -> Litige:
        fin = jusqu_au or self.journal.clock.today() - timedelta(days=1)
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            verifier(facture)
            litige = litige_en_cours(tx.litiges(facture_id))
            self.journal.exiger_passee(fin, "/jusqu_au")
            if jusqu_au is not None and fin < litige.depuis:
                raise ChampInvalideError(
                    "/jusqu_au", "date-avant-litige", "Un litige ne finit pas avant d'avoir commencé."
                )
            clos = litige.clore(fin, self.journal.clock.now())
            tx.poser_litige(clos)
            tx.journaliser([self.journal.evenement(facture_id, TypeEvenement.LITIGE_CLOS, fin)])
        return clos
