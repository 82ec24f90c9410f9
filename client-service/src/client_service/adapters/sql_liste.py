"""The statements behind the list of clients: filters, tabs, counts, possible duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true

from client_service.adapters.tables import clients
from client_service.application.consultation import Criteres, OngletClients
from client_service.application.doublons import Indices
from ressort.texts import fold

_C = clients.c


def filtre(criteres: Criteres) -> ColumnElement[bool]:
    """All the filters, joined by and."""
    retenu = and_(true(), *_filtres(criteres))
    return retenu if criteres.onglet is None else and_(retenu, _montres(criteres.onglet, criteres.jour))


def compteurs(criteres: Criteres) -> Select[Any]:
    """One row: how many clients each tab shows under the other filters; NULL for none."""
    comptes = [func.sum(case((_montres(onglet, criteres.jour), 1), else_=0)) for onglet in OngletClients]
    return select(*comptes).where(and_(true(), *_filtres(criteres)))


def doublons(indices: Indices, sauf: str | None, limite: int) -> Select[Any] | None:
    """Rows of clients that may be the one being typed, the surest first; None when nothing tells."""
    paires = (
        (_C.siret_unique, indices.siret),
        (_C.siren, indices.siren),
        (_C.nom_compare, indices.nom),
        (_C.courriel, indices.courriel),
    )
    memes = [(colonne == valeur, rang) for rang, (colonne, valeur) in enumerate(paires) if valeur is not None]
    if not memes:
        return None
    requete = select(clients).where(or_(false(), *(egalite for egalite, _ in memes)))
    if sauf is not None:
        requete = requete.where(_C.id != sauf)
    return requete.order_by(case(*memes, else_=len(paires)), _C.nom_affiche, _C.id).limit(limite)


def _montres(onglet: OngletClients, jour: date) -> ColumnElement[bool]:
    """`OngletClients.montre` in SQL."""
    actif = _C.archive.is_(False)
    return {
        OngletClients.TOUS: true(),
        OngletClients.ACTIFS: actif,
        OngletClients.SUSPENDUS: and_(actif, _C.suspendu_jusqu_au >= jour),
        OngletClients.SANS_COURRIEL: and_(actif, _C.courriel == ""),
        OngletClients.SANS_SIREN: and_(actif, _C.sans_siren.is_(True)),
        OngletClients.ARCHIVES: _C.archive.is_(True),
    }[onglet]


def _filtres(criteres: Criteres) -> Iterator[ColumnElement[bool]]:
    if criteres.q is not None:
        yield _C.recherche.contains(fold(criteres.q), autoescape=True)
    if criteres.type is not None:
        yield _C.type == criteres.type.value
    if criteres.archive is not None:
        yield _C.archive == criteres.archive
    if criteres.reference_externe is not None:
        yield _C.reference_externe == criteres.reference_externe
    if criteres.ids is not None:
        yield _C.id.in_(criteres.ids)
