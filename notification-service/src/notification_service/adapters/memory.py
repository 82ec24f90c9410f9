"""Notifications in memory: serves the unit tests, and passes the same conformance tests as the database."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from notification_service.adapters.colonnes import texte_recherche
from notification_service.application.consultation import (
    CompteurOnglet,
    Criteres,
    OngletNotifications,
    Trouvees,
    bornes,
    valeur_de_tri,
)
from notification_service.domain.erreurs import NotificationIntrouvableError
from notification_service.domain.notification import Etat, Notification
from ressort.flask.paging import PageRequest, SortKey, page_of
from ressort.paging import PageDemand
from ressort.texts import fold


class MagasinEnMemoire:
    """A dictionary of notifications: writer, reader, lender and store in one; one transaction at a time."""

    connection: Any = None

    def __init__(self) -> None:
        self._notifications: dict[str, Notification] = {}
        self._baux: dict[str, datetime] = {}
        self._verrou = threading.RLock()
        self.messages: list[tuple[str, Mapping[str, Any]]] = []

    @contextmanager
    def transaction(self) -> Iterator[MagasinEnMemoire]:
        with self._verrou:
            avant = dict(self._notifications), list(self.messages)
            try:
                yield self
            except BaseException:
                self._notifications, self.messages = avant
                raise

    def notification(self, notification_id: str) -> Notification:
        try:
            return self._notifications[notification_id]
        except KeyError:
            raise NotificationIntrouvableError(notification_id) from None

    def ajouter(self, notification: Notification) -> bool:
        if any(n.message_id == notification.message_id for n in self._notifications.values()):
            return False
        self._notifications[notification.id] = notification
        return True

    def remplacer(self, notification: Notification) -> Notification:
        avant = self.notification(notification.id)
        nouvelle = replace(notification, version=avant.version + 1)
        self._notifications[notification.id] = nouvelle
        return nouvelle

    def publier(self, destination: str, message: Mapping[str, Any]) -> None:
        self.messages.append((destination, message))

    def prendre(self, maintenant: datetime, bail_s: float, limite: int) -> Sequence[Notification]:
        with self._verrou:
            dues = [
                n
                for n in self._notifications.values()
                if n.etat is Etat.EN_FILE
                and n.prochain_essai <= maintenant
                and self._baux.get(n.id, maintenant) <= maintenant
            ]
            dues.sort(key=lambda n: (n.prochain_essai, n.id))
            for notification in dues[:limite]:
                self._baux[notification.id] = maintenant + timedelta(seconds=bail_s)
            return dues[:limite]

    def rendre(self, notification_id: str) -> None:
        self._baux.pop(notification_id, None)

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouvees:
        retenues = self._retenues(criteres)
        ordonnee = PageRequest(
            demande.limit, cast("tuple[SortKey, ...]", tuple(demande.order)), demande.after
        )
        return Trouvees(page_of(retenues, ordonnee, valeur_de_tri), len(retenues) if compter else 0)

    def compteurs(self, criteres: Criteres) -> list[CompteurOnglet]:
        retenues = self._retenues(replace(criteres, onglet=None))
        return [
            CompteurOnglet(onglet, sum(onglet.montre(n, criteres.jour) for n in retenues))
            for onglet in OngletNotifications
        ]

    def _retenues(self, criteres: Criteres) -> list[Notification]:
        with self._verrou:
            return [n for n in self._notifications.values() if _retient(criteres, n)]


def _retient(criteres: Criteres, notification: Notification) -> bool:
    debut, fin = bornes(criteres)
    return (
        (criteres.canal is None or notification.canal is criteres.canal)
        and (criteres.etat is None or notification.etat is criteres.etat)
        and (criteres.client_id is None or notification.client_id == criteres.client_id)
        and (criteres.facture_id is None or criteres.facture_id in notification.facture_ids)
        and (criteres.type is None or notification.type is criteres.type)
        and (debut is None or notification.cree_le >= debut)
        and (fin is None or notification.cree_le < fin)
        and (criteres.q is None or fold(criteres.q) in texte_recherche(notification))
        and (criteres.onglet is None or criteres.onglet.montre(notification, criteres.jour))
    )
