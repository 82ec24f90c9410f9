"""POST /factures/{id}/litige: a dispute begins; reminders leave the invoice out while it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facture_service.application.journal import Journal
from facture_service.application.ports import Magasin
from facture_service.application.verification import Verification, accepter
from facture_service.domain.erreurs import ChampInvalideError
from facture_service.domain.litige import Litige, exiger_sans_recouvrement
from facture_service.domain.mouvements import TypeEvenement


@dataclass(frozen=True)
class OuvrirLitige:
    """Opens a dispute from `depuis` (default today), not before the issue date and not in the future."""

    magasin: Magasin
    journal: Journal

    def __call__(
        self, facture_id: str, motif: str, depuis: date | None = None, verifier: Verification = accepter
    ) -> Litige:
        jour = depuis or self.journal.clock.today()
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            verifier(facture)
            emission = facture.exiger_facture_emise()
            exiger_sans_recouvrement(tx.litiges(facture_id), jour)
            self.journal.exiger_passee(jour, "/depuis")
            if jour < emission.date_emission:
                raise ChampInvalideError(
                    "/depuis",
                    "date-avant-emission",
                    "Un litige ne commence pas avant l'émission de la facture.",
                )
            litige = Litige(self.journal.identifiants(), facture_id, motif, jour, self.journal.clock.now())
            tx.poser_litige(litige)
            tx.journaliser(
                [self.journal.evenement(facture_id, TypeEvenement.LITIGE_OUVERT, jour, motif=motif)]
            )
        return litige
