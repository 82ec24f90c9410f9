"""DELETE /factures/{id}: a draft leaves no trace, it never had a number."""

from __future__ import annotations

from dataclasses import dataclass

from facture_service.application.ports import Magasin
from facture_service.application.verification import Verification, accepter


@dataclass(frozen=True)
class SupprimerBrouillon:
    """Deletes a draft; raises FactureEmiseError once it is issued."""

    magasin: Magasin

    def __call__(self, facture_id: str, verifier: Verification = accepter) -> None:
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            verifier(facture)
            facture.exiger_brouillon()
            tx.supprimer(facture_id)
