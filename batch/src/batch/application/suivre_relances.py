"""What became of the reminders, as notification-service reports it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from batch.application.ports import MagasinRelances
from batch.domain.dossier import EtatRelance

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RelanceTraitee:
    """A report on `notification-topic`; `le` is when it happened there.

    `factures`: the invoices in the letter that left or may have left, None where the report names none.
    """

    relance_id: str
    etat: EtatRelance
    motif: str | None
    notification_id: str | None
    le: datetime
    factures: frozenset[str] | None = None


_PARTIES = (EtatRelance.ENVOYEE, EtatRelance.INCONNU)
"""States in which the letter has left, or may have: what it asked for stays claimed."""


class SuivreRelances:
    """Keeps the state of each reminder; a cancelled one gives its claims back, a shortened one those left out."""

    def __init__(self, magasin: MagasinRelances) -> None:
        self._magasin = magasin

    def __call__(self, traitee: RelanceTraitee) -> None:
        """Reports may come again or out of order: an older one changes nothing."""
        with self._magasin.transaction():
            relance = self._magasin.relance(traitee.relance_id, verrou=True)
            if relance is None:
                logger.warning("report on the unknown reminder %s ignored", traitee.relance_id)
                return
            if relance.etat_le is not None and traitee.le < relance.etat_le:
                return
            avant = relance.etat
            relance = replace(
                relance,
                etat=traitee.etat,
                motif=traitee.motif,
                notification_id=traitee.notification_id or relance.notification_id,
                etat_le=traitee.le,
            )
            self._magasin.changer_etat(relance)
            if traitee.etat is EtatRelance.ANNULEE:
                self._magasin.rendre_reclamations(relance.id)
                return
            if avant is EtatRelance.ANNULEE:
                self._magasin.reprendre_reclamations(relance)
            if traitee.factures is not None and avant not in _PARTIES:
                self._magasin.rendre_reclamations(relance.id, sauf=traitee.factures)
