"""Clients in a database: SQLite or MySQL/MariaDB, the same statements on both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from client_service.adapters.fiche_json import fiche_de_json, fiche_en_json
from client_service.adapters.memory import cles_uniques, position
from client_service.adapters.tables import clients
from client_service.application.ports import Criteres, Page
from client_service.domain.client import Client, sans_accents
from client_service.domain.erreurs import ClientDejaConnuError, ClientIntrouvableError
from ressort.data import Database

_CLES = {
    "siret": clients.c.siret_unique,
    "siren": clients.c.siren_unique,
    "reference": clients.c.reference_unique,
}


class MagasinSql:
    """Opens transactions on the service's database, and reads from it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def transaction(self) -> Iterator[EcritureSql]:
        with self._database.transaction() as connection:
            yield EcritureSql(connection)

    def client(self, client_id: str) -> Client:
        with self._database.read() as connection:
            row = connection.execute(select(clients).where(clients.c.id == client_id)).first()
        if row is None:
            raise ClientIntrouvableError(client_id)
        return _client(row)

    def page(self, criteres: Criteres) -> Page:
        filtre = and_(True, *_filtres(criteres))
        with self._database.read() as connection:
            total = connection.execute(select(func.count()).select_from(clients).where(filtre)).scalar_one()
            rows = connection.execute(_requete(criteres, filtre)).all()
        trouves = [_client(row) for row in rows[: criteres.limite]]
        encore = len(rows) > criteres.limite
        return Page(trouves, total, position(trouves[-1], criteres.tri) if encore else None)


class EcritureSql:
    """One transaction on the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def client(self, client_id: str) -> Client:
        row = self._connection.execute(
            select(clients).where(clients.c.id == client_id).with_for_update()
        ).first()
        if row is None:
            raise ClientIntrouvableError(client_id)
        return _client(row)

    def references_connues(self, references: Collection[str]) -> Mapping[str, str]:
        rows = self._connection.execute(
            select(clients.c.reference_unique, clients.c.id).where(clients.c.reference_unique.in_(references))
        )
        return {row.reference_unique: row.id for row in rows}

    def ajouter(self, client: Client) -> None:
        self._ecrire(insert(clients).values(id=client.id, **_colonnes(client)), client)

    def remplacer(self, client: Client) -> None:
        self._ecrire(update(clients).where(clients.c.id == client.id).values(**_colonnes(client)), client)

    def _ecrire(self, ordre: Any, client: Client) -> None:
        try:
            with self._connection.begin_nested():
                self._connection.execute(ordre)
        except IntegrityError as error:
            raise self._doublon(client, error) from error

    def _doublon(self, client: Client, error: IntegrityError) -> Exception:
        for champ, valeur in cles_uniques(client).items():
            if valeur is None:
                continue
            autre = self._connection.execute(
                select(clients.c.id).where(_CLES[champ] == valeur, clients.c.id != client.id)
            ).scalar()
            if autre is not None:
                return ClientDejaConnuError(champ, valeur, autre)
        return error


def _colonnes(client: Client) -> dict[str, Any]:
    cles = cles_uniques(client)
    fiche = client.fiche
    return {
        "version": client.version,
        "type": fiche.type.value,
        "archive": client.archive,
        "nom_affiche": sans_accents(fiche.nom_affiche),
        "siren": fiche.siren or "",
        "reference_externe": fiche.reference_externe or "",
        "siret_unique": cles["siret"],
        "siren_unique": cles["siren"],
        "reference_unique": cles["reference"],
        "recherche": fiche.texte_recherche,
        "fiche": fiche_en_json(fiche),
        "cree_le": client.cree_le,
        "modifie_le": client.modifie_le,
    }


def _client(row: Row[Any]) -> Client:
    return Client(
        id=row.id,
        fiche=fiche_de_json(row.fiche),
        cree_le=row.cree_le,
        modifie_le=row.modifie_le,
        archive=row.archive,
        version=row.version,
    )


def _filtres(criteres: Criteres) -> Iterator[ColumnElement[bool]]:
    if criteres.q is not None:
        yield clients.c.recherche.contains(sans_accents(criteres.q), autoescape=True)
    if criteres.type is not None:
        yield clients.c.type == criteres.type.value
    if criteres.archive is not None:
        yield clients.c.archive == criteres.archive
    if criteres.reference_externe is not None:
        yield clients.c.reference_externe == criteres.reference_externe
    if criteres.ids is not None:
        yield clients.c.id.in_(criteres.ids)


def _requete(criteres: Criteres, filtre: ColumnElement[bool]) -> Select[Any]:
    cles = [(clients.c[tri.champ], tri.decroissant) for tri in criteres.tri] + [(clients.c.id, False)]
    requete = select(clients).where(filtre)
    if criteres.apres is not None:
        requete = requete.where(_au_dela(cles, criteres.apres))
    ordre = [colonne.desc() if decroissant else colonne.asc() for colonne, decroissant in cles]
    return requete.order_by(*ordre).limit(criteres.limite + 1)


def _au_dela(cles: list[tuple[Any, bool]], apres: tuple[Any, ...]) -> ColumnElement[bool]:
    """Rows that come after the values `apres` in the order of `cles`."""
    branches = []
    for rang, (colonne, decroissant) in enumerate(cles):
        egales = [autre == vue for (autre, _), vue in zip(cles[:rang], apres[:rang], strict=True)]
        suite = colonne < apres[rang] if decroissant else colonne > apres[rang]
        branches.append(and_(*egales, suite))
    return or_(*branches)
