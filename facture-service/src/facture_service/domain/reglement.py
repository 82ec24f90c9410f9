"""Settlements received from paiement-service: one row per allocation, cancelled by negative movements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from facture_service.domain.erreurs import (
    AnnulationSuperieureError,
    ReglementAnnuleError,
    ReglementDifferentError,
    ResteInsuffisantError,
)


@dataclass(frozen=True)
class DemandeReglement:
    """What the caller asks: settle at most `montant_centimes` (all of it unless `plafonner`)."""

    affectation_id: str
    paiement_id: str
    montant_centimes: int
    date_reglement: date
    plafonner: bool = False

    def montant_a_affecter(self, reste_centimes: int) -> int:
        """What can be taken from the balance; raises ResteInsuffisantError when it is too much."""
        if self.montant_centimes <= reste_centimes:
            return self.montant_centimes
        if self.plafonner:
            return reste_centimes
        raise ResteInsuffisantError(
            "Le règlement dépasse le reste à payer de la facture.", reste_centimes=reste_centimes
        )


@dataclass(frozen=True)
class Reglement:
    """An allocation as booked. `demande` is None on the tombstone of one cancelled before it arrived."""

    affectation_id: str
    facture_id: str
    demande: DemandeReglement | None
    affecte_centimes: int = 0
    annule_centimes: int = 0

    @property
    def net_centimes(self) -> int:
        return self.affecte_centimes - self.annule_centimes

    def confronter(self, facture_id: str, demande: DemandeReglement) -> None:
        """Accepts the very same request again; refuses another content and a cancelled settlement."""
        if self.demande is not None and (self.facture_id, self.demande) != (facture_id, demande):
            raise ReglementDifferentError(
                f"L'affectation {self.affectation_id} existe déjà avec un autre contenu."
            )
        if self.demande is None or (self.affecte_centimes > 0 and self.net_centimes == 0):
            raise ReglementAnnuleError(f"Le règlement {self.affectation_id} a été annulé.")

    def annuler(self, montant_centimes: int | None) -> tuple[Reglement, int]:
        """The settlement after a cancellation, and the cents given back (all that is left by default).

        Cancelling one that never arrived gives nothing back. Raises AnnulationSuperieureError.
        """
        if self.demande is None:
            return self, 0
        montant = self.net_centimes if montant_centimes is None else montant_centimes
        if montant > self.net_centimes:
            raise AnnulationSuperieureError(
                "L'annulation dépasse ce qui reste affecté.", affecte_centimes=self.net_centimes
            )
        return replace(self, annule_centimes=self.annule_centimes + montant), montant


def pierre_tombale(affectation_id: str, facture_id: str) -> Reglement:
    """The trace of a settlement cancelled before it arrived, so that it is refused if it ever does."""
    return Reglement(affectation_id, facture_id, None)
