"""Begin the reminders of an invoice anew, on a person's word."""

from __future__ import annotations

from batch.application.ports import Clock, Cycle, MagasinRelances
from batch.domain.dossier import EtatRelance
from batch.domain.erreurs import CycleEnCoursError, FactureJamaisRelanceeError


class RecommencerRelances:
    """Opens the next cycle of an invoice; the first is 1."""

    def __init__(self, magasin: MagasinRelances, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(self, facture_id: str, motif: str) -> Cycle:
        """The new cycle. FactureJamaisRelanceeError, CycleEnCoursError."""
        with self._magasin.transaction():
            derniere = self._magasin.derniere_relance(facture_id)
            if derniere is None:
                raise FactureJamaisRelanceeError(facture_id)
            if derniere.etat is EtatRelance.DEMANDEE:
                raise CycleEnCoursError(facture_id, derniere.id, derniere.etat)
            return self._magasin.ouvrir_cycle(facture_id, motif, self._clock.now())
