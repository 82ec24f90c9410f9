"""A person has put a letter in the post: of whom no address is known, of a formal notice, of a mail that failed."""

from __future__ import annotations

from datetime import date

from notification_service.application.compte_rendu import annoncer
from notification_service.application.ports import Clock, Magasin
from notification_service.application.renvoyer import Garde
from notification_service.domain.calendrier import jour_local
from notification_service.domain.erreurs import JourImpossibleError, LettreAbsenteError, RienAPosterError
from notification_service.domain.notification import Etat, Notification

A_POSTER = (Etat.A_TRAITER, Etat.ECHEC)
"""States in which a person still has to do something for the letter to arrive."""


class Poster:
    """Writes down that the letter left by post, and tells batch so of a reminder."""

    def __init__(self, magasin: Magasin, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(
        self, notification_id: str, jour: date | None, note: str | None, garde: Garde = lambda _: None
    ) -> Notification:
        """The notification, sent on `jour`, today unless given.

        Raises NotificationIntrouvableError, RienAPosterError, LettreAbsenteError, JourImpossibleError, and what
        `garde` raises.
        """
        with self._magasin.transaction() as ecriture:
            actuelle = ecriture.notification(notification_id)
            garde(actuelle)
            self._verifier(actuelle, jour)
            postee = actuelle.postee(self._clock.now(), jour or self._clock.today(), note)
            ecrite = ecriture.remplacer(postee)
            annoncer(ecriture, ecrite)
            return ecrite

    def _verifier(self, notification: Notification, jour: date | None) -> None:
        if notification.etat not in A_POSTER:
            raise RienAPosterError
        if notification.contenu is None:
            raise LettreAbsenteError
        if jour is not None and jour > self._clock.today():
            raise JourImpossibleError("date-future", "Une lettre ne se poste pas après aujourd'hui.")
        if jour is not None and jour < jour_local(notification.cree_le):
            raise JourImpossibleError(
                "date-anterieure", "Cette lettre n'était pas encore demandée ce jour-là."
            )
