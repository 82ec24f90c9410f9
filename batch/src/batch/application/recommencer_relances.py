"""Begin the reminders of an invoice anew, on a person's word."""

from __future__ import annotations

from batch.application.ports import Clock, Cycle, Encours, MagasinRelances
from batch.domain.dossier import EtatRelance
from batch.domain.erreurs import CycleEnCoursError, FactureIntrouvableError, FactureJamaisRelanceeError


class RecommencerRelances:
    """Opens the next cycle of an invoice; the first is 1."""

    def __init__(self, encours: Encours, magasin: MagasinRelances, clock: Clock) -> None:
        self._encours = encours
        self._magasin = magasin
        self._clock = clock

    def __call__(self, facture_id: str, motif: str) -> Cycle:
        """The new cycle.

        facture-service is asked, outside any transaction, only about an invoice that batch has not met.

        Raises:
            FactureIntrouvableError, FactureJamaisRelanceeError, CycleEnCoursError, and what its client raises.
        """
        inconnue = self._magasin.derniere_relance(facture_id) is None
        if inconnue and not self._encours.facture_existe(facture_id):
            raise FactureIntrouvableError(facture_id)
        with self._magasin.transaction():
            derniere = self._magasin.derniere_relance(facture_id)
            if derniere is None:
                raise FactureJamaisRelanceeError(facture_id)
            if derniere.etat is EtatRelance.DEMANDEE:
                raise CycleEnCoursError(facture_id, derniere.id, derniere.etat)
            return self._magasin.ouvrir_cycle(facture_id, motif, self._clock.now())
