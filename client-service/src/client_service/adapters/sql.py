"""Clients in a database: SQLite or MySQL/MariaDB, the same statements on both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from client_service.adapters.colonnes import colonnes_tirees, texte_recherche
from client_service.adapters.fiche_json import fiche_de_json, fiche_en_json
from client_service.adapters.memory import cles_uniques
from client_service.adapters.sql_liste import compteurs, doublons, filtre
from client_service.adapters.tables import clients
from client_service.application.consultation import (
    CompteurOnglet,
    Criteres,
    Doublon,
    OngletClients,
    Trouves,
    cle_de_tri,
)
from client_service.application.doublons import Indices
from client_service.domain.client import Client
from client_service.domain.erreurs import ClientDejaConnuError, ClientIntrouvableError
from ressort.data import Database
from ressort.data.keyset import keyset
from ressort.paging import PageDemand

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

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouves:
        retenu = filtre(criteres)
        suite, ordre = keyset(demande.order, demande.after, dict(clients.c))
        requete = select(clients).where(retenu).order_by(*ordre).limit(demande.limit + 1)
        if suite is not None:
            requete = requete.where(suite)
        compte = select(func.count()).select_from(clients).where(retenu)
        with self._database.read() as connection:
            total = connection.execute(compte).scalar_one() if compter else 0
            rows = connection.execute(requete).all()
        return Trouves([_client(row) for row in rows], total)

    def compteurs(self, criteres: Criteres) -> list[CompteurOnglet]:
        with self._database.read() as connection:
            totaux = connection.execute(compteurs(criteres)).one()
        return [
            CompteurOnglet(onglet, int(total or 0))
            for onglet, total in zip(OngletClients, totaux, strict=True)
        ]

    def doublons(self, indices: Indices, sauf: str | None, limite: int) -> list[Doublon]:
        requete = doublons(indices, sauf, limite)
        if requete is None:
            return []
        with self._database.read() as connection:
            trouves = [_client(row) for row in connection.execute(requete)]
        return [Doublon(client, motif) for client in trouves if (motif := indices.motif(client.fiche))]


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
        "nom_affiche": cle_de_tri(fiche.nom_affiche),
        "siren": fiche.siren or "",
        "reference_externe": fiche.reference_externe or "",
        "siret_unique": cles["siret"],
        "siren_unique": cles["siren"],
        "reference_unique": cles["reference"],
        "recherche": texte_recherche(fiche),
        **colonnes_tirees(fiche),
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
