"""A person decides that a notification is sent again, or confirms a letter."""

from __future__ import annotations

from notification_service.application.ports import Clock, Magasin
from notification_service.domain.erreurs import RenvoiImpossibleError
from notification_service.domain.notification import Etat, Notification


class Renvoyer:
    """Puts it back in the queue; what was delivered before stays told."""

    def __init__(self, magasin: Magasin, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(self, notification_id: str, motif: str) -> Notification:
        """The notification in the queue. Raises NotificationIntrouvableError, RenvoiImpossibleError."""
        with self._magasin.transaction() as ecriture:
            actuelle = ecriture.notification(notification_id)
            if actuelle.etat is Etat.EN_FILE:
                raise RenvoiImpossibleError(notification_id)
            return ecriture.remplacer(actuelle.renvoyee(self._clock.now(), motif))
