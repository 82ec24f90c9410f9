"""POST /factures/{id}/ecarts: a write-off of at most the balance, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facture_service.application.journal import Journal
from facture_service.application.ports import Magasin
from facture_service.application.verification import Verification, accepter
from facture_service.domain.erreurs import EcartSuperieurError
from facture_service.domain.facture import Poste
from facture_service.domain.mouvements import TypeEvenement


class MotifEcart(StrEnum):
    """Why a balance is given up."""

    FRAIS_BANCAIRES = "FRAIS_BANCAIRES"
    PETITE_DIFFERENCE = "PETITE_DIFFERENCE"
    ESCOMPTE = "ESCOMPTE"
    PERTE = "PERTE"
    ABANDON = "ABANDON"
    AUTRE = "AUTRE"


@dataclass(frozen=True)
class Ecart:
    """A write-off as booked, and what the invoice still owes after it."""

    id: str
    facture_id: str
    numero: str
    montant_centimes: int
    motif: MotifEcart
    date: date
    reste_centimes: int


@dataclass(frozen=True)
class PasserEcart:
    """Books a write-off dated today; raises EcartSuperieurError above the balance."""

    magasin: Magasin
    journal: Journal

    def __call__(
        self, facture_id: str, montant_centimes: int, motif: MotifEcart, verifier: Verification = accepter
    ) -> Ecart:
        jour = self.journal.clock.today()
        with self.magasin.transaction() as tx:
            facture = tx.facture(facture_id)
            verifier(facture)
            emission = facture.exiger_facture_emise()
            if montant_centimes > facture.soldes.reste_centimes:
                raise EcartSuperieurError(
                    "L'écart dépasse le reste à payer de la facture.",
                    reste_centimes=facture.soldes.reste_centimes,
                )
            soldes = tx.imputer(facture_id, {Poste.ECARTS: montant_centimes}, self.journal.clock.now())
            evenement = self.journal.evenement(
                facture_id, TypeEvenement.ECART, jour, Poste.ECARTS, montant_centimes, motif=motif.value
            )
            tx.journaliser([evenement])
        return Ecart(
            evenement.id, facture_id, emission.numero, montant_centimes, motif, jour, soldes.reste_centimes
        )
