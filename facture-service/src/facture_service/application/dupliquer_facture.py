"""POST /factures/{id}/duplication: a new draft that says the same as another document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from facture_service.application.creer_brouillon import CreerBrouillon
from facture_service.application.ports import Lectures
from facture_service.application.verification import Verification, accepter
from facture_service.domain.erreurs import ChampInvalideError, ClientInconnuError
from facture_service.domain.facture import Facture


@dataclass(frozen=True)
class DupliquerFacture:
    """Copies client, lines, currency and nature; dates, number, order number and references belong to the original.

    Raises FactureIntrouvableError, OperationSurAvoirError, ClientInconnuError and ClientArchiveError.
    """

    lectures: Lectures
    creer: CreerBrouillon

    def __call__(self, facture_id: str, verifier: Verification = accepter) -> Facture:
        originale = self.lectures.facture(facture_id)
        verifier(originale)
        originale.exiger_facture()
        contenu = replace(
            originale.contenu, reference_externe=None, numero_commande=None, date_livraison=None
        )
        numero = originale.emission.numero if originale.emission else None
        try:
            return self.creer(contenu, {"copie_de": originale.id, "numero": numero})
        except ChampInvalideError as erreur:
            raise ClientInconnuError(str(erreur)) from erreur
