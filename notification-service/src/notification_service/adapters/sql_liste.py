"""The statements behind the list of notifications: filters, tabs, counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true

from notification_service.adapters import tables as t
from notification_service.application.consultation import Criteres, OngletNotifications, bornes, journee
from ressort.texts import fold

_N = t.notification.c
CLES: dict[str, Any] = {**dict(_N), "destinataire": _N.destinataire_nom}
"""The column of each sort key."""


def filtre(criteres: Criteres) -> ColumnElement[bool]:
    """All the filters, joined by and."""
    retenu = and_(true(), *_filtres(criteres))
    return retenu if criteres.onglet is None else and_(retenu, _montres(criteres.onglet, criteres.jour))


def compteurs(criteres: Criteres) -> Select[Any]:
    """One row: how many notifications each tab shows under the other filters; NULL for none."""
    comptes = [
        func.sum(case((_montres(onglet, criteres.jour), 1), else_=0)) for onglet in OngletNotifications
    ]
    return select(*comptes).where(and_(true(), *_filtres(criteres)))


def _montres(onglet: OngletNotifications, jour: date) -> ColumnElement[bool]:
    """`OngletNotifications.montre` in SQL."""
    if onglet is OngletNotifications.AUJOURD_HUI:
        debut, fin = journee(jour)
        return and_(_N.cree_le >= debut, _N.cree_le < fin)
    return true() if onglet.etat is None else _N.etat == onglet.etat.value


def _filtres(criteres: Criteres) -> Iterator[ColumnElement[bool]]:
    egalites = (
        (_N.canal, criteres.canal),
        (_N.etat, criteres.etat),
        (_N.type, criteres.type),
        (_N.client_id, criteres.client_id),
    )
    yield from (colonne == valeur for colonne, valeur in egalites if valeur is not None)
    if criteres.facture_id is not None:
        factures = t.facture.c
        yield _N.id.in_(select(factures.notification_id).where(factures.facture_id == criteres.facture_id))
    debut, fin = bornes(criteres)
    if debut is not None:
        yield _N.cree_le >= debut
    if fin is not None:
        yield _N.cree_le < fin
    if criteres.q is not None:
        yield _N.recherche.contains(fold(criteres.q), autoescape=True)
