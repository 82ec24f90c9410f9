"""Notifications on SQLite and MySQL/MariaDB by SQLAlchemy Core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from notification_service.adapters import tables as t
from notification_service.adapters.colonnes import colonnes_tirees
from notification_service.adapters.sql_liste import CLES, compteurs, filtre
from notification_service.application.consultation import (
    CompteurOnglet,
    Criteres,
    OngletNotifications,
    Trouvees,
)
from notification_service.domain.erreurs import NotificationIntrouvableError
from notification_service.domain.notification import (
    Canal,
    Contenu,
    Destinataire,
    Etat,
    Notification,
    Resultat,
    Tentative,
    TypeMessage,
)
from ressort.data import Database
from ressort.data.keyset import keyset
from ressort.paging import PageDemand

Publication = Callable[[Connection, str, Mapping[str, Any]], None]
"""Puts a message in the outbox of this connection's transaction."""

_N = t.notification.c
_SIMPLES = (
    "message_id",
    "client_id",
    "motif",
    "fournisseur_id",
    "heures_ouvrees",
    "confirmee",
    "essais",
    "envois",
    "prochain_essai",
    "transmission_le",
    "envoyee_le",
    "cree_le",
    "modifie_le",
    "version",
)


class MagasinSql:
    """Opens transactions on the service's database, reads from it, and lends work."""

    def __init__(
        self, database: Database, publication: Publication, arrivee: Callable[[], None] | None = None
    ) -> None:
        """`arrivee` is called after each commit that added a notification."""
        self._database = database
        self._publication = publication
        self._arrivee = arrivee

    @contextmanager
    def transaction(self) -> Iterator[EcritureSql]:
        with self._database.transaction() as connection:
            yield EcritureSql(connection, self._publication, lambda: self._ajoutee(connection))

    def _ajoutee(self, connection: Connection) -> None:
        if self._arrivee is not None:
            self._database.after_commit(connection, self._arrivee)

    def notification(self, notification_id: str) -> Notification:
        with self._database.read() as connection:
            trouvees = _charger(connection, select(t.notification).where(_N.id == notification_id))
        if not trouvees:
            raise NotificationIntrouvableError(notification_id)
        return trouvees[0]

    def prendre(self, maintenant: datetime, bail_s: float, limite: int) -> Sequence[Notification]:
        due = and_(
            _N.etat == Etat.EN_FILE.value,
            _N.prochain_essai <= maintenant,
            or_(_N.pretee_jusqu_au.is_(None), _N.pretee_jusqu_au <= maintenant),
        )
        requete = select(_N.id).where(due).order_by(_N.prochain_essai, _N.id).limit(limite)
        with self._database.read() as connection:
            if connection.execute(requete.limit(1)).first() is None:
                return []
        with self._database.transaction() as connection:
            ids = list(connection.execute(requete.with_for_update(skip_locked=True)).scalars())
            bail = maintenant + timedelta(seconds=bail_s)
            connection.execute(update(t.notification).where(_N.id.in_(ids)).values(pretee_jusqu_au=bail))
            prises = _charger(connection, select(t.notification).where(_N.id.in_(ids)))
        return sorted(prises, key=lambda n: (n.prochain_essai, n.id))

    def rendre(self, notification_id: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                update(t.notification).where(_N.id == notification_id).values(pretee_jusqu_au=None)
            )

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouvees:
        retenu = filtre(criteres)
        suite, ordre = keyset(demande.order, demande.after, CLES)
        requete = select(t.notification).where(retenu).order_by(*ordre).limit(demande.limit + 1)
        if suite is not None:
            requete = requete.where(suite)
        compte = select(func.count()).select_from(t.notification).where(retenu)
        with self._database.read() as connection:
            total = connection.execute(compte).scalar_one() if compter else 0
            return Trouvees(_charger(connection, requete), total)

    def compteurs(self, criteres: Criteres) -> list[CompteurOnglet]:
        with self._database.read() as connection:
            totaux = connection.execute(compteurs(criteres)).one()
        return [
            CompteurOnglet(onglet, int(total or 0))
            for onglet, total in zip(OngletNotifications, totaux, strict=True)
        ]


class EcritureSql:
    """One transaction, with the notifications it has read and locked."""

    def __init__(self, connection: Connection, publication: Publication, ajoutee: Callable[[], None]) -> None:
        self.connection = connection
        self._publication = publication
        self._ajoutee = ajoutee

    def notification(self, notification_id: str) -> Notification:
        requete = select(t.notification).where(_N.id == notification_id).with_for_update()
        trouvees = _charger(self.connection, requete)
        if not trouvees:
            raise NotificationIntrouvableError(notification_id)
        return trouvees[0]

    def ajouter(self, notification: Notification) -> bool:
        try:
            with self.connection.begin_nested():
                self.connection.execute(
                    insert(t.notification).values(id=notification.id, **_valeurs(notification))
                )
        except IntegrityError:
            return False
        self._inserer(
            t.facture,
            [
                {"notification_id": notification.id, "facture_id": f}
                for f in dict.fromkeys(notification.facture_ids)
            ],
        )
        self._inserer(t.tentative, _tentatives(notification))
        self._ajoutee()
        return True

    def remplacer(self, notification: Notification) -> Notification:
        avant = self.notification(notification.id)
        nouvelle = replace(notification, version=avant.version + 1)
        self.connection.execute(
            update(t.notification).where(_N.id == notification.id).values(_valeurs(nouvelle))
        )
        self._inserer(t.tentative, _tentatives(nouvelle)[len(avant.tentatives) :])
        return nouvelle

    def publier(self, destination: str, message: Mapping[str, Any]) -> None:
        self._publication(self.connection, destination, message)

    def _inserer(self, table: Any, lignes: list[dict[str, Any]]) -> None:
        if lignes:
            self.connection.execute(insert(table), lignes)


def _valeurs(notification: Notification) -> dict[str, Any]:
    return {
        **{nom: getattr(notification, nom) for nom in _SIMPLES},
        "type": notification.type.value,
        "canal": notification.canal.value,
        "etat": notification.etat.value,
        "message": notification.message,
        "destinataire": asdict(notification.destinataire) if notification.destinataire else None,
        "contenu": asdict(notification.contenu) if notification.contenu else None,
        **colonnes_tirees(notification.message, notification.destinataire, notification.contenu),
    }


def _tentatives(notification: Notification) -> list[dict[str, Any]]:
    return [
        {
            "notification_id": notification.id,
            "rang": rang,
            "le": tentative.le,
            "resultat": tentative.resultat.value,
            "detail": tentative.detail,
        }
        for rang, tentative in enumerate(notification.tentatives)
    ]


def _charger(connection: Connection, requete: Any) -> list[Notification]:
    """Notifications with their attempts and invoices, three queries whatever their number."""
    rows = connection.execute(requete).all()
    ids = [row.id for row in rows]
    tentatives = _par_notification(connection, t.tentative, t.tentative.c.rang, ids)
    factures = _par_notification(connection, t.facture, t.facture.c.facture_id, ids)
    return [_notification(row, tentatives[row.id], factures[row.id]) for row in rows]


def _par_notification(
    connection: Connection, table: Any, ordre: Any, ids: Sequence[str]
) -> dict[str, list[Row[Any]]]:
    groupes: dict[str, list[Row[Any]]] = defaultdict(list)
    if ids:
        for row in connection.execute(select(table).where(table.c.notification_id.in_(ids)).order_by(ordre)):
            groupes[row.notification_id].append(row)
    return groupes


def _notification(
    row: Row[Any], tentatives: Sequence[Row[Any]], factures: Sequence[Row[Any]]
) -> Notification:
    return Notification(
        **{nom: getattr(row, nom) for nom in _SIMPLES},
        id=row.id,
        type=TypeMessage(row.type),
        canal=Canal(row.canal),
        etat=Etat(row.etat),
        message=row.message,
        destinataire=Destinataire(**row.destinataire) if row.destinataire else None,
        contenu=Contenu(**row.contenu) if row.contenu else None,
        facture_ids=tuple(ligne.facture_id for ligne in factures),
        tentatives=tuple(Tentative(li.le, Resultat(li.resultat), li.detail) for li in tentatives),
    )
